// SPDX-License-Identifier: Apache-2.0
// mappings: what is written to the target, and of whom; as a table, or as the schema that Microsoft Graph takes.
#include "app/story.h"
#include "app/terminal.h"
#include "app/verbs.h"
#include "connectors/entra/default_mapping.h"
#include "scenario_io/graph_schema_write.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace provsim {

namespace {

using Json = nlohmann::ordered_json;

struct Shown {
    GraphExport what;
    Json document;      // as Graph takes it
    Problems warnings;
};

std::string bytes_of(const std::string& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// A *.json that is no scenario.
bool is_export(const std::string& file) { return file.ends_with(".json") && !file.ends_with(".provsim.json"); }

Result<Shown> from_export(const std::string& file)
{
    if (!std::ifstream(file)) return Problem{Severity::error, "file", "this file cannot be read", {}, {file, 0, 0}};
    auto read = read_graph_schema(bytes_of(file), file);
    if (!read) return read.problems();
    GraphSchema& schema = read.value();
    return Shown{{schema.mappings, schema.users, schema.groups}, schema.document, std::move(schema.warnings)};
}

Result<Shown> from_scenario(const MappingsOptions& options)
{
    RunOptions run;
    run.target = "sandbox";     // secrets of a target need not be set
    run.seed = options.seed;
    auto loaded = load_for_run(options.file, run);
    if (!loaded) return loaded.problems();
    Scenario& scenario = loaded.value();
    const ProviderSpec& provider = scenario.provider;
    Shown shown{{provider.mappings, graph_filters(scenario.scope.users, scenario.scope.input_users), graph_filters(scenario.scope.groups, scenario.scope.input_groups)}, {}, std::move(scenario.warnings)};
    if (provider.schema_file.empty()) {
        shown.document = compose_graph_schema(shown.what, Draw(scenario.seed));
    } else {
        const auto read = read_graph_schema(bytes_of(provider.schema_file), provider.schema_file);
        if (!read) return read.problems();
        shown.document = amend_graph_schema(read.value(), shown.what);
    }
    return shown;
}

std::string quoted(const std::string& text) { return '"' + text + '"'; }

std::string source_of(const MappingSpec& row)
{
    if (row.from == MappingSpec::From::none) return "none";
    return row.from == MappingSpec::From::constant ? quoted(row.source) : row.source;
}

std::string notes_of(const MappingSpec& row)
{
    std::vector<std::string> notes;
    if (row.matching > 0) notes.push_back(fmt::format("match {}", row.matching));
    if (row.only_on_create) notes.emplace_back("only on create");
    if (row.default_value) notes.push_back("default " + quoted(*row.default_value));
    if (row.required) notes.emplace_back("required");
    return fmt::format("{}", fmt::join(notes, ", "));
}

std::string sentence(const FilterGroupText& group)
{
    std::string text;
    for (const FilterClauseText& clause : group) {
        text += (text.empty() ? "" : " and ") + clause.attribute.text + " " + clause.op.text;
        for (const FilterWord& value : clause.values) text += (&value == clause.values.data() ? " " : " or ") + quoted(value.text);
    }
    return text;
}

void print_filters(const std::vector<FilterGroupText>& groups, const char* first)
{
    for (const FilterGroupText& group : groups) fmt::print("  {}{}\n", pad(&group == groups.data() ? first : "or", 18), sentence(group));
}

void print(const char* title, const ObjectMapping& mapping, ObjectKind kind, const GraphFilters& filters)
{
    std::string actions;
    for (const auto& [on, word] : {std::pair(mapping.create, "create"), std::pair(mapping.update, "update"), std::pair(mapping.remove, "delete")})
        if (on) actions += (actions.empty() ? "" : ", ") + std::string(word);
    fmt::print("{}: {}\n", title, !mapping.enabled ? "not provisioned" : actions.empty() ? "nothing is written" : actions);
    const auto rows = effective_rows(mapping, kind);
    std::size_t targets = 0, sources = 0;
    for (const MappingSpec& row : rows) {
        targets = std::max(targets, row.target.size());
        if (const auto size = source_of(row).size(); size <= 60) sources = std::max(sources, size);
    }
    for (const MappingSpec& row : rows) {
        const std::string notes = notes_of(row), source = source_of(row);
        fmt::print("  {}  {}\n", pad(row.target, targets), notes.empty() ? source : pad(source, sources) + "  " + notes);
    }
    print_filters(filters.scoping, "only if");
    print_filters(filters.input, "ignored unless");
}

Json rows_json(const ObjectMapping& mapping, ObjectKind kind)
{
    Json rows = Json::array();
    for (const MappingSpec& row : effective_rows(mapping, kind))
        rows.push_back({{"target", row.target}, {"from", row.from == MappingSpec::From::none ? "none" : row.from == MappingSpec::From::constant ? "constant" : "expression"}, {"source", row.source},
                        {"default", row.default_value ? Json(*row.default_value) : Json()}, {"apply", row.only_on_create ? "create" : "always"}, {"matching", row.matching}, {"required", row.required}});
    return rows;
}

Json filters_json(const std::vector<FilterGroupText>& groups)
{
    Json out = Json::array();
    for (const FilterGroupText& group : groups) out.push_back(sentence(group));
    return out;
}

Json kind_json(const ObjectMapping& mapping, ObjectKind kind, const GraphFilters& filters)
{
    return {{"enabled", mapping.enabled}, {"create", mapping.create}, {"update", mapping.update}, {"delete", mapping.remove}, {"rows", rows_json(mapping, kind)},
            {"filters", filters_json(filters.scoping)}, {"inputFilters", filters_json(filters.input)}};
}

}  // namespace

ExitCode mappings_verb(const MappingsOptions& options, const GlobalOptions& global)
{
    const auto found = is_export(options.file) ? from_export(options.file) : from_scenario(options);
    if (!found) return report_problems(found.problems());
    const Shown& shown = found.value();
    report_problems(shown.warnings);
    const MappingSpecs& mappings = shown.what.mappings;
    if (options.as == "graph") {
        fmt::print("{}\n", shown.document.dump(2));
    } else if (global.json) {
        const Json all{{"users", kind_json(mappings.users, ObjectKind::user, shown.what.users)}, {"groups", kind_json(mappings.groups, ObjectKind::group, shown.what.groups)}};
        fmt::print("{}\n", all.dump(2));
    } else {
        print("Users", mappings.users, ObjectKind::user, shown.what.users);
        print("Groups", mappings.groups, ObjectKind::group, shown.what.groups);
    }
    return ExitCode::ok;
}

}  // namespace provsim
