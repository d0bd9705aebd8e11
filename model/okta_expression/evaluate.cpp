// SPDX-License-Identifier: Apache-2.0
// Walks the tree. Only what the value depends on is evaluated: an error in a branch not taken is none (SpEL).
#include "model/expression/characters.h"
#include "model/okta_expression/functions.h"
#include "model/okta_expression/parser.h"

#include <fmt/format.h>

namespace provsim {

class OktaEvaluation {
public:
    OktaEvaluation(const OktaExpression::Program& program, const OktaContext& context) : program_(program), context_(context) {}

    OktaValue value(std::uint32_t number) const
    {
        OktaValue made = unlimited(program_.nodes[number]);
        if (const std::string* text = made.text(); text != nullptr && text->size() > longest_okta_text)
            return OktaError{fmt::format("the text grew beyond {} bytes", longest_okta_text)};
        if (const OktaArray* array = made.array(); array != nullptr && array->size() > longest_okta_array)
            return OktaError{fmt::format("the array grew beyond {} values", longest_okta_array)};
        return made;
    }

private:
    OktaValue unlimited(const OktaNode& node) const
    {
        switch (node.kind) {
        case OktaNode::Kind::constant: return node.constant;
        case OktaNode::Kind::reference: return context_.source.value(node.scope, node.name);
        case OktaNode::Kind::array:
        case OktaNode::Kind::map: return array(node);
        case OktaNode::Kind::call: return call(node);
        case OktaNode::Kind::sum: return sum(node);
        case OktaNode::Kind::minus: return value(node.children[0]);
        case OktaNode::Kind::any: return logical(node, true, "OR");
        case OktaNode::Kind::all: return logical(node, false, "AND");
        case OktaNode::Kind::negation: {
            bool holds = false;
            if (OktaValue error; !condition(node.children[0], "!", holds, error)) return error;
            return OktaValue(!holds);
        }
        case OktaNode::Kind::comparison: {
            const OktaValue left = value(node.children[0]);
            if (left.is_error()) return left;
            const OktaValue right = value(node.children[1]);
            return right.is_error() ? right : okta_compare(left, node.relation, right);
        }
        case OktaNode::Kind::matches: return matches(node);
        case OktaNode::Kind::choice: {
            bool holds = false;
            if (OktaValue error; !condition(node.children[0], "the condition of ? :", holds, error)) return error;
            return value(node.children[holds ? 1 : 2]);
        }
        case OktaNode::Kind::elvis: {
            // The overview: the default is for null and for an empty text.
            OktaValue left = value(node.children[0]);
            const bool nothing = left.is_null() || (left.text() != nullptr && left.text()->empty());
            return nothing ? value(node.children[1]) : left;
        }
        case OktaNode::Kind::index: return element(node);
        }
        return {};
    }

    bool condition(std::uint32_t number, std::string_view of, bool& holds, OktaValue& error) const
    {
        return okta_condition(value(number), of, holds, error);
    }

    OktaValue logical(const OktaNode& node, bool decided_by, std::string_view word) const
    {
        for (const std::uint32_t child : node.children) {
            bool holds = false;
            if (OktaValue error; !condition(child, word, holds, error)) return error;
            if (holds == decided_by) return OktaValue(decided_by);
        }
        return OktaValue(!decided_by);
    }

    OktaValue array(const OktaNode& node) const
    {
        OktaArray values;
        for (const std::uint32_t child : node.children) {
            OktaValue made = value(child);
            if (made.is_error()) return made;
            values.push_back(std::move(made));
        }
        return OktaValue(std::move(values));
    }

    OktaValue sum(const OktaNode& node) const
    {
        OktaValue total = value(node.children[0]);
        for (std::size_t i = 1; i < node.children.size() && !total.is_error(); ++i) {
            const OktaValue next = value(node.children[i]);
            if (next.is_error()) return next;
            total = okta_add(total, next, program_.nodes[node.children[i]].kind == OktaNode::Kind::minus);
            if (const std::string* text = total.text(); text != nullptr && text->size() > longest_okta_text) break;
        }
        return total;
    }

    OktaValue matches(const OktaNode& node) const
    {
        const OktaValue left = value(node.children[0]), right = value(node.children[1]);
        if (left.is_error()) return left;
        if (right.is_error()) return right;
        if (left.is_null()) return OktaValue(false);
        const auto text = to_text(left), pattern = to_text(right);
        if (!text || !pattern) return OktaError{"matches stands between a text and a regular expression"};
        return okta_matches(node, *text, *pattern);
    }

    OktaValue element(const OktaNode& node) const
    {
        const OktaValue whole = value(node.children[0]), position = value(node.children[1]);
        if (whole.is_error()) return whole;
        if (position.is_error()) return position;
        const auto* at = std::get_if<std::int64_t>(&position.held);
        if (whole.array() == nullptr) return OktaError{fmt::format("[...] takes a value out of an array, found {}", okta_shown(whole))};
        if (at == nullptr) return OktaError{fmt::format("an array's values have whole numbers from 0, found {}", okta_shown(position))};
        if (*at < 0 || static_cast<std::size_t>(*at) >= whole.array()->size())
            return OktaError{fmt::format("there is no value {} in an array of {}", *at, whole.array()->size())};
        return (*whole.array())[static_cast<std::size_t>(*at)];
    }

    OktaValue call(const OktaNode& node) const
    {
        const FunctionSignature& function = node.function->signature;
        std::vector<OktaValue> values;
        values.reserve(node.children.size());
        for (std::size_t i = 0; i < node.children.size(); ++i) {
            OktaValue made = value(node.children[i]);
            if (made.is_error()) return made;
            made = okta_argument(std::move(made), function, i);
            if (made.is_error()) return made;
            values.push_back(std::move(made));
        }
        return node.function->body(OktaArguments(context_, node, std::move(values)));
    }

    const OktaExpression::Program& program_;
    const OktaContext& context_;
};

Result<OktaExpression> OktaExpression::parse(std::string_view text, const Place& place) { return OktaParser(text, place).parse(); }
const std::string& OktaExpression::text() const noexcept { return program_->text; }
const std::vector<std::string>& OktaExpression::attributes() const noexcept { return program_->attributes; }
bool OktaExpression::asks_for_groups() const noexcept { return program_->asks_for_groups; }
const Problems& OktaExpression::warnings() const noexcept { return program_->warnings; }
OktaValue OktaExpression::evaluate(const OktaContext& context) const { return OktaEvaluation(*program_, context).value(program_->root); }

}  // namespace provsim
