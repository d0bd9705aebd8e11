// SPDX-License-Identifier: Apache-2.0
#include "connectors/entra/roles.h"

#include <algorithm>

namespace provsim {
namespace {

// Texts with a separator that no role has: control characters are not let into the directory.
constexpr char field_end = '\x1f';

std::string_view take(std::string_view& roles)
{
    const auto end = roles.find(field_end);
    const auto field = roles.substr(0, end);
    roles.remove_prefix(end + 1);
    return field;
}

struct Role { std::string_view id, value, display_name; };

template <class Each>
void each_role(std::string_view roles, Each each)
{
    while (!roles.empty()) {
        const auto id = take(roles), value = take(roles), display_name = take(roles);
        each(Role{id, value, display_name});
    }
}

std::string as_json(const Role& role)
{
    std::string text = "{\"id\":";
    append_json_string(text, role.id);
    text += ",\"value\":";
    append_json_string(text, role.value);
    text += ",\"displayName\":";
    append_json_string(text, role.display_name);
    text += '}';
    return text;
}

}  // namespace

std::string roles_text(const AppRoles& roles)
{
    std::string text;
    for (const AppRole& role : roles)
        for (const std::string* field : {&role.id, &role.value, &role.display_name}) (text += *field) += field_end;
    return text;
}

void append_roles(std::string& out, std::string_view roles)
{
    char before = '[';
    each_role(roles, [&](const Role& role) {
        out.push_back(before);
        before = ',';
        out += R"({"primary":false,"type":"WindowsAzureActiveDirectoryRole","display":)";
        append_json_string(out, role.display_name);
        out += ",\"value\":";
        append_json_string(out, role.value);
        out += '}';
    });
    out += before == '[' ? "[]" : "]";
}

void append_stringified_roles(std::string& out, std::string_view roles)
{
    char before = '[';
    each_role(roles, [&](const Role& role) {
        out.push_back(before);
        before = ',';
        out += "{\"value\":";
        append_json_string(out, as_json(role));
        out += '}';
    });
    out += before == '[' ? "[]" : "]";
}

std::string_view single_role(std::string_view roles)
{
    take(roles);
    return take(roles);
}

void append_stringified_role(std::string& out, std::string_view roles)
{
    const auto id = take(roles), value = take(roles), display_name = take(roles);
    append_json_string(out, as_json({id, value, display_name}));
}

bool has_roles(json::element resource, std::string_view roles, bool exactly)
{
    json::array had;
    const auto found = member(resource, "roles");
    if (!found || found->get(had) != simdjson::SUCCESS) return roles.empty();
    std::size_t wanted = 0, there = 0;
    each_role(roles, [&](const Role& role) {
        ++wanted;
        const std::string whole = as_json(role);
        there += std::any_of(had.begin(), had.end(), [&](json::element element) {
            const auto value = string_member(element, "value");
            return value && (*value == role.value || *value == whole);     // as a POST wrote it, or as a PATCH did
        });
    });
    return there == wanted && (!exactly || had.size() == wanted);
}

}  // namespace provsim
