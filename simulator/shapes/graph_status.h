// SPDX-License-Identifier: Apache-2.0
// How the job stands, as Graph gives it: the synchronization job with its synchronizationStatus.
#pragma once

#include "shapes/graph_log.h"

#include <nlohmann/json_fwd.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

namespace provsim {

// A change of the job's state.
struct StateChange {
    TimePoint at{};
    JobState state = JobState::not_run;
    std::string why;            // "SystemFor...: the target ..." of a quarantine
};

// One cycle and what it came to.
struct ExecutionFacts {
    RunInfo run;
    std::uint64_t objects = 0;          // users and groups that were looked at
    std::uint64_t entitled = 0;         // of them in scope
    std::uint64_t references = 0;       // managers and memberships
    std::uint64_t failed = 0;           // objects and references; a connection that fails is none

    std::uint64_t exported() const noexcept { return run.created + run.updated + run.disabled + run.deleted + run.members_added + run.members_removed; }
    bool complete() const noexcept { return run.halted.empty(); }
    bool successful() const noexcept { return complete() && run.failed == 0; }
};

// What a run's records say about its job, gathered entry by entry.
class JobFacts {
public:
    void add(const RunInfo& run);               // in order, before the entries
    void add(const ChangeFacts& entry);         // in order
    void add(StateChange change);               // in order

    const std::vector<ExecutionFacts>& cycles() const noexcept { return cycles_; }      // pushes are none, nor is work on changes without a timer
    const std::vector<StateChange>& states() const noexcept { return states_; }
    JobState state() const noexcept { return states_.empty() ? JobState::not_run : states_.back().state; }
    // The quarantine in force: how often it was imposed since it began; empty if there is none.
    std::vector<StateChange> quarantine() const;
    unsigned failures_in_a_row() const noexcept;                // cycles given up, up to the last
    std::uint64_t in_target(ObjectKind kind) const noexcept;    // known there by an id

private:
    std::vector<ExecutionFacts> cycles_;
    std::vector<StateChange> states_;
    std::array<std::vector<bool>, 2> known_;    // users, groups, by row
};

// What the records of a run do not hold, if the engine's own account of the job is at hand.
struct JobOutlook {
    std::optional<TimePoint> next_attempt;      // of a job in quarantine
    std::string quarantine_reason = "EncounteredQuarantineException";
    bool escrows_pruned = false;
    std::optional<std::uint64_t> escrowed;      // objects in error; else those that failed in the last cycle
    Duration interval = minutes{40};
};

nlohmann::ordered_json synchronization_status(const JobFacts& job, const JobOutlook& outlook, const GraphSetting& setting);
nlohmann::ordered_json synchronization_job(const JobFacts& job, const JobOutlook& outlook, const GraphSetting& setting);

}  // namespace provsim
