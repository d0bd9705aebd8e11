// SPDX-License-Identifier: Apache-2.0
#include "scenario_io/standard_mapping.h"

#include <algorithm>
#include <array>

namespace provsim {
namespace {

struct Row {
    std::string_view target, expression;
    unsigned matching = 0;
    ValueType type = ValueType::string;
    bool case_exact = false;
    bool minimal = false;       // of the smallest table as well
};

// Entra: use-scim-to-provision-users-and-groups, "attribute mapping", with what real tenants have besides (observed).
constexpr std::array<Row, 22> user_rows{{
    {"userName", "[userPrincipalName]", 1, ValueType::string, false, true},
    {"active", R"(Switch([IsSoftDeleted], , "False", "True", "True", "False"))", 0, ValueType::boolean, false, true},
    {"displayName", "[displayName]"},
    {"title", "[jobTitle]"},
    {R"(emails[type eq "work"].value)", "[mail]"},
    {"preferredLanguage", "[preferredLanguage]"},
    {"name.givenName", "[givenName]"},
    {"name.familyName", "[surname]"},
    {"name.formatted", R"(Join(" ", [givenName], [surname]))"},
    {R"(addresses[type eq "work"].formatted)", "[physicalDeliveryOfficeName]"},
    {R"(addresses[type eq "work"].streetAddress)", "[streetAddress]"},
    {R"(addresses[type eq "work"].locality)", "[city]"},
    {R"(addresses[type eq "work"].region)", "[state]"},
    {R"(addresses[type eq "work"].postalCode)", "[postalCode]"},
    {R"(addresses[type eq "work"].country)", "[country]"},
    {R"(phoneNumbers[type eq "work"].value)", "[telephoneNumber]"},
    {R"(phoneNumbers[type eq "mobile"].value)", "[mobile]"},
    {R"(phoneNumbers[type eq "fax"].value)", "[facsimileTelephoneNumber]"},
    {"externalId", "[mailNickname]", 0, ValueType::string, true},
    {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber", "[employeeId]"},
    {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "[department]"},
    {"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager", "[manager]", 0, ValueType::reference},
}};
constexpr std::array<Row, 3> group_rows{{
    {"displayName", "[displayName]", 1, ValueType::string, false, true},
    {"externalId", "[objectId]", 0, ValueType::string, true},
    {"members", "[members]", 0, ValueType::reference, false, true},
}};

MappingSpec spec(const Row& row)
{
    MappingSpec out;
    out.target = row.target;
    out.source = row.expression;
    out.matching = row.matching;
    out.type = row.type;
    out.case_exact = row.case_exact;
    return out;
}

template <class Rows>
std::vector<MappingSpec> specs(const Rows& rows, bool all)
{
    std::vector<MappingSpec> out;
    for (const Row& row : rows)
        if (all || row.minimal) out.push_back(spec(row));
    return out;
}

}  // namespace

std::vector<MappingSpec> standard_rows(ObjectKind kind)
{
    return kind == ObjectKind::group ? specs(group_rows, true) : specs(user_rows, true);
}

std::vector<MappingSpec> effective_rows(const ObjectMapping& mapping, ObjectKind kind)
{
    std::vector<MappingSpec> rows;
    if (mapping.base != ObjectMapping::Base::nothing) {
        const bool all = mapping.base == ObjectMapping::Base::standard;
        rows = kind == ObjectKind::group ? specs(group_rows, all) : specs(user_rows, all);
    }
    for (const MappingSpec& row : mapping.rows) {
        const auto same = std::find_if(rows.begin(), rows.end(), [&](const MappingSpec& other) { return other.target == row.target; });
        if (same == rows.end()) {
            if (!row.removed) rows.push_back(row);
        } else if (row.removed) {
            rows.erase(same);
        } else {
            *same = row;
        }
    }
    return rows;
}

}  // namespace provsim
