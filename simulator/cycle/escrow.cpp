// SPDX-License-Identifier: Apache-2.0
#include "cycle/escrow.h"

#include "cycle/backoff.h"

namespace provsim {

EscrowList::Entry EscrowList::fail(const Task& task, TimePoint run_began, Duration interval)
{
    const auto [at, is_new] = entries_.try_emplace(task);
    Entry& entry = at->second;
    if (is_new && task.action != Action::provision) ++references_;
    const unsigned before = entry.failures++;
    if (before == 0) entry.first_failure = run_began;
    const Duration so_far = run_began - entry.first_failure;
    // The first wait is none, so that the next cycle has it even if a push failed between two cycles.
    if (before == 0) entry.due = run_began;
    else if (backoff_ == Backoff::ladder) entry.due = entry.first_failure + next_rung(so_far);
    else entry.due = run_began + doubled(interval, before);

    if (so_far < backoff_end) return entry;
    Entry dropped = entry;
    dropped.due = TimePoint::max();
    erase(at);
    return dropped;
}

EscrowList::Entries::iterator EscrowList::erase(Entries::iterator at)
{
    if (at->first.action != Action::provision) --references_;
    return entries_.erase(at);
}

void EscrowList::forget(const Task& task)
{
    if (const auto at = entries_.find(task); at != entries_.end()) erase(at);
}

void EscrowList::hasten(ObjectRef object)
{
    for (auto& [task, entry] : entries_)
        if (task.object == object) entry = {0, entry.first_failure, entry.first_failure};
}

void EscrowList::clear()
{
    entries_.clear();
    references_ = 0;
}

void EscrowList::expire(TimePoint now)
{
    for (auto at = entries_.begin(); at != entries_.end();) at = now - at->second.first_failure > backoff_end ? erase(at) : std::next(at);
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

std::vector<Task> EscrowList::all() const
{
    return due(TimePoint::max());
}

}  // namespace provsim
