// SPDX-License-Identifier: Apache-2.0
// How a provider's job keeps its cycles: when it tries again, what it holds back, how fast it works. Plain data that a
// flavour makes from its settings; the engine follows it and knows no provider by name.
#pragma once

#include "connectors/work.h"
#include "model/latency.h"
#include "model/time.h"

#include <cstdint>
#include <optional>
#include <string>

namespace provsim {

// How waits grow from failure to failure. Both end 28 days after the first one (Entra: application-provisioning-quarantine-status).
enum class Backoff : std::uint8_t {
    doubling,   // each wait is twice the one before, at most 24 h
    ladder,     // 6, 12 and 24 h after the first failure, then every 24 h
};

// What is done with disables and deletions once a cycle has more of them than the threshold (Entra: accidental-deletions).
enum class DeleteGuard : std::uint8_t { off, hold_all, send_up_to_threshold };

// When too many failures put a job into quarantine (Entra: application-provisioning-quarantine-status). Failures are objects;
// `total` counts failed references (managers, members) as well.
struct EscrowThresholds {
    bool on = true;
    std::uint64_t least = 5'000;        // the proportion is looked at from so many failures on
    std::uint64_t percent = 40;         // of the objects that a cycle evaluated: more than that
    std::uint64_t base = 40'000;        // in escrow: more than that
    std::uint64_t total = 60'000;       // in escrow, references included: so many
};

// Of what failed and waits for an administrator (Okta: a deprovisioning task offers nothing but "Mark complete", observed).
enum class AdminRetry : std::uint8_t { all, all_but_deactivations, nothing };

struct JobPolicy {
    Backoff escrow = Backoff::doubling;             // of one object; its first retry is the next cycle in both
    Backoff quarantine = Backoff::ladder;           // of the job; doubling begins with 5 minutes
    bool interval_from_end = false;                 // the interval counts from a cycle's end, not from its start
    bool restart_waits = false;                     // a restart takes effect when the next cycle is due anyway
    DeleteGuard delete_guard = DeleteGuard::off;
    std::uint64_t delete_threshold = 500;           // disables and deletions of users and groups, in one cycle
    // What evaluating an object costs, whatever the target's latency; objects come one after the other then. Both zero: nothing.
    Duration least_object_cost{0}, most_object_cost{0};
    EscrowThresholds thresholds;
    // A provider that reacts: what a change asks for waits in a queue, is begun a while later, and is its own conversation there.
    // Cycles, if a scenario sets them, only say when the queue is looked at.
    bool reacts = false;
    LatencyModel start_delay = LatencyModel::constant(Duration{0});     // from the change to its first request
    Duration least_gap{0}, most_gap{0};             // between an answer and the next request of the same conversation
    bool failures_wait = false;                     // for an administrator; they do not come again by themselves
    AdminRetry retry = AdminRetry::all;             // what he can have sent again; the rest he can only mark complete
    Duration import_every{0};                       // 0: never by itself
    // Ends the log's sentence about a failed object: how often it was tried again so far, and when it will be; empty: never.
    std::string (*retry_note)(unsigned retried, std::optional<TimePoint> next) = nullptr;
};

}  // namespace provsim
