// SPDX-License-Identifier: Apache-2.0
#include "net/base_url.h"

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <optional>

namespace provsim {
namespace {

Problem bad_url(std::string what, std::string remedy)
{
    return Problem{Severity::error, "url", std::move(what), std::move(remedy), {}};
}

std::string lower(std::string_view text)
{
    std::string out(text);
    for (char& c : out)
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    return out;
}

std::string_view trimmed(std::string_view text)
{
    const auto blank = [](char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; };
    while (!text.empty() && blank(text.front())) text.remove_prefix(1);
    while (!text.empty() && blank(text.back())) text.remove_suffix(1);
    return text;
}

// Cuts `text` at the first `mark`; what follows it goes to `rest`, nothing if there is no mark.
std::string_view cut(std::string_view text, char mark, std::optional<std::string_view>& rest)
{
    const auto at = text.find(mark);
    if (at == std::string_view::npos) return text;
    rest = text.substr(at + 1);
    return text.substr(0, at);
}

std::string tidy_path(std::string_view path)
{
    std::string out;
    for (char c : path)
        if (c != '/' || out.empty() || out.back() != '/') out += c;
    if (!out.empty() && out.back() == '/') out.pop_back();
    return out;
}

bool host_name_characters(std::string_view host)
{
    return std::all_of(host.begin(), host.end(), [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '.' || c == '-' || c == '_';
    });
}

bool percent_encoded(std::string_view path)
{
    const auto hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
    for (std::size_t i = 0; i < path.size(); ++i) {
        if (path[i] != '%') continue;
        if (i + 2 >= path.size() || !hex(path[i + 1]) || !hex(path[i + 2])) return false;
    }
    return true;
}

}  // namespace

bool BaseUrl::numeric_host() const
{
    boost::system::error_code ec;
    boost::asio::ip::make_address(host, ec);
    return !ec;
}

std::string BaseUrl::host_header() const
{
    std::string out = host.find(':') == std::string::npos ? host : "[" + host + "]";
    if (port != (tls ? 443 : 80)) out += fmt::format(":{}", port);
    return out;
}

std::string BaseUrl::text() const { return fmt::format("{}://{}{}", tls ? "https" : "http", host_header(), path); }

Result<BaseUrl> parse_base_url(std::string_view text)
{
    text = trimmed(text);
    if (text.empty()) return bad_url("the target's URL is empty", "write it as https://scim.example.com/scim/v2");
    const bool printable = std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
    if (!printable)
        return bad_url("the target's URL holds a blank or a character outside ASCII",
                       "percent-encode it; write an international host name in its xn-- form");

    BaseUrl url;
    const auto scheme_end = text.find("://");
    const std::string scheme = scheme_end == std::string_view::npos ? std::string() : lower(text.substr(0, scheme_end));
    // User-info is looked for before anything of the text is repeated in a problem.
    const auto rest = scheme_end == std::string_view::npos ? text : text.substr(scheme_end + 3);
    if (rest.substr(0, rest.find_first_of("/?#")).find('@') != std::string_view::npos)
        return bad_url("the target's URL holds a user name or password before '@'",
                       "take it out; give a bearer token through a token file or an environment variable");
    if (scheme.empty())
        return bad_url(fmt::format("\"{}\" is no absolute URL", text), fmt::format("try https://{}", text));
    if (scheme != "http" && scheme != "https")
        return bad_url(fmt::format("\"{}\" is neither http nor https", scheme), "a target is reached over http:// or https://");
    url.tls = scheme == "https";

    if (rest.find('#') != std::string_view::npos)
        return bad_url("the target's URL has a fragment (#...)", "leave it out; it is never sent to a server");
    std::optional<std::string_view> query;
    const auto address = cut(rest, '?', query);
    const auto authority = address.substr(0, address.find('/'));
    const auto path = address.substr(authority.size());

    std::optional<std::string_view> port;
    if (!authority.empty() && authority.front() == '[') {
        const auto end = authority.find(']');
        if (end == std::string_view::npos) return bad_url("the IPv6 address has no closing ']'", "write http://[::1]:8080/");
        url.host = lower(authority.substr(1, end - 1));
        boost::system::error_code ec;
        boost::asio::ip::make_address_v6(url.host, ec);
        if (ec) return bad_url(fmt::format("\"{}\" is no IPv6 address", url.host), "write http://[::1]:8080/");
        const auto after = authority.substr(end + 1);
        if (!after.empty() && after.front() != ':')
            return bad_url(fmt::format("\"{}\" after the IPv6 address is no port", after), "write http://[::1]:8080/");
        if (!after.empty()) port = after.substr(1);
    } else {
        url.host = lower(cut(authority, ':', port));
        if (port && port->find(':') != std::string_view::npos)
            return bad_url("an IPv6 address stands without brackets", "write http://[::1]:8080/");
        if (url.host.empty()) return bad_url("the target's URL names no host", "write it as https://scim.example.com/scim/v2");
        if (!host_name_characters(url.host))
            return bad_url(fmt::format("\"{}\" is no host name", url.host), "a host name has letters, digits, '-' and '.'");
    }
    url.port = url.tls ? 443 : 80;
    if (port && !port->empty()) {
        unsigned number = 0;
        const auto [end, error] = std::from_chars(port->data(), port->data() + port->size(), number);
        if (error != std::errc() || end != port->data() + port->size() || number == 0 || number > 65535)
            return bad_url(fmt::format("\"{}\" is no port", *port), "a port is a number from 1 to 65535");
        url.port = static_cast<std::uint16_t>(number);
    }

    if (!percent_encoded(path)) return bad_url("a '%' in the path is not followed by two hexadecimal digits", "write %25 for the sign itself");
    url.path = tidy_path(path);
    url.slash_at_end = !url.path.empty() && path.back() == '/';
    while (query && !query->empty()) {
        std::optional<std::string_view> more;
        const auto flag = cut(*query, '&', more);
        // The documentation itself shows "?aadOptscim062020" both bare and behind a path that ends in '/'.
        if (!flag.empty()) url.flags.emplace_back(flag);
        query = more;
    }
    return url;
}

}  // namespace provsim
