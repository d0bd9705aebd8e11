// SPDX-License-Identifier: Apache-2.0
#include "scenario_io/graph_schema_write.h"

#include "connectors/entra/default_mapping.h"
#include "model/expression.h"
#include "scenario_io/graph_schema_parts.h"

#include <algorithm>
#include <array>

namespace provsim {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* source_directory = "Azure Active Directory";
constexpr const char* target_directory = "customappsso";
constexpr const char* user_object = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
constexpr const char* group_object = "urn:ietf:params:scim:schemas:core:2.0:Group";

// Attributes of users that Entra has besides those with a column here, and that mappings may read.
struct EntraAttribute {
    const char* name;
    const char* type;
    bool anchor = false;
};
constexpr std::array<EntraAttribute, 5> computed{{{"objectId", "String", true}, {"accountEnabled", "Boolean"}, {"IsSoftDeleted", "Boolean"}, {"manager", "Reference"}, {"appRoleAssignments", "String"}}};

// --- attribute mappings --------------------------------------------------------------------------------------------

Json attribute_mapping(const MappingSpec& row)
{
    return {{"defaultValue", row.default_value ? Json(*row.default_value) : Json()}, {"exportMissingReferences", false}, {"flowBehavior", "FlowWhenChanged"},
            {"flowType", row.only_on_create ? "ObjectAddOnly" : "Always"}, {"matchingPriority", row.matching}, {"targetAttributeName", row.target}, {"source", graph_source(row)}};
}

std::string flow_types(const ObjectMapping& mapping)
{
    std::string text;
    for (const auto& [on, word] : {std::pair(mapping.create, "Add"), std::pair(mapping.update, "Update"), std::pair(mapping.remove, "Delete")})
        if (on) text += (text.empty() ? "" : ",") + std::string(word);
    return text.empty() ? "None" : text;
}

// --- filters -------------------------------------------------------------------------------------------------------

Json filter_groups(const std::vector<FilterGroupText>& groups)
{
    Json out = Json::array();
    for (const FilterGroupText& group : groups) {
        Json clauses = Json::array();
        for (const FilterClauseText& clause : group) {
            Json values = Json::array();
            for (const FilterWord& value : clause.values) values.push_back(value.text);
            clauses.push_back({{"operatorName", clause.op.text}, {"sourceOperandName", clause.attribute.text}, {"targetOperand", {{"values", std::move(values)}}}});
        }
        out.push_back({{"name", Json()}, {"clauses", std::move(clauses)}});
    }
    return out;
}

Json filter(const GraphFilters& filters)
{
    if (filters.scoping.empty() && filters.input.empty()) return nullptr;
    return {{"categoryFilterGroups", Json::array()}, {"groups", filter_groups(filters.scoping)}, {"inputFilterGroups", filter_groups(filters.input)}};
}

std::vector<FilterGroupText> words_of(const ScopingFilter& filter)
{
    std::vector<FilterGroupText> groups;
    for (const auto& group : filter.groups()) {
        FilterGroupText& clauses = groups.emplace_back();
        for (const FilterClause& clause : group) {
            std::string name = clause.name;
            if (clause.input == FilterInput::account_enabled) name = "accountEnabled";
            else if (name.substr(0, 7) == "custom.") name.erase(0, 7);
            else if (clause.input == FilterInput::attribute && !attribute_name(clause.attribute, Spelling::entra).empty()) name = attribute_name(clause.attribute, Spelling::entra);
            FilterClauseText& text = clauses.emplace_back(FilterClauseText{{name, {}}, {std::string(to_string(clause.op)), {}}, {}});
            for (const std::string& value : clause.values) text.values.push_back({value, {}});
        }
    }
    return groups;
}

bool same(const FilterWord& a, const FilterWord& b) { return a.text == b.text; }
bool same(const FilterClauseText& a, const FilterClauseText& b)
{
    return same(a.attribute, b.attribute) && find_filter_operator(a.op.text) == find_filter_operator(b.op.text)
           && std::equal(a.values.begin(), a.values.end(), b.values.begin(), b.values.end(), [](const auto& x, const auto& y) { return same(x, y); });
}
bool same(const std::vector<FilterGroupText>& a, const std::vector<FilterGroupText>& b)
{
    const auto same_clauses = [](const FilterGroupText& x, const FilterGroupText& y) {
        return std::equal(x.begin(), x.end(), y.begin(), y.end(), [](const auto& p, const auto& q) { return same(p, q); });
    };
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), same_clauses);
}

// --- directories ---------------------------------------------------------------------------------------------------

Json definition(std::string_view name, const char* type, Json references = Json::array())
{
    return {{"anchor", false}, {"caseExact", false}, {"defaultValue", Json()}, {"flowNullValues", false}, {"multivalued", false}, {"mutability", "ReadWrite"}, {"name", name},
            {"required", false}, {"type", type}, {"apiExpressions", Json::array()}, {"metadata", Json::array()}, {"referencedObjects", std::move(references)}};
}

Json refers_to(std::initializer_list<std::pair<const char*, const char*>> objects)
{
    Json out = Json::array();
    for (const auto& [object, property] : objects) out.push_back({{"referencedObjectName", object}, {"referencedProperty", property}});
    return out;
}

const char* type_name(ValueType type)
{
    switch (type) {
        case ValueType::boolean: return "Boolean";
        case ValueType::integer: return "Integer";
        case ValueType::reference: return "Reference";
        case ValueType::string:
        case ValueType::complex: break;
    }
    return "String";
}

Json target_object(const char* name, const std::vector<MappingSpec>& rows, bool group)
{
    Json anchor = definition("id", "String");
    anchor["anchor"] = anchor["caseExact"] = true;
    anchor["mutability"] = "ReadOnly";      // RFC 7643 3.1
    Json attributes = Json::array({std::move(anchor)});
    for (const MappingSpec& row : rows) {
        const ValueType type = row.type.value_or(ValueType::string);
        const bool reference = type == ValueType::reference;
        Json each = definition(row.target, type_name(type), !reference ? Json::array() : group ? refers_to({{user_object, "id"}, {group_object, "id"}}) : refers_to({{user_object, "id"}}));
        each["caseExact"] = row.case_exact.value_or(false);
        each["required"] = row.required;
        each["multivalued"] = group && row.target == "members";
        attributes.push_back(std::move(each));
    }
    return {{"name", name}, {"metadata", Json::array()}, {"supportedApis", Json::array()}, {"attributes", std::move(attributes)}};
}

// What the mappings read that the directory has no column for.
std::vector<std::string> read_besides(const GraphExport& what, const std::vector<MappingSpec>& rows)
{
    std::vector<std::string> names;
    const auto add = [&](const std::string& name) {
        const bool known = is_entra_user_attribute(name) || find_attribute(name, Spelling::entra);
        if (!known && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
    };
    for (const MappingSpec& row : rows) {
        if (row.from != MappingSpec::From::expression) continue;
        if (const auto parsed = Expression::parse(graph_expression(row.source)))
            for (const std::string& name : parsed.value().attributes()) add(name);
    }
    for (const auto* groups : {&what.users.scoping, &what.users.input})
        for (const FilterGroupText& group : *groups)
            for (const FilterClauseText& clause : group) add(clause.attribute.text);
    return names;
}

Json source_objects(const GraphExport& what, const std::vector<MappingSpec>& user_rows)
{
    Json user = Json::array(), group = Json::array();
    for (const EntraAttribute& each : computed) {
        user.push_back(definition(each.name, each.type, std::string_view(each.type) == "Reference" ? refers_to({{"User", "objectId"}}) : Json::array()));
        user.back()["anchor"] = each.anchor;
    }
    for (std::size_t i = 0; i < builtin_attributes; ++i)
        if (const auto name = attribute_name(static_cast<Attribute>(i), Spelling::entra); !name.empty()) user.push_back(definition(name, "String"));
    for (const std::string& name : read_besides(what, user_rows)) user.push_back(definition(name, "String"));
    group.push_back(definition("objectId", "String"));
    group.back()["anchor"] = true;
    group.push_back(definition("displayName", "String"));
    group.push_back(definition("members", "Reference", refers_to({{"User", "objectId"}, {"Group", "objectId"}})));
    group.back()["multivalued"] = true;
    const Json user_metadata = Json::array({{{"key", "PropertyNameAccountEnabled"}, {"value", "accountEnabled"}}, {{"key", "PropertyNameSoftDeleted"}, {"value", "IsSoftDeleted"}}});
    return Json::array({{{"name", "User"}, {"metadata", user_metadata}, {"supportedApis", Json::array()}, {"attributes", std::move(user)}},
                        {{"name", "Group"}, {"metadata", Json::array()}, {"supportedApis", Json::array()}, {"attributes", std::move(group)}}});
}

Json directory(const char* name, bool read_only, Json objects, const Draw& draw)
{
    return {{"id", to_string(draw_guid(draw, "graph directory", read_only ? 0 : 1))}, {"name", name}, {"readOnly", read_only}, {"discoverabilities", "None"}, {"version", "1"},
            {"objects", std::move(objects)}};
}

Json object_mapping(const ObjectMapping& mapping, const std::vector<MappingSpec>& rows, const GraphFilters& filters, bool group)
{
    std::string joining;
    unsigned first = ~0u;
    Json mappings = Json::array();
    for (const MappingSpec& row : rows) {
        mappings.push_back(attribute_mapping(row));
        if (row.matching > 0 && row.matching < first) first = row.matching, joining = row.target;
    }
    Json metadata = Json::array();
    for (const auto& [key, value] : {std::pair("IsCustomerDefined", std::string("false")), std::pair("DisableMonitoringForChanges", std::string("false")),
                                     std::pair("Disposition", std::string("\"Normal\"")), std::pair("ExcludeFromReporting", std::string("false")),
                                     std::pair("EscrowBehavior", std::string("\"Default\"")), std::pair("Unsynchronized", std::string("false")), std::pair("OriginalJoiningProperty", joining)})
        metadata.push_back({{"key", key}, {"value", value}});
    return {{"enabled", mapping.enabled}, {"flowTypes", flow_types(mapping)}, {"name", group ? "Provision Azure Active Directory Groups" : "Provision Azure Active Directory Users"},
            {"scope", filter(filters)}, {"sourceObjectName", group ? "Group" : "User"}, {"targetObjectName", group ? group_object : user_object},
            {"attributeMappings", std::move(mappings)}, {"metadata", std::move(metadata)}};
}

// --- what has changed ----------------------------------------------------------------------------------------------

bool same_flow(const MappingSpec& a, const MappingSpec& b)
{
    return a.from == b.from && graph_expression(a.source) == graph_expression(b.source) && a.default_value == b.default_value && a.only_on_create == b.only_on_create && a.matching == b.matching;
}

void amend(Json& at, const ObjectMapping& was, const ObjectMapping& now, ObjectKind kind)
{
    if (was.enabled != now.enabled) at["enabled"] = now.enabled;
    if (flow_types(was) != flow_types(now)) at["flowTypes"] = flow_types(now);
    const auto old_rows = effective_rows(was, kind);
    Json rows = Json::array();
    for (const MappingSpec& row : effective_rows(now, kind)) {
        const auto old = std::find_if(old_rows.begin(), old_rows.end(), [&](const MappingSpec& each) { return each.target == row.target; });
        const auto written = std::find_if(at["attributeMappings"].begin(), at["attributeMappings"].end(), [&](const Json& each) { return each.value("targetAttributeName", Json()) == row.target; });
        if (old == old_rows.end() || written == at["attributeMappings"].end()) {
            rows.push_back(attribute_mapping(row));
            continue;
        }
        rows.push_back(*written);
        if (!same_flow(*old, row)) rows.back().update(attribute_mapping(row));
    }
    at["attributeMappings"] = std::move(rows);
}

void amend(Json& at, const GraphFilters& was, const GraphFilters& now)
{
    const bool scoping = !same(was.scoping, now.scoping), input = !same(was.input, now.input);
    if (!scoping && !input) return;
    Json& scope = at["scope"];
    if (!scope.is_object()) scope = Json::object({{"categoryFilterGroups", Json::array()}, {"groups", Json::array()}, {"inputFilterGroups", Json::array()}});
    if (scoping) scope["groups"] = filter_groups(now.scoping);
    if (input) scope["inputFilterGroups"] = filter_groups(now.input);
}

}  // namespace

GraphFilters graph_filters(const ScopingFilter& scoping, const ScopingFilter& input) { return {words_of(scoping), words_of(input)}; }

nlohmann::ordered_json compose_graph_schema(const GraphExport& what, const Draw& draw)
{
    const auto users = effective_rows(what.mappings.users, ObjectKind::user), groups = effective_rows(what.mappings.groups, ObjectKind::group);
    std::string tenant = to_string(draw_guid(draw, "graph tenant"));
    tenant.erase(std::remove(tenant.begin(), tenant.end(), '-'), tenant.end());
    // Where groups are not mapped at all, a schema has no mapping of them.
    Json mappings = Json::array();
    if (!groups.empty()) mappings.push_back(object_mapping(what.mappings.groups, groups, what.groups, true));
    mappings.push_back(object_mapping(what.mappings.users, users, what.users, false));
    Json rule{{"editable", true}, {"id", to_string(draw_guid(draw, "graph rule"))}, {"name", "USERGROUP_OUTBOUND_USERGROUP"}, {"priority", 1},
              {"sourceDirectoryName", source_directory}, {"targetDirectoryName", target_directory}, {"metadata", Json::array({{{"key", "supportsProvisionOnDemand"}, {"value", "true"}}})},
              {"objectMappings", std::move(mappings)}};
    return {{"id", "scim." + tenant + "." + to_string(draw_guid(draw, "graph service principal"))}, {"version", "1"}, {"synchronizationRules", Json::array({std::move(rule)})},
            {"directories", Json::array({directory(source_directory, true, source_objects(what, users), draw),
                                         directory(target_directory, false, Json::array({target_object(user_object, users, false), target_object(group_object, groups, true)}), draw)})}};
}

nlohmann::ordered_json amend_graph_schema(const GraphSchema& read, const GraphExport& now)
{
    Json document = read.document;
    if (!read.users_at.empty()) {
        amend(document[read.users_at], read.mappings.users, now.mappings.users, ObjectKind::user);
        amend(document[read.users_at], read.users, now.users);
    }
    if (!read.groups_at.empty()) {
        amend(document[read.groups_at], read.mappings.groups, now.mappings.groups, ObjectKind::group);
        amend(document[read.groups_at], read.groups, now.groups);
    }
    return document;
}

}  // namespace provsim
