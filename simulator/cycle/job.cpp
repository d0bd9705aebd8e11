// SPDX-License-Identifier: Apache-2.0
#include "cycle/job.h"

#include <algorithm>

namespace provsim {

Job::Job(Desk& desk, Schedule schedule) : desk_(desk), memory_(desk.connector.traits())
{
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
    if (cycle_) {
        restart_due_ = true;
        return;
    }
    users_.watermark.reset();
    groups_.watermark.reset();
    memory_.escrow.clear();
    memory_.deferred.clear();
    start(desk_.now);
}

void Job::schedule_beat()
{
    ++schedule_;
    desk_.queue.schedule(std::max(desk_.now, std::min(users_.next, groups_.next)), Lane::cycle, BeatDue{schedule_});
}

void Job::beat(const BeatDue& event)
{
    if (event.schedule != schedule_ || state_ == JobState::disabled) return;
    if (!users_due_ && !groups_due_) due_since_ = desk_.now;
    if (users_.next <= desk_.now) users_due_ = true;
    if (groups_.next <= desk_.now) groups_due_ = true;
    // Each timer goes on beating from here; one that waits for a running cycle is set anew when its cycle begins.
    if (users_due_) users_.next = desk_.now + users_.interval;
    if (groups_due_) groups_.next = desk_.now + groups_.interval;
    if (cycle_) return;
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
    const bool initial = (users_due_ && !users_.watermark) || (groups_due_ && !groups_.watermark);
    RunInfo info = new_run(initial ? RunKind::initial : RunKind::incremental);
    info.overrun = desk_.now - due_since_;
    CycleDue due;
    std::vector<Task> again = memory_.escrow.due(desk_.now);
    again.insert(again.end(), memory_.deferred.begin(), memory_.deferred.end());
    std::sort(again.begin(), again.end());
    again.erase(std::unique(again.begin(), again.end()), again.end());
    due.again = std::move(again);
    const auto open = [&](Timer& timer, Sweep& sweep, bool& in_info, std::uint32_t& number) {
        sweep = {true, timer.watermark};
        in_info = true;
        number = ++timer.cycles;
        timer.last_began = desk_.now;
        timer.next = desk_.now + timer.interval;
    };
    if (users_due_) open(users_, due.users, info.users, info.user_cycle);
    if (groups_due_) open(groups_, due.groups, info.groups, info.group_cycle);
    users_due_ = groups_due_ = false;
    const Duration interval = info.users ? users_.interval : groups_.interval;
    cycle_ = std::make_unique<Run>(desk_, memory_, std::move(info), Trigger{std::move(due)}, interval);
    schedule_beat();
}

void Job::push(const Push& push)
{
    memory_.escrow.forget_object(push.object);
    RunInfo info = new_run(RunKind::on_demand);
    info.pushed = push.object;
    pushes_.push_back(std::make_unique<Run>(desk_, memory_, std::move(info), Trigger{push}, users_.interval));
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
    if (Run* run = find(event.run)) {
        run->deliver(event, std::move(reply));
        settle();
    }
}

void Job::retry(const RetryDue& event)
{
    if (Run* run = find(event.run)) run->retry(event.conversation);
}

// A conversation that ends may free an object that another run waits for, hence every run is asked. Pushes first: they
// overtake what a cycle has queued. One round is enough, as poll() itself goes on until nothing of its run can move,
// except that a run that is polled early may be waiting for an object that one polled later lets go.
void Job::settle()
{
    for (bool ended = true; ended;) {
        ended = false;
        for (auto& push : pushes_) push->poll();
        if (cycle_) cycle_->poll();
        const auto over = [](const std::unique_ptr<Run>& push) { return push->done(); };
        const auto gone = std::remove_if(pushes_.begin(), pushes_.end(), over);
        ended = gone != pushes_.end();
        pushes_.erase(gone, pushes_.end());
        if (cycle_ && cycle_->done()) {
            cycle_over();
            ended = true;
        }
    }
}

void Job::cycle_over()
{
    const RunInfo info = cycle_->info();
    cycle_.reset();
    if (!info.halted.empty()) {
        const auto next = quarantine_.impose(desk_.now, info.halted + ": " + info.halted_detail);
        if (!next) {
            change_state(JobState::disabled, "28 days in quarantine");
            ++schedule_;
            return;
        }
        change_state(JobState::quarantine, quarantine_.reason());
        users_.next = groups_.next = *next;
        users_due_ = groups_due_ = false;
        schedule_beat();
    } else {
        const auto close = [&](Timer& timer) {
            timer.watermark = info.head;
            timer.last_completed = desk_.now;
        };
        if (info.users) close(users_);
        if (info.groups) close(groups_);
        if (quarantine_.in_force()) {
            quarantine_.lift();
            change_state(JobState::active, "a cycle completed");
        }
    }
    if (restart_due_) {
        restart_due_ = false;
        return restart();
    }
    if (users_due_ || groups_due_) begin_cycle();
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
    return !running() && !users_due_ && !groups_due_ && users_.watermark == head && groups_.watermark == head && memory_.escrow.size() == 0
           && memory_.deferred.empty();
}

}  // namespace provsim
