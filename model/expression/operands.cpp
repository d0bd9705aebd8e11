// SPDX-License-Identifier: Apache-2.0
// The leaves of an expression: texts, numbers, attributes.
#include "model/expression/characters.h"
#include "model/expression/parser.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {

bool ExpressionParser::text_constant(Index& into)
{
    const std::size_t begin = at_++;
    std::string text;
    for (; !at_end() && peek() != '"'; ++at_) {
        if (peek() == '\\') {
            const char escaped = peek(1);
            if (++at_ >= text_.size()) break;
            if (escaped != '\\' && escaped != '"')
                return fail(at_ - 1, fmt::format("in a text, \\ stands before \\ or \" alone, found {}", found_here()),
                            "write \\\\ for a backslash, also in a regular expression: \"\\\\d\"");
        }
        text += peek();
    }
    if (at_end()) return fail(begin, "the text that begins here has no closing \"", "write \\\" for a quotation mark inside a text");
    ++at_;
    ExpressionNode node;
    node.kind = ExpressionNode::Kind::constant;
    node.at = begin;
    node.end = at_;
    node.constant = Value(std::move(text));
    into = add(std::move(node));
    return true;
}

bool ExpressionParser::number(Index& into)
{
    const std::size_t begin = at_;
    ExpressionNode node;
    node.kind = ExpressionNode::Kind::constant;
    if (peek() == '&') {
        // &HF: Visual Basic's hexadecimal (the functions page, BitAnd).
        at_ += 1;
        if (peek() != 'H' && peek() != 'h') return fail(begin, "a number in hexadecimal begins with &H", "such as &HF");
        const std::size_t digits = ++at_;
        std::uint64_t value = 0;
        for (int digit = 0; (digit = hexadecimal_digit(peek())) >= 0 && at_ - digits < 17; ++at_) value = value * 16 + static_cast<unsigned>(digit);
        if (at_ == digits) return fail(begin, fmt::format("expected hexadecimal digits after &H, found {}", found_here()), "such as &HF");
        if (at_ - digits > 16) return fail(begin, "the number is too large", "write at most 16 hexadecimal digits");
        node.constant = Value(static_cast<std::int64_t>(value));
    } else {
        if (peek() == '-') ++at_;
        while (is_digit(peek())) ++at_;
        const bool fraction = peek() == '.' && is_digit(peek(1));
        if (fraction)
            for (++at_; is_digit(peek()); ++at_) {}
        const std::string_view digits = text_.substr(begin, at_ - begin);
        // A number with a fraction is kept as it is written: Len(42568.75) is 8 (the functions page, Len).
        if (fraction) node.constant = Value(digits);
        else if (const auto whole = parse_integer(digits)) node.constant = Value(*whole);
        else return fail(begin, "the number is too large", "write it as a \"text\"");
    }
    if (is_name_start(peek())) return fail(at_, fmt::format("expected the end of a number, found {}", found_here()), "write a text in double quotes");
    node.at = begin;
    node.end = at_;
    into = add(std::move(node));
    return true;
}

bool ExpressionParser::attribute(Index& into)
{
    const std::size_t begin = at_++;
    // Brackets within a name belong together: [emails[type eq "work"].value].
    for (unsigned open = 1; !at_end(); ++at_) {
        const char c = peek();
        if (c == '[') ++open;
        if (c == ']' && --open == 0) break;
        if (is_control(c) || (open == 1 && (c == ',' || c == '"' || c == '(' || c == ')'))) {
            at_ = text_.size();
            break;
        }
    }
    if (at_end()) return fail(begin, "the attribute that begins here has no closing ]", "write [name]");
    const std::string_view name = text_.substr(begin + 1, at_ - begin - 1);
    ++at_;
    if (name.empty() || is_white(name.front()) || is_white(name.back()))
        return fail(begin, name.empty() ? "an attribute has no name" : fmt::format("the attribute's name \"{}\" begins or ends with a space", name), "write [name]");
    auto& names = program_.attributes;
    const auto known = std::find(names.begin(), names.end(), name);
    ExpressionNode node;
    node.kind = ExpressionNode::Kind::attribute;
    node.attribute = static_cast<Index>(known - names.begin());
    node.at = begin;
    node.end = at_;
    if (known == names.end()) names.emplace_back(name);
    into = add(std::move(node));
    return true;
}

}  // namespace provsim
