// SPDX-License-Identifier: Apache-2.0
#include "target/discovery.h"

#include "model/json.h"
#include "model/scim/urns.h"
#include "model/text.h"
#include "target/schema.h"

#include <fmt/format.h>

#include <vector>

namespace provsim::target {
namespace {

std::string_view name_of(Type type) noexcept
{
    switch (type) {
        case Type::string: return "string";
        case Type::boolean: return "boolean";
        case Type::date_time: return "dateTime";
        case Type::reference: return "reference";
        case Type::binary: return "binary";
        case Type::complex: return "complex";
    }
    return "?";
}

std::string_view name_of(Mutability mutability) noexcept
{
    switch (mutability) {
        case Mutability::read_write: return "readWrite";
        case Mutability::read_only: return "readOnly";
        case Mutability::immutable: return "immutable";
        case Mutability::write_only: return "writeOnly";
    }
    return "?";
}

// What a reference may point to (RFC 7643 7, referenceTypes).
std::string_view reference_types(std::string_view attribute) noexcept
{
    if (attribute == "members") return R"(["User","Group"])";
    if (attribute == "groups") return R"(["Group"])";
    if (attribute == "manager") return R"(["User"])";
    return R"(["external"])";
}

void append_facts(std::string& out, std::string_view name, std::string_view owner, Type type, bool multi, bool required, bool case_exact,
                  Mutability mutability, bool unique)
{
    fmt::format_to(std::back_inserter(out), R"({{"name":"{}","type":"{}","multiValued":{},"required":{},"caseExact":{},"mutability":"{}","returned":"{}","uniqueness":"{}")",
                   name, name_of(type), multi, required, case_exact, name_of(mutability), mutability == Mutability::write_only ? "never" : "default",
                   unique ? "server" : "none");
    if (type == Type::reference) out.append(R"(,"referenceTypes":)").append(reference_types(owner));
}

void append_meta(std::string& out, std::string_view type, std::string_view base_url, std::string_view path)
{
    append_json_string(out.append(R"("meta":{"resourceType":")").append(type).append(R"(","location":)"), std::string(base_url).append(path));
    out += '}';
}

std::string schema_body(const ResourceSchema& resource, std::string_view urn, std::string_view name, std::string_view description, std::string_view base_url)
{
    std::string out = fmt::format(R"({{"schemas":["{}"],"id":"{}","name":"{}","description":"{}","attributes":[)", urn::schema, urn, name, description);
    bool first = true;
    for (const Attribute& attribute : resource.attributes) {
        if (attribute.schema != urn) continue;
        if (!first) out += ',';
        first = false;
        append_facts(out, attribute.name, attribute.name, attribute.type, attribute.multi, attribute.required, attribute.case_exact, attribute.mutability,
                     attribute.unique);
        if (!attribute.subs.empty()) {
            out.append(R"(,"subAttributes":[)");
            for (const SubAttribute& sub : attribute.subs) {
                if (out.back() != '[') out += ',';
                append_facts(out, sub.name, attribute.name, sub.type, false, false, sub.case_exact, sub.mutability, false);
                out += '}';
            }
            out += ']';
        }
        out += '}';
    }
    out += "],";
    append_meta(out, "Schema", base_url, "/Schemas/" + std::string(urn));
    return out + '}';
}

std::string resource_type_body(const ResourceSchema& resource, std::string_view base_url)
{
    std::string out = fmt::format(R"({{"schemas":["{}"],"id":"{}","name":"{}","endpoint":"{}","description":"{}","schema":"{}",)", urn::resource_type,
                                  resource.name, resource.name, resource.endpoint, resource.description, resource.urn);
    if (&resource == &user_schema()) fmt::format_to(std::back_inserter(out), R"("schemaExtensions":[{{"schema":"{}","required":false}}],)", urn::enterprise_user);
    append_meta(out, "ResourceType", base_url, "/ResourceTypes/" + std::string(resource.name));
    return out + '}';
}

std::string config_body(std::string_view base_url, std::size_t max_results)
{
    std::string out = fmt::format(R"({{"schemas":["{}"],"patch":{{"supported":true}},"bulk":{{"supported":false,"maxOperations":0,"maxPayloadSize":0}},)"
                                  R"("filter":{{"supported":true,"maxResults":{}}},"changePassword":{{"supported":true}},"sort":{{"supported":false}},)"
                                  R"("etag":{{"supported":true}},"authenticationSchemes":[{{"type":"oauthbearertoken","name":"OAuth Bearer Token",)"
                                  R"x("description":"A bearer token in the Authorization header (RFC 6750)","primary":true}}],)x",
                                  urn::service_provider_config, max_results);
    append_meta(out, "ServiceProviderConfig", base_url, "/ServiceProviderConfig");
    return out + '}';
}

struct Named {
    std::string_view id;
    std::string body;
};

// The one of that id, or all of them as a list.
std::optional<std::string> one_or_list(const std::vector<Named>& all, std::string_view id)
{
    if (!id.empty()) {
        for (const Named& one : all)
            if (equal_ignoring_ascii_case(one.id, id)) return one.body;
        return std::nullopt;
    }
    std::string out = fmt::format(R"({{"schemas":["{}"],"totalResults":{},"startIndex":1,"itemsPerPage":{},"Resources":[)", urn::list_response, all.size(), all.size());
    for (const Named& one : all) {
        if (out.back() != '[') out += ',';
        out += one.body;
    }
    return out + "]}";
}

}  // namespace

bool is_discovery(std::string_view collection) noexcept
{
    return collection == "ServiceProviderConfig" || collection == "Schemas" || collection == "ResourceTypes";
}

std::optional<std::string> discovery_body(std::string_view collection, std::string_view id, std::string_view base_url, std::size_t max_results)
{
    if (collection == "ServiceProviderConfig") return id.empty() ? std::optional(config_body(base_url, max_results)) : std::nullopt;
    if (collection == "ResourceTypes")
        return one_or_list({{"User", resource_type_body(user_schema(), base_url)}, {"Group", resource_type_body(group_schema(), base_url)}}, id);
    return one_or_list({{urn::user, schema_body(user_schema(), urn::user, "User", "User Account", base_url)},
                        {urn::group, schema_body(group_schema(), urn::group, "Group", "Group", base_url)},
                        {urn::enterprise_user, schema_body(user_schema(), urn::enterprise_user, "EnterpriseUser", "Enterprise User", base_url)}},
                       id);
}

}  // namespace provsim::target
