// SPDX-License-Identifier: Apache-2.0
// The provisioning job: one serial runner of cycles with two timers, and pushes beside it.
#pragma once

#include "cycle/job_history.h"
#include "cycle/quarantine.h"
#include "cycle/reset_scope.h"
#include "cycle/run.h"
#include "cycle/schedule.h"

#include <memory>
#include <optional>
#include <vector>

namespace provsim {

// One timer of the job. Its watermark is how far into the change log its completed cycles have looked.
struct Timer {
    Duration interval{};
    TimePoint next{};                       // of its cycle; past while it waits for the running cycle's end
    std::optional<Position> watermark;      // empty: the next cycle is an initial one
    std::uint32_t cycles = 0;               // begun
    std::optional<TimePoint> last_began, last_completed;
};

// Rules, with their sources; what is disputed is JobPolicy:
//  - Timers due together form one cycle: users, managers, groups, members. (architecture: the two schedules; Entra's own
//    pages speak of one of 40 minutes: Schedule::one.)
//  - Cycles never overlap: a timer due during a cycle waits for its end; next start = max(previous start + interval,
//    previous end) (Entra: how-provisioning-works "back-to-back"; start-to-start is assumed). It starts in the cycle lane
//    of that instant, so a push of the same instant comes first.
//  - A failed or deferred task comes again in a cycle of its own timer: users and managers, or groups and members. A job that
//    is in quarantine for its failures tries all of them at each attempt (assumed).
//  - A cycle sees the directory and the scope as of its opening; watermarks move only when it completed.
//  - A cycle that is halted (its probe failed, too many objects have) moves no watermark and puts the job into quarantine. One
//    that completed does so too if the proportion of failures is too high, or if deletions were held back.
//  - A push has a connection of its own, sees the live directory, moves no watermark and clears its object's
//    backoff (Microsoft Q&A 623752). What failed or waits for a link is remembered until it is done, by the push or a cycle.
class Job {
public:
    Job(Desk& desk, Schedule schedule);
    ~Job();

    // The first cycle is due at `first`. Starting a job in quarantine lifts it; a paused one goes on where it stopped, with the
    // rest of its cycle or with an incremental one (Graph: synchronizationJob start).
    void start(TimePoint first);
    // The running cycle finishes, and no other follows until start (Entra: known-issues, the portal's Stop).
    void stop();
    // The running cycle is interrupted between two objects; start continues it (Graph: synchronizationJob pause).
    void pause();
    // Forgets what `scope` says and starts (Graph: synchronizationJob restart). The next cycle is due now, or when it was due
    // anyway (JobPolicy::restart_waits). A running cycle is waited for, a paused one is brought to its end. A quarantine that
    // is not to be lifted keeps its next attempt.
    void restart(const ResetScope& scope = ResetScope::standard());
    // Mappings or scoping filters were changed: the next cycle is initial (Entra: how-provisioning-works). The running one is not.
    void schema_changed();

    // --- providers that react, and cycles that changes start ---
    void noticed(Position from, Position to);       // the directory changed
    void act(const AdminAct& act);
    std::size_t retry_waiting(ObjectRef object);    // none: of all
    std::size_t drop_waiting(ObjectRef object);
    PushGroups& pushed_groups() noexcept { return memory_.push_groups; }
    void apply_push_rules();
    void work();                                    // what is due of the backlog
    // Nothing waits for a beat: the provider works as things happen.
    bool reacts() const noexcept { return desk_.policy.reacts && on_change_; }

    void beat(const BeatDue& event);
    void push(const Push& push);
    void deliver(const Delivered& event, Reply&& reply);
    void retry(const RetryDue& event);
    void pace(const PaceDue& event);

    JobState state() const noexcept { return state_; }
    JobStatus status() const;
    const Timer& users() const noexcept { return users_; }
    const Timer& groups() const noexcept { return groups_; }
    const JobMemory& memory() const noexcept { return memory_; }
    const Quarantine& quarantine() const noexcept { return quarantine_; }
    bool running() const noexcept { return (cycle_ && !cycle_->at_rest()) || (burst_ && !burst_->at_rest()) || !pushes_.empty(); }    // anything
    bool pushing() const noexcept { return !pushes_.empty(); }
    // Nothing is under way, every change has been looked at by both timers, nothing waits to be linked or tried again.
    bool quiet() const noexcept;

private:
    void begin_cycle();
    DeleteGuard guard();
    std::vector<Task> tasks_again(bool users, bool groups) const;
    void schedule_beat();       // for the timer that is due first; the only beat that is not void
    void settle();              // polls the runs until none moves; ends those that are done
    void cycle_over();
    void next_after_cycle();                // of a job whose cycles follow changes
    // Of providers that react.
    World live_world() const { return {View(desk_.directory), memory_.links, *desk_.scope, desk_.now, memory_.push_groups, memory_.remembered}; }
    void take_up(const Trigger& trigger, Duration delay);   // what it asks for waits in the backlog for `delay`, or for its beat
    Duration start_delay(std::uint64_t occasion, std::string_view purpose) const;
    void begin_burst(bool users, bool groups);
    void burst_beat();
    void burst_over();
    void begin_soon();
    void wake();                            // when something is due next
    void start_reacting(TimePoint first);
    bool accepts() const noexcept { return desk_.policy.reacts && state_ == JobState::active; }
    void suspend(QuarantineCause cause);
    void forget(const ResetScope& scope);
    void forget_watermarks();
    void halt_timers(std::string_view why);
    void change_state(JobState state, std::string_view why);
    TimePoint next_tick(const Timer& timer) const;
    Run* find(std::uint32_t run);
    RunInfo new_run(RunKind kind);
    Schedule schedule() const { return {users_.interval, groups_.interval, one_schedule_, on_change_, delay_}; }

    Desk& desk_;
    JobMemory memory_;
    Timer users_, groups_;
    bool one_schedule_, on_change_;
    Duration delay_;                            // from a change to the cycle that it starts
    JobState state_ = JobState::not_run;
    Quarantine quarantine_;
    JobHistory history_;
    std::optional<ResetScope> restart_due_;     // asked for while a cycle ran
    bool schema_changed_ = false;               // while a cycle ran
    bool allow_deletes_ = false;                // in the next cycle
    std::uint32_t cycles_ = 0;                  // begun
    std::uint64_t beat_ = 0;                    // number of the last beat scheduled; earlier ones are void
    std::unique_ptr<Run> cycle_;
    std::unique_ptr<Run> burst_;                // of a provider that reacts: what was due, until all of it is done
    std::optional<TimePoint> wake_, import_due_;
    std::uint64_t acts_ = 0;                    // of administrators, so far
    std::vector<std::unique_ptr<Run>> pushes_;
};

}  // namespace provsim
