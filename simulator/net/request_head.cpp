// SPDX-License-Identifier: Apache-2.0
#include "net/request_head.h"

#include "model/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace provsim {

namespace {

// memchr, three times, is a tenth of looking at each character.
bool lacks(std::string_view text, char c) { return text.find(c) == std::string_view::npos; }
bool one_line(std::string_view text) { return lacks(text, '\n') && lacks(text, '\r') && lacks(text, '\0'); }

}  // namespace

bool fits_header_line(std::string_view value) noexcept
{
    return std::none_of(value.begin(), value.end(), [](char c) {
        const auto byte = static_cast<unsigned char>(c);
        return (byte < 0x20 && byte != '\t') || byte == 0x7f;
    });
}

RequestHead::RequestHead(const BaseUrl& url, const std::string& authorization) : path_(url.path)
{
    middle_ = " HTTP/1.1\r\nHost: " + url.host_header() + "\r\n";
    if (!authorization.empty()) middle_ += "Authorization: " + authorization + "\r\n";
}

void RequestHead::write(const Request& request, std::string& out) const
{
    // A blank or line end in the target would end the request line early: the connector has to percent-encode it.
    PROVSIM_CHECK(!request.target.empty() && request.target.front() == '/', "request target must start with '/'");
    PROVSIM_CHECK(lacks(request.target, ' ') && one_line(request.target), "request target is not percent-encoded");
    out.clear();
    out.append(to_string(request.method)).append(1, ' ').append(path_).append(request.target).append(middle_);
    if (request.headers) {
        for (const Header& header : *request.headers) {
            PROVSIM_CHECK(one_line(header.name) && one_line(header.value), "a header holds a line end");
            out.append(header.name).append(": ").append(header.value).append("\r\n");
        }
    }
    // RFC 9110 8.6: a method that anticipates content says so even when there is none.
    const bool anticipates_content = request.method == Method::post || request.method == Method::put || request.method == Method::patch;
    if (!request.body.empty() || anticipates_content)
        fmt::format_to(std::back_inserter(out), "Content-Length: {}\r\n", request.body.size());
    out.append("\r\n").append(request.body);
}

}  // namespace provsim
