// SPDX-License-Identifier: Apache-2.0
#include "scenario_io/load.h"

#include "scenario_io/check.h"
#include "scenario_io/lint.h"
#include "scenario_io/read.h"
#include "scenario_io/substitute.h"
#include "scenario_io/table.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <iterator>

namespace provsim {
namespace {

bool has_errors(const Problems& problems)
{
    return std::any_of(problems.begin(), problems.end(), [](const Problem& problem) { return problem.severity == Severity::error; });
}

// "scenarios/joiner.provsim.yaml" -> "joiner"
std::string stem(const std::string& file)
{
    const std::string name = std::filesystem::path(file).filename().string();
    for (const std::string_view ending : {".provsim.yaml", ".provsim.json"})
        if (name.size() > ending.size() && name.substr(name.size() - ending.size()) == ending) return name.substr(0, name.size() - ending.size());
    return name;
}

// In the order of the file, whatever noticed them; what stands nowhere, and other files, come last.
void sort_by_place(Problems& problems, const std::string& file)
{
    const auto rank = [&](const Problem& problem) { return problem.place.file != file ? 2 : problem.place.line == 0 ? 1 : 0; };
    std::stable_sort(problems.begin(), problems.end(), [&](const Problem& a, const Problem& b) {
        if (rank(a) != rank(b)) return rank(a) < rank(b);
        return rank(a) == 0 && std::pair(a.place.line, a.place.column) < std::pair(b.place.line, b.place.column);
    });
}

}  // namespace

Result<Scenario> load_scenario(std::string bytes, const std::string& name, const std::filesystem::path& folder, const LoadOptions& options)
{
    auto parsed = parse_yaml(bytes, name);
    if (!parsed) return parsed.problems();
    YamlNode& root = parsed.value();

    Problems problems;
    Scenario scenario;
    scenario.file = name;
    scenario.bytes = std::move(bytes);
    scenario.name = stem(name);

    substitute(root, options, name, problems);
    check_shape(root, scenario_shape(), name, problems);
    // A fault marks its part of the tree; the top itself is faulty only for what is missing there, and is read all the same.
    Reading reading{options, folder, scenario, problems, Names(scenario.directory)};
    read_head(root, reading);
    read_directory(root, reading);
    check_mappings(scenario.provider.mappings, reading);
    read_timeline(root, reading);
    // What lint knows about a story with holes in it would mostly be about the holes.
    if (!has_errors(problems)) {
        Problems meaning = lint(scenario);
        problems.insert(problems.end(), std::make_move_iterator(meaning.begin()), std::make_move_iterator(meaning.end()));
    }
    sort_by_place(problems, name);
    if (has_errors(problems)) return problems;
    scenario.warnings = std::move(problems);
    return scenario;
}

Result<Scenario> load_scenario(const std::filesystem::path& file, const LoadOptions& options)
{
    std::ifstream in(file, std::ios::binary);
    std::error_code ignored;
    if (!in || std::filesystem::is_directory(file, ignored))
        return Problem{Severity::error, "file", "this file cannot be read", {}, {file.string(), 0, 0}};
    std::string bytes{std::istreambuf_iterator<char>(in), {}};
    return load_scenario(std::move(bytes), file.string(), file.parent_path(), options);
}

}  // namespace provsim
