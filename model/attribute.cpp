// SPDX-License-Identifier: Apache-2.0
#include "model/attribute.h"

#include <array>

namespace provsim {
namespace {

struct Names {
    std::string_view neutral, entra, okta, jumpcloud;
};

// In the order of the enumeration. No provider has a word for the handle: it never sees it. Okta's base profile has none for
// the mail nickname, the office and the fax.
constexpr std::array<Names, builtin_attributes> names{{
    {"handle", "", "", ""},
    {"userName", "userPrincipalName", "login", "username"},
    {"givenName", "givenName", "firstName", "firstname"},
    {"familyName", "surname", "lastName", "lastname"},
    {"displayName", "displayName", "displayName", "displayname"},
    {"mail", "mail", "email", "email"},
    {"mailNickname", "mailNickname", "", ""},
    {"department", "department", "department", "department"},
    {"title", "jobTitle", "title", "jobTitle"},
    {"employeeId", "employeeId", "employeeNumber", "employeeIdentifier"},
    {"company", "companyName", "organization", "company"},
    {"office", "physicalDeliveryOfficeName", "", "location"},
    {"street", "streetAddress", "streetAddress", "addresses.work.streetAddress"},
    {"city", "city", "city", "addresses.work.locality"},
    {"region", "state", "state", "addresses.work.region"},      // `state` is where a user stands in his life cycle
    {"postalCode", "postalCode", "zipCode", "addresses.work.postalCode"},
    {"country", "country", "countryCode", "addresses.work.country"},
    {"phone", "telephoneNumber", "primaryPhone", "phoneNumbers.work"},
    {"mobile", "mobile", "mobilePhone", "phoneNumbers.mobile"},
    {"fax", "facsimileTelephoneNumber", "", "phoneNumbers.work_fax"},
    {"preferredLanguage", "preferredLanguage", "preferredLanguage", ""},
}};

}  // namespace

std::string_view attribute_name(Attribute attribute, Spelling spelling) noexcept
{
    const auto number = static_cast<std::size_t>(attribute);
    if (number >= names.size()) return {};
    switch (spelling) {
        case Spelling::neutral: return names[number].neutral;
        case Spelling::entra: return names[number].entra;
        case Spelling::okta: return names[number].okta;
        case Spelling::jumpcloud: return names[number].jumpcloud;
    }
    return {};
}

std::optional<Attribute> find_attribute(std::string_view name, Spelling spelling) noexcept
{
    if (name.empty()) return {};
    for (std::size_t number = 0; number < names.size(); ++number) {
        const auto attribute = static_cast<Attribute>(number);
        if (attribute_name(attribute, spelling) == name) return attribute;
    }
    return {};
}

}  // namespace provsim
