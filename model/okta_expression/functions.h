// SPDX-License-Identifier: Apache-2.0
// Every function of Okta's expression language: what it takes and what carries it out. Parser, messages and evaluation all go by this
// table (functions.cpp); the bodies stand by families.
#pragma once

#include "model/expression/signatures.h"
#include "model/okta_expression/program.h"

#include <span>

namespace provsim {

// No text grows beyond this many bytes and no array beyond this many values (assumed; it keeps nested calls from growing without end).
inline constexpr std::size_t longest_okta_text = 100'000;
inline constexpr std::size_t longest_okta_array = 10'000;

// The arguments of one call; none of them is an error. What was left out is null.
class OktaArguments {
public:
    OktaArguments(const OktaContext& context, const OktaNode& call, std::vector<OktaValue> values)
        : context_(context), call_(call), values_(std::move(values)) {}

    const OktaContext& context() const noexcept { return context_; }
    const OktaNode& call() const noexcept { return call_; }
    std::size_t count() const noexcept { return values_.size(); }
    const OktaValue& operator[](std::size_t i) const noexcept;
    bool has(std::size_t i) const noexcept { return !(*this)[i].is_null(); }
    // Of a parameter of that type; "" and 0 if null.
    const std::string& text(std::size_t i) const noexcept;
    std::int64_t integer(std::size_t i) const noexcept;

    // "String.substring: what"
    OktaValue error(std::string_view what) const;

private:
    const OktaContext& context_;
    const OktaNode& call_;
    std::vector<OktaValue> values_;
};

struct OktaFunction {
    enum class Family : std::uint8_t {
        plain,
        no_condition,   // documented not to be supported in conditions: Arrays, Convert, Iso3166Convert, Time
        groups,         // asks for the user's groups
        user,           // returns a user: an attribute's name follows
    };
    FunctionSignature signature;
    Family family = Family::plain;
    OktaValue (*body)(const OktaArguments&) = nullptr;
};

std::span<const OktaFunction> okta_functions() noexcept;
const OktaFunction* find_okta_function(std::string_view name) noexcept;      // names are case-sensitive (SpEL)

// operators.cpp
std::string okta_shown(const OktaValue& value);      // "no value", "\"abc\"", "an array", for messages
// An array's values with commas between them, nothing for each null. Nothing if one is an array.
std::optional<std::string> okta_joined(const OktaArray& array);
// False, with the error, if the value is no condition.
bool okta_condition(const OktaValue& value, std::string_view of, bool& holds, OktaValue& error);
OktaValue okta_compare(const OktaValue& left, OktaNode::Relation relation, const OktaValue& right);
OktaValue okta_add(const OktaValue& left, const OktaValue& right, bool subtract);
OktaValue okta_argument(OktaValue made, const FunctionSignature& function, std::size_t number);    // as its parameter's type wants it
// Whether the node's regular expression, or else this one, matches the whole text; an error if it cannot be told.
OktaValue okta_matches(const OktaNode& node, const std::string& text, const std::string& expression);

// texts.cpp
OktaValue okta_append(const OktaArguments& a);
OktaValue okta_join(const OktaArguments& a);
OktaValue okta_len(const OktaArguments& a);
OktaValue okta_remove_spaces(const OktaArguments& a);
OktaValue okta_replace(const OktaArguments& a);
OktaValue okta_replace_first(const OktaArguments& a);
OktaValue okta_starts_with(const OktaArguments& a);
OktaValue okta_string_contains(const OktaArguments& a);
OktaValue okta_string_switch(const OktaArguments& a);
OktaValue okta_substring(const OktaArguments& a);
OktaValue okta_substring_after(const OktaArguments& a);
OktaValue okta_substring_before(const OktaArguments& a);
OktaValue okta_to_lower_case(const OktaArguments& a);
OktaValue okta_to_upper_case(const OktaArguments& a);
// arrays.cpp
OktaValue okta_array_add(const OktaArguments& a);
OktaValue okta_array_clear(const OktaArguments& a);
OktaValue okta_array_contains(const OktaArguments& a);
OktaValue okta_array_flatten(const OktaArguments& a);
OktaValue okta_array_get(const OktaArguments& a);
OktaValue okta_array_is_empty(const OktaArguments& a);
OktaValue okta_array_remove(const OktaArguments& a);
OktaValue okta_array_size(const OktaArguments& a);
OktaValue okta_to_csv(const OktaArguments& a);
// conversions.cpp
OktaValue okta_to_int(const OktaArguments& a);
OktaValue okta_to_num(const OktaArguments& a);
OktaValue okta_country_alpha2(const OktaArguments& a);
OktaValue okta_country_alpha3(const OktaArguments& a);
OktaValue okta_country_numeric(const OktaArguments& a);
OktaValue okta_country_name(const OktaArguments& a);
// times.cpp
OktaValue okta_now(const OktaArguments& a);
OktaValue okta_iso_to_text(const OktaArguments& a);
OktaValue okta_iso_to_unix(const OktaArguments& a);
OktaValue okta_iso_to_windows(const OktaArguments& a);
OktaValue okta_text_to_iso(const OktaArguments& a);
OktaValue okta_unix_to_iso(const OktaArguments& a);
OktaValue okta_windows_to_iso(const OktaArguments& a);
// people.cpp
OktaValue okta_member_of_group(const OktaArguments& a);          // also of any of several
OktaValue okta_member_of_name(const OktaArguments& a);
OktaValue okta_member_of_name_start(const OktaArguments& a);
OktaValue okta_member_of_name_part(const OktaArguments& a);
OktaValue okta_member_of_name_regex(const OktaArguments& a);
OktaValue okta_get_groups(const OktaArguments& a);
OktaValue okta_internal_property(const OktaArguments& a);
OktaValue okta_linked_user(const OktaArguments& a);
OktaValue okta_manager(const OktaArguments& a);
OktaValue okta_no_other_user(const OktaArguments& a);            // hasDirectoryUser, hasWorkdayUser
OktaValue okta_find_other_user(const OktaArguments& a);          // findDirectoryUser, findWorkdayUser

}  // namespace provsim
