// SPDX-License-Identifier: Apache-2.0
// The operators of a scoping filter's clauses (Entra: define-conditional-rules-for-provisioning-user-accounts).
#pragma once

#include "model/result.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace provsim {

enum class FilterOperator : std::uint8_t {
    equals, not_equals,
    is_true, is_false,
    is_null, is_not_null,
    regex_match, not_regex_match,
    greater_than, greater_than_or_equals,
    includes, ends_with,
    bit_and, not_bit_and,
};
inline constexpr std::size_t filter_operators = 14;

// As Entra's portal and Microsoft Graph write it, in capitals: "NOT EQUALS", "GREATER_THAN", "&".
std::string_view to_string(FilterOperator op) noexcept;
bool takes_value(FilterOperator op) noexcept;

// In any case, words parted by blanks, '_' or nothing: "NOT EQUALS", "not equals", "Greater_Than", "BitAnd".
std::optional<FilterOperator> find_filter_operator(std::string_view name) noexcept;
// The same; of an unknown one the Problem has the nearest spelling.
Result<FilterOperator> parse_filter_operator(std::string_view name, const Place& place = {});
// The spellings to offer: in words first, then as documented.
std::span<const std::string_view> filter_operator_spellings() noexcept;

}  // namespace provsim
