// SPDX-License-Identifier: Apache-2.0
// What operators stand between: texts, numbers, lists, references.
#include "model/expression/characters.h"
#include "model/nearest.h"
#include "model/okta_expression/parser.h"
#include "model/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace provsim {
namespace {

constexpr std::string_view known_scopes[] = {"user", "appuser", "app", "org", "source"};

// Scopes the overview knows in other places than a mapping from Okta to an application.
struct OtherScope { std::string_view name, where; };
constexpr OtherScope other_scopes[] = {{"idpuser", "in the user names of an identity provider"},
                                       {"session", "in the attributes of a SAML assertion"},
                                       {"access", "in the claims of a token"}};

// What word processors put in the place of ' and ".
bool is_curly(std::string_view text)
{
    constexpr std::string_view quotes[] = {"“", "”", "‘", "’"};
    return std::any_of(std::begin(quotes), std::end(quotes), [&](std::string_view quote) { return text.starts_with(quote); });
}

bool is_name(char c) { return is_name_start(c) || is_digit(c); }

}  // namespace

bool OktaParser::primary(Index& into, unsigned depth)
{
    skip_spaces();
    const std::size_t begin = at_;
    const char c = peek();
    bool read = false;
    if (c == '\'' || c == '"') read = text_constant(into);
    else if (is_digit(c) || (c == '-' && is_digit(peek(1)))) read = number(into);
    else if (c == '{') read = list(into, depth);
    else if (is_name_start(c)) read = name(into, depth);
    else if (c == '(') {
        ++at_;
        if (!expression(into, depth + 1)) return false;
        const bool closed = take(")");
        if (!closed && at_end()) return fail(begin, "the \"(\" that stands here has no closing \")\"");
        if (!closed) return fail(at_, fmt::format("expected an operator or \")\", found {}", found_here()), operator_remedy());
        read = true;
    } else {
        std::string remedy;
        if (is_curly(text_.substr(std::min(at_, text_.size())))) remedy = "write straight quotes: 'text' or \"text\"";
        else if (c == '[') remedy = "write user.name for an attribute";
        return fail(at_, fmt::format("expected a value, found {}", found_here()), std::move(remedy));
    }
    return read && positions(into, depth);
}

bool OktaParser::positions(Index& into, unsigned depth)
{
    const std::size_t begin = program_.nodes[into].at;
    while (take("[")) {
        const std::size_t open = at_ - 1;
        if (++depth > deepest_okta_expression) return fail(open, fmt::format("the expression is nested deeper than {} levels", deepest_okta_expression));
        Index position = 0;
        if (!expression(position, depth)) return false;
        const bool closed = take("]");
        if (!closed && at_end()) return fail(open, "the \"[\" that stands here has no closing \"]\"");
        if (!closed) return fail(at_, fmt::format("expected \"]\", found {}", found_here()), operator_remedy());
        into = add(OktaNode::Kind::index, begin, {into, position});
    }
    return true;
}

// A doubled quotation mark stands for one (SpEL); a backslash is a character like others (the overview: "XDOMAIN\").
bool OktaParser::text_constant(Index& into)
{
    const std::size_t begin = at_;
    const char quote = text_[at_++];
    std::string text;
    for (; !at_end(); ++at_) {
        if (peek() == quote) {
            if (peek(1) != quote) break;
            ++at_;
        }
        text += peek();
    }
    if (at_end())
        return fail(begin, fmt::format("the text that begins here has no closing {}", quote),
                    fmt::format("write {}{} for a {} inside such a text", quote, quote, quote));
    ++at_;
    into = add_constant(begin, OktaValue(std::move(text)));
    return true;
}

bool OktaParser::number(Index& into)
{
    const std::size_t begin = at_;
    if (peek() == '-') ++at_;
    while (is_digit(peek())) ++at_;
    const bool fraction = peek() == '.' && is_digit(peek(1));
    if (fraction)
        for (++at_; is_digit(peek()); ++at_) {}
    const std::string_view digits = text_.substr(begin, at_ - begin);
    if (is_name_start(peek())) return fail(at_, fmt::format("expected the end of a number, found {}", found_here()), "write a text in quotes");
    if (fraction) {
        double value = 0;
        std::from_chars(digits.data(), digits.data() + digits.size(), value);
        into = add_constant(begin, OktaValue(value));
        return true;
    }
    const auto whole = parse_integer(digits);
    if (!whole) return fail(begin, "the number is too large", "write it as a text in quotes");
    into = add_constant(begin, OktaValue(*whole));
    return true;
}

bool OktaParser::list(Index& into, unsigned depth)
{
    const std::size_t begin = at_++;
    std::vector<Index> parts;
    bool map = false;
    while (!take("}")) {
        if (!parts.empty() && !take(",")) {
            if (at_end()) return fail(begin, "the \"{\" that stands here has no closing \"}\"");
            return fail(at_, fmt::format("expected \",\" or \"}}\" in a list, found {}", found_here()), operator_remedy());
        }
        skip_spaces();
        if (at_end()) return fail(begin, "the \"{\" that stands here has no closing \"}\"");
        if (!expression(into, depth + 1)) return false;
        const bool is_key = program_.nodes[into].kind == OktaNode::Kind::constant && program_.nodes[into].constant.text() != nullptr;
        const std::size_t behind = at_;
        const bool colon = is_key && (parts.empty() || map) && take(":");
        if (map && !colon) return fail(at_, "each value of such a list has a \"key\":", "write {'group.id': {'...'}}");
        if (!colon) at_ = behind;
        parts.push_back(into);
        if (!colon) continue;
        map = true;
        if (!expression(into, depth + 1)) return false;
        parts.push_back(into);
    }
    into = add(map ? OktaNode::Kind::map : OktaNode::Kind::array, begin, std::move(parts));
    return true;
}

bool OktaParser::name(Index& into, unsigned depth)
{
    const std::size_t begin = at_;
    while (is_name(peek()) || (peek() == '.' && is_name_start(peek(1)))) ++at_;
    const std::string_view path = text_.substr(begin, at_ - begin);
    for (const std::string_view word : {"true", "false"})
        if (equal_ignoring_ascii_case(path, word)) return into = add_constant(begin, OktaValue(word == "true")), true;
    if (equal_ignoring_ascii_case(path, "null")) return into = add_constant(begin, OktaValue()), true;
    const std::size_t behind = at_;
    skip_spaces();
    if (peek() == '(') return call(into, begin, path, depth);
    at_ = behind;
    return reference(into, begin, path);
}

bool OktaParser::reference(Index& into, std::size_t begin, std::string_view path)
{
    if (const OktaFunction* function = find_okta_function(path))
        return fail(begin, fmt::format("the function {} has no arguments in parentheses", path), "write " + to_string(function->signature));
    const std::size_t dot = path.find('.');
    std::string_view scope = path.substr(0, std::min(dot, path.size()));
    if (dot == std::string_view::npos) {
        if (std::find(std::begin(known_scopes), std::end(known_scopes), path) != std::end(known_scopes)) {
            return fail(begin, fmt::format("\"{}\" alone is no value", path), fmt::format("write {}.name, with the attribute's name behind the dot", path));
        }
        scope = "user";      // the overview's samples of profile mappings name attributes so
    } else if (const std::size_t second = path.find('.', dot + 1); second != std::string_view::npos) {
        return fail(begin + second, "an attribute has one name behind its scope", fmt::format("write {}", path.substr(0, second)));
    }
    const std::string_view attribute = dot == std::string_view::npos ? path : path.substr(dot + 1);
    for (const OtherScope& other : other_scopes)
        if (scope == other.name)
            return fail(begin, fmt::format("\"{}\" can be used {} alone", scope, other.where), "a mapping to an application reads user, appuser, app and org");
    if (scope == "source") scope = "user";           // Okta help, "Modify attributes with expressions": the object that is mapped
    if (scope == "appUser") scope = "appuser";       // its spelling there
    if (std::find(std::begin(known_scopes), std::end(known_scopes), scope) == std::end(known_scopes)) {
        // A name that is not the like of these may be an application's: aws.userName.
        if (const std::string near = nearest(scope, known_scopes); near.size() > 3 || equal_ignoring_ascii_case(near, scope))
            return fail(begin, fmt::format("there is no scope \"{}\"", scope), fmt::format("did you mean \"{}\"?", near));
        if (std::find(program_.attributes.begin(), program_.attributes.end(), path) == program_.attributes.end())
            warn(begin, fmt::format("\"{}\" is read as the name of another application, whose users are not known here: {} has no value", scope, path),
                 "write user.name for an attribute of the user");
    }
    into = add(OktaNode::Kind::reference, begin);
    program_.nodes[into].scope = scope;
    program_.nodes[into].name = attribute;
    std::string listed = scope == "user" ? std::string(attribute) : fmt::format("{}.{}", scope, attribute);
    auto& all = program_.attributes;
    if (std::find(all.begin(), all.end(), listed) == all.end()) all.push_back(std::move(listed));
    return true;
}

}  // namespace provsim
