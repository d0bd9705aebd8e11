// SPDX-License-Identifier: Apache-2.0
// No page of Okta's lists them. "observed": app vendors' guides (NINJIO, Oro, Sign In Solutions) and traces of applications; the rest
// is assumed from the template's names. The userName is configured on the Sign On tab; Okta's own is the login.
#include "connectors/okta/default_mapping.h"

#include "model/text.h"

#include <algorithm>

namespace provsim {
namespace {

constexpr std::string_view observed = "observed", assumed = "assumed";

constexpr OktaDefaultRow rows[] = {
    {"userName", "userName", "user.login", observed},
    {"givenName", "name.givenName", "user.firstName", observed},
    {"familyName", "name.familyName", "user.lastName", observed},
    {"middleName", "name.middleName", "user.middleName", observed},
    {"honorificPrefix", "name.honorificPrefix", "user.honorificPrefix", observed},
    {"honorificSuffix", "name.honorificSuffix", "user.honorificSuffix", observed},
    {"email", "emails[primary eq \"true\"].value", "user.email", observed},
    {"emailType", "emails[primary eq \"true\"].type", "(user.email != null && user.email != '') ? 'work' : ''", observed},
    {"secondEmail", "emails[primary eq \"false\"].value", "user.secondEmail", assumed},
    {"secondaryEmailType", "emails[primary eq \"false\"].type", "(user.secondEmail != null && user.secondEmail != '') ? 'home' : ''", assumed},
    {"title", "title", "user.title", observed},
    {"displayName", "displayName", "user.displayName", observed},
    {"nickName", "nickName", "user.nickName", assumed},
    {"profileUrl", "profileUrl", "user.profileUrl", assumed},
    {"primaryPhone", "phoneNumbers[primary eq \"true\"].value", "user.primaryPhone", observed},
    {"primaryPhoneType", "phoneNumbers[primary eq \"true\"].type", "(user.primaryPhone != null && user.primaryPhone != '') ? 'work' : ''", observed},
    {"mobilePhone", "phoneNumbers[primary eq \"false\"].value", "user.mobilePhone", observed},
    {"addressType", "addresses[primary eq \"true\"].type", "(user.streetAddress != null && user.streetAddress != '') ? 'work' : ''", assumed},
    {"streetAddress", "addresses[primary eq \"true\"].streetAddress", "user.streetAddress", assumed},
    {"locality", "addresses[primary eq \"true\"].locality", "user.city", assumed},
    {"region", "addresses[primary eq \"true\"].region", "user.state", assumed},
    {"postalCode", "addresses[primary eq \"true\"].postalCode", "user.zipCode", assumed},
    {"country", "addresses[primary eq \"true\"].country", "user.countryCode", assumed},
    {"formatted", "addresses[primary eq \"true\"].formatted", "user.postalAddress", assumed},
    {"preferredLanguage", "preferredLanguage", "user.preferredLanguage", assumed},
    {"locale", "locale", "user.locale", observed},
    {"timezone", "timezone", "user.timezone", assumed},
    {"userType", "userType", "user.userType", observed},
    {"employeeNumber", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:employeeNumber", "user.employeeNumber", observed},
    {"costCenter", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:costCenter", "user.costCenter", observed},
    {"organization", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:organization", "user.organization", observed},
    {"division", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:division", "user.division", observed},
    {"department", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "user.department", observed},
    {"managerValue", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.value", "user.managerId", assumed},
    {"managerDisplayName", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager.displayName", "user.manager", assumed},
};

}  // namespace

std::span<const OktaDefaultRow> okta_default_rows() noexcept
{
    return rows;
}

// `minimal`: what an application cannot do without (assumed): the name that users are matched by, and theirs.
std::vector<MappingSpec> okta_rows(const ObjectMapping& mapping, bool default_rows_on_create)
{
    std::vector<MappingSpec> all;
    const std::size_t count = mapping.base == ObjectMapping::Base::standard ? std::size(rows) : mapping.base == ObjectMapping::Base::minimal ? 3 : 0;
    for (std::size_t i = 0; i < count; ++i) {
        MappingSpec spec;
        spec.target = rows[i].target;
        spec.source = rows[i].expression;
        spec.only_on_create = default_rows_on_create;
        spec.matching = i == 0 ? 1 : 0;
        all.push_back(std::move(spec));
    }
    for (const MappingSpec& row : mapping.rows) {
        const auto there = std::find_if(all.begin(), all.end(), [&](const MappingSpec& each) { return equal_ignoring_ascii_case(each.target, row.target); });
        if (row.removed) {
            if (there != all.end()) all.erase(there);
        } else if (there != all.end()) {
            *there = row;
        } else {
            all.push_back(row);
        }
    }
    return all;
}

}  // namespace provsim
