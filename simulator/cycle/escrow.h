// SPDX-License-Identifier: Apache-2.0
// The memory of what failed: each task with its failures and when it is tried again.
#pragma once

#include "connectors/connector.h"

#include <map>
#include <vector>

namespace provsim {

// Entra: how-provisioning-works (tried again in the next cycle, then less and less often; the intervals are not published),
// assumed: the next cycle of its timer, whenever that is, then doubling intervals, at most 24 h. Evaluated at cycle boundaries.
class EscrowList {
public:
    struct Entry {
        unsigned failures = 0;
        TimePoint first_failure{}, due{};
    };

    // `run_began` is the start of the run in which the task failed, `interval` the beat of the task's timer.
    void fail(const Task& task, TimePoint run_began, Duration interval);
    void forget(const Task& task) { entries_.erase(task); }
    // The object's tasks are due at once, as if they had never failed. They stay: a push may end without having done them.
    void hasten(ObjectRef object);
    void clear() { entries_.clear(); }
    std::size_t size() const noexcept { return entries_.size(); }
    const Entry* find(const Task& task) const;
    std::vector<Task> due(TimePoint now) const;     // in task order

private:
    std::map<Task, Entry> entries_;
};

}  // namespace provsim
