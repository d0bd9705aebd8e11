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
    return spec;
}

const std::string enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:";
constexpr std::string_view active = R"(Switch([IsSoftDeleted], , "False", "True", "True", "False"))";

}  // namespace

// Entra: use-scim-to-provision-users-and-groups, "attribute mapping"; the page's table is an example, and real tenants add
// preferredLanguage, name.formatted, city, state and country (observed; chainguard-dev/edu, limosa-io/laravel-scim-server#34).
// proxyAddresses is left out, and the office goes to the address of type "work", as captures show.
std::vector<MappingSpec> entra_user_rows(ObjectMapping::Base base)
{
    if (base == ObjectMapping::Base::nothing) return {};
    // Minimal: what a target needs at the least (behaviours, row ET7: userPrincipalName and displayName).
    if (base == ObjectMapping::Base::minimal) return {row("userName", "[userPrincipalName]", 1), row("active", active), row("displayName", "[displayName]")};
    return {
        row("userName", "[userPrincipalName]", 1),
        row("active", active),
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
        row("externalId", "[mailNickname]"),
        row(enterprise + "employeeNumber", "[employeeId]"),
        row(enterprise + "department", "[department]"),
        row(entra_manager_path, "[manager]"),
    };
}

// Entra: the same page, groups.
std::vector<MappingSpec> entra_group_rows(ObjectMapping::Base base)
{
    if (base == ObjectMapping::Base::nothing) return {};
    return {row("displayName", "[displayName]", 1), row("externalId", "[objectId]"), row("members", "[members]")};
}

std::vector<MappingSpec> merged_rows(std::vector<MappingSpec> table, const std::vector<MappingSpec>& own)
{
    for (const MappingSpec& spec : own) {
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
