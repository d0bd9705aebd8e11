// SPDX-License-Identifier: Apache-2.0
// Tells a run to a person as it happens: virtual time, cycles, requests, what came of them, what was expected.
#pragma once

#include "app/terminal.h"
#include "engine/engine.h"
#include "scenario/runner.h"

#include <chrono>
#include <optional>
#include <string>
#include <vector>

namespace provsim {

enum class Verbosity : unsigned char {
    quiet,      // failures only
    normal,     // the first requests of each run, and all that changed something
    requests,   // every request
    headers,    // and headers
    bodies,     // and bodies; secrets are not in them, the transport adds the Authorization header later
};

class Narrator final : public Recorder, public StepObserver {
public:
    // `out` gets the story, `err` the progress line. Both outlive the narrator.
    Narrator(Terminal& out, Terminal& err, Verbosity verbosity, const Directory& directory, TimePoint start);

    void edited(const Edit&, TimePoint, Position, Position) override;
    void run_began(const RunInfo&) override;
    void exchanged(const ExchangeRecord&) override;
    void logged(const LogEntry&) override;
    void run_ended(const RunInfo&) override;
    void job_changed(JobState, std::string_view, TimePoint) override;

    void acted(const StepAction&, TimePoint) override;
    void refused(const StepAction&, const Problem&, TimePoint) override;
    void left_out(const std::string&, TimePoint) override;
    void found(const Step&, const Expectation&, const Finding&) override;
    void step_ended(const Step&, bool passed, TimePoint) override;

    void flush();       // what is still held back

private:
    void say(TimePoint at, std::string_view text);
    void open_run();                        // the line that announces the run, held back until something happens in it
    void flush_line();
    void flush_quiet_cycles();
    void tick(TimePoint at);
    std::string outcome_text(const LogEntry& entry) const;

    struct Line { Task task; TimePoint at; std::string text; };

    Terminal& out_;
    Terminal& err_;
    Verbosity verbosity_;
    const Directory& directory_;
    TimePoint start_, last_said_;
    std::optional<RunInfo> announced_;      // begun, its line not yet printed
    std::uint64_t shown_ = 0, hidden_ = 0, probes_ = 0;
    std::vector<Line> held_;                // request lines that wait for their outcome: probes, then one
    std::vector<RunInfo> quiet_;            // cycles in which nothing was to do
    std::vector<Finding> failed_;           // of the current step
    unsigned held_expectations_ = 0;
    std::uint64_t requests_ = 0;
    std::chrono::steady_clock::time_point last_tick_{};
};

// "user cycle 2, group cycle 4 (incremental)", "on demand user:ada"
std::string run_title(const RunInfo& info, const Directory& directory);
// "1 created, 2 members added, 1 failed"; "nothing to do"
std::string run_summary(const RunInfo& info);
// Percent-decoded for people: /Users?filter=userName eq "ada@acme.test"
std::string readable_target(std::string_view target);

}  // namespace provsim
