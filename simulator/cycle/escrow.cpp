// SPDX-License-Identifier: Apache-2.0
#include "cycle/escrow.h"

#include <algorithm>

namespace provsim {

void EscrowList::fail(const Task& task, TimePoint run_began, Duration interval)
{
    Entry& entry = entries_[task];
    if (entry.failures == 0) entry.first_failure = run_began;
    // The first wait is none, so that the next cycle has it even if a push failed between two cycles.
    const Duration wait = entry.failures == 0 ? Duration{0} : interval * (1 << std::min(entry.failures, 10u));
    ++entry.failures;
    entry.due = run_began + std::min<Duration>(wait, hours{24});
}

void EscrowList::hasten(ObjectRef object)
{
    for (auto& [task, entry] : entries_)
        if (task.object == object) entry = {0, entry.first_failure, entry.first_failure};
}

const EscrowList::Entry* EscrowList::find(const Task& task) const
{
    const auto found = entries_.find(task);
    return found == entries_.end() ? nullptr : &found->second;
}

std::vector<Task> EscrowList::due(TimePoint now) const
{
    std::vector<Task> tasks;
    for (const auto& [task, entry] : entries_)
        if (entry.due <= now) tasks.push_back(task);
    return tasks;
}

}  // namespace provsim
