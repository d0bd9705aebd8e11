// SPDX-License-Identifier: Apache-2.0
#include "cycle/job.h"

#include "cycle/thresholds.h"
#include "model/check.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

namespace provsim {

namespace {

// Nothing if the cycle leaves the job as it is.
std::optional<QuarantineCause> cause_of_quarantine(const RunInfo& cycle, const JobPolicy& policy)
{
    if (!cycle.halted.empty()) {
        for (const auto reason : {QuarantineReason::base_threshold, QuarantineReason::total_threshold})
            if (cycle.halted == to_string(reason)) return QuarantineCause{reason, cycle.failure_code, cycle.halted_detail};
        return QuarantineCause{QuarantineReason::exception, cycle.halted, cycle.halted_detail};
    }
    if (cycle.kind == RunKind::incremental && proportion_exceeded(policy.thresholds, cycle))
        return QuarantineCause{QuarantineReason::proportion_threshold, cycle.failure_code,
                               fmt::format("{} of {} objects failed", cycle.failed_objects, cycle.objects)};
    if (cycle.staged > 0)
        return QuarantineCause{QuarantineReason::too_many_deletes, std::string(to_string(QuarantineReason::too_many_deletes)),
                               fmt::format("{} disables and deletions are held back, because there are more than {}", cycle.staged, policy.delete_threshold)};
    return std::nullopt;
}

}  // namespace

Job::Job(Desk& desk, Schedule schedule)
    : desk_(desk), memory_(desk.connector->traits(), desk.policy), one_schedule_(schedule.one), on_change_(schedule.on_change), delay_(schedule.delay),
      quarantine_(desk.policy.quarantine)
{
    const Traits& traits = desk_.connector->traits();
    PROVSIM_CHECK(traits.max_in_flight > 0 && traits.max_in_flight_per_group > 0 && traits.request_timeout > Duration{0});
    PROVSIM_CHECK(schedule.users > Duration{0} && schedule.groups > Duration{0});
    PROVSIM_CHECK(!schedule.one || schedule.users == schedule.groups);
    users_.interval = schedule.users;
    groups_.interval = schedule.groups;
}

Job::~Job() = default;

void Job::schedule_beat()
{
    const TimePoint next = std::min(users_.next, groups_.next);
    ++beat_;
    if (next != TimePoint::max()) desk_.queue.schedule(std::max(desk_.now, next), Lane::cycle, BeatDue{beat_});
}

void Job::beat(const BeatDue& event)
{
    // A timer that is due during a cycle waits: the cycle's end schedules the next beat.
    if (event.number != beat_ || cycle_) return;
    if (desk_.policy.reacts) return burst_beat();
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
    memory_.escrow.expire(desk_.now);
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
    if (one_schedule_) info.group_cycle = 0;
    ++cycles_;
    cycle_ = std::make_unique<Run>(desk_, memory_, std::move(info), Trigger{std::move(due)}, schedule(), guard());
}

// What an attempt finds that was held back before is not sent by portions, a threshold's worth each time (assumed).
DeleteGuard Job::guard()
{
    if (std::exchange(allow_deletes_, false) || desk_.policy.delete_guard == DeleteGuard::off) return DeleteGuard::off;
    const bool held = quarantine_.in_force() && quarantine_.cause().reason == QuarantineReason::too_many_deletes;
    return held ? DeleteGuard::hold_all : desk_.policy.delete_guard;
}

std::vector<Task> Job::tasks_again(bool users, bool groups) const
{
    const bool for_failures = quarantine_.in_force() && quarantine_.cause().reason != QuarantineReason::exception
                              && quarantine_.cause().reason != QuarantineReason::too_many_deletes;
    std::vector<Task> again = for_failures ? memory_.escrow.all() : memory_.escrow.due(desk_.now);
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
    if (burst_ && burst_->number() == run) return burst_.get();
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

void Job::pace(const PaceDue& event)
{
    if (find(event.run)) settle();      // else the run has been halted
}

// A conversation that ends may free an object that another run waits for, hence every run is asked. Pushes first: they
// overtake what a cycle has queued. A run that is asked early may wait for what one asked later lets go, hence the rounds.
void Job::settle()
{
    for (bool again = true; again;) {
        bool started = false;
        for (auto& push : pushes_) started = push->poll() || started;
        if (!burst_ && accepts() && memory_.backlog.has_due(desk_.now)) begin_burst(false, false);
        if (cycle_) started = cycle_->poll() || started;
        if (burst_) started = burst_->poll() || started;
        again = started && !pushes_.empty();

        const auto over = [](const std::unique_ptr<Run>& push) { return push->done(); };
        const auto gone = std::remove_if(pushes_.begin(), pushes_.end(), over);
        again = again || gone != pushes_.end();
        pushes_.erase(gone, pushes_.end());
        if (cycle_ && cycle_->done()) {
            cycle_over();
            again = true;
        }
        if (burst_ && burst_->done()) {
            burst_over();
            again = true;
        }
    }
    wake();
}

void Job::cycle_over()
{
    const RunInfo info = cycle_->info();
    cycle_.reset();
    const bool completed = info.halted.empty();
    const auto close = [&](Timer& timer) {
        if (completed) {
            timer.watermark = info.head;
            timer.last_completed = desk_.now;
        }
        if (desk_.policy.interval_from_end) timer.next = desk_.now + timer.interval;
    };
    if (info.users) close(users_);
    if (info.groups) close(groups_);
    if (completed && info.groups) std::erase_if(memory_.pushed, [&](const auto& pushed) { return pushed.second <= info.head; });
    const Position head = desk_.directory.changes().head();
    history_.add(info, users_.watermark == head && groups_.watermark == head);
    if (std::exchange(schema_changed_, false)) forget_watermarks();

    if (restart_due_) return restart(*std::exchange(restart_due_, std::nullopt));
    if (state_ == JobState::paused) return;
    if (auto cause = cause_of_quarantine(info, desk_.policy)) return suspend(std::move(*cause));
    if (info.escrows_pruned) quarantine_.lift();
    if (info.escrows_pruned) return halt_timers("so much failed in the initial cycle that it was forgotten: clean up, then start");
    if (quarantine_.in_force()) {
        quarantine_.lift();
        change_state(JobState::active, "a cycle completed");
    }
    if (on_change_) next_after_cycle();
    schedule_beat();
}

void Job::suspend(QuarantineCause cause)
{
    const auto next = quarantine_.impose(desk_.now, std::move(cause));
    if (!next) return change_state(JobState::disabled, "28 days in quarantine");    // no further beat
    change_state(JobState::quarantine, quarantine_.reason());
    users_.next = groups_.next = *next;
    schedule_beat();
}

bool Job::quiet() const noexcept
{
    if (desk_.policy.reacts) return !running() && memory_.backlog.empty();
    const Position head = desk_.directory.changes().head();
    const auto is_due = [this](const auto& later) { return later.second <= desk_.now; };
    return !cycle_ && !running() && std::none_of(memory_.later.begin(), memory_.later.end(), is_due) && users_.watermark == head
           && groups_.watermark == head && memory_.escrow.size() == 0
           && memory_.deferred.empty();
}

}  // namespace provsim
