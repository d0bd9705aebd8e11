// SPDX-License-Identifier: Apache-2.0
#include "model/expression/parser.h"

#include "model/expression/characters.h"
#include "model/nearest.h"
#include "model/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

// An operator's length, 0 if there is none.
std::size_t read_operator(std::string_view text, ExpressionOperator& op)
{
    struct Spelling { std::string_view text; ExpressionOperator op; };
    static constexpr Spelling spellings[] = {
        {"<>", ExpressionOperator::unequal}, {"<=", ExpressionOperator::less_or_equal}, {">=", ExpressionOperator::greater_or_equal},
        {"=", ExpressionOperator::equal},    {"<", ExpressionOperator::less},           {">", ExpressionOperator::greater}};
    for (const Spelling& spelling : spellings)
        if (text.starts_with(spelling.text)) return op = spelling.op, spelling.text.size();
    return 0;
}

// The page shows comparisons in IIF and CBool. Not is assumed to take what CBool takes.
bool takes_comparison(std::string_view function, std::size_t argument)
{
    return argument == 0 && (function == "IIF" || function == "CBool" || function == "Not");
}

}  // namespace

Place ExpressionParser::place_of(std::size_t at) const
{
    Place place = place_;
    place.column = std::max(place_.column, 1) + static_cast<int>(count_characters(text_.substr(0, at)));
    return place;
}

bool ExpressionParser::fail(std::size_t at, std::string what, std::string remedy)
{
    if (!problem_) problem_ = Problem{Severity::error, "expression", std::move(what), std::move(remedy), place_of(at)};
    return false;
}

void ExpressionParser::skip_spaces()
{
    while (is_white(peek()) && !at_end()) ++at_;
}

std::string ExpressionParser::found_here() const
{
    if (at_end()) return "the end";
    const std::string_view rest = text_.substr(at_);
    if (is_control(rest.front())) return "a control character";
    if (code_point(rest) < 0) return "a byte that is not UTF-8";
    return "\"" + std::string(rest.substr(0, character_size(rest))) + "\"";
}

ExpressionParser::Index ExpressionParser::add(ExpressionNode node)
{
    program_.nodes.push_back(std::move(node));
    return static_cast<Index>(program_.nodes.size() - 1);
}

Result<Expression> ExpressionParser::parse()
{
    if (count_characters(text_) > longest_expression) {
        fail(longest_expression, fmt::format("the expression has {} characters, and at most {} are allowed", count_characters(text_), longest_expression),
             "move a part of it into an attribute of the directory");
        return *problem_;
    }
    skip_spaces();
    if (at_end()) {
        fail(at_, "the expression is empty", "write [attribute], \"text\" or a function such as Join(\" \", [givenName], [surname])");
        return *problem_;
    }
    if (!operand(program_.root, 1)) return *problem_;
    skip_spaces();
    if (!at_end()) {
        ExpressionOperator op{};
        if (read_operator(text_.substr(at_), op) > 0)
            fail(at_, fmt::format("a comparison cannot stand alone, found {}", found_here()), "put it into CBool(...) or into the condition of IIF");
        else
            fail(at_, fmt::format("expected the end of the expression, found {}", found_here()), "join values with Join or Append");
        return *problem_;
    }
    program_.text = text_;
    return Expression(std::make_shared<const Expression::Program>(std::move(program_)));
}

bool ExpressionParser::operand(Index& into, unsigned depth)
{
    const char c = peek();
    if (c == '"') return text_constant(into);
    if (c == '[') return attribute(into);
    if (is_digit(c) || (c == '-' && is_digit(peek(1))) || c == '&') return number(into);
    if (is_name_start(c)) return call(into, depth);
    if (c == '\'') return fail(at_, "a text constant stands in double quotes, found \"'\"", "write \"text\"");
    return fail(at_, fmt::format("expected a function, an [attribute] or a \"text\", found {}", found_here()));
}

bool ExpressionParser::call(Index& into, unsigned depth)
{
    const std::size_t begin = at_;
    while (is_name_start(peek()) || is_digit(peek())) ++at_;
    const std::string_view name = text_.substr(begin, at_ - begin);
    const std::size_t behind = at_;
    skip_spaces();
    if (peek() != '(') {
        at_ = behind;
        // The two bare words of InStr (the functions page).
        if (name == "vbTextCompare" || name == "vbBinaryCompare") {
            ExpressionNode node;
            node.kind = ExpressionNode::Kind::constant;
            node.at = begin;
            node.end = at_;
            node.constant = Value(name);
            into = add(std::move(node));
            return true;
        }
        if (const FunctionSignature* known = find_function(name)) return fail(begin, fmt::format("the function {} has no arguments in parentheses", name), "write " + to_string(*known));
        return fail(begin, fmt::format("\"{}\" is neither an attribute nor a text", name), fmt::format("write [{}] for the attribute, \"{}\" in quotes for the text", name, name));
    }
    const FunctionSignature* function = find_function(name);
    if (!function) {
        Nearest search(name);
        for (const FunctionSignature& candidate : function_signatures()) search.offer(candidate.name);
        const std::string& near = search.best();
        return fail(begin, fmt::format("there is no function \"{}\"", name),
                    near.empty()                               ? ""
                    : equal_ignoring_ascii_case(near, name)    ? fmt::format("did you mean \"{}\"? names are case-sensitive", near)
                                                               : fmt::format("did you mean \"{}\"?", near));
    }
    if (depth > deepest_expression) return fail(begin, fmt::format("the expression is nested deeper than {} calls", deepest_expression));
    ExpressionNode node;
    node.kind = ExpressionNode::Kind::call;
    node.function = static_cast<MappingFunction>(function - function_signatures().data());
    node.at = begin;
    into = add(std::move(node));
    ++at_;
    return arguments(into, *function, depth) && finish(into, depth);
}

bool ExpressionParser::arguments(Index node, const FunctionSignature& function, unsigned depth)
{
    const std::size_t open = at_ - 1;
    skip_spaces();
    if (peek() == ')') {
        ++at_;
        return true;
    }
    for (;;) {
        Index child = 0;
        const bool comparison_allowed = takes_comparison(function.name, program_.nodes[node].children.size());
        if (!argument(child, comparison_allowed, depth)) return false;
        program_.nodes[node].children.push_back(child);
        if (peek() == ',') {
            ++at_;
            continue;
        }
        if (peek() == ')') {
            ++at_;
            return true;
        }
        if (at_end()) return fail(open, fmt::format("{}'s \"(\" has no closing \")\"", function.name), to_string(function));
        const bool logical = equal_ignoring_ascii_case(text_.substr(at_, 4), "and ") || equal_ignoring_ascii_case(text_.substr(at_, 3), "or ");
        return fail(at_, fmt::format("expected \",\" or \")\" in {}, found {}", function.name, found_here()),
                    logical ? "IIF knows no AND and no OR: nest one IIF in another" : "");
    }
}

bool ExpressionParser::argument(Index& into, bool comparison_allowed, unsigned depth)
{
    skip_spaces();
    if (peek() == ',' || peek() == ')') {      // an empty one: Switch([IsSoftDeleted], , "False", ...)
        ExpressionNode empty;
        empty.at = empty.end = at_;
        into = add(std::move(empty));
        return true;
    }
    const std::size_t begin = at_;
    if (!operand(into, depth + 1)) return false;
    skip_spaces();
    ExpressionNode comparison;
    ExpressionOperator another{};
    const std::size_t length = read_operator(text_.substr(at_), comparison.op);
    if (length == 0) return true;
    if (!comparison_allowed)
        return fail(at_, fmt::format("a comparison stands in the condition of IIF or in CBool alone, found {}", found_here()), "write CBool(a = b)");
    at_ += length;
    skip_spaces();
    Index right = 0;
    if (!operand(right, depth + 1)) return false;
    skip_spaces();
    if (read_operator(text_.substr(at_), another) > 0) return fail(at_, "only two values are compared at a time", "nest one IIF in another");
    comparison.kind = ExpressionNode::Kind::comparison;
    comparison.at = begin;
    comparison.end = program_.nodes[right].end;
    comparison.children = {into, right};
    into = add(std::move(comparison));
    return true;
}

bool ExpressionParser::finish(Index node, unsigned depth)
{
    program_.nodes[node].end = at_;
    // The page: "must be at the top level".
    if (program_.nodes[node].function == MappingFunction::select_unique_value && depth > 1)
        return fail(program_.nodes[node].at, "SelectUniqueValue cannot stand inside another function", "make it the outermost one");
    if (const auto mistake = check_call(text_, program_.nodes, node)) return fail(mistake->at, mistake->what, mistake->remedy);
    if (const auto doubt = doubt_call(program_.nodes, node))
        program_.warnings.push_back({Severity::warning, "expression", doubt->what, doubt->remedy, place_of(doubt->at)});
    return true;
}

}  // namespace provsim
