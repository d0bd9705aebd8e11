// SPDX-License-Identifier: Apache-2.0
// Mistakes that show before any object is looked at. Those of the page's own warnings are doubts, not mistakes.
#include "model/expression/dates.h"
#include "model/expression/parser.h"

#include <fmt/format.h>

namespace provsim {
namespace {

using Kind = ExpressionNode::Kind;
using Nodes = std::vector<ExpressionNode>;
using Found = std::optional<ExpressionMistake>;

const ExpressionNode& child(const Nodes& nodes, const ExpressionNode& call, std::size_t number) { return nodes[call.children[number]]; }

bool given(const Nodes& nodes, const ExpressionNode& call, std::size_t number)
{
    return number < call.children.size() && child(nodes, call, number).kind != Kind::nothing;
}

// The text of an argument that is a constant, or null.
const std::string* constant_text(const Nodes& nodes, const ExpressionNode& call, std::size_t number)
{
    if (number >= call.children.size()) return nullptr;
    return std::get_if<std::string>(&child(nodes, call, number).constant.held);
}

bool is_call_of(const ExpressionNode& node, std::initializer_list<MappingFunction> functions)
{
    if (node.kind != Kind::call) return false;
    for (const MappingFunction function : functions)
        if (node.function == function) return true;
    return false;
}

// Row TF1's document prints Switch([IsSoftDeleted], "False", "True", "True", "False"): an empty default has been lost, and
// what is left makes "False" the default, so that users who are not deleted would be sent as inactive.
Found check_pairs(std::string_view text, const Nodes& nodes, const ExpressionNode& call)
{
    if (call.children.size() % 2 == 0) return {};
    const auto printed = [&](std::size_t number) { const auto& node = child(nodes, call, number); return text.substr(node.at, node.end - node.at); };
    const std::size_t last = call.children.size() - 1;
    std::string what = fmt::format("Switch takes a source, a default and then pairs of key and value, and here the key {} (argument {}) has no value",
                                   given(nodes, call, last) ? printed(last) : "left empty", last + 1);
    std::string remedy = "add its value";
    if (call.end - call.at <= 300) {
        std::string repaired = fmt::format("Switch({}, ", printed(0));
        for (std::size_t i = 1; i <= last; ++i) repaired += fmt::format(", {}", printed(i));
        remedy += fmt::format(", or if an empty default has been lost, write {})", repaired);
    }
    if (printed(0) == "[IsSoftDeleted]" && given(nodes, call, 1))
        remedy += fmt::format("; as it stands, {} is the default and goes to every user who is not deleted, so active users would be disabled", printed(1));
    return ExpressionMistake{call.at, std::move(what), std::move(remedy)};
}

// The page's five ways of using Replace; which one it is depends on what is given.
Found check_replace(Nodes& nodes, ExpressionNode& call)
{
    constexpr std::size_t old_value = 1, pattern = 2, group = 3, replacement = 4, attribute = 5, replaced_template = 6;
    const auto has = [&](std::size_t number) { return given(nodes, call, number); };
    const bool by_text = has(old_value) && !has(pattern) && !has(group) && !has(attribute) && has(replacement) != has(replaced_template);
    const bool by_pattern = has(pattern) && !has(old_value) && !has(replaced_template) &&
                            (has(replacement) ? !has(attribute) : has(group) && has(attribute));
    if (!by_text && !by_pattern)
        return ExpressionMistake{call.at, "this combination of arguments means nothing to Replace",
                                 "give oldValue with replacementValue or template, or regexPattern with replacementValue (and regexGroupName), or regexPattern "
                                 "with regexGroupName and replacementAttributeName; leave the others empty: Replace([mail], \"@acme.test\", , , \"\", , )"};
    const std::string* expression = constant_text(nodes, call, pattern);
    if (!by_pattern || !expression) return {};
    auto regex = Regex::compile(*expression);
    const std::size_t at = child(nodes, call, pattern).at;
    if (!regex) return ExpressionMistake{at, regex.problems().front().what, regex.problems().front().remedy};
    if (const std::string* name = constant_text(nodes, call, group); name && !regex.value().group(*name))
        return ExpressionMistake{child(nodes, call, group).at, fmt::format("the pattern has no group \"{}\"", *name), fmt::format("write (?<{}>...) in the pattern", *name)};
    call.regex = std::make_shared<const Regex>(std::move(regex).value());
    return {};
}

Found check_interval(const Nodes& nodes, const ExpressionNode& call)
{
    const std::string* interval = constant_text(nodes, call, 0);
    if (!interval || read_interval(*interval)) return {};
    return ExpressionMistake{child(nodes, call, 0).at, fmt::format("\"{}\" is not an interval", *interval),
                             "choose from yyyy (years), m (months), d (days), ww (weeks), h (hours), n (minutes), s (seconds)"};
}

Found check_count(const ExpressionNode& call)
{
    const FunctionSignature& function = signature(call.function);
    const std::size_t count = call.children.size(), fewest = function.fewest(), most = function.most();
    if (count >= fewest && count <= most) return {};
    const std::string wanted = most == unlimited_arguments ? fmt::format("at least {}", fewest) : fewest == most ? std::to_string(fewest) : fmt::format("{} to {}", fewest, most);
    return ExpressionMistake{call.at, fmt::format("{} takes {} argument{}, found {}", function.name, wanted, wanted == "1" || wanted == "at least 1" ? "" : "s", count),
                             "write " + to_string(function)};
}

}  // namespace

std::optional<ExpressionMistake> check_call(std::string_view text, std::vector<ExpressionNode>& nodes, std::uint32_t number)
{
    ExpressionNode& call = nodes[number];
    if (auto mistake = check_count(call)) return mistake;
    switch (call.function) {
    case MappingFunction::switch_: return check_pairs(text, nodes, call);
    case MappingFunction::replace: return check_replace(nodes, call);
    case MappingFunction::date_add:
    case MappingFunction::date_diff: return check_interval(nodes, call);
    default: return {};
    }
}

std::optional<ExpressionMistake> doubt_call(const std::vector<ExpressionNode>& nodes, std::uint32_t number)
{
    using enum MappingFunction;
    const ExpressionNode& call = nodes[number];
    if (call.function == iif) {
        const ExpressionNode& condition = child(nodes, call, 0);
        if (is_call_of(condition, {is_present, is_null, is_null_or_empty}))
            return ExpressionMistake{condition.at, fmt::format("IIF cannot test for a missing value: its condition fails where {} would be needed", signature(condition.function).name),
                                     "write Switch([attribute], [attribute], \"\", \"what to send instead\")"};
        if (is_call_of(condition, {ignore_flow_if_null_or_empty}))
            return ExpressionMistake{condition.at, "IgnoreFlowIfNullOrEmpty is no condition", "put it around the whole IIF"};
        if (condition.kind == Kind::comparison)
            for (const std::uint32_t side : condition.children)
                if (nodes[side].constant == Value(""))
                    return ExpressionMistake{condition.at, "IIF cannot compare with an empty text: its condition fails where the attribute is empty",
                                             "write Switch([attribute], [attribute], \"\", \"what to send instead\")"};
    }
    if (call.function == switch_ && is_call_of(child(nodes, call, 0), {is_present, is_null, is_null_or_empty}))
        return ExpressionMistake{child(nodes, call, 0).at, fmt::format("Switch compares texts, and {} gives a truth value", signature(child(nodes, call, 0).function).name),
                                 "write Switch([attribute], [attribute], \"\", \"what to send instead\")"};
    return {};
}

}  // namespace provsim
