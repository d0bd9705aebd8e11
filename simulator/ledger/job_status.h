// SPDX-License-Identifier: Apache-2.0
// A provisioning job as its administrator sees it (Graph: synchronizationStatus, synchronizationTaskExecution, synchronizationQuarantine).
#pragma once

#include "cycle/quarantine.h"
#include "engine/recorder.h"

#include <optional>
#include <string>

namespace provsim {

enum class ExecutionState : std::uint8_t { succeeded, failed, entry_level_errors };
std::string_view to_string(ExecutionState state) noexcept;      // "Succeeded", "Failed", "EntryLevelErrors"

// One cycle that ended, as the job resource tells of it.
struct JobExecution {
    std::uint32_t run = 0;
    RunKind kind = RunKind::initial;
    ExecutionState state = ExecutionState::succeeded;
    TimePoint began{}, ended{};
    std::uint64_t imported = 0;                 // objects evaluated
    std::uint64_t imported_deltas = 0;          // of them, in an incremental cycle
    std::uint64_t imported_reference_deltas = 0;    // managers and members, in an incremental cycle
    std::uint64_t entitled = 0;                 // of the objects evaluated, those in scope
    std::uint64_t entitled_for_provisioning = 0;    // the same: there is no other kind of entitlement here
    std::uint64_t exports = 0;                  // what was to be written: objects and references
    std::uint64_t exported = 0;                 // what was written
    std::uint64_t escrowed = 0;                 // objects that failed
    std::uint64_t escrowed_raw = 0;             // and references
    std::string error_code, error_message;      // failed: of the cycle; else of the last object that failed; empty: none
};
JobExecution execution_of(const RunInfo& cycle);

struct JobStatus {
    JobState state = JobState::not_run;
    unsigned successive_complete_failures = 0;  // cycles that failed as a whole, since the last that did not
    bool escrows_pruned = false;                // an initial cycle reached a threshold: what had failed was forgotten
    std::optional<TimePoint> steady_first, steady_last;     // when a cycle ended with nothing more to look at
    std::optional<JobExecution> last, last_successful, last_successful_with_exports;

    struct QuarantineView {
        QuarantineCause cause;
        TimePoint began{}, series_began{};      // imposed the last time, the first time
        unsigned series_count = 0;              // times imposed since series_began
        std::optional<TimePoint> next_attempt;  // none: the job is disabled
    };
    std::optional<QuarantineView> quarantine;

    std::uint64_t synchronized_users = 0, synchronized_groups = 0;  // in the connector's data store
    std::uint64_t in_escrow = 0, references_in_escrow = 0;          // tasks that failed, references among them
    std::uint64_t waiting = 0;                                      // tasks that failed and wait for an administrator
    std::uint64_t held_deletes = 0;                                 // disables and deletions that the guard staged in the last cycle

    // Of the cycle under way. The engine draws objects as it goes, so nobody knows how many are to come.
    struct Progress {
        std::uint64_t completed = 0;            // objects
        TimePoint began{};
    };
    std::optional<Progress> progress;

    std::uint32_t cycles = 0, user_cycles = 0, group_cycles = 0;    // begun
    std::optional<TimePoint> next_cycle;        // none: none is due
    bool one_schedule = false;                  // users and groups have one timer: all three numbers are the same
};

}  // namespace provsim
