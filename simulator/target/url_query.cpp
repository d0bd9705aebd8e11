// SPDX-License-Identifier: Apache-2.0
#include "target/url_query.h"

#include "model/text.h"

#include <charconv>

namespace provsim::target {
namespace {

int hex_digit(char c) noexcept
{
    c = ascii_lower(c);
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    return -1;
}

bool decode(std::string_view text, bool plus_is_space, std::string& out)
{
    out.clear();
    out.reserve(text.size());
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '+' && plus_is_space) {
            out += ' ';
        } else if (text[i] == '%') {
            const int high = i + 2 < text.size() ? hex_digit(text[i + 1]) : -1;
            const int low = i + 2 < text.size() ? hex_digit(text[i + 2]) : -1;
            if (high < 0 || low < 0) return false;
            out += static_cast<char>(high * 16 + low);
            i += 2;
        } else {
            out += text[i];
        }
    }
    return true;
}

bool read_number(const std::string& text, std::optional<std::int64_t>& out)
{
    std::int64_t number = 0;
    const auto [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (failure != std::errc() || end != text.data() + text.size()) return false;
    out = number;
    return true;
}

}  // namespace

bool parse_url(std::string_view target, Url& out, ScimError& error)
{
    const auto bad = [&](const char* what) { return refuse(error, scim_type::invalid_syntax, what); };
    const auto mark = target.find('?');
    std::string_view path = target.substr(0, mark);
    std::string_view query = mark == std::string_view::npos ? std::string_view{} : target.substr(mark + 1);
    if (!path.empty() && path.front() == '/') path.remove_prefix(1);
    if (!path.empty() && path.back() == '/') path.remove_suffix(1);

    const auto slash = path.find('/');
    const std::string_view rest = slash == std::string_view::npos ? std::string_view{} : path.substr(slash + 1);
    out.deeper = rest.find('/') != std::string_view::npos;
    if (!decode(path.substr(0, slash), false, out.collection) || !decode(rest, false, out.id)) return bad("the path's percent-encoding is broken");

    std::string value;
    while (!query.empty()) {
        const auto end = query.find('&');
        const std::string_view pair = query.substr(0, end);
        query = end == std::string_view::npos ? std::string_view{} : query.substr(end + 1);
        const auto equals = pair.find('=');
        const std::string_view name = pair.substr(0, equals);
        if (!decode(equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1), true, value))
            return bad("the query's percent-encoding is broken");
        if (equal_ignoring_ascii_case(name, "filter")) out.query.filter = value;
        else if (equal_ignoring_ascii_case(name, "attributes")) out.query.attributes = value;
        else if (equal_ignoring_ascii_case(name, "excludedAttributes")) out.query.excluded_attributes = value;
        else if (equal_ignoring_ascii_case(name, "startIndex")) {
            if (!read_number(value, out.query.start_index)) return refuse(error, scim_type::invalid_value, "startIndex must be a whole number");
        } else if (equal_ignoring_ascii_case(name, "count")) {
            if (!read_number(value, out.query.count)) return refuse(error, scim_type::invalid_value, "count must be a whole number");
        }
    }
    return true;
}

}  // namespace provsim::target
