// SPDX-License-Identifier: Apache-2.0
// A run: one cycle, one push, or what was due of a backlog at once, from its beginning to its summary.
#pragma once

#include "cycle/backlog.h"
#include "cycle/busy.h"
#include "cycle/conversation.h"
#include "cycle/escrow.h"
#include "cycle/guard.h"
#include "cycle/pace.h"
#include "cycle/quarantine.h"
#include "cycle/schedule.h"
#include "engine/desk.h"

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <vector>

namespace provsim {

// What a job remembers from run to run.
struct JobMemory {
    JobMemory(const Traits& traits, const JobPolicy& policy) : escrow(policy.escrow), busy(traits.max_in_flight_per_group) {}
    LinkTable links;
    EscrowList escrow;
    // Tried in each pass: references whose other end is in scope but not linked yet, disables and deletions that were held back.
    std::set<Task> deferred;
    std::map<Task, TimePoint> later;    // tasks that become due with time alone, and when; drawn by the next cycle of their timer
    // Members that pushes wrote, and how far the directory's log went then. While the groups' watermark stands before that, an
    // addition undone since is no change to a cycle, which sees the net effect; it is told to remove the member all the same.
    std::map<Task, Position> pushed;
    Busy busy;
    // Of providers that react.
    PushGroups push_groups;
    Backlog backlog;
    // What failed and waits for an administrator. Tasks that shared a request share what is stored.
    struct Waiting { std::shared_ptr<Stored> stored; LoggedAction failed{}; std::string code, detail; TimePoint since{}; };
    std::map<Task, Waiting> waiting;
    std::string remembered;             // Remember
};

// Draws tasks phase by phase, holds the conversations that are under way, applies what follows from them. Owned by a Job.
// The engine calls poll() until nothing moves, then delivers replies; done() says when it is over.
class Run {
public:
    // `info` has number, kind, timers and began filled in. A cycle (kind not on_demand) opens a snapshot of the directory.
    // `schedule` has the intervals that a failed object's next attempts are counted in.
    Run(Desk& desk, JobMemory& memory, RunInfo info, const Trigger& trigger, Schedule schedule, DeleteGuard guard = DeleteGuard::off);
    // Of a provider that reacts: draws from the memory's backlog, as long as that has what is due. Its view is live, and each
    // task is its connector's of that time.
    Run(Desk& desk, JobMemory& memory, RunInfo info, Schedule schedule);
    ~Run();
    Run(const Run&) = delete;

    // Starts whatever may start now. False if nothing could: then nobody else's wait can be over by it either.
    bool poll();
    // The reply to `exchange` has become due. May reschedule itself (a late or lost reply).
    void deliver(const Delivered& event, Reply&& reply);
    void retry(std::uint32_t conversation);
    // While paused, what is under way goes on to its end and nothing else is begun.
    void pause(bool paused) noexcept { paused_ = paused; }

    bool done() const noexcept { return done_; }
    bool at_rest() const noexcept { return paused_ && in_flight_ == 0 && aside_ == 0; }
    bool halted() const noexcept { return !info_.halted.empty(); }
    const RunInfo& info() const noexcept { return info_; }
    std::uint32_t number() const noexcept { return info_.number; }

private:
    std::optional<Work> pull();             // the next task of the current phase
    std::optional<Work> draw();             // the next that is not blocked by another conversation
    void start(Work work);
    Start start_of(Planned&& planned, bool joins) const;
    const Connector& connector_of(const Work& work) const;
    void put_aside(Conversation& conversation, bool aside);
    bool from_backlog() const noexcept { return from_backlog_; }
    std::size_t most_members(const Conversation& conversation) const;
    void gather(Conversation& conversation);                    // more members for the same request
    void gather_from_backlog(Conversation& conversation, std::size_t most);
    void join(Conversation& conversation, Planned planned);
    Move next_move(Conversation& conversation);                 // asks the connector
    bool may_start() const noexcept;
    void go_on(std::uint32_t slot);
    bool may_delete(std::uint32_t slot);
    void send_held();
    void stage(std::uint32_t slot);
    void send(std::uint32_t slot);
    void finish(std::uint32_t slot, Outcome outcome, std::vector<Effect> effects);
    void halt(const HaltCycle& why);
    void give_up(std::uint32_t slot);       // the run was halted before this conversation came to its end
    bool try_take(const Task& task);
    // `kept`: where the brief goes if the task fails and waits; null if it does not wait.
    void conclude(const Conversation& conversation, const Task& task, const Brief& brief, Done&& done, const std::shared_ptr<Stored>& kept);
    void apply(const Task& task, Effect& effect);
    void count(const Task& task, const Brief& brief, const Outcome& outcome);
    void remember_failure(const Task& task, Outcome& outcome, const std::shared_ptr<Stored>& kept);
    void look_at_escrow();
    void check_purity(const Conversation& conversation) const;
    void end();

    Desk& desk_;
    const Connector& connector_;    // as of the run's beginning; outlives the run
    JobMemory& memory_;
    RunInfo info_;
    Schedule schedule_;
    GuardedCycle guard_;
    std::deque<std::uint32_t> let_go_;      // were held by the guard, and may be sent
    Pace pace_;
    bool paused_ = false;
    std::unique_ptr<Snapshot> snapshot_;    // cycles
    World world_;
    std::unique_ptr<TaskCursor> cursor_;
    std::size_t phase_ = 0;
    bool phase_drawn_ = false;              // the cursor has no more tasks in this phase
    std::vector<std::deque<Planned>> spawned_;
    std::deque<Work> blocked_;           // drawn, but their object is in another conversation
    std::vector<std::unique_ptr<Conversation>> conversations_;
    std::vector<std::uint32_t> free_;
    unsigned in_flight_ = 0;
    unsigned aside_ = 0;                    // conversations that wait to be sent again, and take no slot
    bool from_backlog_ = false;
    bool testing_ = false;                  // the connection: nothing else is begun meanwhile
    bool done_ = false;
    std::string_view halt_code_;            // static text, as HaltCycle::code
};

}  // namespace provsim
