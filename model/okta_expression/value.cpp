// SPDX-License-Identifier: Apache-2.0
#include "model/okta_expression/value.h"

#include <fmt/format.h>

namespace provsim {

double OktaValue::as_double() const
{
    if (const auto* integer = std::get_if<std::int64_t>(&held)) return static_cast<double>(*integer);
    return std::get<double>(held);
}

bool operator==(const OktaValue& a, const OktaValue& b) { return a.held == b.held; }

std::string_view to_string(OktaValue::Kind kind) noexcept
{
    switch (kind) {
    case OktaValue::Kind::null: return "no value";
    case OktaValue::Kind::text: return "text";
    case OktaValue::Kind::boolean: return "truth value";
    case OktaValue::Kind::integer: return "whole number";
    case OktaValue::Kind::number: return "number";
    case OktaValue::Kind::array: return "array";
    case OktaValue::Kind::error: return "error";
    }
    return "";
}

std::optional<std::string> to_text(const OktaValue& value)
{
    switch (value.kind()) {
    case OktaValue::Kind::text: return std::get<std::string>(value.held);
    case OktaValue::Kind::boolean: return std::get<bool>(value.held) ? "true" : "false";
    case OktaValue::Kind::integer: return std::to_string(std::get<std::int64_t>(value.held));
    case OktaValue::Kind::number: {
        // Java has at least one digit behind the point. (From ten million on it would write 1.0E7; assumed that nobody sends it.)
        std::string text = fmt::format("{}", std::get<double>(value.held));
        if (text.find_first_not_of("-0123456789") == std::string::npos) text += ".0";
        return text;
    }
    case OktaValue::Kind::null:
    case OktaValue::Kind::array:
    case OktaValue::Kind::error: return {};
    }
    return {};
}

}  // namespace provsim
