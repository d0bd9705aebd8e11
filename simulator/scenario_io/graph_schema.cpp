// SPDX-License-Identifier: Apache-2.0
// The schema from outside in: what wraps it, its rules, their object mappings.
#include "scenario_io/graph_schema_reading.h"

#include "model/nearest.h"
#include "model/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace provsim {
namespace {

constexpr std::size_t problems_said = 20;

// Entra's directory, as schemas have called it over the years.
constexpr std::array<std::string_view, 3> entra_names{"Microsoft Entra ID", "Azure Active Directory", "Azure AD"};

constexpr std::string_view how_to_export = "export the schema of the provisioning job: GET /servicePrincipals/{id}/synchronization/jobs/{jobId}/schema";

bool is_schema(const JsonAt& node) { return node && node["synchronizationRules"]; }

bool names(const JsonAt& text, std::initializer_list<std::string_view> words)
{
    return text.is_text() && std::any_of(words.begin(), words.end(), [&](std::string_view word) { return equal_ignoring_ascii_case(text.text(), word); });
}

// A schema; a template, which holds one; or a list of templates, of which the custom application's or the default one is taken.
JsonAt find_schema(const JsonAt& root, GraphReading& reading)
{
    if (is_schema(root)) return root;
    if (is_schema(root["schema"])) return root["schema"];
    std::vector<JsonAt> found;
    for (const JsonAt& each : root.value->is_array() ? root.items() : root["value"].items())
        if (is_schema(each) || is_schema(each["schema"])) found.push_back(each);
    if (found.empty()) return {};
    auto chosen = std::find_if(found.begin(), found.end(), [](const JsonAt& each) { return names(each["id"], {"scim"}) || names(each["factoryTag"], {"scim"}); });
    if (chosen == found.end())
        chosen = std::find_if(found.begin(), found.end(), [](const JsonAt& each) { const JsonAt is = each["default"]; return is && *is.value == true; });
    if (chosen == found.end()) chosen = found.begin();
    if (found.size() > 1) reading.warn(*chosen, "graph-schema", fmt::format("there are {} templates in this file; this one is used", found.size()));
    return is_schema(*chosen) ? *chosen : (*chosen)["schema"];
}

// "Add,Update,Delete", "None"; a list of these words is taken as well.
void read_flow_types(const JsonAt& node, ObjectMapping& out, GraphReading& reading)
{
    if (!node) return;
    std::string words = node.is_text() ? node.text() : std::string();
    for (const JsonAt& item : node.items())
        if (item.is_text()) words += "," + item.text();
    out.create = out.update = out.remove = false;
    for (std::size_t at = 0; (at = words.find_first_not_of(", ", at)) != std::string::npos;) {
        const std::size_t end = std::min(words.find_first_of(", ", at), words.size());
        const std::string word = words.substr(at, end - at);
        if (equal_ignoring_ascii_case(word, "Add")) out.create = true;
        else if (equal_ignoring_ascii_case(word, "Update")) out.update = true;
        else if (equal_ignoring_ascii_case(word, "Delete")) out.remove = true;
        else if (!equal_ignoring_ascii_case(word, "None")) {
            const std::string near = nearest(word, std::array<std::string_view, 4>{"Add", "Update", "Delete", "None"});
            reading.error(node, "graph-schema", fmt::format("there is no flow type \"{}\"", word), near.empty() ? "they are Add, Update, Delete and None" : fmt::format("did you mean \"{}\"?", near));
        }
        at = end;
    }
}

class RuleReader {
public:
    RuleReader(const JsonAt& root, GraphReading& reading) : root_(root), reading_(reading) {}

    void rule(const JsonAt& rule)
    {
        const std::string source = reading_.text(rule, "sourceDirectoryName"), target = reading_.text(rule, "targetDirectoryName");
        if (!source.empty() && std::find(entra_names.begin(), entra_names.end(), source) == entra_names.end())
            return reading_.warn(rule, "graph-schema", fmt::format("this rule reads from \"{}\" and is not used; provsim provisions from Entra's directory", source));
        for (const JsonAt& mapping : rule["objectMappings"].items()) object_mapping(mapping, target);
    }

    void end()
    {
        if (!have_users_ && reading_.errors.empty())
            reading_.error(root_["synchronizationRules"], "graph-schema", "no rule maps users of Entra's directory", std::string(how_to_export));
        // No mapping of groups, no groups.
        if (!have_groups_) reading_.schema.mappings.groups.enabled = false;
    }

private:
    void object_mapping(const JsonAt& mapping, const std::string& target)
    {
        const std::string from = reading_.text(mapping, "sourceObjectName"), to = reading_.text(mapping, "targetObjectName");
        const bool user = equal_ignoring_ascii_case(from, "User");
        if (!user && !equal_ignoring_ascii_case(from, "Group"))
            return reading_.warn(mapping, "graph-schema", fmt::format("objects of type \"{}\" are not provisioned here; their mapping is kept and not used", from));
        bool& have = user ? have_users_ : have_groups_;
        if (have) return reading_.warn(mapping, "graph-schema", fmt::format("{} are mapped more than once; the first mapping is used", user ? "users" : "groups"));
        have = true;

        GraphSchema& schema = reading_.schema;
        ObjectMapping& out = user ? schema.mappings.users : schema.mappings.groups;
        (user ? schema.users_at : schema.groups_at) = mapping.at;
        if (const JsonAt enabled = mapping["enabled"]) out.enabled = *enabled.value != false;
        if (user && !out.enabled) reading_.warn(mapping["enabled"], "graph-schema", "the mapping of users is disabled, which the portal does not offer");
        read_flow_types(mapping["flowTypes"], out, reading_);
        const ObjectKind kind = user ? ObjectKind::user : ObjectKind::group;
        read_attribute_mappings(mapping, kind, read_target_definitions(root_, target, to, reading_), out, reading_);
        read_graph_filters(mapping["scope"], kind, user ? schema.users : schema.groups, reading_);
    }

    JsonAt root_;
    GraphReading& reading_;
    bool have_users_ = false, have_groups_ = false;
};

long priority(const JsonAt& rule)
{
    const JsonAt number = rule["priority"];
    return number && number.value->is_number_integer() ? number.value->get<long>() : 0;
}

}  // namespace

JsonAt JsonAt::operator[](const char* key) const
{
    if (!value || !value->is_object()) return {};
    const auto found = value->find(key);
    return found == value->end() || found->is_null() ? JsonAt{} : JsonAt{&*found, at / key};
}

std::vector<JsonAt> JsonAt::items() const
{
    std::vector<JsonAt> items;
    if (value && value->is_array())
        for (std::size_t i = 0; i < value->size(); ++i) items.push_back({&(*value)[i], at / i});
    return items;
}

void GraphReading::error(const JsonAt& where, std::string_view code, std::string what, std::string remedy)
{
    if (++said_ == problems_said + 1) errors.push_back({Severity::error, "graph-schema", "and more like these", {}, {file, 0, 0}});
    if (said_ <= problems_said) errors.push_back({Severity::error, std::string(code), std::move(what), std::move(remedy), place(where)});
}

void GraphReading::warn(const JsonAt& where, std::string_view code, std::string what, std::string remedy)
{
    if (schema.warnings.size() == problems_said) schema.warnings.push_back({Severity::warning, "graph-schema", "and more like these", {}, {file, 0, 0}});
    if (schema.warnings.size() < problems_said) schema.warnings.push_back({Severity::warning, std::string(code), std::move(what), std::move(remedy), place(where)});
}

std::string GraphReading::text(const JsonAt& map, const char* key)
{
    const JsonAt found = map[key];
    if (!found) return {};
    if (found.is_text()) return found.text();
    error(found, "graph-schema", fmt::format("\"{}\" is not a text", key));
    return {};
}

void GraphReading::uses(ObjectKind kind, const std::string& attribute)
{
    if (kind != ObjectKind::user || is_entra_user_attribute(attribute) || find_attribute(attribute, Spelling::entra)) return;
    if (std::find(schema.custom.begin(), schema.custom.end(), attribute) == schema.custom.end()) schema.custom.push_back(attribute);
}

bool is_entra_user_attribute(std::string_view name) noexcept
{
    constexpr std::array<std::string_view, 5> names{"IsSoftDeleted", "accountEnabled", "objectId", "manager", "appRoleAssignments"};
    return std::find(names.begin(), names.end(), name) != names.end();
}

bool is_entra_group_attribute(std::string_view name) noexcept
{
    return name == "displayName" || name == "objectId" || name == "members";
}

Result<GraphSchema> read_graph_schema(std::string_view bytes, const std::string& file)
{
    auto parsed = parse_json_text(bytes, file, {16u << 20, 200});
    if (!parsed) return parsed.problems();
    GraphSchema schema;
    schema.document = std::move(parsed).value();
    schema.mappings.users.base = schema.mappings.groups.base = ObjectMapping::Base::nothing;

    GraphReading reading(bytes, file, schema);
    const JsonAt whole{&schema.document};
    const JsonAt root = find_schema(whole, reading);
    if (!root) {
        reading.error(whole, "graph-schema", "there are no \"synchronizationRules\" in it", std::string(how_to_export));
        return std::move(reading.errors);
    }
    // In the order of their priority, the lowest number first.
    std::vector<JsonAt> rules = root["synchronizationRules"].items();
    std::stable_sort(rules.begin(), rules.end(), [](const JsonAt& a, const JsonAt& b) { return priority(a) < priority(b); });
    RuleReader reader(root, reading);
    for (const JsonAt& rule : rules) reader.rule(rule);
    reader.end();
    if (!reading.errors.empty()) return std::move(reading.errors);
    return schema;
}

}  // namespace provsim
