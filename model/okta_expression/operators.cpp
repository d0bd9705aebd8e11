// SPDX-License-Identifier: Apache-2.0
// What operators make of values, and functions of their arguments before they see them: SpEL's conversions, unless marked.
#include "model/expression/characters.h"
#include "model/okta_expression/functions.h"
#include "model/text.h"

#include <fmt/format.h>

namespace provsim {
namespace {

template <class T>
bool related(const T& left, OktaNode::Relation relation, const T& right)
{
    switch (relation) {
    case OktaNode::Relation::equal: return !(left < right) && !(right < left);
    case OktaNode::Relation::unequal: return left < right || right < left;
    case OktaNode::Relation::less: return left < right;
    case OktaNode::Relation::less_or_equal: return !(right < left);
    case OktaNode::Relation::greater: return right < left;
    case OktaNode::Relation::greater_or_equal: return !(left < right);
    }
    return false;
}

}  // namespace

std::string okta_shown(const OktaValue& value)
{
    if (value.is_null()) return "no value";
    const auto text = to_text(value);
    return text ? fmt::format("\"{}\"", characters(*text, 0, 100)) : fmt::format("an {}", to_string(value.kind()));
}

std::optional<std::string> okta_joined(const OktaArray& array)
{
    std::string out;
    for (std::size_t i = 0; i < array.size() && out.size() <= longest_okta_text; ++i) {
        if (i > 0) out += ',';
        if (array[i].is_null()) continue;
        const auto text = to_text(array[i]);
        if (!text) return {};
        out += *text;
    }
    return out;
}

// Only a truth value is a condition (the overview), or a text that says true or false; a value that is missing is none.
bool okta_condition(const OktaValue& value, std::string_view of, bool& holds, OktaValue& error)
{
    if (value.is_error()) return error = value, false;
    if (const auto* flag = std::get_if<bool>(&value.held)) return holds = *flag, true;
    if (const std::string* text = value.text()) {
        holds = equal_ignoring_ascii_case(*text, "true");
        if (holds || equal_ignoring_ascii_case(*text, "false")) return true;
    }
    return error = OktaError{fmt::format("{} needs true or false, found {}", of, okta_shown(value))}, false;
}

// Numbers by size, texts by their characters, nothing is less than something; what cannot be compared is unequal.
OktaValue okta_compare(const OktaValue& left, OktaNode::Relation relation, const OktaValue& right)
{
    using Relation = OktaNode::Relation;
    if (left.kind() == OktaValue::Kind::integer && right.kind() == OktaValue::Kind::integer)
        return OktaValue(related(std::get<std::int64_t>(left.held), relation, std::get<std::int64_t>(right.held)));
    if (left.is_numeric() && right.is_numeric()) return OktaValue(related(left.as_double(), relation, right.as_double()));
    if (left.text() != nullptr && right.text() != nullptr) return OktaValue(related(*left.text(), relation, *right.text()));
    if (left.is_null() || right.is_null()) return OktaValue(related(left.is_null() ? 0 : 1, relation, right.is_null() ? 0 : 1));
    if (relation == Relation::equal) return OktaValue(left == right);
    if (relation == Relation::unequal) return OktaValue(!(left == right));
    if (left.kind() == OktaValue::Kind::boolean && right.kind() == OktaValue::Kind::boolean)
        return OktaValue(related(std::get<bool>(left.held), relation, std::get<bool>(right.held)));
    return OktaError{fmt::format("{} and {} have no order", okta_shown(left), okta_shown(right))};
}

OktaValue okta_add(const OktaValue& left, const OktaValue& right, bool subtract)
{
    if (left.is_numeric() && right.is_numeric()) {
        if (left.kind() != OktaValue::Kind::integer || right.kind() != OktaValue::Kind::integer)
            return OktaValue(subtract ? left.as_double() - right.as_double() : left.as_double() + right.as_double());
        const std::int64_t a = std::get<std::int64_t>(left.held), b = std::get<std::int64_t>(right.held);
        std::int64_t out = 0;
        const bool too_large = subtract ? __builtin_sub_overflow(a, b, &out) : __builtin_add_overflow(a, b, &out);
        return too_large ? OktaValue(OktaError{"the number is too large"}) : OktaValue(out);
    }
    const auto what = [](std::string_view sign, const OktaValue& a, const OktaValue& b) {
        return OktaError{fmt::format("{} cannot stand between {} and {}", sign, okta_shown(a), okta_shown(b))};
    };
    if (subtract) return what("-", left, right);
    if (left.text() == nullptr && right.text() == nullptr) return what("+", left, right);
    // SpEL's + writes the word null for what is missing, as Java's does. Okta's page says nothing of it (assumed to be so).
    // An array is written with commas: Okta support tells to make a text of one with + "" ("convert reference array to string").
    const auto text = [](const OktaValue& value) {
        return value.is_null() ? std::optional<std::string>("null") : value.array() != nullptr ? okta_joined(*value.array()) : to_text(value);
    };
    const auto a = text(left), b = text(right);
    return a && b ? OktaValue(*a + *b) : OktaValue(what("+", left, right));
}

OktaValue okta_argument(OktaValue made, const FunctionSignature& function, std::size_t number)
{
    const FunctionParameter& parameter = function.parameter(number);
    const auto refuse = [&](std::string_view wanted) {
        return OktaError{fmt::format("{}: {} is no {}, found {}", function.name, parameter.name, wanted, okta_shown(made))};
    };
    if (parameter.type == ArgumentType::text && !made.is_null()) {
        auto text = to_text(made);
        return text ? OktaValue(std::move(*text)) : OktaValue(refuse("text"));
    }
    if (parameter.type == ArgumentType::integer) {
        if (made.kind() == OktaValue::Kind::integer) return made;
        const auto whole = made.text() != nullptr ? parse_integer(*made.text()) : std::nullopt;
        return whole ? OktaValue(*whole) : OktaValue(refuse("whole number"));
    }
    return made;
}

// `expression` is used if the node has none compiled.
OktaValue okta_matches(const OktaNode& node, const std::string& text, const std::string& expression)
{
    std::optional<bool> found;
    if (node.regex) {
        found = node.regex->matches(text);
    } else {
        const auto compiled = Regex::compile(expression, {}, Regex::Fit::whole);
        if (!compiled) return OktaError{compiled.problems().front().what};
        found = compiled.value().matches(text);
    }
    return found ? OktaValue(*found) : OktaValue(OktaError{"the regular expression takes too long"});
}

const OktaValue& OktaArguments::operator[](std::size_t i) const noexcept
{
    static const OktaValue none;
    return i < values_.size() ? values_[i] : none;
}

const std::string& OktaArguments::text(std::size_t i) const noexcept
{
    static const std::string none;
    const std::string* text = (*this)[i].text();
    return text != nullptr ? *text : none;
}

std::int64_t OktaArguments::integer(std::size_t i) const noexcept
{
    const auto* integer = std::get_if<std::int64_t>(&(*this)[i].held);
    return integer != nullptr ? *integer : 0;
}

OktaValue OktaArguments::error(std::string_view what) const { return OktaError{fmt::format("{}: {}", call_.function->signature.name, what)}; }

}  // namespace provsim
