// SPDX-License-Identifier: Apache-2.0
// Members who share a request, where the provider puts several into one.
#include "cycle/run.h"

namespace provsim {

// Tasks that are drawn beyond what one request takes wait as blocked ones do, and come first then.
void Run::gather(Conversation& c)
{
    const std::size_t most = connector_.traits().members_per_request - 1;
    const auto fits = [&](const Task& task) { return task.action == c.task.action && task.object == c.task.object; };
    for (auto waiting = blocked_.begin(); waiting != blocked_.end() && c.brief.also.size() < most;) {
        if (!fits(waiting->task)) {
            ++waiting;
            continue;
        }
        Planned next = std::move(*waiting);
        waiting = blocked_.erase(waiting);
        join(c, std::move(next));
    }
    while (c.brief.also.size() < most) {
        auto next = pull();
        if (!next) return;
        if (!fits(next->task)) return blocked_.push_back(std::move(*next));
        join(c, std::move(*next));
    }
}

void Run::join(Conversation& c, Planned planned)
{
    ++info_.tasks;
    const Task task = planned.task;
    Brief brief = connector_.brief(task, world_, start_of(std::move(planned), true));
    Move move = connector_.next_move(brief, Transcript(c.heard));
    if (auto* done = std::get_if<Done>(&move)) conclude(c, task, brief, std::move(done->outcome), std::move(done->effects));
    else c.brief.also.push_back(std::move(brief));
}

}  // namespace provsim
