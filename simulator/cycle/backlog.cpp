// SPDX-License-Identifier: Apache-2.0
#include "cycle/backlog.h"

namespace provsim {

void Backlog::add(Work work, TimePoint due)
{
    const Task task = work.planned.task;
    const auto [at, fresh] = entries_.try_emplace(task);
    Entry& entry = at->second;
    if (fresh) {
        entry.due = due;
        entry.ticket = ++tickets_;
        order_.emplace(due, entry.ticket, task);
    }
    entry.why |= work.planned.why;
    if (fresh || !work.planned.memo.empty()) entry.memo = std::move(work.planned.memo);
    entry.stored = std::move(work.stored);
}

Work Backlog::remove(Entries::iterator at)
{
    Entry& entry = at->second;
    Work work{{at->first, entry.why, std::move(entry.memo)}, std::move(entry.stored)};
    order_.erase({entry.due, entry.ticket, at->first});
    entries_.erase(at);
    return work;
}

std::optional<Work> Backlog::take(TimePoint now)
{
    if (!has_due(now)) return std::nullopt;
    return remove(entries_.find(std::get<2>(*order_.begin())));
}

std::optional<Work> Backlog::first_of(Action action, ObjectRef group, TimePoint now)
{
    for (auto at = entries_.lower_bound({action, group, {}}); at != entries_.end() && at->first.action == action && at->first.object == group; ++at)
        if (at->second.due <= now && !at->second.stored) return remove(at);
    return std::nullopt;
}

std::optional<Work> Backlog::take_member(const Task& like, bool mixed, TimePoint now)
{
    if (auto same = first_of(like.action, like.object, now)) return same;
    if (!mixed) return std::nullopt;
    return first_of(like.action == Action::add_member ? Action::remove_member : Action::add_member, like.object, now);
}

std::optional<TimePoint> Backlog::next_due() const noexcept
{
    if (order_.empty()) return std::nullopt;
    return std::get<0>(*order_.begin());
}

void Backlog::clear()
{
    entries_.clear();
    order_.clear();
}

}  // namespace provsim
