// SPDX-License-Identifier: Apache-2.0
// scope.filters and scope.group_filters.
#include "scenario_io/read.h"

#include <algorithm>

namespace provsim {
namespace {

FilterClauseText clause(const YamlNode& node, const Reading& reading)
{
    FilterClauseText text;
    const auto word = [&](const YamlNode& scalar) { return FilterWord{value_text(scalar), reading.place(scalar.mark)}; };
    if (const YamlNode* attribute = part(node, "attribute")) text.attribute = word(*attribute);
    if (const YamlNode* op = part(node, "op")) text.op = word(*op);
    if (const YamlNode* value = part(node, "value")) text.values.push_back(word(*value));
    for (const YamlNode* value : items_at(node, "values")) text.values.push_back(word(*value));
    return text;
}

bool is_faulty(const YamlNode& node)
{
    return node.faulty || std::any_of(node.items.begin(), node.items.end(), is_faulty)
           || std::any_of(node.entries.begin(), node.entries.end(), [](const YamlEntry& entry) { return is_faulty(entry.value); });
}

// The provider's own reading of expressions. It is the filter that is compiled by it, and filters are compiled here.
bool whole_expressions(const Scenario& scenario)
{
    return std::any_of(scenario.provider.settings.begin(), scenario.provider.settings.end(),
                       [](const SettingValue& setting) { return setting.name == "filter_expressions" && setting.value == "whole"; });
}

}  // namespace

void read_filter(const YamlNode& list, ObjectKind kind, ScopingFilter& filter, Reading& reading)
{
    // What is wrong with a part of a filter has been told; the rest of it means nothing.
    if (is_faulty(list)) return;
    std::vector<FilterGroupText> groups;
    for (const YamlNode& item : list.items) {
        if (item.is_list() != list.items.front().is_list())
            return reading.error(item.mark, "filter", "clauses and lists of clauses do not mix", "put the clauses of each filter into a list of their own");
        if (item.is_list() || groups.empty()) groups.emplace_back();
        if (item.is_map()) groups.back().push_back(clause(item, reading));
        for (const YamlNode& each : item.items) groups.back().push_back(clause(each, reading));
        if (groups.back().empty()) return reading.error(item.mark, "filter", "a filter without clauses filters nothing", "leave it out");
    }
    auto compiled = ScopingFilter::compile(groups, kind, reading.scenario.directory, whole_expressions(reading.scenario));
    if (compiled) filter = std::move(compiled).value();
    else reading.problems.insert(reading.problems.end(), compiled.problems().begin(), compiled.problems().end());
}

void read_filters(const YamlNode& scope, Reading& reading)
{
    if (const YamlNode* list = part(scope, "filters")) read_filter(*list, ObjectKind::user, reading.scenario.scope.users, reading);
    if (const YamlNode* list = part(scope, "group_filters")) read_filter(*list, ObjectKind::group, reading.scenario.scope.groups, reading);
}

}  // namespace provsim
