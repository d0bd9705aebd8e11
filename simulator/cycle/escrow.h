// SPDX-License-Identifier: Apache-2.0
// The memory of what failed: each task with its failures and when it is tried again.
#pragma once

#include "connectors/connector.h"
#include "connectors/job_policy.h"

#include <map>
#include <vector>

namespace provsim {

// Entra: how-provisioning-works: tried again in the next cycle, then less and less often, for 28 days; the intervals are a
// setting. Doubling: the next cycle of its timer, whenever that is, then doubled intervals of it, at most 24 h. Ladder: the
// next cycle, 6, 12 and 24 h after the first failure, then every 24 h. Evaluated at cycle boundaries.
class EscrowList {
public:
    struct Entry {
        unsigned failures = 0;
        TimePoint first_failure{}, due{};
    };

    explicit EscrowList(Backoff backoff = Backoff::doubling) : backoff_(backoff) {}

    // `run_began` is the start of the run in which the task failed, `interval` the beat of the task's timer. What it comes to;
    // after 28 days the entry is dropped, and its `due` is TimePoint::max().
    Entry fail(const Task& task, TimePoint run_began, Duration interval);
    void forget(const Task& task);
    // The object's tasks are due at once, as if they had never failed. They stay: a push may end without having done them.
    void hasten(ObjectRef object);
    void clear();
    // Drops what has failed for more than 28 days.
    void expire(TimePoint now);
    std::size_t size() const noexcept { return entries_.size(); }
    std::size_t references() const noexcept { return references_; }     // of them: managers and members
    const Entry* find(const Task& task) const;
    std::vector<Task> due(TimePoint now) const;     // in task order
    std::vector<Task> all() const;                  // in task order

private:
    using Entries = std::map<Task, Entry>;
    Entries::iterator erase(Entries::iterator at);

    Entries entries_;
    std::size_t references_ = 0;
    Backoff backoff_;
};

}  // namespace provsim
