// SPDX-License-Identifier: Apache-2.0
#include "connectors/entra/mapping.h"

#include "model/check.h"

#include <algorithm>

namespace provsim {
namespace {

AttributeMapping row(std::string_view target, MappingSource source)
{
    auto path = parse_target_path(target);
    PROVSIM_CHECK(path.has_value(), "a default mapping has a target that is no path: " + std::string(target));
    AttributeMapping mapping;
    mapping.target = std::move(*path);
    mapping.source = std::move(source);
    return mapping;
}

AttributeMapping direct(std::string_view target, Attribute attribute)
{
    return row(target, FromAttribute{attribute});
}

// RFC 7643 3.1: externalId is caseExact.
AttributeMapping case_exact(AttributeMapping mapping)
{
    mapping.case_exact = true;
    return mapping;
}

AttributeMapping matching(AttributeMapping mapping)
{
    mapping.matching = 1;
    return mapping;
}

}  // namespace

// Entra: use-scim-to-provision-users-and-groups, "attribute mapping"; the page's table is an example, and real tenants add
// preferredLanguage, name.formatted, city, state and country (observed; chainguard-dev/edu, limosa-io/laravel-scim-server#34).
// proxyAddresses is left out, and the office goes to the address of type "work", as captures show.
MappingTable entra_user_mapping()
{
    const std::string enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:";
    AttributeMapping active = row("active", FromSoftDeleted{});
    active.type = ValueType::boolean;
    AttributeMapping manager = row(entra_manager_path, FromManager{});
    manager.type = ValueType::reference;
    return {
        matching(direct("userName", Attribute::user_name)),     // Entra's userPrincipalName
        std::move(active),
        direct("displayName", Attribute::display_name),
        direct("title", Attribute::title),
        direct("emails[type eq \"work\"].value", Attribute::mail),
        direct("preferredLanguage", Attribute::preferred_language),
        direct("name.givenName", Attribute::given_name),
        direct("name.familyName", Attribute::family_name),
        row("name.formatted", FromJoin{" ", {Attribute::given_name, Attribute::family_name}}),
        direct("addresses[type eq \"work\"].formatted", Attribute::office),
        direct("addresses[type eq \"work\"].streetAddress", Attribute::street),
        direct("addresses[type eq \"work\"].locality", Attribute::city),
        direct("addresses[type eq \"work\"].region", Attribute::state),
        direct("addresses[type eq \"work\"].postalCode", Attribute::postal_code),
        direct("addresses[type eq \"work\"].country", Attribute::country),
        direct("phoneNumbers[type eq \"work\"].value", Attribute::phone),
        direct("phoneNumbers[type eq \"mobile\"].value", Attribute::mobile),
        direct("phoneNumbers[type eq \"fax\"].value", Attribute::fax),
        case_exact(direct("externalId", Attribute::mail_nickname)),
        direct(enterprise + "employeeNumber", Attribute::employee_id),
        direct(enterprise + "department", Attribute::department),
        std::move(manager),
    };
}

// Entra: the same page, groups. `members` is written by requests of its own and is no row.
MappingTable entra_group_mapping()
{
    return {matching(row("displayName", FromGroupName{})), case_exact(row("externalId", FromObjectId{}))};
}

std::vector<std::uint16_t> matching_rows(const MappingTable& table)
{
    std::vector<std::uint16_t> rows;
    for (std::size_t i = 0; i < table.size(); ++i)
        if (table[i].matching > 0) rows.push_back(static_cast<std::uint16_t>(i));
    std::stable_sort(rows.begin(), rows.end(), [&](std::uint16_t a, std::uint16_t b) { return table[a].matching < table[b].matching; });
    return rows;
}

}  // namespace provsim
