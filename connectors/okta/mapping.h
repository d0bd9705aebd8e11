// SPDX-License-Identifier: Apache-2.0
// Okta's attribute mappings, compiled. Internal to the Okta connector.
#pragma once

#include "connectors/okta/default_mapping.h"
#include "connectors/okta/source.h"
#include "model/directory.h"
#include "model/target_path.h"

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace provsim {

// Where a value comes from. The forms that the default rows consist of are read without an expression's machinery: each means what
// the expression in its comment means.
struct FromProfile { OktaProfileName name; };                                           // user.email
struct FromTypeIfPresent { OktaProfileName name; std::string text; };                   // (user.email != null && user.email != '') ? 'work' : ''
struct FromOktaConstant { std::string text; };                                          // 'work'; empty: no value
struct FromOktaExpression { OktaExpression expression; };                               // anything else
using OktaMappingSource = std::variant<FromProfile, FromTypeIfPresent, FromOktaConstant, FromOktaExpression>;

struct OktaMapping {
    TargetPath target;
    OktaMappingSource source;
    ValueType type = ValueType::string;
    std::uint64_t reads = 0;            // attributes of the directory, as bits
    bool only_on_create = false;        // Apply on: Create. A change of it triggers nothing; a push takes it along all the same
    bool required = false;
    std::string default_value{};        // instead of no value; empty: none
};
using OktaMappingTable = std::vector<OktaMapping>;

// Assumed, as of every provider here.
inline constexpr std::size_t longest_okta_mapping = 64;

// Problems have the codes "mapping" and "expression".
Result<OktaMappingTable> compile_okta_mappings(const MappingSpecs& specs, bool default_rows_on_create, const Directory& directory);
// `emails.^[primary==true].value` as Okta's profile editor has it, or any form of parse_target_path.
std::optional<TargetPath> parse_okta_target(std::string_view text);

// The row that users are matched by: userName.
std::uint16_t user_name_row(const OktaMappingTable& table) noexcept;
// The attribute that the application's user name is, for lists of members; user_name if it is something else.
Attribute user_name_attribute(const OktaMappingTable& table) noexcept;
// Changes of these attributes are pushed.
std::uint64_t triggering_attributes(const OktaMappingTable& table) noexcept;

// A user's value, or empty. Refers to the directory's strings, to the source's own text or to an element appended to
// `computed`, which must not grow beyond its capacity. `trouble`: why an expression has none for him.
struct OktaMapped { std::string_view value; std::string trouble; };
OktaMapped okta_value(const OktaMapping& mapping, const View& view, UserId user, TimePoint now, std::vector<std::string>& computed);
// As a JSON value of the mapping's type; what does not fit it, as a string.
std::string okta_json(const OktaMapping& mapping, std::string_view value);

}  // namespace provsim
