// SPDX-License-Identifier: Apache-2.0
#include "connectors/entra/diff.h"

#include "connectors/entra/roles.h"
#include "model/scim/urns.h"
#include "model/text.h"

#include <fmt/format.h>

namespace provsim {
namespace {

bool is_selected(json::element element, const TargetPath& path)
{
    if (path.primary) {
        const auto primary = member(element, "primary");
        if (!primary) return false;
        if (primary->is_bool()) return bool(*primary);
        return equal_ignoring_ascii_case(as_string(*primary).value_or(std::string_view{}), "true");
    }
    const auto type = string_member(element, "type");
    return type && equal_ignoring_ascii_case(*type, path.type);
}

std::optional<json::element> find_target(json::element resource, const TargetPath& path)
{
    std::optional<json::element> found = resource;
    if (!path.extension.empty()) found = member(*found, path.extension);
    if (found) found = member(*found, path.attribute);
    if (!found) return std::nullopt;
    if (path.selects_element()) {
        json::array elements;
        if (found->get(elements) != simdjson::SUCCESS) return std::nullopt;
        for (const json::element element : elements) {
            if (is_selected(element, path)) return member(element, path.sub);
        }
        return std::nullopt;
    }
    return path.sub.empty() ? found : member(*found, path.sub);
}

bool same(const EntraContext& context, const AttributeMapping& mapping, std::string_view wanted, std::string_view had)
{
    if (wanted == had) return true;     // nearly always
    if (mapping.type == ValueType::boolean) return equal_ignoring_ascii_case(wanted, had);
    if (mapping.case_exact || context.settings.send_case_only_changes) return false;
    return equal_ignoring_case(wanted, had);
}

void compare(const EntraContext& context, const AttributeMapping& mapping, const Wanted& wanted, json::element resource,
             std::vector<Difference>& found)
{
    if (wanted.when == Wanted::When::on_create) return;
    if (mapping.type == ValueType::complex) {
        if (!has_roles(resource, wanted.value, mapping.replaces)) found.push_back({wanted.row, wanted.value, {}, mapping.replaces});
        return;
    }
    std::string scratch;
    const auto had = read_target(resource, mapping.target, scratch);
    const bool has_some = had && !had->empty();
    if (wanted.when == Wanted::When::if_empty && has_some) return;
    if (wanted.value.empty() && !has_some) return;      // nothing to empty
    if (had && same(context, mapping, wanted.value, *had)) return;
    found.push_back({wanted.row, wanted.value, std::string(had.value_or(std::string_view{})), had.has_value()});
}

}  // namespace

std::optional<std::string_view> read_target(json::element resource, const TargetPath& path, std::string& scratch)
{
    const auto found = find_target(resource, path);
    if (!found) return std::nullopt;
    switch (found->type()) {
        case json::element_type::STRING: return as_string(*found);
        case json::element_type::BOOL: return bool(*found) ? "True" : "False";
        case json::element_type::INT64: return scratch = fmt::format("{}", std::int64_t(*found));
        case json::element_type::UINT64: return scratch = fmt::format("{}", std::uint64_t(*found));
        case json::element_type::DOUBLE: return scratch = fmt::format("{}", double(*found));
        case json::element_type::ARRAY:
        case json::element_type::OBJECT:
        case json::element_type::NULL_VALUE: break;
    }
    return std::nullopt;
}

std::vector<Difference> differences(const EntraContext& context, const Brief& brief, json::element resource)
{
    const MappingTable& table = context.table(brief.task.object.kind);
    std::vector<Difference> found;
    for (const Wanted& wanted : brief.desired) compare(context, table[wanted.row], wanted, resource, found);
    return found;
}

std::vector<Difference> deprovisioning_difference(const EntraContext& context, const Brief& brief, json::element resource)
{
    std::vector<Difference> found;
    for (const Wanted& wanted : brief.desired)
        if (context.users[wanted.row].deprovisions) compare(context, context.users[wanted.row], wanted, resource, found);
    return found;
}

std::vector<Modified> modified(const EntraContext& context, const Brief& brief, const std::vector<Difference>& found)
{
    const MappingTable& table = context.table(brief.task.object.kind);
    std::vector<Modified> list;
    list.reserve(found.size());
    for (const Difference& d : found) list.push_back({table[d.row].target.text, d.had, std::string(d.wanted)});
    return list;
}

std::string_view read_manager(json::element resource)
{
    const auto extension = member(resource, urn::enterprise_user);
    const auto manager = extension ? member(*extension, "manager") : std::nullopt;
    if (!manager) return {};
    if (const auto bare = as_string(*manager)) return *bare;
    return string_member(*manager, "value").value_or(std::string_view{});
}

}  // namespace provsim
