// SPDX-License-Identifier: Apache-2.0
// Calls of functions, and what can be said of one once its arguments are known.
#include "model/expression/characters.h"
#include "model/nearest.h"
#include "model/okta_expression/parser.h"
#include "model/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

// Functions the overview knows for other places, or for what a simulated organization does not have.
struct OtherFunction { std::string_view name, what, remedy; };
constexpr OtherFunction other_functions[] = {
    {"Groups.contains", "works in group claims alone", "use isMemberOfGroupNameContains"},
    {"Groups.startsWith", "works in group claims alone", "use isMemberOfGroupNameStartsWith"},
    {"Groups.endsWith", "works in group claims alone", "use isMemberOfGroupNameRegex"},
    {"getFilteredGroups", "works in claims alone", "use user.getGroups"},
    {"getManagerAppUser", "needs the manager's user in another application, which is not simulated", "use getManagerUser"},
    {"getAssistantUser", "needs a directory's assistants, which are not simulated", ""},
    {"getAssistantAppUser", "needs a directory's assistants, which are not simulated", ""},
};

// "Strin.len" and a bare "len" both stand for String.len.
std::string nearest_function(std::string_view name)
{
    Nearest search(name), last_part(name);
    const auto last_of = [](const OktaFunction& function) { return function.signature.name.substr(function.signature.name.rfind('.') + 1); };
    for (const OktaFunction& candidate : okta_functions()) {
        search.offer(candidate.signature.name);
        last_part.offer(last_of(candidate));
    }
    if (!search.best().empty() || last_part.best().empty() || name.find('.') != std::string_view::npos) return search.best();
    const auto known = okta_functions();
    return std::string(std::find_if(known.begin(), known.end(), [&](const OktaFunction& one) { return last_of(one) == last_part.best(); })->signature.name);
}

}  // namespace

bool OktaParser::call(Index& into, std::size_t begin, std::string_view path, unsigned depth)
{
    const OktaFunction* function = find_okta_function(path);
    if (!function) {
        for (const OtherFunction& other : other_functions)
            if (path == other.name) return fail(begin, fmt::format("{} {}", path, other.what), std::string(other.remedy));
        // A method behind a value, as SpEL would have it: user.firstName.toUpperCase().
        const std::size_t last = path.rfind('.');
        if (last != std::string_view::npos && path.find('.') != last) {
            const OktaFunction* of_texts = find_okta_function(fmt::format("String.{}", path.substr(last + 1)));
            if (of_texts == nullptr) return fail(begin + last, "a function does not stand behind a value");
            return fail(begin + last, "a function does not stand behind a value",
                        fmt::format("write {}({}{})", of_texts->signature.name, path.substr(0, last), of_texts->signature.fewest() > 1 ? ", ..." : ""));
        }
        const std::string near = nearest_function(path);
        const std::string_view case_matters = equal_ignoring_ascii_case(near, path) ? " names are case-sensitive" : "";
        return fail(begin, fmt::format("there is no function \"{}\"", path), near.empty() ? "" : fmt::format("did you mean \"{}\"?{}", near, case_matters));
    }
    into = add(OktaNode::Kind::call, begin);
    program_.nodes[into].function = function;
    program_.asks_for_groups |= function->family == OktaFunction::Family::groups;
    ++at_;
    return arguments(into, depth) && member(into) && check_call(into);
}

bool OktaParser::arguments(Index node, unsigned depth)
{
    const FunctionSignature& function = program_.nodes[node].function->signature;
    const std::size_t open = at_ - 1;
    if (take(")")) return true;
    for (;;) {
        Index child = 0;
        skip_spaces();
        if (peek() == ',' || peek() == ')')
            return fail(at_, fmt::format("expected an argument of {}, found {}", function.name, found_here()), "write " + to_string(function));
        if (!expression(child, depth + 1)) return false;
        program_.nodes[node].children.push_back(child);
        if (take(",")) continue;
        if (take(")")) return true;
        if (at_end()) return fail(open, fmt::format("{}'s \"(\" has no closing \")\"", function.name), "write " + to_string(function));
        return fail(at_, fmt::format("expected an operator, \",\" or \")\" in {}, found {}", function.name, found_here()), operator_remedy());
    }
}

bool OktaParser::member(Index node)
{
    const OktaFunction& function = *program_.nodes[node].function;
    const std::string_view called = function.signature.name;
    program_.nodes[node].end = at_;
    skip_spaces();
    if (called == "user.getGroups" && take(".![")) {
        const std::size_t begin = at_;
        while (is_name_start(peek()) || peek() == '.') ++at_;
        const std::string_view property = text_.substr(begin, at_ - begin);
        if (!take("]")) return fail(at_, fmt::format("expected \"]\" behind \".![{}\", found {}", property, found_here()), "write .![name]");
        if (property != "name" && property != "id" && property != "type")
            return fail(begin, fmt::format("a group has no property \"{}\" here", property), "write .![name], .![id] or .![type]");
        program_.nodes[node].name = property;
    } else if (function.family == OktaFunction::Family::user) {
        if (peek() != '.' || !is_name_start(peek(1)))
            return fail(at_, fmt::format("{} gives a user, expected \".\" and an attribute's name, found {}", called, found_here()),
                        fmt::format("write {}(...).lastName", called));
        const std::size_t begin = ++at_;
        while (is_name_start(peek()) || is_digit(peek())) ++at_;
        program_.nodes[node].name = text_.substr(begin, at_ - begin);
    }
    skip_spaces();
    if (peek() == '.')
        return fail(at_, fmt::format("nothing can be taken out of what {} gives", called), called == "user.getGroups" ? "write .![name]" : "");
    program_.nodes[node].end = std::max(program_.nodes[node].end, at_);
    return true;
}

bool OktaParser::compile(Index node, const std::string& pattern, std::size_t at)
{
    auto compiled = Regex::compile(pattern, {}, Regex::Fit::whole);      // as a whole: Java's matches, which SpEL calls
    if (!compiled) return fail(at, compiled.problems().front().what, compiled.problems().front().remedy);
    program_.nodes[node].regex = std::make_shared<const Regex>(std::move(compiled).value());
    return true;
}

bool OktaParser::check_call(Index node)
{
    const OktaNode& call = program_.nodes[node];
    const FunctionSignature& function = call.function->signature;
    const std::size_t count = call.children.size();
    if (count < function.fewest() || count > function.most()) {
        const std::string takes = function.most() == unlimited_arguments  ? fmt::format("at least {}", function.fewest())
                                  : function.most() != function.fewest() ? fmt::format("{} to {}", function.fewest(), function.most())
                                                                         : fmt::format("{}", function.most());
        const std::string_view plural = takes == "1" || takes.ends_with(" 1") ? "" : "s";
        return fail(call.at, fmt::format("{} takes {} argument{}, found {}", function.name, takes, plural, count), "write " + to_string(function));
    }
    const OktaNode* first = count > 0 ? &program_.nodes[call.children[0]] : nullptr;
    const std::string* constant = first != nullptr && first->kind == OktaNode::Kind::constant ? first->constant.text() : nullptr;
    if (function.name == "String.stringSwitch" && count % 2 != 0)
        return fail(call.at,
                    fmt::format("String.stringSwitch takes a text, a default and pairs of key and value, and the last key (argument {}) has no value", count),
                    "add its value");
    if (function.name == "user.getGroups") return check_groups(node);
    if (function.name == "user.getInternalProperty" && constant != nullptr && *constant != "id" && *constant != "status")
        return fail(first->at, fmt::format("a user has no internal property \"{}\"", *constant), "write \"id\" or \"status\"");
    if (function.name == "getManagerUser" && constant != nullptr && *constant != "active_directory")
        warn(first->at, fmt::format("getManagerUser supports \"active_directory\" alone, found \"{}\"", *constant),
             "write getManagerUser(\"active_directory\")");
    if (function.name == "isMemberOfGroupNameRegex" && constant != nullptr) return compile(node, *constant, first->at);
    return true;
}

// The overview, "Get groups for users".
bool OktaParser::check_groups(Index node)
{
    static constexpr std::string_view keys[] = {"group.id", "group.source.id", "group.type", "group.profile.name", "operator"};
    for (const Index child : program_.nodes[node].children) {
        OktaNode& criteria = program_.nodes[child];
        if (criteria.kind != OktaNode::Kind::map)
            return fail(criteria.at, "user.getGroups takes search criteria", "write {'group.profile.name': 'West Coast'}");
        criteria.name = "criteria";
        for (std::size_t i = 0; i < criteria.children.size(); i += 2) {
            const OktaNode& key = program_.nodes[criteria.children[i]];
            const std::string& found = *key.constant.text();
            if (std::find(std::begin(keys), std::end(keys), found) != std::end(keys)) continue;
            const std::string near = nearest(found, keys);
            return fail(key.at, fmt::format("user.getGroups has no criterion \"{}\"", found),
                        near.empty() ? fmt::format("it has {}", fmt::join(keys, ", ")) : fmt::format("did you mean \"{}\"?", near));
        }
    }
    return true;
}

}  // namespace provsim
