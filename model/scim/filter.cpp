// SPDX-License-Identifier: Apache-2.0
#include "model/scim/filter.h"

#include "model/json.h"
#include "model/scim/filter_scanner.h"
#include "model/text.h"

#include <array>
#include <utility>

namespace provsim {
namespace {

constexpr std::array<std::string_view, 10> operators{"eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le", "pr"};

bool is_space(char c) noexcept { return c == ' ' || c == '\t'; }
bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

void append_utf8(std::string& out, std::uint32_t code)
{
    const auto put = [&](std::uint32_t byte) { out.push_back(static_cast<char>(byte)); };
    if (code < 0x80) {
        put(code);
    } else if (code < 0x800) {
        put(0xC0 | (code >> 6));
        put(0x80 | (code & 0x3F));
    } else if (code < 0x10000) {
        put(0xE0 | (code >> 12));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    } else {
        put(0xF0 | (code >> 18));
        put(0x80 | ((code >> 12) & 0x3F));
        put(0x80 | ((code >> 6) & 0x3F));
        put(0x80 | (code & 0x3F));
    }
}

std::uint32_t add_node(Filter& filter, FilterNode node)
{
    filter.nodes.push_back(std::move(node));
    return static_cast<std::uint32_t>(filter.nodes.size() - 1);
}

// Joins `right` to `left` under one node of that kind, which keeps chains flat however long they are.
void join(Filter& filter, FilterNode::Kind kind, std::uint32_t& left, std::uint32_t right)
{
    if (filter.nodes[left].kind != kind) {
        FilterNode parent;
        parent.kind = kind;
        parent.children.push_back(left);
        left = add_node(filter, std::move(parent));
    }
    if (filter.nodes[right].kind == kind) {
        const auto grandchildren = filter.nodes[right].children;
        auto& children = filter.nodes[left].children;
        children.insert(children.end(), grandchildren.begin(), grandchildren.end());
    } else {
        filter.nodes[left].children.push_back(right);
    }
}

}  // namespace

namespace scim_detail {

bool FilterParser::fail(std::string what, std::size_t at)
{
    problem_ = Problem{Severity::error, std::string(code_), std::move(what), {}, {{}, 1, static_cast<int>(at) + 1}};
    return false;
}

bool FilterParser::skip_spaces()
{
    const auto begin = at_;
    while (at_ < text_.size() && is_space(text_[at_])) ++at_;
    return at_ != begin;
}

bool FilterParser::take(char c)
{
    if (peek() != c || at_end()) return false;
    ++at_;
    return true;
}

bool FilterParser::take_word(std::string_view word)
{
    if (!equal_ignoring_ascii_case(text_.substr(at_, word.size()), word)) return false;
    const auto after = at_ + word.size();
    if (after < text_.size() && !is_space(text_[after]) && text_[after] != '(') return false;
    at_ = after;
    return true;
}

bool FilterParser::parse_name(AttributeName& into)
{
    const auto begin = at_;
    while (at_ < text_.size() && is_attribute_name_char(text_[at_])) ++at_;
    if (at_ == begin) return fail(at_end() ? "an attribute name is missing at the end" : "an attribute name is expected here", begin);
    auto name = parse_attribute_name(text_.substr(begin, at_ - begin));
    if (!name) return fail("\"" + std::string(text_.substr(begin, at_ - begin)) + "\" is not an attribute name", begin);
    into = std::move(*name);
    return true;
}

bool FilterParser::parse_or(Filter& into, std::uint32_t& node, unsigned depth, bool in_brackets)
{
    if (depth > max_filter_depth) return fail("the filter is nested deeper than 32 levels");
    if (!parse_and(into, node, depth, in_brackets)) return false;
    for (;;) {
        skip_spaces();
        if (!take_word("or")) return true;
        std::uint32_t right = 0;
        if (!parse_and(into, right, depth, in_brackets)) return false;
        join(into, FilterNode::Kind::any, node, right);
    }
}

bool FilterParser::parse_and(Filter& into, std::uint32_t& node, unsigned depth, bool in_brackets)
{
    if (!parse_term(into, node, depth, in_brackets)) return false;
    for (;;) {
        skip_spaces();
        if (!take_word("and")) return true;
        std::uint32_t right = 0;
        if (!parse_term(into, right, depth, in_brackets)) return false;
        join(into, FilterNode::Kind::all, node, right);
    }
}

bool FilterParser::parse_term(Filter& into, std::uint32_t& node, unsigned depth, bool in_brackets)
{
    skip_spaces();
    const auto begin = at_;
    const bool negated = take_word("not") && (skip_spaces(), peek() == '(');
    if (!negated) at_ = begin;
    if (!take('(')) return parse_attribute_expression(into, node, depth, in_brackets);
    if (!parse_or(into, node, depth + 1, in_brackets)) return false;
    skip_spaces();
    if (!take(')')) return fail("\")\" is missing");
    if (negated) {
        FilterNode negation;
        negation.kind = FilterNode::Kind::negation;
        negation.children.push_back(node);
        node = add_node(into, std::move(negation));
    }
    return true;
}

bool FilterParser::parse_attribute_expression(Filter& into, std::uint32_t& node, unsigned depth, bool in_brackets)
{
    const auto begin = at_;
    FilterNode here;
    if (!parse_name(here.attribute)) return false;
    if (here.attribute.name.empty()) return fail("a schema's URN alone cannot be compared", begin);
    if (peek() != '[') {
        if (!parse_operation(here)) return false;
        node = add_node(into, std::move(here));
        return true;
    }
    if (in_brackets) return fail("brackets within brackets are not allowed");
    if (!here.attribute.sub.empty()) return fail("a sub-attribute has no values to choose from");
    take('[');
    std::uint32_t inside = 0;
    if (!parse_or(into, inside, depth + 1, true)) return false;
    skip_spaces();
    if (!take(']')) return fail("\"]\" is missing");
    if (take('.')) {   // Entra's form: what follows is one more condition on the same value
        FilterNode last;
        if (!parse_name(last.attribute)) return false;
        if (!last.attribute.urn.empty() || !last.attribute.sub.empty()) return fail("one sub-attribute is expected after \"].\"");
        if (!parse_operation(last)) return false;
        const auto right = add_node(into, std::move(last));
        join(into, FilterNode::Kind::all, inside, right);
    }
    here.kind = FilterNode::Kind::value_path;
    here.children.push_back(inside);
    node = add_node(into, std::move(here));
    return true;
}

bool FilterParser::parse_operation(FilterNode& into)
{
    if (!skip_spaces()) return fail(at_end() ? "an operator is missing at the end" : "a space and an operator are expected here");
    const auto word = text_.substr(at_, 2);
    const auto after = at_ + 2;
    const bool ends = after >= text_.size() || is_space(text_[after]) || text_[after] == ')' || text_[after] == ']';
    for (std::size_t i = 0; ends && i < operators.size(); ++i) {
        if (!equal_ignoring_ascii_case(word, operators[i])) continue;
        at_ += 2;
        into.op = static_cast<Comparison>(i);
        if (into.op == Comparison::pr) return true;
        if (!skip_spaces()) return fail("a value is missing after the operator");
        return parse_value(into.value);
    }
    return fail("an operator is expected here: eq, ne, co, sw, ew, gt, ge, lt, le or pr");
}

bool FilterParser::parse_value(FilterValue& into)
{
    if (peek() == '"') {
        into.kind = FilterValue::Kind::string;
        return parse_string(into.text);
    }
    const auto begin = at_;
    while (!at_end() && !is_space(text_[at_]) && text_[at_] != ')' && text_[at_] != ']') ++at_;
    const auto word = text_.substr(begin, at_ - begin);
    into.text.assign(word);
    if (equal_ignoring_ascii_case(word, "true") || equal_ignoring_ascii_case(word, "false")) {
        into.kind = FilterValue::Kind::boolean;
        for (char& c : into.text) c = ascii_lower(c);
        return true;
    }
    if (equal_ignoring_ascii_case(word, "null")) {
        into.kind = FilterValue::Kind::null;
        into.text.clear();
        return true;
    }
    into.kind = FilterValue::Kind::number;
    std::size_t i = 0;
    const auto digits = [&] {
        const auto first = i;
        while (i < word.size() && is_digit(word[i])) ++i;
        return i != first;
    };
    if (i < word.size() && word[i] == '-') ++i;
    const bool leading_zero = i + 1 < word.size() && word[i] == '0' && is_digit(word[i + 1]);
    bool good = digits() && !leading_zero;
    if (good && i < word.size() && word[i] == '.') good = (++i, digits());
    if (good && i < word.size() && (word[i] == 'e' || word[i] == 'E')) {
        ++i;
        if (i < word.size() && (word[i] == '+' || word[i] == '-')) ++i;
        good = digits();
    }
    if (good && i == word.size()) return true;
    return fail("a value is expected here: a string in double quotes, a number, true, false or null", begin);
}

bool FilterParser::parse_hex4(std::uint32_t& into)
{
    into = 0;
    for (int i = 0; i < 4; ++i, ++at_) {
        const char c = ascii_lower(peek());
        if (is_digit(c)) into = into * 16 + static_cast<std::uint32_t>(c - '0');
        else if (c >= 'a' && c <= 'f') into = into * 16 + static_cast<std::uint32_t>(c - 'a' + 10);
        else return fail("four hexadecimal digits are expected here");
    }
    return true;
}

bool FilterParser::parse_string(std::string& into)
{
    const auto begin = at_;
    take('"');
    while (!at_end()) {
        const char c = text_[at_++];
        if (c == '"') return true;
        if (c != '\\') {
            into.push_back(c);
            continue;
        }
        const char escaped = peek();
        ++at_;
        switch (escaped) {
            case '"': case '\\': case '/': into.push_back(escaped); break;
            case 'b': into.push_back('\b'); break;
            case 'f': into.push_back('\f'); break;
            case 'n': into.push_back('\n'); break;
            case 'r': into.push_back('\r'); break;
            case 't': into.push_back('\t'); break;
            case 'u': {
                std::uint32_t code = 0, low = 0;
                if (!parse_hex4(code)) return false;
                if (code >= 0xD800 && code < 0xDC00) {
                    if (!take('\\') || !take('u') || !parse_hex4(low) || low < 0xDC00 || low > 0xDFFF)
                        return fail("half of a surrogate pair stands alone");
                    code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
                } else if (code >= 0xDC00 && code < 0xE000) {
                    return fail("half of a surrogate pair stands alone");
                }
                append_utf8(into, code);
                break;
            }
            default: at_ = at_ > text_.size() ? text_.size() : at_; return fail("the escape is not one of JSON's", at_ - 1);
        }
    }
    return fail("the string that begins here has no closing quote", begin);
}

void print_node(const Filter& filter, std::uint32_t node, std::string& out)
{
    const FilterNode& here = filter.nodes[node];
    const bool all = here.kind == FilterNode::Kind::all;
    switch (here.kind) {
        case FilterNode::Kind::compare:
            out.append(to_string(here.attribute)).append(" ").append(to_string(here.op));
            switch (here.value.kind) {
                case FilterValue::Kind::none: break;
                case FilterValue::Kind::null: out += " null"; break;
                case FilterValue::Kind::string: append_json_string(out += ' ', here.value.text); break;
                default: out.append(" ").append(here.value.text);
            }
            break;
        case FilterNode::Kind::value_path:
            out.append(to_string(here.attribute)).append("[");
            print_node(filter, here.children[0], out);
            out += ']';
            break;
        case FilterNode::Kind::negation:
            out += "not (";
            print_node(filter, here.children[0], out);
            out += ')';
            break;
        case FilterNode::Kind::all:
        case FilterNode::Kind::any:
            for (std::size_t i = 0; i < here.children.size(); ++i) {
                if (i != 0) out += all ? " and " : " or ";
                const bool group = all && filter.nodes[here.children[i]].kind == FilterNode::Kind::any;
                if (group) out += '(';
                print_node(filter, here.children[i], out);
                if (group) out += ')';
            }
    }
}

}  // namespace scim_detail

std::string_view to_string(Comparison op) noexcept { return operators[static_cast<std::size_t>(op)]; }

Result<Filter> parse_filter(std::string_view text)
{
    scim_detail::FilterParser parser(text, "invalidFilter");
    Filter filter;
    if (!parser.parse_or(filter, filter.root, 1, false)) return parser.problem();
    parser.skip_spaces();
    if (!parser.at_end()) {
        parser.fail("\"and\", \"or\" or the end is expected here");
        return parser.problem();
    }
    return filter;
}

std::string print_filter(const Filter& filter)
{
    std::string out;
    if (!filter.nodes.empty()) scim_detail::print_node(filter, filter.root, out);
    return out;
}

}  // namespace provsim
