// SPDX-License-Identifier: Apache-2.0
// The functions by families. Each sees arguments that already are of its signature's types.
#pragma once

#include "model/expression/program.h"

#include <vector>

namespace provsim {

// No value grows beyond this (assumed; it keeps nested Replaces from growing without end).
inline constexpr std::size_t longest_value = 100'000;

// The arguments of one call. What was left out, left empty or has no value is null; no argument is a drop or an error.
class Arguments {
public:
    struct Origin {
        const EvaluationContext& context;
        const ExpressionNode& call;
        std::uint64_t number = 0;           // of the call within its expression
        std::uint32_t left_empty = 0;       // a bit for each of the first 32 arguments
    };
    Arguments(const Origin& origin, std::vector<Value> values) : origin_(origin), values_(std::move(values)) {}

    const EvaluationContext& context() const noexcept { return origin_.context; }
    const ExpressionNode& call() const noexcept { return origin_.call; }
    std::uint64_t number() const noexcept { return origin_.number; }

    std::size_t count() const noexcept { return values_.size(); }
    // Whether the expression has that argument, be its value null or not.
    bool given(std::size_t i) const noexcept { return i < values_.size() && (i >= 32 || (origin_.left_empty >> i & 1) == 0); }
    const Value& operator[](std::size_t i) const noexcept;
    bool has(std::size_t i) const noexcept { return !(*this)[i].is_null(); }
    // Of a parameter of that type; "", 0 and 1970 if null.
    const std::string& text(std::size_t i) const noexcept;
    std::int64_t integer(std::size_t i) const noexcept;
    TimePoint time(std::size_t i) const noexcept;

    // "Mid: what"
    Value error(std::string_view what) const;

private:
    Origin origin_;
    std::vector<Value> values_;
};

using FunctionBody = Value (*)(const Arguments&);

// Null for those that evaluate their arguments as they need them: Coalesce, IIF, Switch (evaluate.cpp).
FunctionBody body_of(MappingFunction function) noexcept;

// text.cpp
Value append(const Arguments& a);
Value in_str(const Arguments& a);
Value left(const Arguments& a);
Value len(const Arguments& a);
Value mid(const Arguments& a);
Value normalize_diacritics(const Arguments& a);
Value p_case(const Arguments& a);
Value strip_spaces(const Arguments& a);
Value to_lower_case(const Arguments& a);
Value to_upper_case(const Arguments& a);
Value word(const Arguments& a);
// conversions.cpp
Value bit_and(const Arguments& a);
Value c_bool(const Arguments& a);
Value c_str(const Arguments& a);
Value convert_to_base64(const Arguments& a);
Value convert_to_utf8_hex(const Arguments& a);
// logic.cpp
Value ignore_flow_if_null_or_empty(const Arguments& a);
Value is_null(const Arguments& a);
Value is_null_or_empty(const Arguments& a);
Value is_present(const Arguments& a);
Value is_string(const Arguments& a);
Value negate(const Arguments& a);
Value redact(const Arguments& a);
Value select_unique_value(const Arguments& a);
// date_functions.cpp
Value c_date(const Arguments& a);
Value date_add(const Arguments& a);
Value date_diff(const Arguments& a);
Value date_from_num(const Arguments& a);
Value format_date_time(const Arguments& a);
Value now(const Arguments& a);
Value num_from_date(const Arguments& a);
// multi_values.cpp
Value count(const Arguments& a);
Value item(const Arguments& a);
Value join(const Arguments& a);
Value remove_duplicates(const Arguments& a);
Value split(const Arguments& a);
// replace.cpp
Value replace(const Arguments& a);
// app_roles.cpp
Value app_role_assignments_complex(const Arguments& a);      // also the assertive one: they differ in how they are sent
Value single_app_role_assignment(const Arguments& a);
// generated.cpp
Value default_domain(const Arguments& a);
Value new_guid(const Arguments& a);
Value random_string(const Arguments& a);

// What CBool and a condition make of a value: a number that is not zero, "True" and true are true (the page, CBool);
// case does not matter and any other text is false (assumed).
bool is_true(const Value& value);
// Nothing if the two cannot be compared. Two numbers, or a number and a text of digits, by size; two dates by time; else by
// their texts, case-sensitive (assumed: Switch is documented to be).
std::optional<bool> compare(const Value& left, ExpressionOperator op, const Value& right);

}  // namespace provsim
