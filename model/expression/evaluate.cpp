// SPDX-License-Identifier: Apache-2.0
// Walks the tree. Only what the value depends on is evaluated: an error in a branch not taken is none (assumed).
#include "model/expression/dates.h"
#include "model/expression/characters.h"
#include "model/expression/functions.h"

#include <fmt/format.h>

namespace provsim {

class Evaluation {
public:
    Evaluation(const Expression::Program& program, const EvaluationContext& context) : program_(program), context_(context) {}

    Value value(std::uint32_t number) const
    {
        const ExpressionNode& node = program_.nodes[number];
        switch (node.kind) {
        case ExpressionNode::Kind::nothing: return {};
        case ExpressionNode::Kind::constant: return node.constant;
        case ExpressionNode::Kind::attribute: return context_.source.value(program_.attributes[node.attribute], node.attribute);
        case ExpressionNode::Kind::comparison: return comparison(node);
        case ExpressionNode::Kind::call: break;
        }
        switch (node.function) {
        case MappingFunction::coalesce: return coalesce(node);
        case MappingFunction::iif: return iif(node);
        case MappingFunction::switch_: return switch_case(node);
        default: return call(node, number);
        }
    }

private:
    Value call(const ExpressionNode& node, std::uint32_t number) const
    {
        std::vector<Value> values;
        values.reserve(node.children.size());
        bool redacted = false;
        std::uint32_t left_empty = 0;
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            Value made = argument(node, i);
            if (made.is_error()) return made;
            redacted |= made.redacted;
            if (i < 32 && program_.nodes[node.children[i]].kind == ExpressionNode::Kind::nothing) left_empty |= std::uint32_t{1} << i;
            values.push_back(std::move(made));
        }
        Value result = body_of(node.function)(Arguments({context_, node, number, left_empty}, std::move(values)));
        // A text made of a redacted one is redacted (assumed).
        result.redacted |= redacted;
        if (const auto* text = std::get_if<std::string>(&result.held); text && text->size() > longest_value)
            return EvaluationError{fmt::format("{}: the text grew beyond {} bytes", signature(node.function).name, longest_value)};
        return result;
    }

    // An argument as its parameter's type wants it.
    Value argument(const ExpressionNode& node, std::size_t number) const
    {
        Value made = value(node.children[number]);
        if (made.is_error()) return made;
        // Inside another function, a dropped attribute is one without a value (assumed).
        if (made.is_drop()) return {};
        const FunctionSignature& function = signature(node.function);
        const FunctionParameter& parameter = function.parameter(number);
        const auto refuse = [&](std::string_view wanted) {
            const auto text = to_text(made);
            return EvaluationError{fmt::format("{}: {} is no {}, {}", function.name, parameter.name, wanted,
                                               text ? fmt::format("found \"{}\"", characters(*text, 0, 100)) : fmt::format("found a {}", to_string(made.kind())))};
        };
        const bool redacted = made.redacted;
        Value out;
        switch (parameter.type) {
        case ArgumentType::any: return made;
        case ArgumentType::text: {
            if (made.is_null_or_empty() && made.kind() != Value::Kind::text) return {};
            auto text = to_text(made);
            if (!text) return refuse("single text (Join or Item makes one of several)");
            out = Value(std::move(*text));
            break;
        }
        case ArgumentType::integer: {
            if (made.kind() == Value::Kind::integer) return made;
            if (made.is_null_or_empty()) {
                if (parameter.use == ArgumentUse::optional) return {};
                return EvaluationError{fmt::format("{}: {} has no value", function.name, parameter.name)};
            }
            const auto text = to_text(made);
            const auto whole = text ? parse_integer(*text) : std::nullopt;
            if (!whole) return refuse("whole number");
            out = Value(*whole);
            break;
        }
        case ArgumentType::time: {
            if (made.is_null_or_empty() || made.kind() == Value::Kind::time) return made.is_null_or_empty() ? Value() : made;
            const auto text = to_text(made);
            const auto at = text ? read_date(*text) : std::nullopt;
            if (!at) return refuse("date");
            out = Value(*at);
            break;
        }
        }
        out.redacted = redacted;
        return out;
    }

    Value comparison(const ExpressionNode& node) const
    {
        const Value left = value(node.children[0]), right = value(node.children[1]);
        if (left.is_error()) return left;
        if (right.is_error()) return right;
        const auto holds = compare(left, node.op, right);
        if (!holds) return EvaluationError{fmt::format("a {} and a {} cannot be compared", to_string(left.kind()), to_string(right.kind()))};
        return Value(*holds);
    }

    // The page: the first that is not null; "" is not null.
    Value coalesce(const ExpressionNode& node) const
    {
        for (const std::uint32_t child : node.children) {
            Value made = value(child);
            if (!made.is_null() && !made.is_drop()) return made;
        }
        return {};
    }

    // The page: "if the source attribute used within the IIF function is empty or null, the condition check fails".
    Value iif(const ExpressionNode& node) const
    {
        const std::uint32_t condition = node.children[0];
        if (program_.nodes[condition].kind == ExpressionNode::Kind::nothing) return EvaluationError{"IIF: the condition is left empty"};
        if (const std::string* missing = attribute_without_value(condition))
            return EvaluationError{fmt::format("IIF: the condition needs [{}], which has no value; Switch can ask for that", *missing)};
        const Value made = value(condition);
        if (made.is_error()) return made;
        if (program_.nodes[condition].kind == ExpressionNode::Kind::call && program_.nodes[condition].function == MappingFunction::ignore_flow_if_null_or_empty)
            return EvaluationError{"IIF: IgnoreFlowIfNullOrEmpty is no condition"};
        return value(node.children[is_true(made) ? 1 : 2]);
    }

    const std::string* attribute_without_value(std::uint32_t number) const
    {
        const ExpressionNode& node = program_.nodes[number];
        if (node.kind == ExpressionNode::Kind::attribute && value(number).is_null_or_empty()) return &program_.attributes[node.attribute];
        for (const std::uint32_t child : node.children)
            if (const std::string* missing = attribute_without_value(child)) return missing;
        return nullptr;
    }

    // The page: keys are compared case-sensitively, and the key "" stands for a source without a value too.
    Value switch_case(const ExpressionNode& node) const
    {
        const Value source = argument(node, 0);
        if (source.is_error()) return source;
        const std::string wanted = to_text(source).value_or("");
        Value made;
        std::size_t chosen = 1;
        for (std::size_t i = 2; i + 1 < node.children.size() && chosen == 1; i += 2) {
            const Value key = argument(node, i);
            if (key.is_error()) return key;
            if (to_text(key).value_or("") == wanted) chosen = i + 1;
        }
        made = value(node.children[chosen]);
        made.redacted |= source.redacted;
        return made;
    }

    const Expression::Program& program_;
    const EvaluationContext& context_;
};

const std::string& Expression::text() const noexcept { return program_->text; }
const std::vector<std::string>& Expression::attributes() const noexcept { return program_->attributes; }
const Problems& Expression::warnings() const noexcept { return program_->warnings; }

const FunctionSignature* Expression::function() const noexcept
{
    const ExpressionNode& root = program_->nodes[program_->root];
    return root.kind == ExpressionNode::Kind::call ? &signature(root.function) : nullptr;
}

Value Expression::evaluate(const EvaluationContext& context) const { return Evaluation(*program_, context).value(program_->root); }

const Value& Arguments::operator[](std::size_t i) const noexcept
{
    static const Value none;
    return i < values_.size() ? values_[i] : none;
}

const std::string& Arguments::text(std::size_t i) const noexcept
{
    static const std::string none;
    const auto* text = std::get_if<std::string>(&(*this)[i].held);
    return text ? *text : none;
}

std::int64_t Arguments::integer(std::size_t i) const noexcept
{
    const auto* whole = std::get_if<std::int64_t>(&(*this)[i].held);
    return whole ? *whole : 0;
}

TimePoint Arguments::time(std::size_t i) const noexcept
{
    const auto* at = std::get_if<TimePoint>(&(*this)[i].held);
    return at ? *at : TimePoint{};
}

Value Arguments::error(std::string_view what) const { return EvaluationError{fmt::format("{}: {}", signature(call().function).name, what)}; }

FunctionBody body_of(MappingFunction function) noexcept
{
    // In the order of MappingFunction.
    static constexpr std::array<FunctionBody, function_count> bodies{
        append, app_role_assignments_complex, app_role_assignments_complex, bit_and, c_bool, c_date, nullptr, convert_to_base64, convert_to_utf8_hex,
        count, c_str, date_add, date_diff, date_from_num, default_domain, format_date_time, new_guid, ignore_flow_if_null_or_empty, nullptr, in_str,
        is_null, is_null_or_empty, is_present, is_string, item, join, left, len, mid, normalize_diacritics, negate, now, num_from_date, p_case,
        random_string, redact, remove_duplicates, replace, select_unique_value, single_app_role_assignment, split, strip_spaces, nullptr, to_lower_case,
        to_upper_case, word,
    };
    return bodies[static_cast<std::size_t>(function)];
}

}  // namespace provsim
