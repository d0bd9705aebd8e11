// SPDX-License-Identifier: Apache-2.0
#include "connectors/requests.h"

#include "model/json.h"
#include "model/scim/urns.h"

#include <array>
#include <charconv>

namespace provsim {
namespace {

constexpr std::array<bool, 256> letters_digits_and(std::string_view others)
{
    std::array<bool, 256> table{};
    for (char c = 'a'; c <= 'z'; ++c) table[static_cast<unsigned char>(c)] = true;
    for (char c = 'A'; c <= 'Z'; ++c) table[static_cast<unsigned char>(c)] = true;
    for (char c = '0'; c <= '9'; ++c) table[static_cast<unsigned char>(c)] = true;
    for (const char c : others) table[static_cast<unsigned char>(c)] = true;
    return table;
}
constexpr auto kept_in_path = letters_digits_and("-._~");
constexpr auto kept_in_query = letters_digits_and("-._");

void append_percent(std::string& out, unsigned char byte, const char* digits)
{
    out.push_back('%');
    out.push_back(digits[byte >> 4]);
    out.push_back(digits[byte & 15]);
}

bool has_usable_id(std::string_view id) noexcept
{
    return !id.empty() && id.size() <= LinkTable::longest_id;
}

}  // namespace

void append_path_segment(std::string& out, std::string_view text)
{
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (kept_in_path[byte]) out.push_back(c);
        else append_percent(out, byte, "0123456789ABCDEF");
    }
}

void append_query_text(std::string& out, std::string_view text)
{
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (kept_in_query[byte]) out.push_back(c);
        else if (c == ' ') out.push_back('+');
        else append_percent(out, byte, "0123456789abcdef");
    }
}

void append_equals(std::string& out, std::string_view attribute, std::string_view value)
{
    append_query_text(out, attribute);
    out += "+eq+%22";
    if (value.find_first_of("\"\\") == std::string_view::npos) {
        append_query_text(out, value);
    } else {
        std::string quoted;
        append_json_string(quoted, value);
        append_query_text(out, std::string_view(quoted).substr(1, quoted.size() - 2));
    }
    out += "%22";
}

IdSpan append_resource_path(std::string& out, std::string_view endpoint, std::string_view id, ObjectRef object)
{
    out += endpoint;
    out.push_back('/');
    const auto at = out.size();
    append_path_segment(out, id);
    return {object, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(out.size() - at)};
}

IdSpan append_json_id(std::string& out, std::string_view id, ObjectRef object)
{
    const auto at = out.size() + 1;
    append_json_string(out, id);
    return {object, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(out.size() - 1 - at)};
}

PatchWriter::PatchWriter()
{
    body_.reserve(256);
    body_ += "{\"schemas\":[\"";
    body_ += urn::patch_op;
    body_ += "\"],\"Operations\":[";
}

void PatchWriter::begin(std::string_view op, std::string_view path)
{
    if (!first_) body_.push_back(',');
    first_ = false;
    body_ += "{\"op\":\"";
    body_ += op;
    body_.push_back('"');
    if (path.empty()) return;
    body_ += ",\"path\":";
    append_json_string(body_, path);
}

void PatchWriter::begin_value()
{
    body_ += ",\"value\":";
}

std::string PatchWriter::finish() &&
{
    body_ += "]}";
    return std::move(body_);
}

std::optional<Duration> retry_after(const Reply& reply)
{
    if (reply.status != 429 && reply.status != 503) return std::nullopt;
    const auto text = find_header(reply.headers, "Retry-After");
    long count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    if (text.empty() || error != std::errc{} || end != text.data() + text.size() || count < 0 || count > 86400) return std::nullopt;
    return seconds{count};
}

std::string_view lacking(const Ask& ask, const Reply& reply)
{
    if (ask.intent == Intent::match) {
        const auto list = reply.list();
        if (!list) return "the answer is no SCIM list";
        if (list->total_results > 0 && list->resources.empty()) return "the list counts results, but shows none";
        for (const json::element resource : list->resources)
            if (!has_usable_id(string_member(resource, "id").value_or(std::string_view{}))) return "a resource in the list has no id";
    } else if (ask.intent == Intent::read || ask.intent == Intent::create) {
        if (!reply.document.filled()) return "the resource received cannot be read";
        if (!has_usable_id(reply.id())) return "the resource received has no id";
    }
    return {};
}

}  // namespace provsim
