// SPDX-License-Identifier: Apache-2.0
#include "model/exchange.h"

#include "model/text.h"

#include <utility>

namespace provsim {
namespace {

constexpr std::size_t longest_excerpt = 200;

// The beginning of `text` on one line, never cut inside a UTF-8 sequence.
std::string excerpt(std::string_view text)
{
    const auto begin = text.find_first_not_of(" \t\r\n");
    if (begin == std::string_view::npos) return {};
    text.remove_prefix(begin);
    if (text.size() > longest_excerpt) {
        std::size_t end = longest_excerpt;
        while (end > 0 && (static_cast<unsigned char>(text[end]) & 0xC0) == 0x80) --end;
        text = text.substr(0, end);
    }
    std::string line(text);
    for (char& c : line)
        if (static_cast<unsigned char>(c) < 0x20) c = ' ';
    while (!line.empty() && line.back() == ' ') line.pop_back();
    return line;
}

bool begins_an_object(std::string_view body) noexcept
{
    const auto begin = body.find_first_not_of(" \t\r\n");
    return begin != std::string_view::npos && body[begin] == '{';
}

}  // namespace

std::string_view to_string(Method method) noexcept
{
    switch (method) {
        case Method::get: return "GET";
        case Method::post: return "POST";
        case Method::put: return "PUT";
        case Method::patch: return "PATCH";
        case Method::delete_: return "DELETE";
    }
    return "?";
}

std::optional<Method> parse_method(std::string_view text) noexcept
{
    for (const Method method : {Method::get, Method::post, Method::put, Method::patch, Method::delete_})
        if (text == to_string(method)) return method;
    return std::nullopt;
}

std::string_view find_header(const Headers& headers, std::string_view name) noexcept
{
    for (const Header& header : headers)
        if (equal_ignoring_ascii_case(header.name, name)) return header.value;
    return {};
}

std::string_view to_string(Failure failure) noexcept
{
    switch (failure) {
        case Failure::none: return "no failure";
        case Failure::timeout: return "timeout";
        case Failure::refused: return "connection refused";
        case Failure::unresolved: return "host name not resolved";
        case Failure::reset: return "connection reset";
        case Failure::tls: return "TLS refused";
        case Failure::not_http: return "not an HTTP response";
        case Failure::too_large: return "response too large";
    }
    return "?";
}

std::string_view Reply::id() const noexcept
{
    if (!document.filled()) return {};
    return string_member(document.root(), "id").value_or(std::string_view{});
}

std::optional<Reply::List> Reply::list() const
{
    if (!document.filled()) return std::nullopt;
    // RFC 7644 3.4.2: Resources may be missing when there is nothing in it, so that either name makes a list.
    const auto total = member_ignoring_case(document.root(), "totalResults");
    const auto resources = member_ignoring_case(document.root(), "Resources");
    List list;
    json::array elements;
    const bool has_resources = resources && resources->get(elements) == simdjson::SUCCESS;
    if (has_resources)
        for (const json::element element : elements) list.resources.push_back(element);
    const bool has_total = total && total->get(list.total_results) == simdjson::SUCCESS;
    if (!has_total) list.total_results = list.resources.size();
    if (!has_total && !has_resources) return std::nullopt;
    return list;
}

std::string Reply::error_text() const
{
    if (!arrived()) return failure_detail.empty() ? std::string(to_string(failure)) : failure_detail;
    if (document.filled()) {
        const auto detail = string_member(document.root(), "detail");
        const auto type = string_member(document.root(), "scimType");
        if (detail && type) return std::string(*type) + ": " + std::string(*detail);
        if (detail) return std::string(*detail);
        if (type) return std::string(*type);
    }
    return excerpt(body);
}

Reply read_reply(Response&& response, JsonReader& reader)
{
    Reply reply;
    reply.status = response.status;
    reply.headers = std::move(response.headers);
    reply.body = std::move(response.body);
    if (begins_an_object(reply.body))
        if (auto document = reader.read(reply.body)) reply.document = std::move(*document);
    return reply;
}

Reply no_reply(Failure failure, std::string detail)
{
    Reply reply;
    reply.failure = failure;
    reply.failure_detail = std::move(detail);
    return reply;
}

}  // namespace provsim
