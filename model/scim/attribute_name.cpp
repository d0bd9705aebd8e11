// SPDX-License-Identifier: Apache-2.0
#include "model/scim/attribute_name.h"

namespace provsim {
namespace {

bool is_alpha(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

// ATTRNAME of RFC 7643 2.1, and "$ref".
bool is_name(std::string_view text) noexcept
{
    if (text.empty() || !(is_alpha(text[0]) || text[0] == '$')) return false;
    for (const char c : text.substr(1))
        if (!is_alpha(c) && !is_digit(c) && c != '-' && c != '_') return false;
    return true;
}

// "2.0"
bool is_version(std::string_view text) noexcept
{
    const auto dot = text.find('.');
    if (dot == 0 || dot == std::string_view::npos || dot + 1 == text.size()) return false;
    for (std::size_t i = 0; i < text.size(); ++i)
        if (i != dot && !is_digit(text[i])) return false;
    return true;
}

bool is_urn_alone(std::string_view text, std::size_t last_colon) noexcept
{
    const auto before = text.substr(0, last_colon);
    const auto colon = before.rfind(':');
    return colon != std::string_view::npos && is_version(before.substr(colon + 1)) && is_name(text.substr(last_colon + 1));
}

}  // namespace

bool is_attribute_name_char(char c) noexcept
{
    return is_alpha(c) || is_digit(c) || c == '.' || c == ':' || c == '_' || c == '-' || c == '$' || c == '/' || c == '+' || c == '%' || c == '#';
}

std::optional<AttributeNameView> split_attribute_name(std::string_view text) noexcept
{
    AttributeNameView out;
    const auto colon = text.rfind(':');
    if (colon != std::string_view::npos) {
        for (const char c : text)
            if (!is_attribute_name_char(c)) return std::nullopt;
        if (is_urn_alone(text, colon)) return AttributeNameView{text, {}, {}};
        out.urn = text.substr(0, colon);
        if (out.urn.empty()) return std::nullopt;
        text.remove_prefix(colon + 1);
    }
    const auto dot = text.find('.');
    out.name = text.substr(0, dot);
    if (!is_name(out.name)) return std::nullopt;
    if (dot != std::string_view::npos) {
        out.sub = text.substr(dot + 1);
        if (!is_name(out.sub)) return std::nullopt;
    }
    return out;
}

std::optional<AttributeName> parse_attribute_name(std::string_view text)
{
    const auto split = split_attribute_name(text);
    if (!split) return std::nullopt;
    return AttributeName{std::string(split->urn), std::string(split->name), std::string(split->sub)};
}

std::string to_string(const AttributeName& name)
{
    std::string out = name.urn;
    if (!name.urn.empty() && !name.name.empty()) out += ':';
    out += name.name;
    if (!name.sub.empty()) out.append(".").append(name.sub);
    return out;
}

}  // namespace provsim
