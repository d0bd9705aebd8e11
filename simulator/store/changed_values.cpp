// SPDX-License-Identifier: Apache-2.0
#include "store/changed_values.h"

#include "model/edit.h"
#include "model/json.h"

namespace provsim {

std::vector<Modified> changed_values(const Directory& directory, const Change& change)
{
    std::vector<Modified> out;
    if (change.kind == ChangeKind::group_renamed) out.push_back({"displayName", {}, std::string(directory.display_name(change.object.group()))});
    if (change.kind == ChangeKind::manager_changed) out.push_back({"manager", {}, change.other ? object_name(directory, change.other) : std::string()});
    const bool assignment = change.kind == ChangeKind::assignment_changed;
    if (!assignment && change.kind != ChangeKind::user_updated) return out;
    if (assignment && (change.attributes & bit(Attribute::handle)) != 0) {
        const auto priority = directory.assignment_priority(change.object);
        out.push_back({"priority", {}, priority ? std::to_string(*priority) : std::string()});
    }
    const auto given = assignment ? directory.assignment_values(change.object) : std::vector<std::pair<Attribute, std::string_view>>{};
    const auto value = [&](Attribute attribute) {
        if (!assignment) return directory.value(change.object.user(), attribute);
        for (const auto& [each, text] : given)
            if (each == attribute) return text;
        return std::string_view{};
    };
    for (std::size_t i = 0; i < max_attributes; ++i) {
        const auto attribute = static_cast<Attribute>(i);
        if ((change.attributes & bit(attribute)) == 0 || (assignment && attribute == Attribute::handle)) continue;
        const auto builtin = attribute_name(attribute, Spelling::neutral);
        out.push_back({std::string(builtin.empty() ? directory.custom_name(attribute) : builtin), {}, std::string(value(attribute))});
    }
    return out;
}

void append_modified(std::string& out, const std::vector<Modified>& modified, const Redactor& redactor, std::string& scratch)
{
    if (modified.empty()) return;
    const auto value = [&](std::string_view text) {
        if (text.empty()) out += "null";
        else append_json_string(out, redactor.clean(text, scratch));
    };
    out += '[';
    for (const Modified& one : modified) {
        out += out.size() > 1 ? ",{\"displayName\":" : "{\"displayName\":";
        value(one.name);
        out += ",\"oldValue\":";
        value(one.old_value);
        out += ",\"newValue\":";
        value(one.new_value);
        out += '}';
    }
    out += ']';
}

}  // namespace provsim
