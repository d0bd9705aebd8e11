// SPDX-License-Identifier: Apache-2.0
// status, codes: how a job stood, what is wrong with it, and what the words of its log mean.
#include "app/code_legend.h"
#include "app/recorded_facts.h"
#include "app/verbs.h"
#include "connectors/registry.h"
#include "model/nearest.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace provsim {

namespace {

class StatusPage {
public:
    StatusPage(const Terminal& out, const RunFileReader& file, const std::string& path, const JobFacts& job)
        : out_(out), file_(file), path_(path), job_(job), setting_(graph_setting(file))
    {
    }

    void print() const
    {
        fmt::print("{}\n", out_.paint(Colour::bold, fmt::format("The provisioning job of \"{}\" at {} (virtual), profile {}", setting_.names.application, file_.meta("virtual_end"), file_.meta("profile"))));
        state();
        cycle("last cycle", [](const ExecutionFacts&) { return true; });
        cycle("last without failure", [](const ExecutionFacts& e) { return e.successful(); });
        cycle("last that changed something", [](const ExecutionFacts& e) { return e.exported() > 0; });
        line("in the target", fmt::format("{}, {}", counted(job_.in_target(ObjectKind::user), "user"), counted(job_.in_target(ObjectKind::group), "group")));
        if (const std::string waiting = file_.meta("in_escrow"); !waiting.empty() && waiting != "0")
            line("in escrow", fmt::format("{}: failed, and tried again in a later cycle", counted(std::stoull(waiting), "object or reference", "objects and references")));
        if (!job_.cycles().empty() && job_.cycles().back().run.failed > 0)
            line("what failed", fmt::format("provsim log {} --status failure --cycle {}", path_, job_.cycles().back().run.number));
    }

private:
    static void line(std::string_view name, std::string_view text) { fmt::print("  {} {}\n", pad(name, 28), text); }

    void state() const
    {
        const auto& s = out_.symbols();
        const auto quarantine = job_.quarantine();
        if (quarantine.empty()) {
            const bool runs = job_.state() == JobState::active;
            const std::string_view what = runs ? "active" : job_.state() == JobState::not_run ? "not started" : to_string(job_.state());
            line("state", fmt::format("{} {}", runs ? out_.paint(Colour::green, s.ok) : std::string(s.warn), what));
            return;
        }
        const bool gone = job_.state() == JobState::disabled;
        line("state", fmt::format("{} {}", out_.paint(Colour::red, s.fail), gone ? "disabled: in quarantine for too long" : "in quarantine, cycles are rare"));
        line("since", fmt::format("{}, {}", format_time(quarantine.front().at), counted(quarantine.size(), "failed attempt")));
        const std::string& why = quarantine.back().why;
        const auto colon = std::min(why.find(": "), why.size());
        line("because", why.substr(0, colon));
        if (colon < why.size()) line("", why.substr(colon + 2));
        print_note(find_code(setting_.codes, why.substr(0, colon)), 31);
        if (const std::string next = file_.meta("next_attempt"); !next.empty()) line("next attempt", next);
    }

    template <class Fits>
    void cycle(std::string_view name, Fits fits) const
    {
        const auto found = std::find_if(job_.cycles().rbegin(), job_.cycles().rend(), fits);
        if (found == job_.cycles().rend()) return line(name, "none");
        const RunInfo& run = found->run;
        std::string text = fmt::format("run {}, {} at {}: ", run.number, to_string(run.kind), format_time(run.began));
        text += run_summary(run);
        line(name, text);
    }

    const Terminal& out_;
    const RunFileReader& file_;
    const std::string& path_;
    const JobFacts& job_;
    GraphSetting setting_;
};

}  // namespace

ExitCode status_verb(const StatusOptions& options, const GlobalOptions& global)
{
    const auto opened = RunFileReader::open(options.file);
    if (!opened) return report_problems(opened.problems());
    const RunFileReader& file = opened.value();
    const auto job = recorded_job(file);
    if (!job) return report_problems(job.problems());
    if (options.as == "entra" || global.json) {
        JobOutlook outlook;
        if (const auto interval = recorded_interval(job.value())) outlook.interval = *interval;
        else if (const Flavour* provider = find_flavour(file.meta("profile"))) outlook.interval = provider->user_cycle;
        if (const std::string reason = file.meta("quarantine_reason"); !reason.empty()) outlook.quarantine_reason = reason;
        outlook.next_attempt = parse_time(file.meta("next_attempt"));
        outlook.escrows_pruned = !file.meta("escrows_pruned").empty();
        if (const std::string count = file.meta("in_escrow"); !count.empty()) outlook.escrowed = std::stoull(count);
        fmt::print("{}\n", synchronization_job(job.value(), outlook, graph_setting(file)).dump(2));
    } else {
        const Terminal out(stdout, global.colour, global.ascii);
        StatusPage(out, file, options.file, job.value()).print();
    }
    if (const std::string why = file.meta("not_begun"); !why.empty()) fmt::print(stderr, "nothing was provisioned: {}\n", why);
    if (const std::string why = no_log_hint(file); !why.empty()) fmt::print(stderr, "objects are not counted: {}\n", why);
    return ExitCode::ok;
}

ExitCode codes_verb(const std::string& code, const GlobalOptions& global)
{
    const Terminal out(stdout, global.colour, global.ascii);
    std::vector<std::string_view> names;
    nlohmann::ordered_json all = nlohmann::ordered_json::array();
    bool known = false;
    for (const Flavour& provider : flavours()) {
        for (const CodeNote& note : provider.codes) {
            names.push_back(note.code);
            if (!code.empty() && note.code != code) continue;
            known = true;
            constexpr std::string_view kinds[] = {"error", "skip", "quarantine"};
            const auto kind = kinds[static_cast<std::size_t>(note.kind)];
            if (global.json) {
                all.push_back({{"code", note.code}, {"kind", kind}, {"meaning", note.meaning}, {"remedy", note.remedy}, {"errorCategory", note.category},
                               {"retried", note.retried}, {"evidence", note.evidence}, {"source", note.source}});
                continue;
            }
            fmt::print("{}  {}, {}: {}\n", out.paint(Colour::bold, note.code), kind, note.evidence, note.source);
            print_note(&note, 4);
        }
    }
    if (!known) {
        const std::string near = nearest(code, names);
        fmt::print(stderr, "error: no code \"{}\" is known{}\n", code, near.empty() ? "; provsim codes lists them" : fmt::format("; did you mean \"{}\"?", near));
        return ExitCode::usage;
    }
    if (global.json) fmt::print("{}\n", all.dump(2));
    return ExitCode::ok;
}

}  // namespace provsim
