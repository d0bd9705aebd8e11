// SPDX-License-Identifier: Apache-2.0
// log: the provisioning log of a run, as people, spreadsheets and scripts read it.
#include "app/code_legend.h"
#include "app/log_forms.h"
#include "app/recorded_facts.h"
#include "app/terminal.h"
#include "app/verbs.h"
#include "connectors/registry.h"
#include "store/run_file_reader.h"

#include <fmt/format.h>

#include <memory>

namespace provsim {

namespace {

template <class Value>
bool parse_word(const std::string& word, std::optional<Value>& out, std::initializer_list<Value> all, const char* what)
{
    if (word.empty()) return true;
    for (const Value v : all)
        if (to_string(v) == word) {
            out = v;
            return true;
        }
    fmt::print(stderr, "error: there is no {} \"{}\" in a provisioning log\n", what, word);
    return false;
}

bool parse_since(const std::string& text, const RunFileReader& run, std::optional<TimePoint>& out)
{
    if (text.empty()) return true;
    if (const auto elapsed = parse_duration(text)) {
        out = parse_time(run.meta("clock_start")).value_or(TimePoint{}) + *elapsed;
        return true;
    }
    out = parse_time(text);
    if (!out) fmt::print(stderr, "error: \"{}\" is neither a duration nor a time; try --since 4h or 2026-03-02T13:00:00Z\n", text);
    return out.has_value();
}

}  // namespace

ExitCode log_verb(const LogOptions& options, const GlobalOptions& global)
{
    LogFilter filter;
    if (!options.identity.empty()) filter.identity = options.identity;
    filter.run = options.cycle;
    if (!parse_word(options.status, filter.status, {Status::success, Status::failure, Status::skipped, Status::warning}, "status")) return ExitCode::usage;
    if (!parse_word(options.action, filter.action, {LoggedAction::create, LoggedAction::update, LoggedAction::delete_, LoggedAction::disable, LoggedAction::other,
                                                     LoggedAction::staged_delete}, "action"))
        return ExitCode::usage;
    if (!options.csv.empty() && options.as != "" && options.as != "csv" && options.as != "entra") {
        fmt::print(stderr, "error: --csv writes files; it does not go with --as {}\n", options.as);
        return ExitCode::usage;
    }
    auto opened = RunFileReader::open(options.file);
    if (!opened) return report_problems(opened.problems());
    const RunFileReader& run = opened.value();
    if (!parse_since(options.since, run, filter.since)) return ExitCode::usage;

    const Terminal out(stdout, global.colour, global.ascii);
    const bool for_people = options.csv.empty() && options.as.empty() && !global.json;
    auto form = make_log_form(options, global, filter, run, out);
    if (!form) return report_problems(form.problems());
    CodeLegend legend;
    const auto told = run.log(filter, [&](const RecordedEntry& entry) {
        if (entry.status != Status::success) legend.count(entry.code);
        if (!options.codes) form.value()->entry(entry);
        return true;
    });
    if (!told) return report_problems(told.problems());
    if (const auto problem = form.value()->end()) return report_problems({*problem});

    if (const std::string why = run.meta("not_begun"); !why.empty()) fmt::print(stderr, "nothing was provisioned: {}\n", why);
    if (const std::string why = no_log_hint(run); !why.empty() && told.value() == 0) fmt::print(stderr, "{}\n", why);
    if (!for_people) return ExitCode::ok;
    if (!legend.empty()) {
        if (!options.codes) fmt::print("\nWhat the codes mean, and what to do:\n");
        const Flavour* provider = find_flavour(run.meta("profile"));
        legend.print(out, provider ? provider->codes : std::span<const CodeNote>());
    }
    fmt::print(stderr, "{} of \"{}\", seed {}, profile {}, fingerprint {}{}\n", counted(told.value(), "entry", "entries"), run.meta("scenario"), run.meta("seed"),
               run.meta("profile"), run.meta("fingerprint"), run.finished() ? "" : "; the run did not come to its end");
    return ExitCode::ok;
}

}  // namespace provsim
