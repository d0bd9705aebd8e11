// SPDX-License-Identifier: Apache-2.0
// run, demo: play scenarios and say what came of it.
#include "app/demo.h"
#include "app/story.h"
#include "app/verbs.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <filesystem>

namespace provsim {

namespace {

void print_summary(const StoryReport& report, const GlobalOptions& global)
{
    const StoryOutcome& outcome = report.outcome;
    if (report.exit == ExitCode::environment && report.totals.requests == 0) {     // the error has been told; what is left is where it is kept
        fmt::print("run saved: {}\n", report.run_file);
        return;
    }
    const Terminal out(stdout, global.colour, global.ascii);
    const auto& s = out.symbols();
    std::string rule;
    for (int i = 0; i < 76; ++i) rule += s.rule;
    const bool good = report.exit == ExitCode::ok;
    std::string steps = fmt::format("{} passed", counted(outcome.steps_passed, "step"));
    if (outcome.steps_failed > 0) steps += fmt::format(", {} failed", outcome.steps_failed);
    if (outcome.steps_left_out > 0) steps += fmt::format(", {} for other providers", outcome.steps_left_out);
    if (outcome.interrupted) steps += ", interrupted";
    fmt::print("{}\n{} {} {} of {} held {} {}, {}{} {} {} virtual in {:.1f} s wall\n", rule, out.paint(good ? Colour::green : Colour::red, steps), s.dot,
               outcome.held, counted(outcome.expectations, "expectation"), s.dot, counted(report.totals.requests, "request"),
               counted(report.totals.writes, "write"), report.totals.failed_requests > 0 ? fmt::format(", {} failed", report.totals.failed_requests) : "", s.dot,
               format_duration(report.virtual_time), report.wall_seconds);
    if (report.held_back > 0) fmt::print("the target throttles provsim: {} waited in wall time\n", counted(report.held_back, "request"));
    fmt::print("fingerprint {} {} run saved: {}\n", report.fingerprint, s.dot, report.run_file);
}

nlohmann::ordered_json to_json(const std::string& file, const Scenario& scenario, const StoryReport& report)
{
    const char* reasons[] = {"ok", "expectation", "usage", "environment"};
    const int code = static_cast<int>(report.exit);
    return {
        {"format", "provsim-report/1"},
        {"file", file},
        {"scenario", scenario.name},
        {"profile", scenario.provider.profile},
        {"seed", scenario.seed},
        {"fingerprint", report.fingerprint},
        {"steps", {{"passed", report.outcome.steps_passed}, {"failed", report.outcome.steps_failed}, {"left_out", report.outcome.steps_left_out}}},
        {"expectations", {{"total", report.outcome.expectations}, {"held", report.outcome.held}}},
        {"requests", report.totals.requests},
        {"writes", report.totals.writes},
        {"virtual_seconds", std::chrono::duration<double>(report.virtual_time).count()},
        {"wall_seconds", report.wall_seconds},
        {"run_file", report.run_file},
        {"exit", {{"code", code}, {"reason", code <= 3 ? reasons[code] : "interrupted"}}},
    };
}

// The first exchange in which two plays of the same scenario differ, in words; empty if they are the same.
std::string first_difference(const Journal& a, const Journal& b)
{
    const auto text = [](const Journal::Exchange& e) {
        return fmt::format("{} {} -> {}", to_string(e.method), readable_target(e.target), e.status ? std::to_string(e.status) : std::string(to_string(e.failure)));
    };
    const std::size_t common = std::min(a.exchanges().size(), b.exchanges().size());
    for (std::size_t i = 0; i < common; ++i) {
        const auto &x = a.exchanges()[i], &y = b.exchanges()[i];
        const bool same = x.sent == y.sent && x.method == y.method && x.task == y.task && x.intent == y.intent && x.status == y.status && x.failure == y.failure;
        if (!same) return fmt::format("exchange {}: {}  against  {}", i + 1, text(x), text(y));
    }
    if (a.exchanges().size() != b.exchanges().size())
        return fmt::format("{} against {} exchanges", a.exchanges().size(), b.exchanges().size());
    return "a request body or an answer's time differs; compare two runs recorded with --record full";
}

ExitCode worse(ExitCode a, ExitCode b)
{
    const auto rank = [](ExitCode code) {
        switch (code) {
        case ExitCode::ok: return 0;
        case ExitCode::expectation: return 1;
        case ExitCode::environment: return 2;
        case ExitCode::nothing_to_run: return 3;
        case ExitCode::usage: return 4;
        default: return 5;
        }
    };
    return rank(a) >= rank(b) ? a : b;
}

// Plays one scenario from text or file; `load` is called once a play, since a play uses its directory up.
template <class Load>
ExitCode play(const std::string& name, Load&& load, const RunOptions& options, const GlobalOptions& global, StoryReport& report)
{
    auto scenario = load();
    if (!scenario) return report_problems(scenario.problems());
    report_problems(scenario.value().warnings);
    auto story = Story::open(std::move(scenario).value(), options, global);
    if (!story) return report_problems(story.problems());
    report = story.value()->play();
    if (global.json) fmt::print("{}\n", to_json(name, story.value()->scenario(), report).dump(2));
    else print_summary(report, global);
    if (!options.twice || report.exit >= ExitCode::interrupted) return report.exit;

    GlobalOptions silent = global;
    silent.quiet = true;
    RunOptions second = options;
    if (!second.out.empty()) second.out += ".second";
    auto again = load();
    if (!again) return report_problems(again.problems());
    auto other = Story::open(std::move(again).value(), second, silent);
    if (!other) return report_problems(other.problems());
    const StoryReport repeated = other.value()->play();
    if (repeated.fingerprint == report.fingerprint) {
        fmt::print("played twice: same fingerprint\n");
        return report.exit;
    }
    fmt::print("played twice: fingerprint {} the second time; first difference: {}\n", repeated.fingerprint,
               first_difference(story.value()->journal(), other.value()->journal()));
    return worse(report.exit, ExitCode::expectation);
}

}  // namespace

ExitCode run_verb(const RunOptions& options, const GlobalOptions& global)
{
    ExitCode exit = ExitCode::ok;
    for (const std::string& file : options.files) {
        StoryReport report;
        const ExitCode one = play(file, [&] { return load_for_run(file, options); }, options, global, report);
        exit = worse(exit, one);
        if (one >= ExitCode::interrupted) return one;
    }
    return exit;
}

ExitCode demo_verb(const std::string& name, const RunOptions& options, const GlobalOptions& global)
{
    if (!name.empty() && name != "story") {
        fmt::print(stderr, "error: there is no demo \"{}\"; try: provsim demo\n", name);
        return ExitCode::nothing_to_run;
    }
    StoryReport report;
    auto load = load_options(options);
    if (!load) return report_problems(load.problems());
    load.value().unset_is_warning = false;
    const ExitCode exit = play("demo", [&] { return load_scenario(std::string(demo_scenario), "demo.provsim.yaml", ".", load.value()); }, options, global, report);
    if (exit == ExitCode::ok && !global.json && !global.quiet)
        fmt::print("\nNow your app:\n  provsim check http://localhost:8080/scim/v2 --token-file token     does it speak SCIM?\n"
                   "  provsim run scenarios/demo.provsim.yaml --target http://localhost:8080/scim/v2 --token-file token\n"
                   "What was logged:\n  provsim log {}\n",
                   report.run_file);
    return exit;
}

}  // namespace provsim
