// SPDX-License-Identifier: Apache-2.0
#include "model/attribute.h"

#include <array>

namespace provsim {
namespace {

struct Names {
    std::string_view neutral, entra;
};

// In the order of the enumeration. Entra has no word for the handle: it never sees it.
constexpr std::array<Names, builtin_attributes> names{{
    {"handle", ""},
    {"userName", "userPrincipalName"},
    {"givenName", "givenName"},
    {"familyName", "surname"},
    {"displayName", "displayName"},
    {"mail", "mail"},
    {"mailNickname", "mailNickname"},
    {"department", "department"},
    {"title", "jobTitle"},
    {"employeeId", "employeeId"},
    {"company", "companyName"},
    {"office", "physicalDeliveryOfficeName"},
    {"street", "streetAddress"},
    {"city", "city"},
    {"state", "state"},
    {"postalCode", "postalCode"},
    {"country", "country"},
    {"phone", "telephoneNumber"},
    {"mobile", "mobile"},
    {"fax", "facsimileTelephoneNumber"},
    {"preferredLanguage", "preferredLanguage"},
}};

}  // namespace

std::string_view attribute_name(Attribute attribute, Spelling spelling) noexcept
{
    const auto number = static_cast<std::size_t>(attribute);
    if (number >= names.size()) return {};
    return spelling == Spelling::neutral ? names[number].neutral : names[number].entra;
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
