// SPDX-License-Identifier: Apache-2.0
#include "connectors/entra/default_mapping.h"

#include <algorithm>
#include <string_view>

namespace provsim {
namespace {

MappingSpec row(std::string_view target, std::string_view expression, unsigned matching = 0)
{
    MappingSpec spec;
    spec.target = target;
    spec.source = expression;
    spec.matching = matching;
    spec.type = ValueType::string;
    spec.case_exact = false;
    return spec;
}

const std::string enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:";
constexpr std::string_view active = R"(Switch([IsSoftDeleted], , "False", "True", "True", "False"))";

MappingSpec typed(MappingSpec spec, ValueType type)
{
    spec.type = type;
    return spec;
}

// RFC 7643 3.1: externalId is caseExact.
MappingSpec case_exact(MappingSpec spec)
{
    spec.case_exact = true;
    return spec;
}

// Entra: use-scim-to-provision-users-and-groups, "attribute mapping"; the page's table is an example, and real tenants add
// preferredLanguage, name.formatted, city, state and country (observed; chainguard-dev/edu, limosa-io/laravel-scim-server#34).
// proxyAddresses is left out, and the office goes to the address of type "work", as captures show.
std::vector<MappingSpec> user_rows(ObjectMapping::Base base)
{
    if (base == ObjectMapping::Base::nothing) return {};
    // Minimal: what a target needs at the least (behaviours, row ET7: userPrincipalName and displayName).
    if (base == ObjectMapping::Base::minimal) return {row("userName", "[userPrincipalName]", 1), typed(row("active", active), ValueType::boolean), row("displayName", "[displayName]")};
    return {
        row("userName", "[userPrincipalName]", 1),
        typed(row("active", active), ValueType::boolean),
        row("displayName", "[displayName]"),
        row("title", "[jobTitle]"),
        row("emails[type eq \"work\"].value", "[mail]"),
        row("preferredLanguage", "[preferredLanguage]"),
        row("name.givenName", "[givenName]"),
        row("name.familyName", "[surname]"),
        row("name.formatted", R"(Join(" ", [givenName], [surname]))"),
        row("addresses[type eq \"work\"].formatted", "[physicalDeliveryOfficeName]"),
        row("addresses[type eq \"work\"].streetAddress", "[streetAddress]"),
        row("addresses[type eq \"work\"].locality", "[city]"),
        row("addresses[type eq \"work\"].region", "[state]"),
        row("addresses[type eq \"work\"].postalCode", "[postalCode]"),
        row("addresses[type eq \"work\"].country", "[country]"),
        row("phoneNumbers[type eq \"work\"].value", "[telephoneNumber]"),
        row("phoneNumbers[type eq \"mobile\"].value", "[mobile]"),
        row("phoneNumbers[type eq \"fax\"].value", "[facsimileTelephoneNumber]"),
        case_exact(row("externalId", "[mailNickname]")),
        row(enterprise + "employeeNumber", "[employeeId]"),
        row(enterprise + "department", "[department]"),
        typed(row(entra_manager_path, "[manager]"), ValueType::reference),
    };
}

// Entra: the same page, groups.
std::vector<MappingSpec> group_rows(ObjectMapping::Base base)
{
    if (base == ObjectMapping::Base::nothing) return {};
    return {row("displayName", "[displayName]", 1), case_exact(row("externalId", "[objectId]")), typed(row("members", "[members]"), ValueType::reference)};
}

}  // namespace

std::vector<MappingSpec> standard_rows(ObjectKind kind, ObjectMapping::Base base)
{
    return kind == ObjectKind::group ? group_rows(base) : user_rows(base);
}

std::vector<MappingSpec> effective_rows(const ObjectMapping& mapping, ObjectKind kind)
{
    auto table = standard_rows(kind, mapping.base);
    for (const MappingSpec& spec : mapping.rows) {
        const auto same = std::find_if(table.begin(), table.end(), [&](const MappingSpec& r) { return r.target == spec.target; });
        if (spec.removed) {
            if (same != table.end()) table.erase(same);
        } else if (same != table.end()) {
            *same = spec;
        } else {
            table.push_back(spec);
        }
    }
    return table;
}

}  // namespace provsim
