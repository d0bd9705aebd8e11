// SPDX-License-Identifier: Apache-2.0
#include "app/story.h"

#include "app/interrupts.h"
#include "app/preflight.h"
#include "app/verbs.h"

#include <fmt/format.h>

#include <chrono>

namespace provsim {

namespace {

// Does the story itself expect the connection to fail? Then a failing preflight is behaviour, not an error.
bool expects_failure(const Scenario& scenario)
{
    for (const Step& step : scenario.steps)
        for (const Expectation& e : step.expect)
            if (const auto* log = std::get_if<LogExpectation>(&e.what); log && e.only.allows(scenario.provider.profile) && log->status && log->status->value == "failure" && !log->identity) return true;
    return false;
}

class FindingKeeper final : public StepObserver {
public:
    explicit FindingKeeper(RunFileWriter& file) : file_(file) {}
    void found(const Step& step, const Expectation& expectation, const Finding& finding) override { file_.finding({step.id, expectation.name, finding.held, finding.summary, finding.evidence, finding.place}); }

private:
    RunFileWriter& file_;
};

}  // namespace

bool Story::preflight(std::string& why)
{
    if (!network_) return true;
    return is_scim_service(*reader_, why);
}

void Story::print_heading()
{
    if (!narrator_ || global_.verbosity() == Verbosity::quiet) return;
    out_.line(fmt::format("{}   profile {} {} seed {} {} target {}", out_.paint(Colour::bold, scenario_.name), scenario_.provider.profile, out_.symbols().dot,
                          scenario_.seed, out_.symbols().dot, target_name()));
    const char* how = scenario_.clock.mode == ClockMode::skip ? "skipping idle time" : "following the wall clock";
    out_.line(fmt::format("virtual clock {}, {}", format_time(scenario_.clock.start), how));
    out_.line("");
}

StoryReport Story::play()
{
    StoryReport report;
    const auto wall_start = std::chrono::steady_clock::now();
    Interrupts interrupts(loop(), [this] {
        if (network_) network_->interrupt();
        if (scaled_) scaled_->interrupt();
    });
    std::string why;
    if (!preflight(why) && !expects_failure(scenario_)) {
        fmt::print(stderr, "error: {}\n  The scenario is fine; nothing was provisioned.\n", why);
        report.exit = ExitCode::environment;
        report.not_begun = why;
    } else {
        print_heading();
        engine_->start_job(scenario_.provider.offset);
        ScenarioRunner runner(scenario_, *engine_, *faults_, *journal_, *reader_);
        if (narrator_) runner.add(*narrator_);
        FindingKeeper keeper(*run_file_);
        runner.add(keeper);
        report.outcome = runner.play(until_);
        if (narrator_) narrator_->flush();
        report.exit = exit_code(report.outcome);
        if (const int signal = interrupts.signal()) report.exit = static_cast<ExitCode>(128 + signal);
    }
    report.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - wall_start).count();
    close(report);
    return report;
}

ExitCode Story::push(const std::function<Result<Push>(const Directory&)>& choose, const std::string& at)
{
    Interrupts interrupts(loop(), [this] {
        if (network_) network_->interrupt();
    });
    StoryReport report;
    if (!at.empty()) {
        const auto elapsed = parse_duration(at);
        if (!elapsed) return report_problems({{Severity::error, "at", "\"" + at + "\" is not a duration", "try 1h40m", {}}});
        engine_->start_job(scenario_.provider.offset);
        report.outcome = ScenarioRunner(scenario_, *engine_, *faults_, *journal_, *reader_).play(scenario_.clock.start + *elapsed);
        engine_->run_until(scenario_.clock.start + *elapsed, Lane::push);
    }
    auto push = choose(scenario_.directory);
    if (!push) {
        report.exit = ExitCode::usage;
        close(report);
        return report_problems(push.problems());
    }
    engine_->push(std::move(push).value());
    Progress progress = engine_->run_until(engine_->now(), Lane::cycle);    // this instant's push lane
    while (progress == Progress::reached && engine_->job().pushing()) progress = engine_->step();
    if (const int signal = interrupts.signal()) report.exit = static_cast<ExitCode>(128 + signal);
    close(report);
    return report.exit;
}

void Story::abandon(ExitCode exit, std::string why)
{
    StoryReport report;
    report.exit = exit;
    report.not_begun = std::move(why);
    close(report);
}

ExitCode Story::exit_code(const StoryOutcome& outcome) const
{
    const Journal::Totals& totals = journal_->totals();
    if (totals.requests > 0 && totals.replies_2xx == 0 && outcome.held == 0) return ExitCode::environment;
    return outcome.steps_failed == 0 ? ExitCode::ok : ExitCode::expectation;
}

void Story::close(StoryReport& report)
{
    report.fingerprint = engine_->fingerprint();
    report.virtual_time = engine_->now() - scenario_.clock.start;
    report.totals = journal_->totals();
    if (network_) {
        const GateCounters gate = network_->counters().gate;
        report.held_back = gate.held_by_target + gate.held_by_rate;
    }
    report.run_file = run_file_path_;
    RunFileEnd end;
    end.exit_code = static_cast<int>(report.exit);
    end.not_begun = report.not_begun;
    end.fingerprint = report.fingerprint;
    end.virtual_end = engine_->now();
    end.wall = milliseconds{static_cast<std::int64_t>(report.wall_seconds * 1000)};
    const JobStatus job = engine_->job().status();
    if (job.quarantine) {
        end.quarantine_reason = to_string(job.quarantine->cause.reason);
        end.next_attempt = job.quarantine->next_attempt;
    }
    end.escrows_pruned = job.escrows_pruned;
    end.in_escrow = job.in_escrow;
    run_file_->finish(end);
    if (run_file_->trouble()) fmt::print(stderr, "{}\n", format_problem(*run_file_->trouble()));
}

}  // namespace provsim
