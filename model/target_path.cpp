// SPDX-License-Identifier: Apache-2.0
#include "model/target_path.h"

#include "model/text.h"

#include <algorithm>

namespace provsim {
namespace {

bool is_name(std::string_view text) noexcept
{
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (text.empty() || !letter(text.front())) return false;
    return std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
}

bool take(std::string_view& text, std::string_view prefix)
{
    if (text.substr(0, prefix.size()) != prefix) return false;
    text.remove_prefix(prefix.size());
    return true;
}

// `[type eq "work"].value`, from the bracket on. Entra writes the value in quotes even for `primary`.
bool parse_element(std::string_view text, TargetPath& path)
{
    const bool by_type = take(text, "[type eq \"");
    if (!by_type && !take(text, "[primary eq \"")) return false;
    const auto end = text.find('"');
    if (end == std::string_view::npos) return false;
    const auto value = text.substr(0, end);
    text.remove_prefix(end + 1);
    if (!take(text, "].") || value.empty() || value.find('\\') != std::string_view::npos || !is_name(text)) return false;
    if (by_type) path.type = value;
    else path.primary = equal_ignoring_ascii_case(value, "true");
    path.sub = text;
    return path.selects_element();
}

}  // namespace

std::optional<TargetPath> parse_target_path(std::string_view text)
{
    TargetPath path;
    path.text = text;
    if (const auto colon = text.rfind(':'); colon != std::string_view::npos) {
        path.extension = text.substr(0, colon);
        if (path.extension.substr(0, 4) != "urn:" || path.extension.find_first_of("\"[] ") != std::string::npos) return std::nullopt;
        text.remove_prefix(colon + 1);
    }
    const auto end = text.find_first_of(".[");
    path.attribute = text.substr(0, end);
    if (!is_name(path.attribute)) return std::nullopt;
    if (end == std::string_view::npos) return path;
    if (text[end] == '[') {
        if (!parse_element(text.substr(end), path)) return std::nullopt;
    } else {
        path.sub = text.substr(end + 1);
        if (!is_name(path.sub)) return std::nullopt;
    }
    return path;
}

}  // namespace provsim
