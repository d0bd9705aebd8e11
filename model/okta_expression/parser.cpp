// SPDX-License-Identifier: Apache-2.0
// Operators; what they stand between is in operands.cpp, calls are in calls.cpp.
#include "model/okta_expression/parser.h"

#include "model/expression/characters.h"
#include "model/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {

Place OktaParser::place_of(std::size_t at) const
{
    Place place = place_;
    place.column = std::max(place_.column, 1) + static_cast<int>(count_characters(text_.substr(0, at)));
    return place;
}

bool OktaParser::fail(std::size_t at, std::string what, std::string remedy)
{
    if (!problem_) problem_ = Problem{Severity::error, "okta_expression", std::move(what), std::move(remedy), place_of(at)};
    return false;
}

void OktaParser::warn(std::size_t at, std::string what, std::string remedy)
{
    const Place place = place_of(at);
    if (!program_.warnings.empty() && program_.warnings.back().place.column == place.column) return;      // a condition within a condition
    program_.warnings.push_back({Severity::warning, "okta_expression", std::move(what), std::move(remedy), place});
}

void OktaParser::skip_spaces()
{
    while (is_white(peek()) && !at_end()) ++at_;
}

bool OktaParser::take(std::string_view sign)
{
    skip_spaces();
    if (!text_.substr(at_).starts_with(sign)) return false;
    at_ += sign.size();
    return true;
}

bool OktaParser::at_word(std::string_view word) const
{
    const char behind = peek(word.size());
    return equal_ignoring_ascii_case(text_.substr(at_, word.size()), word) && !is_name_start(behind) && !is_digit(behind);
}

bool OktaParser::take_word(std::string_view word)
{
    skip_spaces();
    if (!at_word(word)) return false;
    at_ += word.size();
    return true;
}

std::string OktaParser::found_here() const
{
    if (at_end()) return "the end";
    const std::string_view rest = text_.substr(at_);
    if (is_control(rest.front())) return "a control character";
    if (code_point(rest) < 0) return "a byte that is not UTF-8";
    return "\"" + std::string(rest.substr(0, character_size(rest))) + "\"";
}

std::string OktaParser::operator_remedy() const
{
    const char c = peek();
    if (c == '=') return "write == to compare";
    if (c == '&') return "write && or AND";
    if (c == '|') return "write || or OR";
    if (at_word("eq")) return "write ==";
    if (at_word("ne")) return "write !=";
    if (c == '*' || c == '/' || c == '%') return "numbers are added and subtracted alone";
    return is_name_start(c) || c == '"' || c == '\'' ? "join texts with +" : "";
}

OktaParser::Index OktaParser::add(OktaNode::Kind kind, std::size_t begin, std::vector<Index> children)
{
    OktaNode node;
    node.kind = kind;
    node.at = begin;
    node.end = at_;
    node.children = std::move(children);
    program_.nodes.push_back(std::move(node));
    return static_cast<Index>(program_.nodes.size() - 1);
}

OktaParser::Index OktaParser::add_constant(std::size_t begin, OktaValue value)
{
    const Index index = add(OktaNode::Kind::constant, begin);
    program_.nodes[index].constant = std::move(value);
    return index;
}

Result<OktaExpression> OktaParser::parse()
{
    if (const std::size_t length = count_characters(text_); length > longest_okta_expression) {
        fail(longest_okta_expression, fmt::format("the expression has {} characters, and at most {} are allowed", length, longest_okta_expression),
             "move a part of it into an attribute of the user");
        return *problem_;
    }
    skip_spaces();
    if (at_end()) {
        fail(at_, "the expression is empty", "write user.firstName, 'text' or a function such as String.toLowerCase(user.email)");
        return *problem_;
    }
    if (!expression(program_.root, 1) || !check_end()) return *problem_;
    program_.text = text_;
    return OktaExpression(std::make_shared<const OktaExpression::Program>(std::move(program_)));
}

bool OktaParser::check_end()
{
    skip_spaces();
    if (!at_end()) {
        if (peek() == '=') return fail(at_, "an expression cannot assign, found \"=\"", operator_remedy());
        return fail(at_, fmt::format("expected an operator or the end of the expression, found {}", found_here()), operator_remedy());
    }
    for (const OktaNode& node : program_.nodes)
        if (node.kind == OktaNode::Kind::map && node.name.empty()) return fail(node.at, "a list of \"key\": value pairs stands in user.getGroups alone");
    return true;
}

bool OktaParser::expression(Index& into, unsigned depth)
{
    if (depth > deepest_okta_expression) return fail(at_, fmt::format("the expression is nested deeper than {} levels", deepest_okta_expression));
    skip_spaces();
    const std::size_t begin = at_, first = program_.nodes.size();
    if (!any(into, depth)) return false;
    if (take("?:")) {
        Index otherwise = 0;
        if (!expression(otherwise, depth + 1)) return false;
        into = add(OktaNode::Kind::elvis, begin, {into, otherwise});
        return true;
    }
    if (!take("?")) return true;
    const std::size_t question = at_ - 1;
    doubt_condition(first);
    Index yes = 0, no = 0;
    if (!expression(yes, depth + 1)) return false;
    if (!take(":")) {
        if (at_end()) return fail(question, "the condition that ends at this \"?\" has no \":\" with a value for otherwise", "write condition ? value : other");
        return fail(at_, fmt::format("expected \":\" with a value for otherwise, found {}", found_here()), "write condition ? value : other");
    }
    if (!expression(no, depth + 1)) return false;
    into = add(OktaNode::Kind::choice, begin, {into, yes, no});
    return true;
}

// The overview, "Conditional expressions": conversion, array and time functions are not supported in conditions.
void OktaParser::doubt_condition(std::size_t first)
{
    for (std::size_t i = first; i < program_.nodes.size(); ++i) {
        const OktaNode& node = program_.nodes[i];
        if (node.function == nullptr || node.function->family != OktaFunction::Family::no_condition) continue;
        const std::string_view function = node.function->signature.name;
        warn(node.at, fmt::format("{} is documented not to be supported in a condition", function), "test the mapped attribute itself");
        return;
    }
}

bool OktaParser::chain(Index& into, unsigned depth, OktaNode::Kind kind, std::string_view sign, std::string_view word, Rule operand)
{
    skip_spaces();
    const std::size_t begin = at_;
    if (!(this->*operand)(into, depth)) return false;
    std::vector<Index> parts{into};
    while (take(sign) || take_word(word)) {
        if (!(this->*operand)(into, depth)) return false;
        parts.push_back(into);
    }
    if (parts.size() > 1) into = add(kind, begin, std::move(parts));
    return true;
}

bool OktaParser::any(Index& into, unsigned depth) { return chain(into, depth, OktaNode::Kind::any, "||", "or", &OktaParser::all); }

bool OktaParser::all(Index& into, unsigned depth) { return chain(into, depth, OktaNode::Kind::all, "&&", "and", &OktaParser::relation); }

bool OktaParser::relation(Index& into, unsigned depth)
{
    using Relation = OktaNode::Relation;
    struct Spelling { std::string_view sign; Relation relation; };
    static constexpr Spelling spellings[] = {{"==", Relation::equal}, {"!=", Relation::unequal}, {"<=", Relation::less_or_equal},
                                             {">=", Relation::greater_or_equal}, {"<", Relation::less}, {">", Relation::greater}};
    skip_spaces();
    const std::size_t begin = at_;
    if (!sum(into, depth)) return false;
    Index right = 0;
    if (take_word("matches")) {
        if (!sum(right, depth)) return false;
        into = add(OktaNode::Kind::matches, begin, {into, right});
        const OktaNode& pattern = program_.nodes[right];
        const std::string* constant = pattern.kind == OktaNode::Kind::constant ? pattern.constant.text() : nullptr;
        return constant == nullptr || compile(into, *constant, pattern.at);
    }
    const auto* found = std::find_if(std::begin(spellings), std::end(spellings), [&](const Spelling& spelling) { return take(spelling.sign); });
    if (found == std::end(spellings)) return true;
    if (!sum(right, depth)) return false;
    into = add(OktaNode::Kind::comparison, begin, {into, right});
    program_.nodes[into].relation = found->relation;
    for (const Spelling& another : spellings)
        if (take(another.sign)) return fail(at_ - another.sign.size(), "only two values are compared at a time", "join comparisons with && or AND");
    return true;
}

bool OktaParser::sum(Index& into, unsigned depth)
{
    skip_spaces();
    const std::size_t begin = at_;
    if (!unary(into, depth)) return false;
    std::vector<Index> parts{into};
    for (;;) {
        const bool plus = take("+");
        const std::size_t sign = at_;
        if (!plus && !take("-")) break;
        Index part = 0;
        if (!unary(part, depth)) return false;
        parts.push_back(plus ? part : add(OktaNode::Kind::minus, sign, {part}));
    }
    if (parts.size() > 1) into = add(OktaNode::Kind::sum, begin, std::move(parts));
    return true;
}

bool OktaParser::unary(Index& into, unsigned depth)
{
    skip_spaces();
    const std::size_t begin = at_;
    const bool sign = peek() == '!' && peek(1) != '=';
    if (!sign && !at_word("not")) return primary(into, depth);
    if (depth > deepest_okta_expression) return fail(at_, fmt::format("the expression is nested deeper than {} levels", deepest_okta_expression));
    at_ += sign ? 1 : 3;
    if (!unary(into, depth + 1)) return false;
    into = add(OktaNode::Kind::negation, begin, {into});
    return true;
}

}  // namespace provsim
