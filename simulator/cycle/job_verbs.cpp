// SPDX-License-Identifier: Apache-2.0
// What an administrator does to a job, and what he sees of it.
#include "cycle/job.h"

#include <algorithm>
#include <utility>

namespace provsim {

void Job::start(TimePoint first)
{
    const bool goes_on = state_ == JobState::paused && cycle_;
    quarantine_.lift();
    change_state(JobState::active, "started");
    if (desk_.policy.reacts) return start_reacting(first);
    if (goes_on) {      // timers that became due meanwhile wait for its end
        cycle_->pause(false);
        return settle();
    }
    users_.next = groups_.next = first;
    schedule_beat();
}

void Job::stop()
{
    memory_.backlog.clear();
    halt_timers("stopped");
}

void Job::pause()
{
    if (cycle_) cycle_->pause(true);
    if (burst_) burst_->pause(true);
    halt_timers("paused");
}

void Job::halt_timers(std::string_view why)
{
    ++beat_;
    if (state_ != JobState::not_run && state_ != JobState::disabled) change_state(JobState::paused, why);
}

void Job::restart(const ResetScope& scope)
{
    if (cycle_) {
        ResetScope both = restart_due_.value_or(ResetScope{});
        restart_due_ = both += scope;
        cycle_->pause(false);
        return settle();
    }
    const bool idle = state_ != JobState::active;
    if (desk_.policy.reacts) {
        change_state(JobState::active, "restarted");
        if (scope.links) memory_.links = LinkTable();
        return take_up(Started{}, Duration{0});
    }
    forget(scope);
    if (quarantine_.in_force()) return;
    change_state(JobState::active, "restarted");
    for (Timer* timer : {&users_, &groups_}) {
        if (!desk_.policy.restart_waits) timer->next = desk_.now;
        else if (idle) timer->next = next_tick(*timer);
    }
    // One cycle for users and groups, so that what is allowed is allowed to both.
    if (scope.force_deletes) users_.next = groups_.next = std::min(users_.next, groups_.next);
    schedule_beat();
}

// When the timer would have beaten next, had the job not been held up.
TimePoint Job::next_tick(const Timer& timer) const
{
    if (!timer.last_began) return desk_.now;
    const Duration since = desk_.now - *timer.last_began;
    return *timer.last_began + (since / timer.interval + 1) * timer.interval;
}

void Job::forget(const ResetScope& scope)
{
    if (scope.links) {
        memory_.links = LinkTable();
        memory_.later.clear();      // whoever was disabled is not known any more
        memory_.pushed.clear();
    }
    if (scope.escrows) {
        memory_.escrow.clear();
        history_.escrows_are_clean();
    }
    if (scope.watermark || scope.links) {
        forget_watermarks();
        memory_.deferred.clear();
    }
    const bool held = quarantine_.in_force() && quarantine_.cause().reason == QuarantineReason::too_many_deletes;
    // A job that does not run is started by any restart.
    const bool ended = state_ == JobState::disabled || state_ == JobState::paused;
    if (scope.quarantine || ended || (scope.force_deletes && held)) quarantine_.lift();
    allow_deletes_ = allow_deletes_ || scope.force_deletes;
}

void Job::forget_watermarks()
{
    users_.watermark.reset();
    groups_.watermark.reset();
}

void Job::schema_changed()
{
    schema_changed_ = cycle_ != nullptr;
    if (!cycle_) forget_watermarks();
}

void Job::change_state(JobState state, std::string_view why)
{
    if (state == state_ && state != JobState::quarantine) return;
    state_ = state;
    desk_.tell([&](Recorder& r) { r.job_changed(state, why, desk_.now); });
}

JobStatus Job::status() const
{
    JobStatus out;
    out.state = state_;
    history_.fill(out);
    if (quarantine_.in_force())
        out.quarantine = JobStatus::QuarantineView{quarantine_.cause(), quarantine_.imposed(), quarantine_.began(), quarantine_.attempts(),
                                                   quarantine_.next_attempt()};
    out.synchronized_users = memory_.links.size(ObjectKind::user);
    out.synchronized_groups = memory_.links.size(ObjectKind::group);
    out.in_escrow = memory_.escrow.size();
    out.references_in_escrow = memory_.escrow.references();
    if (cycle_) out.progress = JobStatus::Progress{cycle_->info().objects, cycle_->info().began};
    out.cycles = cycles_;
    out.user_cycles = users_.cycles;
    out.group_cycles = groups_.cycles;
    out.waiting = memory_.waiting.size();
    const TimePoint next = std::min(users_.next, groups_.next);
    if ((state_ == JobState::active || state_ == JobState::quarantine) && !reacts() && next != TimePoint::max()) out.next_cycle = next;
    out.one_schedule = one_schedule_;
    return out;
}

}  // namespace provsim
