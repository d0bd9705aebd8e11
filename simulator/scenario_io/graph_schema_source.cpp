// SPDX-License-Identifier: Apache-2.0
// A mapping's source as Graph has it: the expression, and the tree that the portal draws from it.
#include "scenario_io/graph_schema_parts.h"

#include "model/expression.h"

#include <fmt/format.h>

namespace provsim {
namespace {

using Json = nlohmann::ordered_json;

std::string_view trimmed(std::string_view text)
{
    const auto from = text.find_first_not_of(" \t\r\n"), to = text.find_last_not_of(" \t\r\n");
    return from == std::string_view::npos ? std::string_view() : text.substr(from, to - from + 1);
}

// The end of a text in quotes, or of a name in brackets, that begins at `at`; `at` where neither does.
std::size_t closed(std::string_view text, std::size_t at)
{
    if (text[at] == '[') {
        const auto end = text.find(']', at);
        return end == std::string_view::npos ? at : end;
    }
    if (text[at] != '"') return at;
    for (std::size_t end = at + 1; end < text.size(); ++end) {
        if (text[end] == '\\') ++end;
        else if (text[end] == '"') return end;
    }
    return at;
}

// Does the bracket that opens at `open` close at the text's end? Not in "Left([a], 1) = Left([b], 1)".
bool spans(std::string_view text, std::size_t open)
{
    std::size_t depth = 0;
    for (std::size_t at = open; at < text.size(); ++at) {
        at = closed(text, at);
        if (text[at] == '(') ++depth;
        else if (text[at] == ')' && --depth == 0) return at + 1 == text.size();
    }
    return false;
}

// What stands between the outermost commas.
std::vector<std::string_view> arguments(std::string_view text)
{
    std::vector<std::string_view> found;
    std::size_t from = 0, depth = 0;
    for (std::size_t at = 0; at < text.size(); ++at) {
        at = closed(text, at);
        if (text[at] == '(') ++depth;
        else if (text[at] == ')') --depth;
        else if (text[at] == ',' && depth == 0) {
            found.push_back(trimmed(text.substr(from, at - from)));
            from = at + 1;
        }
    }
    found.push_back(trimmed(text.substr(from)));
    return found;
}

Json source(std::string_view expression, std::string_view name, const char* type, Json parameters = Json::array())
{
    return {{"expression", expression}, {"name", name}, {"type", type}, {"parameters", std::move(parameters)}};
}

// `text` is an expression that was parsed, or an argument of one.
Json tree(std::string_view text)
{
    if (text.front() == '[' && text.find(']') == text.size() - 1) return source(text, text.substr(1, text.size() - 2), "Attribute");
    const auto open = text.find('(');
    const FunctionSignature* function = open == std::string_view::npos ? nullptr : find_function(trimmed(text.substr(0, open)));
    if (function && spans(text, open)) {
        Json parameters = Json::array();
        const auto given = arguments(text.substr(open + 1, text.size() - open - 2));
        for (std::size_t i = 0; i < given.size(); ++i) {
            if (given[i].empty()) continue;
            const FunctionParameter& parameter = function->parameter(i);
            parameters.push_back({{"key", parameter.graph_key.empty() ? parameter.name : parameter.graph_key}, {"value", tree(given[i])}});
        }
        return source(text, function->name, "Function", std::move(parameters));
    }
    // A constant, or the condition of an IIF, for which the documentation shows no form (assumed).
    const bool quoted = text.size() >= 2 && text.front() == '"' && closed(text, 0) == text.size() - 1;
    return source(text, quoted ? text.substr(1, text.size() - 2) : text, "Constant");
}

}  // namespace

std::string graph_expression(std::string_view expression)
{
    constexpr std::string_view ours = "[custom.";
    std::string out;
    for (std::size_t at = 0; at < expression.size();) {
        if (expression.substr(at, ours.size()) == ours && expression.substr(at + ours.size(), 1) != "]") {
            out += '[';
            at += ours.size();
            continue;
        }
        const std::size_t end = closed(expression, at);
        out += expression.substr(at, end - at + 1);
        at = end + 1;
    }
    return out;
}

nlohmann::ordered_json graph_source(const MappingSpec& row)
{
    if (row.from == MappingSpec::From::none) return nullptr;
    if (row.from == MappingSpec::From::expression) return tree(trimmed(graph_expression(row.source)));
    std::string quoted = "\"";
    for (const char c : row.source) {
        if (c == '"' || c == '\\') quoted += '\\';
        quoted += c;
    }
    return source(quoted + '"', row.source, "Constant");
}

}  // namespace provsim
