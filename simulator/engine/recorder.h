// SPDX-License-Identifier: Apache-2.0
// What the engine tells those who keep, count, narrate or judge a run: the run file, the journal, the terminal.
#pragma once

#include "connectors/connector.h"
#include "engine/inbox.h"
#include "model/edit.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

// Run files keep the numbers: new kinds come last. on_change: a burst of work of a provider that reacts to changes.
enum class RunKind : std::uint8_t { initial, incremental, on_demand, on_change };
std::string_view to_string(RunKind kind) noexcept;

// One cycle, or one push. Runs are numbered from 1 in the order they began.
struct RunInfo {
    std::uint32_t number = 0;
    RunKind kind = RunKind::initial;
    bool users = false, groups = false;      // which timers were due
    // Their own numbers from 1; 0 if not due. Where both have one schedule, its cycles are counted in user_cycle alone.
    std::uint32_t user_cycle = 0, group_cycle = 0;
    TimePoint began{}, ended{};
    Position head = 0;                       // of the change log: what this run can know
    ObjectRef pushed;                        // on_demand: what was pushed
    // Counters, final in run_ended.
    std::uint64_t tasks = 0, requests = 0, writes = 0;
    std::uint64_t created = 0, updated = 0, disabled = 0, deleted = 0, members_added = 0, members_removed = 0, skipped = 0, failed = 0;
    // Of the same tasks: users and groups, and those of them in scope; managers and members; failures of each; disables and
    // deletions that the guard held back (skipped as well).
    std::uint64_t objects = 0, entitled = 0, references = 0, failed_objects = 0, failed_references = 0, staged = 0;
    std::string failure_code, failure_detail;    // of the last object or reference that failed
    bool escrows_pruned = false;                 // an initial cycle reached a threshold of failures, so that they were forgotten
    std::string halted;                      // code of the HaltCycle that ended it; empty if it completed
    std::string halted_detail;
    Duration overrun{0};                     // how long its timer had to wait for the run before it
};

// One exchange, told when its reply is delivered. References are valid during the call only.
struct ExchangeRecord {
    ExchangeNumber number = 0;
    std::uint32_t run = 0;
    const Task& task;
    const Ask& ask;                          // ask.request still holds method, target and body
    const Reply& reply;
    TimePoint sent{}, answered{};            // virtual
    unsigned attempt = 1;
    bool accepted = true;
};

// One entry of the provisioning log: a task that ended.
struct LogEntry {
    std::uint64_t number = 0;                // from 1
    std::uint32_t run = 0;
    RunKind run_kind = RunKind::initial;
    Task task;
    Entitlement entitlement;                 // why the object was in or out of scope
    std::string_view name;                   // of the object, as Brief::name; valid during the call
    std::string_view target_id;              // what it is known as in the target afterwards, or was last asked for by; empty if unknown
    Presence presence = Presence::absent;    // of the object, as the task saw it
    bool enabled = false;                    // users: may sign in
    bool linked = false;                     // known in the target before this task
    std::string_view matching;               // the target's attribute it was matched by; empty if it was not. Valid during the call
    Intent last = Intent::probe;             // of the last request that was sent; probe: none was
    Outcome outcome;
    TimePoint began{}, ended{};              // virtual
    Position head = 0;                       // the task saw the directory's changes below this position
    std::uint32_t requests = 0;
};

// Run files keep the numbers: new states come last. Graph has no code Disabled: its job's schedule is, the status says Quarantine.
enum class JobState : std::uint8_t { not_run, active, quarantine, disabled, paused };
std::string_view to_string(JobState state) noexcept;    // "NotRun", "Active", "Quarantine", "Disabled", "Paused" (Graph: synchronizationStatus)

class Recorder {
public:
    virtual ~Recorder() = default;
    virtual void edited(const Edit&, TimePoint /*at*/, Position /*from*/, Position /*to*/) {}
    virtual void run_began(const RunInfo&) {}
    virtual void exchanged(const ExchangeRecord&) {}
    virtual void logged(const LogEntry&) {}
    virtual void run_ended(const RunInfo&) {}
    virtual void job_changed(JobState, std::string_view /*why*/, TimePoint /*at*/) {}
};

}  // namespace provsim
