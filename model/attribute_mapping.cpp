// SPDX-License-Identifier: Apache-2.0
#include "model/attribute_mapping.h"

#include "model/check.h"

#include <algorithm>

namespace provsim {
namespace {

bool is_name(std::string_view text) noexcept
{
    const auto letter = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); };
    if (text.empty() || !letter(text.front())) return false;
    return std::all_of(text.begin(), text.end(), [&](char c) { return letter(c) || (c >= '0' && c <= '9') || c == '_' || c == '-'; });
}

// "emails[type eq \"work\"].value", from the bracket on.
bool parse_element(std::string_view text, TargetPath& path)
{
    constexpr std::string_view opening = "[type eq \"", closing = "\"].";
    if (text.substr(0, opening.size()) != opening) return false;
    text.remove_prefix(opening.size());
    const auto end = text.find(closing);
    if (end == std::string_view::npos) return false;
    path.type = text.substr(0, end);
    path.sub = text.substr(end + closing.size());
    return !path.type.empty() && path.type.find_first_of("\"\\") == std::string::npos && is_name(path.sub);
}

std::string_view kept(std::string text, std::vector<std::string>& computed)
{
    PROVSIM_CHECK(computed.size() < computed.capacity(), "views into the values already computed would dangle");
    return computed.emplace_back(std::move(text));
}

struct Evaluate {
    const SourceObject& from;
    std::vector<std::string>& computed;

    std::string_view operator()(const FromAttribute& source) const { return from.view.value(from.object.user(), source.attribute); }
    std::string_view operator()(const FromConstant& source) const { return source.text; }
    std::string_view operator()(const FromObjectId&) const { return kept(to_string(from.view.object_id(from.object)), computed); }
    std::string_view operator()(const FromGroupName&) const { return from.view.display_name(from.object.group()); }
    std::string_view operator()(const FromManager&) const { return {}; }
    std::string_view operator()(const FromSoftDeleted&) const { return from.soft_deleted ? "False" : "True"; }
    std::string_view operator()(const FromJoin& source) const
    {
        std::string_view only;
        std::string joined;
        for (const Attribute part : source.parts) {
            const auto value = from.view.value(from.object.user(), part);
            if (value.empty()) continue;
            if (only.empty()) {
                only = value;
                continue;
            }
            if (joined.empty()) joined = only;
            joined += source.separator;
            joined += value;
        }
        return joined.empty() ? only : kept(std::move(joined), computed);
    }
};

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

std::size_t computed_values(const MappingTable& table) noexcept
{
    return static_cast<std::size_t>(std::count_if(table.begin(), table.end(), [](const AttributeMapping& row) {
        return std::holds_alternative<FromJoin>(row.source) || std::holds_alternative<FromObjectId>(row.source);
    }));
}

std::string_view evaluate(const MappingSource& source, const SourceObject& from, std::vector<std::string>& computed)
{
    return std::visit(Evaluate{from, computed}, source);
}

}  // namespace provsim
