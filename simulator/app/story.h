// SPDX-License-Identifier: Apache-2.0
// One scenario, played from its first step to its last: everything it needs is built here and lives as long as the play.
#pragma once

#include "app/exit_code.h"
#include "app/options.h"
#include "connectors/registry.h"
#include "engine/engine.h"
#include "engine/loopback.h"
#include "net/asio.h"
#include "net/network_transport.h"
#include "net/wall_pacer.h"
#include "scenario/runner.h"
#include "scenario_io/load.h"
#include "store/run_file_writer.h"
#include "target/sandbox.h"

#include <functional>
#include <memory>
#include <optional>
#include <string>

namespace provsim {

// What a play came to.
struct StoryReport {
    ExitCode exit = ExitCode::ok;
    std::string not_begun;              // why nothing was provisioned; empty if the story was played
    StoryOutcome outcome;
    std::string fingerprint;
    Duration virtual_time{0};
    double wall_seconds = 0;
    Journal::Totals totals;
    std::uint64_t held_back = 0;        // requests that waited at the wire gate
    std::string run_file;
};

// How the command line would have a scenario loaded. Problems: print them, exit with usage.
Result<LoadOptions> load_options(const RunOptions& options);
// Loads, checks and applies what the command line overrides. Problems: print them, exit with usage.
Result<Scenario> load_for_run(const std::string& file, const RunOptions& options);

class Story {
public:
    // Problems: of settings, secrets, the target's URL. Nothing has been sent yet. `scenario` is taken over.
    static Result<std::unique_ptr<Story>> open(Scenario scenario, const RunOptions& options, const GlobalOptions& global);
    ~Story();
    Story(const Story&) = delete;

    // Plays the timeline (or what `until` leaves of it), narrating to standard output. Once.
    StoryReport play();
    // Provision on demand instead: plays the story up to `at` (virtual time since the start; empty = not at all), pushes
    // what `choose` finds in the directory as it then is, and ends when the push is over. Once, instead of play().
    ExitCode push(const std::function<Result<Push>(const Directory&)>& choose, const std::string& at);
    // Ends without playing; the run file says why.
    void abandon(ExitCode exit, std::string why);
    const std::string& run_file() const noexcept { return run_file_path_; }
    // The parts, for verbs that look on.
    Engine& engine() noexcept { return *engine_; }
    const Scenario& scenario() const noexcept { return scenario_; }
    const Journal& journal() const noexcept { return *journal_; }
    TargetReader& target() noexcept { return *reader_; }
    // Whether the target answers as a SCIM service at all; always true for the sandbox. `why` is for people.
    bool preflight(std::string& why);

private:
    Story(Scenario scenario, const GlobalOptions& global);
    Problems build(const RunOptions& options);
    Problems build_target(const RunOptions& options);
    Problems build_connector();
    Problems build_clock(const RunOptions& options);
    Problems open_run_file(const RunOptions& options);
    std::string target_name() const;
    ExitCode exit_code(const StoryOutcome& outcome) const;
    void print_heading();
    void close(StoryReport& report);
    boost::asio::io_context& loop() noexcept;

    Scenario scenario_;
    GlobalOptions global_;
    Terminal out_, err_;
    Inbox inbox_;
    std::string token_;
    std::vector<std::string> url_flags_;
    std::unique_ptr<Connector> connector_;
    JobPolicy policy_;
    std::unique_ptr<Sandbox> sandbox_;
    std::unique_ptr<Transport> transport_;
    NetworkTransport* network_ = nullptr;       // transport_, if it is one
    std::unique_ptr<FaultTransport> faults_;
    std::unique_ptr<TargetReader> reader_;
    std::unique_ptr<boost::asio::io_context> own_loop_;     // where a wall pacer waits when there is no network
    ScaledPacer* scaled_ = nullptr;             // inside pacer_, if the clock follows the wall
    std::unique_ptr<Pacer> pacer_;
    std::unique_ptr<Journal> journal_;
    std::unique_ptr<RunFileWriter> run_file_;
    std::string run_file_path_;
    std::unique_ptr<Engine> engine_;
    std::unique_ptr<Narrator> narrator_;
    std::optional<TimePoint> until_;
};

}  // namespace provsim
