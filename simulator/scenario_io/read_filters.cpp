// SPDX-License-Identifier: Apache-2.0
// scope.filters, group_filters, input_filters and group_input_filters.
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

// Settings of the provider that say what the scope is.
bool is_set(const Scenario& scenario, std::string_view name, std::string_view value)
{
    return std::any_of(scenario.provider.settings.begin(), scenario.provider.settings.end(),
                       [&](const SettingValue& setting) { return setting.name == name && setting.value == value; });
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
    auto compiled = ScopingFilter::compile(groups, kind, reading.scenario.directory, reading.whole_expressions());
    if (compiled) filter = std::move(compiled).value();
    else reading.problems.insert(reading.problems.end(), compiled.problems().begin(), compiled.problems().end());
}

void read_rule(const YamlNode& list, ScopingFilter& rule, Reading& reading)
{
    if (list.items.empty()) reading.error(list.mark, "filter", "a rule without clauses fits everybody", "{ attribute: userName, op: is not null } says so");
    else read_filter(list, ObjectKind::user, rule, reading);
}

// It is the filter that is compiled by it, and filters are compiled here.
bool Reading::whole_expressions() const
{
    return is_set(scenario, "filter_expressions", "whole");
}

void read_filters(const YamlNode& scope, Reading& reading)
{
    Scope& read = reading.scenario.scope;
    read.nested_groups = is_set(reading.scenario, "nested_group_objects", "create");
    const auto filter = [&](std::string_view key, ObjectKind kind, ScopingFilter& into) {
        if (const YamlNode* list = part(scope, key)) read_filter(*list, kind, into, reading);
    };
    filter("filters", ObjectKind::user, read.users);
    filter("group_filters", ObjectKind::group, read.groups);
    filter("input_filters", ObjectKind::user, read.input_users);
    filter("group_input_filters", ObjectKind::group, read.input_groups);
}

}  // namespace provsim
