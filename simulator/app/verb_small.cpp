// SPDX-License-Identifier: Apache-2.0
// lint, schema, version: verbs that only look.
#include "app/verbs.h"
#include "scenario_io/another_provider.h"
#include "scenario_io/load.h"
#include "scenario_io/schema.h"

#include <boost/version.hpp>
#include <fmt/format.h>
#include <nlohmann/json.hpp>
#include <simdjson.h>
#include <sqlite3.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>

namespace provsim {

namespace {

std::string simdjson_version()
{
    return fmt::format("{}.{}.{}", static_cast<int>(simdjson::SIMDJSON_VERSION_MAJOR), static_cast<int>(simdjson::SIMDJSON_VERSION_MINOR),
                       static_cast<int>(simdjson::SIMDJSON_VERSION_REVISION));
}

// Files as they are, folders as the scenario files below them, in the order of their names.
std::vector<std::string> scenario_files(const std::vector<std::string>& named)
{
    namespace fs = std::filesystem;
    std::vector<std::string> files;
    for (const std::string& name : named) {
        if (!fs::is_directory(name)) {
            files.push_back(name);
            continue;
        }
        const auto first = files.size();
        for (const auto& entry : fs::recursive_directory_iterator(name)) {
            const std::string path = entry.path().string();
            if (path.ends_with(".provsim.yaml") || path.ends_with(".provsim.json")) files.push_back(path);
        }
        std::sort(files.begin() + static_cast<std::ptrdiff_t>(first), files.end());
    }
    return files;
}

}  // namespace

ExitCode report_problems(const Problems& problems)
{
    for (const Problem& problem : problems) fmt::print(stderr, "{}\n", format_problem(problem));
    const bool wrong = std::any_of(problems.begin(), problems.end(), [](const Problem& p) { return p.severity == Severity::error; });
    return wrong ? ExitCode::usage : ExitCode::ok;
}

ExitCode lint_verb(const std::vector<std::string>& named, const std::string& provider, bool strict, const GlobalOptions& global)
{
    const std::vector<std::string> files = scenario_files(named);
    if (files.empty()) {
        fmt::print(stderr, "error: no *.provsim.yaml there\n");
        return ExitCode::nothing_to_run;
    }
    LoadOptions options;
    if (const auto unknown = provider.empty() ? std::nullopt : unknown_provider(provider, {"--provider", 0, 0})) return report_problems({*unknown});
    options.provider = provider;
    options.unset_is_warning = true;
    options.env = [](std::string_view name) -> std::optional<std::string> {
        const char* value = std::getenv(std::string(name).c_str());
        return value ? std::optional<std::string>(value) : std::nullopt;
    };
    unsigned errors = 0, warnings = 0;
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    for (const std::string& file : files) {
        auto scenario = load_scenario(std::filesystem::path(file), options);
        // Loading looks at the meaning too.
        const Problems problems = scenario ? scenario.value().warnings : scenario.problems();
        for (const Problem& p : problems) {
            ++(p.severity == Severity::error ? errors : warnings);
            if (global.json)
                all.push_back({{"file", p.place.file}, {"line", p.place.line}, {"column", p.place.column},
                               {"severity", p.severity == Severity::error ? "error" : "warning"}, {"code", p.code}, {"message", p.what}, {"remedy", p.remedy}});
            else fmt::print("{}\n", format_problem(p));
        }
    }
    if (global.json) fmt::print("{}\n", all.dump(2));
    else if (!global.quiet) fmt::print(stderr, "{}: {}, {}\n", counted(files.size(), "file"), counted(errors, "error"), counted(warnings, "warning"));
    return errors > 0 || (strict && warnings > 0) ? ExitCode::expectation : ExitCode::ok;
}

ExitCode schema_verb(const std::string& what, const GlobalOptions&)
{
    if (what != "scenario") {
        fmt::print(stderr, "error: there is no schema \"{}\"; try: provsim schema scenario\n", what);
        return ExitCode::usage;
    }
    fmt::print("{}\n", scenario_schema().dump(2));
    return ExitCode::ok;
}

ExitCode version_verb(const GlobalOptions& global)
{
    if (!global.json) {
        fmt::print("provsim {}\n", PROVSIM_VERSION);
        return ExitCode::ok;
    }
    const nlohmann::ordered_json document{
        {"version", PROVSIM_VERSION},
        {"compiler", __VERSION__},
#ifdef NDEBUG
        {"build", "release"},
#else
        {"build", "debug"},
#endif
        {"libraries", {{"boost", BOOST_LIB_VERSION}, {"simdjson", simdjson_version()}, {"sqlite", sqlite3_libversion()}}},
    };
    fmt::print("{}\n", document.dump(2));
    return ExitCode::ok;
}

}  // namespace provsim
