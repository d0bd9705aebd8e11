// SPDX-License-Identifier: Apache-2.0
// Every function of the expression language: what it takes, what it is for, and where that is known from. Parser, messages
// and evaluation all go by this table.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

// What an argument is made into before its function sees it.
enum class ArgumentType : std::uint8_t { any, text, integer, time };
enum class ArgumentUse : std::uint8_t { required, optional, repeated };   // repeated: the last ones of a signature, once or more

struct FunctionParameter {
    std::string_view name;              // as the functions page has it
    ArgumentType type = ArgumentType::any;
    ArgumentUse use = ArgumentUse::required;
    std::string_view graph_key = {};    // the key of a mapping's "parameters" in Microsoft Graph; empty: the name
};

struct FunctionSignature {
    std::string_view name;
    std::array<FunctionParameter, 7> slots{};       // unused ones have no name
    std::string_view description = {};
    std::string_view documented_in = "functions-for-customizing-application-data";   // Entra's page; "assumed" if there is none

    std::size_t parameters() const noexcept;
    std::size_t repeated() const noexcept;          // how many of the last parameters come again and again
    std::size_t fewest() const noexcept;            // arguments
    std::size_t most() const noexcept;              // arguments, or unlimited_arguments
    // The parameter that the argument of that number (from 0) is for.
    const FunctionParameter& parameter(std::size_t argument) const noexcept;
};

inline constexpr std::size_t unlimited_arguments = ~std::size_t{0};

enum class MappingFunction : std::uint8_t {
    append, app_role_assignments_complex, assertive_app_role_assignments_complex, bit_and, c_bool, c_date, coalesce, convert_to_base64,
    convert_to_utf8_hex, count, c_str, date_add, date_diff, date_from_num, default_domain, format_date_time, guid, ignore_flow_if_null_or_empty, iif,
    in_str, is_null, is_null_or_empty, is_present, is_string, item, join, left, len, mid, normalize_diacritics, not_, now, num_from_date, p_case,
    random_string, redact, remove_duplicates, replace, select_unique_value, single_app_role_assignment, split, strip_spaces, switch_, to_lower,
    to_upper, word,
};
inline constexpr std::size_t function_count = static_cast<std::size_t>(MappingFunction::word) + 1;

const std::array<FunctionSignature, function_count>& function_signatures() noexcept;    // in the order of MappingFunction: alphabetical
const FunctionSignature& signature(MappingFunction function) noexcept;
const FunctionSignature* find_function(std::string_view name) noexcept;                 // names are case-sensitive

// "Switch(source, defaultValue, key, value, ...)", "InStr(value1, value2 [, start] [, compareType])"
std::string to_string(const FunctionSignature& signature);

}  // namespace provsim
