// SPDX-License-Identifier: Apache-2.0
#include "model/expression/characters.h"
#include "model/expression/functions.h"
#include "model/text.h"

namespace provsim {
namespace {

template <class T>
bool holds(const T& left, ExpressionOperator op, const T& right)
{
    switch (op) {
    case ExpressionOperator::equal: return left == right;
    case ExpressionOperator::unequal: return left != right;
    case ExpressionOperator::less: return left < right;
    case ExpressionOperator::less_or_equal: return left <= right;
    case ExpressionOperator::greater: return left > right;
    case ExpressionOperator::greater_or_equal: return left >= right;
    }
    return false;
}

}  // namespace

bool is_true(const Value& value)
{
    if (const auto* flag = std::get_if<bool>(&value.held)) return *flag;
    const auto text = to_text(value);
    if (!text) return false;
    if (const auto number = parse_integer(*text)) return *number != 0;
    return equal_ignoring_ascii_case(*text, "True");
}

std::optional<bool> compare(const Value& left, ExpressionOperator op, const Value& right)
{
    const auto* left_time = std::get_if<TimePoint>(&left.held);
    const auto* right_time = std::get_if<TimePoint>(&right.held);
    if (left_time && right_time) return holds(*left_time, op, *right_time);
    const auto left_text = left.is_null_or_empty() ? std::optional<std::string>("") : to_text(left);
    const auto right_text = right.is_null_or_empty() ? std::optional<std::string>("") : to_text(right);
    if (!left_text || !right_text) return {};
    if (left.kind() == Value::Kind::integer || right.kind() == Value::Kind::integer) {
        const auto a = parse_integer(*left_text), b = parse_integer(*right_text);
        if (a && b) return holds(*a, op, *b);
    }
    return holds(*left_text, op, *right_text);
}

Value ignore_flow_if_null_or_empty(const Arguments& a) { return a[0].is_null_or_empty() ? Value(DropAttribute{}) : a[0]; }

Value is_null(const Arguments& a) { return Value(a[0].is_null()); }
Value is_null_or_empty(const Arguments& a) { return Value(a[0].is_null_or_empty()); }
Value is_present(const Arguments& a) { return Value(!a[0].is_null_or_empty()); }
Value is_string(const Arguments& a) { return Value(a[0].kind() == Value::Kind::text); }

// The page: False for True, True for anything else, so for 1 as well.
Value negate(const Arguments& a) { return Value(!equal_ignoring_ascii_case(to_text(a[0]).value_or(""), "True")); }

Value redact(const Arguments& a)
{
    Value value = a[0];
    value.redacted = true;
    return value;
}

// The page: for Workday, SuccessFactors and API-driven provisioning to Active Directory; "isn't supported for use with other
// provisioning applications".
Value select_unique_value(const Arguments& a) { return a.error("only provisioning from HR to Active Directory supports it, not provisioning to an application"); }

}  // namespace provsim
