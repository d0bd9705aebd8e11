// SPDX-License-Identifier: Apache-2.0
#include "model/attribute.h"

#include <array>

namespace provsim {
namespace {

struct Names {
    std::string_view neutral, entra, jumpcloud;
};

// In the order of the enumeration. Providers have no word for the handle: they never see it.
constexpr std::array<Names, builtin_attributes> names{{
    {"handle", "", ""},
    {"userName", "userPrincipalName", "username"},
    {"givenName", "givenName", "firstname"},
    {"familyName", "surname", "lastname"},
    {"displayName", "displayName", "displayname"},
    {"mail", "mail", "email"},
    {"mailNickname", "mailNickname", ""},
    {"department", "department", "department"},
    {"title", "jobTitle", "jobTitle"},
    {"employeeId", "employeeId", "employeeIdentifier"},
    {"company", "companyName", "company"},
    {"office", "physicalDeliveryOfficeName", "location"},
    {"street", "streetAddress", "addresses.work.streetAddress"},
    {"city", "city", "addresses.work.locality"},
    {"state", "state", "addresses.work.region"},
    {"postalCode", "postalCode", "addresses.work.postalCode"},
    {"country", "country", "addresses.work.country"},
    {"phone", "telephoneNumber", "phoneNumbers.work"},
    {"mobile", "mobile", "phoneNumbers.mobile"},
    {"fax", "facsimileTelephoneNumber", "phoneNumbers.work_fax"},
    {"preferredLanguage", "preferredLanguage", ""},
}};

}  // namespace

std::string_view attribute_name(Attribute attribute, Spelling spelling) noexcept
{
    const auto number = static_cast<std::size_t>(attribute);
    if (number >= names.size()) return {};
    switch (spelling) {
        case Spelling::neutral: return names[number].neutral;
        case Spelling::entra: return names[number].entra;
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
