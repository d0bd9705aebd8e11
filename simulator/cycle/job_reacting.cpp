// SPDX-License-Identifier: Apache-2.0
// What a job does where changes start the work: the backlog of a provider that reacts, and cycles that follow changes.
#include "cycle/job.h"

#include <set>

namespace provsim {

// --- what gives rise to work -----------------------------------------------------------------------------------------

void Job::start_reacting(TimePoint first)
{
    const bool goes_on = burst_ != nullptr || !memory_.backlog.empty();
    if (burst_) burst_->pause(false);
    users_.next = groups_.next = first;
    if (!on_change_) schedule_beat();
    if (desk_.policy.import_every > Duration{0}) import_due_ = first + desk_.policy.import_every;
    apply_push_rules();
    if (goes_on) return settle();
    take_up(Started{}, first - desk_.now);
}

void Job::noticed(Position from, Position to)
{
    if (desk_.policy.reacts) {
        if (!accepts()) return;
        apply_push_rules();
        return take_up(Changes{from, to}, start_delay(from, "start of a change's work"));
    }
    // Where a cycle runs, its end sees to the rest.
    if (!on_change_ || cycle_ || state_ != JobState::active || users_.next <= desk_.now + delay_) return;
    users_.next = groups_.next = desk_.now + delay_;
    schedule_beat();
}

void Job::act(const AdminAct& act)
{
    PushGroups& pushed = memory_.push_groups;
    const auto set = [&](PushStatus status) {
        if (act.object.is_group()) pushed.set(act.object.group(), status);
    };
    switch (act.verb) {
    case AdminVerb::push_group:
    case AdminVerb::go_on_pushing: set(PushStatus::active); break;
    case AdminVerb::stop_pushing: set(PushStatus::inactive); break;
    case AdminVerb::unlink:
    case AdminVerb::unlink_and_delete: set(PushStatus::none); break;
    default: break;
    }
    if (!accepts()) return;     // what is pushed is remembered for when provisioning is on
    take_up(act, start_delay(++acts_, "start of an act's work"));
}

void Job::apply_push_rules()
{
    if (!accepts()) return;
    for (const GroupId group : memory_.push_groups.apply_rules(View(desk_.directory)))
        take_up(AdminAct{AdminVerb::push_group, group}, start_delay(row(group), "start of a rule's work"));
}

Duration Job::start_delay(std::uint64_t occasion, std::string_view purpose) const
{
    return desk_.policy.start_delay.draw(desk_.draw, occasion, purpose);
}

void Job::take_up(const Trigger& trigger, Duration delay)
{
    const World world = live_world();
    const auto cursor = desk_.connector->plan(trigger, world);
    for (std::size_t phase = 0; phase < phase_count; ++phase) {
        while (auto planned = cursor->next(static_cast<Phase>(phase))) {
            const TimePoint beat = planned->task.object.is_group() ? groups_.next : users_.next;
            memory_.backlog.add({std::move(*planned)}, on_change_ ? desk_.now + delay : std::max(beat, desk_.now));
        }
    }
    begin_soon();
}

// --- bursts ----------------------------------------------------------------------------------------------------------

void Job::begin_burst(bool users, bool groups)
{
    RunInfo info = new_run(on_change_ ? RunKind::on_change : RunKind::incremental);
    info.users = users;
    info.groups = groups;
    if (users) info.user_cycle = users_.cycles;
    if (groups) info.group_cycle = one_schedule_ ? 0 : groups_.cycles;
    burst_ = std::make_unique<Run>(desk_, memory_, std::move(info), schedule());
}

// Cycles of a provider that reacts: what has come since the last beat is begun at this one.
void Job::burst_beat()
{
    const auto beats = [this](Timer& timer) {
        if (timer.next > desk_.now) return false;
        ++timer.cycles;
        timer.last_began = desk_.now;
        timer.next = desk_.now + timer.interval;
        return true;
    };
    const bool users = beats(users_), groups = beats(groups_);
    ++cycles_;
    schedule_beat();
    if (!burst_) begin_burst(users, groups);        // else it takes what is due now along
    settle();
}

void Job::burst_over()
{
    const RunInfo info = burst_->info();
    burst_.reset();
    if (info.users) users_.last_completed = desk_.now;
    if (info.groups) groups_.last_completed = desk_.now;
    history_.add(info, memory_.backlog.empty());
    if (info.halted.empty()) return;
    // The connection does not work: provisioning is off until somebody starts it again.
    memory_.backlog.clear();
    ++beat_;
    change_state(JobState::not_run, info.halted + ": " + info.halted_detail);
}

void Job::work()
{
    if (wake_ && *wake_ <= desk_.now) wake_.reset();
    if (import_due_ && *import_due_ <= desk_.now) {
        import_due_ = *import_due_ + desk_.policy.import_every;
        if (accepts()) return take_up(AdminAct{AdminVerb::import_now, {}}, Duration{0});
    }
    settle();
}

// Behind the faults and edits of this instant, which may be more than the one that led here.
void Job::begin_soon()
{
    if (memory_.backlog.has_due(desk_.now)) desk_.queue.schedule(desk_.now, on_change_ ? Lane::push : Lane::check, WorkDue{});
    wake();
}

// One event for whatever is due next; more are scheduled only for what is due before that. A beat of the same instant comes first.
void Job::wake()
{
    if (!desk_.policy.reacts) return;
    std::optional<TimePoint> due = memory_.backlog.next_due();
    if (import_due_ && (!due || *import_due_ < *due)) due = import_due_;
    if (!due || *due <= desk_.now || (wake_ && *wake_ <= *due)) return;
    wake_ = due;
    desk_.queue.schedule(*due, on_change_ ? Lane::push : Lane::check, WorkDue{});
}

// --- what waits for an administrator ---------------------------------------------------------------------------------

std::size_t Job::retry_waiting(ObjectRef object)
{
    std::set<const Stored*> taken;
    std::size_t count = 0;
    for (const auto& [task, waiting] : memory_.waiting) {
        if (object && task.object != object && task.other != object) continue;
        if (waiting.stored->playing) continue;
        const Task& first = waiting.stored->brief.task;
        const bool again = desk_.policy.retry == AdminRetry::all || (desk_.policy.retry == AdminRetry::all_but_deactivations && waiting.failed != LoggedAction::disable);
        if (!again) continue;
        ++count;
        if (taken.insert(waiting.stored.get()).second) memory_.backlog.add({first, waiting.stored}, desk_.now);
    }
    begin_soon();
    return count;
}

std::size_t Job::drop_waiting(ObjectRef object)
{
    return std::erase_if(memory_.waiting, [object](const auto& entry) { return !object || entry.first.object == object || entry.first.other == object; });
}

// --- cycles that follow changes ----------------------------------------------------------------------------------------

// What came during the cycle starts another; what waits to be tried again comes at the interval; else there is none.
void Job::next_after_cycle()
{
    const Position head = desk_.directory.changes().head();
    const bool news = users_.watermark != head || groups_.watermark != head;
    const bool again = memory_.escrow.size() > 0 || !memory_.deferred.empty() || !memory_.later.empty();
    const TimePoint next = news ? desk_.now + delay_ : again ? desk_.now + std::min(users_.interval, groups_.interval) : TimePoint::max();
    users_.next = groups_.next = next;
}

}  // namespace provsim
