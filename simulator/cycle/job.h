// SPDX-License-Identifier: Apache-2.0
// The provisioning job: one serial runner of cycles with two timers, and pushes beside it.
#pragma once

#include "cycle/quarantine.h"
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

// Rules, with their sources:
//  - Timers due together form one cycle: users, managers, groups, members. (architecture: the two schedules; Entra's own
//    pages speak of one of 40 minutes: set both to the same interval.)
//  - Cycles never overlap: a timer due during a cycle waits for its end; next start = max(previous start + interval,
//    previous end) (Entra: how-provisioning-works "back-to-back"; start-to-start is assumed). It starts in the cycle lane
//    of that instant, so a push of the same instant comes first.
//  - A failed or deferred task comes again in a cycle of its own timer: users and managers, or groups and members.
//  - A cycle sees the directory as of its opening; watermarks move only when it completed.
//  - A cycle that is halted (its probe failed) moves no watermark and puts the job into quarantine.
//  - A push has a connection of its own, sees the live directory, moves no watermark and clears its object's
//    backoff (Microsoft Q&A 623752). What failed or waits for a link is remembered until it is done, by the push or a cycle.
class Job {
public:
    Job(Desk& desk, Schedule schedule);
    ~Job();

    // The first cycle is due at `first`. Starting a job in quarantine lifts it (Entra: synchronizationjob-start).
    void start(TimePoint first);
    // Forgets watermarks, escrow and quarantine; links stay (Entra: portal "Restart provisioning"). The next cycle,
    // an initial one, is due now, or when the running one ends.
    void restart();

    void beat(const BeatDue& event);
    void push(const Push& push);
    void deliver(const Delivered& event, Reply&& reply);
    void retry(const RetryDue& event);

    JobState state() const noexcept { return state_; }
    const Timer& users() const noexcept { return users_; }
    const Timer& groups() const noexcept { return groups_; }
    const JobMemory& memory() const noexcept { return memory_; }
    const Quarantine& quarantine() const noexcept { return quarantine_; }
    bool running() const noexcept { return cycle_ || !pushes_.empty(); }    // a cycle or a push
    bool pushing() const noexcept { return !pushes_.empty(); }
    // Nothing is under way, every change has been looked at by both timers, nothing waits to be linked or tried again.
    bool quiet() const noexcept;

private:
    void begin_cycle();
    std::vector<Task> tasks_again(bool users, bool groups) const;
    void schedule_beat();       // for the timer that is due first; the only beat that is not void
    void settle();              // polls the runs until none moves; ends those that are done
    void cycle_over();
    void suspend(std::string reason);
    void change_state(JobState state, std::string_view why);
    Run* find(std::uint32_t run);
    RunInfo new_run(RunKind kind);
    Schedule schedule() const { return {users_.interval, groups_.interval}; }

    Desk& desk_;
    JobMemory memory_;
    Timer users_, groups_;
    JobState state_ = JobState::not_run;
    Quarantine quarantine_;
    bool restart_due_ = false;          // asked for while a cycle ran
    std::uint64_t beat_ = 0;            // number of the last beat scheduled; earlier ones are void
    std::unique_ptr<Run> cycle_;
    std::vector<std::unique_ptr<Run>> pushes_;
};

}  // namespace provsim
