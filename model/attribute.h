// SPDX-License-Identifier: Apache-2.0
// The neutral attributes of a user, and each provider's spelling of them.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace provsim {

// Built-in attributes have fixed numbers; `custom.*` attributes are numbered from first_custom on, by a Directory.
// `handle` is the short name a scenario gives an object ("ada" in "user:ada"); no provider ever sees it.
enum class Attribute : std::uint8_t {
    handle,
    user_name, given_name, family_name, display_name, mail, mail_nickname,
    department, title, employee_id, company, office,
    street, city, state, postal_code, country,
    phone, mobile, fax, preferred_language,
    first_custom,
};
inline constexpr std::size_t builtin_attributes = static_cast<std::size_t>(Attribute::first_custom);
inline constexpr std::size_t max_attributes = 64;   // a change names the attributes it touched in one 64-bit mask

constexpr std::uint64_t bit(Attribute a) noexcept { return std::uint64_t{1} << static_cast<unsigned>(a); }

// Spellings. Scenarios use neutral names ("userName", "title", "phone"); Entra's mappings, filters, expressions and
// files use Entra's ("userPrincipalName", "jobTitle", "telephoneNumber"; Entra: use-scim default mapping table).
// Okta's is that of its base profile ("login", "primaryPhone"; Okta: management API, UserProfile). JumpCloud's
// are the fields of its user API ("username", "jobTitle"); elements of its lists by their type ("phoneNumbers.work", assumed).
enum class Spelling : std::uint8_t { neutral, entra, okta, jumpcloud };
std::string_view attribute_name(Attribute attribute, Spelling spelling) noexcept;   // empty for custom ones
std::optional<Attribute> find_attribute(std::string_view name, Spelling spelling) noexcept;   // exact case; built-in ones only

}  // namespace provsim
