// SPDX-License-Identifier: Apache-2.0
#include "cycle/job.h"

#include "model/check.h"

#include <algorithm>

namespace provsim {

Job::Job(Desk& desk, Schedule schedule) : desk_(desk), memory_(desk.connector.traits())
{
    const Traits& traits = desk_.connector.traits();
    PROVSIM_CHECK(traits.max_in_flight > 0 && traits.max_in_flight_per_group > 0 && traits.request_timeout > Duration{0});
    PROVSIM_CHECK(schedule.users > Duration{0} && schedule.groups > Duration{0});
    users_.interval = schedule.users;
    groups_.interval = schedule.groups;
}

Job::~Job() = default;

void Job::start(TimePoint first)
{
    quarantine_.lift();
    change_state(JobState::active, "started");
    users_.next = groups_.next = first;
    schedule_beat();
}

void Job::restart()
{
    restart_due_ = cycle_ != nullptr;
    if (restart_due_) return;
    users_.watermark.reset();
    groups_.watermark.reset();
    memory_.escrow.clear();
    memory_.deferred.clear();
    start(desk_.now);
}

void Job::schedule_beat()
{
    desk_.queue.schedule(std::max(desk_.now, std::min(users_.next, groups_.next)), Lane::cycle, BeatDue{++beat_});
}

void Job::beat(const BeatDue& event)
{
    // A timer that is due during a cycle waits: the cycle's end schedules the next beat.
    if (event.number != beat_ || cycle_) return;
    begin_cycle();
    settle();
}

RunInfo Job::new_run(RunKind kind)
{
    RunInfo info;
    info.number = ++desk_.runs;
    info.kind = kind;
    info.began = desk_.now;
    return info;
}

void Job::begin_cycle()
{
    const bool users = users_.next <= desk_.now;
    const bool groups = groups_.next <= desk_.now;
    RunInfo info = new_run((users && !users_.watermark) || (groups && !groups_.watermark) ? RunKind::initial : RunKind::incremental);
    CycleDue due;
    due.again = tasks_again(users, groups);
    const auto open = [&](Timer& timer, Sweep& sweep, bool& in_info, std::uint32_t& number) {
        sweep = {true, timer.watermark};
        in_info = true;
        number = ++timer.cycles;
        info.overrun = std::max(info.overrun, desk_.now - timer.next);
        timer.last_began = desk_.now;
        timer.next = desk_.now + timer.interval;
    };
    if (users) open(users_, due.users, info.users, info.user_cycle);
    if (groups) open(groups_, due.groups, info.groups, info.group_cycle);
    cycle_ = std::make_unique<Run>(desk_, memory_, std::move(info), Trigger{std::move(due)}, schedule());
}

std::vector<Task> Job::tasks_again(bool users, bool groups) const
{
    std::vector<Task> again = memory_.escrow.due(desk_.now);
    again.insert(again.end(), memory_.deferred.begin(), memory_.deferred.end());
    for (const auto& [task, due] : memory_.later)
        if (due <= desk_.now) again.push_back(task);
    // Who lies in the recycle bin is no member just now, but may be again; nobody took him out.
    for (const auto& [added, head] : memory_.pushed)
        if (desk_.directory.presence(added.other) == Presence::present && !desk_.directory.is_member(added.object.group(), added.other.user()))
            again.push_back({Action::remove_member, added.object, added.other});
    const auto not_now = [&](const Task& task) { return task.object.is_group() ? !groups : !users; };
    again.erase(std::remove_if(again.begin(), again.end(), not_now), again.end());
    std::sort(again.begin(), again.end());
    again.erase(std::unique(again.begin(), again.end()), again.end());
    return again;
}

void Job::push(const Push& push)
{
    memory_.escrow.hasten(push.object);
    RunInfo info = new_run(RunKind::on_demand);
    info.pushed = push.object;
    pushes_.push_back(std::make_unique<Run>(desk_, memory_, std::move(info), Trigger{push}, schedule()));
    settle();
}

Run* Job::find(std::uint32_t run)
{
    if (cycle_ && cycle_->number() == run) return cycle_.get();
    for (auto& push : pushes_)
        if (push->number() == run) return push.get();
    return nullptr;
}

void Job::deliver(const Delivered& event, Reply&& reply)
{
    Run* run = find(event.run);
    PROVSIM_CHECK(run, "a run ended before its last reply");
    run->deliver(event, std::move(reply));
    settle();
}

void Job::retry(const RetryDue& event)
{
    if (Run* run = find(event.run)) run->retry(event.conversation);     // else it was halted meanwhile
}

// A conversation that ends may free an object that another run waits for, hence every run is asked. Pushes first: they
// overtake what a cycle has queued. A run that is asked early may wait for what one asked later lets go, hence the rounds.
void Job::settle()
{
    for (bool again = true; again;) {
        bool started = false;
        for (auto& push : pushes_) started = push->poll() || started;
        if (cycle_) started = cycle_->poll() || started;
        again = started && !pushes_.empty();

        const auto over = [](const std::unique_ptr<Run>& push) { return push->done(); };
        const auto gone = std::remove_if(pushes_.begin(), pushes_.end(), over);
        again = again || gone != pushes_.end();
        pushes_.erase(gone, pushes_.end());
        if (cycle_ && cycle_->done()) {
            cycle_over();
            again = true;
        }
    }
}

void Job::cycle_over()
{
    const RunInfo info = cycle_->info();
    cycle_.reset();
    const auto close = [&](Timer& timer) {
        timer.watermark = info.head;
        timer.last_completed = desk_.now;
    };
    if (info.halted.empty() && info.users) close(users_);
    if (info.halted.empty() && info.groups) {
        close(groups_);
        std::erase_if(memory_.pushed, [&](const auto& pushed) { return pushed.second <= info.head; });
    }

    if (restart_due_) return restart();
    if (!info.halted.empty()) return suspend(info.halted + ": " + info.halted_detail);
    if (quarantine_.in_force()) {
        quarantine_.lift();
        change_state(JobState::active, "a cycle completed");
    }
    schedule_beat();
}

void Job::suspend(std::string reason)
{
    const auto next = quarantine_.impose(desk_.now, std::move(reason));
    if (!next) return change_state(JobState::disabled, "28 days in quarantine");    // no further beat
    change_state(JobState::quarantine, quarantine_.reason());
    users_.next = groups_.next = *next;
    schedule_beat();
}

void Job::change_state(JobState state, std::string_view why)
{
    if (state == state_ && state != JobState::quarantine) return;
    state_ = state;
    desk_.tell([&](Recorder& r) { r.job_changed(state, why, desk_.now); });
}

bool Job::quiet() const noexcept
{
    const Position head = desk_.directory.changes().head();
    const auto is_due = [this](const auto& later) { return later.second <= desk_.now; };
    return !running() && std::none_of(memory_.later.begin(), memory_.later.end(), is_due) && users_.watermark == head && groups_.watermark == head && memory_.escrow.size() == 0
           && memory_.deferred.empty();
}

}  // namespace provsim
