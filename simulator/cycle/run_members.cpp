// SPDX-License-Identifier: Apache-2.0
// Members who share a request, where the provider puts several into one.
#include "cycle/run.h"

namespace provsim {

std::size_t Run::most_members(const Conversation& c) const
{
    return is_membership(c.task) && !c.stored ? c.connector->traits().members_per_request : 1;
}

// Tasks that are drawn beyond what one request takes wait as blocked ones do, and come first then.
void Run::gather(Conversation& c)
{
    const std::size_t most = most_members(c) - 1;
    const bool mixed = c.connector->traits().mixed_members;
    const auto fits = [&](const Work& work) {
        const Task& task = work.planned.task;
        return task.object == c.task.object && is_membership(task) && (mixed || task.action == c.task.action) && !work.stored;
    };
    for (auto waiting = blocked_.begin(); waiting != blocked_.end() && c.brief.also.size() < most;) {
        if (!fits(*waiting)) {
            ++waiting;
            continue;
        }
        Work next = std::move(*waiting);
        waiting = blocked_.erase(waiting);
        join(c, std::move(next.planned));
    }
    if (from_backlog()) return gather_from_backlog(c, most);
    while (c.brief.also.size() < most) {
        auto next = pull();
        if (!next) return;
        if (!fits(*next)) return blocked_.push_back(std::move(*next));
        join(c, std::move(next->planned));
    }
}

void Run::gather_from_backlog(Conversation& c, std::size_t most)
{
    while (c.brief.also.size() < most) {
        auto next = memory_.backlog.take_member(c.task, c.connector->traits().mixed_members, desk_.now);
        if (!next) return;
        join(c, std::move(next->planned));
    }
}

void Run::join(Conversation& c, Planned planned)
{
    ++info_.tasks;
    const Task task = planned.task;
    Brief brief = c.connector->brief(task, world_, start_of(std::move(planned), true));
    Move move = c.connector->next_move(brief, Transcript(c.heard));
    auto* done = std::get_if<Done>(&move);
    if (!done) return c.brief.also.push_back(std::move(brief));
    const bool failed = done->outcome.status == Status::failure;
    const auto kept = failed && desk_.policy.failures_wait ? std::make_shared<Stored>() : nullptr;
    conclude(c, task, brief, std::move(*done), kept);
    if (kept) *kept = {std::move(brief), c.connector};
}

}  // namespace provsim
