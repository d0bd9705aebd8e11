// SPDX-License-Identifier: Apache-2.0
#include "cycle/run.h"

#include "model/check.h"

namespace provsim {

Run::Run(Desk& desk, JobMemory& memory, RunInfo info, const Trigger& trigger, Schedule schedule, DeleteGuard guard)
    : desk_(desk), connector_(*desk.connector), memory_(memory), info_(std::move(info)), schedule_(schedule), guard_(guard, desk.policy.delete_threshold),
      pace_(desk.policy.least_object_cost, info_.kind == RunKind::on_demand ? Duration{0} : desk.policy.most_object_cost),
      snapshot_(info_.kind == RunKind::on_demand ? nullptr : std::make_unique<Snapshot>(desk.directory)),
      world_{snapshot_ ? View(desk.directory, *snapshot_) : View(desk.directory), memory.links, *desk.scope, info_.began, memory.push_groups, memory.remembered},
      spawned_(phase_count)
{
    info_.head = world_.directory.head();
    cursor_ = connector_.plan(trigger, world_);
    desk_.tell([this](Recorder& r) { r.run_began(info_); });
}

Run::Run(Desk& desk, JobMemory& memory, RunInfo info, Schedule schedule)
    : desk_(desk), connector_(*desk.connector), memory_(memory), info_(std::move(info)), schedule_(schedule), guard_(DeleteGuard::off, 0),
      pace_(Duration{0}, Duration{0}), world_{View(desk.directory), memory.links, *desk.scope, info_.began, memory.push_groups, memory.remembered}, spawned_(phase_count),
      from_backlog_(true)
{
    info_.head = world_.directory.head();
    desk_.tell([this](Recorder& r) { r.run_began(info_); });
}

Run::~Run() = default;

bool Run::poll()
{
    bool started = false;
    while (!done_) {
        while (in_flight_ < connector_.traits().max_in_flight && may_start()) {
            if (!let_go_.empty()) {
                send_held();
            } else {
                auto next = draw();
                if (!next) break;
                start(std::move(*next));
            }
            started = true;
        }
        if (in_flight_ > 0 || aside_ > 0) break;
        if (from_backlog() && blocked_.empty() && !paused_) {
            end();
            break;
        }
        if (halted() || phase_ == phase_count) {
            end();
            break;
        }
        // Waits to be continued, for the time that the last object costs, or for a conversation of another run.
        if (!may_start() || !blocked_.empty()) break;
        if (phase_ == static_cast<std::size_t>(Phase::groups) && guard_.holds_any()) {
            for (const std::uint32_t slot : guard_.take_held()) let_go_.push_back(slot);
            continue;
        }
        ++phase_;
        phase_drawn_ = false;
    }
    return started;
}

bool Run::may_start() const noexcept
{
    return !halted() && !paused_ && !testing_ && !pace_.busy(desk_.now);
}

bool Run::try_take(const Task& task)
{
    return memory_.busy.try_take(task, info_.kind == RunKind::on_demand ? info_.number : 0);
}

std::optional<Work> Run::pull()
{
    if (from_backlog()) return memory_.backlog.take(desk_.now);
    if (!phase_drawn_)
        if (auto planned = cursor_->next(static_cast<Phase>(phase_))) return Work{std::move(*planned)};
    phase_drawn_ = true;
    if (spawned_[phase_].empty()) return std::nullopt;
    Work next{std::move(spawned_[phase_].front())};
    spawned_[phase_].pop_front();
    return next;
}

std::optional<Work> Run::draw()
{
    if (phase_ == phase_count) return std::nullopt;
    for (auto waiting = blocked_.begin(); waiting != blocked_.end(); ++waiting) {
        if (!try_take(waiting->planned.task)) continue;
        Work work = std::move(*waiting);
        blocked_.erase(waiting);
        return work;
    }
    // A window of blocked tasks, so that one busy object does not hold up the rest, nor one big group fill the memory.
    // Of what reacts, all that is due: whoever waits out a rate limit must not hold up the others.
    const std::size_t window = connector_.traits().max_in_flight;
    while (from_backlog() || blocked_.size() < window) {
        auto next = pull();
        if (!next || try_take(next->planned.task)) return next;
        blocked_.push_back(std::move(*next));
    }
    return std::nullopt;
}

Start Run::start_of(Planned&& planned, bool joins) const
{
    return {info_.kind == RunKind::on_demand, joins, planned.why, std::move(planned.memo), desk_.draw, info_.number};
}

const Connector& Run::connector_of(const Work& work) const
{
    return work.stored ? *work.stored->connector : from_backlog() ? *desk_.connector : connector_;
}

void Run::start(Work work)
{
    std::uint32_t slot;
    if (free_.empty()) {
        slot = static_cast<std::uint32_t>(conversations_.size());
        conversations_.push_back(std::make_unique<Conversation>());
    } else {
        slot = free_.back();
        free_.pop_back();
    }
    Conversation& c = *conversations_[slot];
    c.task = work.planned.task;
    c.heard.clear();
    c.attempt = 0;
    c.requests = 0;
    c.matching = {};
    c.began = desk_.now;
    c.head = world_.directory.head();
    c.active = true;
    testing_ = testing_ || c.task.action == Action::test_connection;
    c.connector = &connector_of(work);
    ++in_flight_;
    ++info_.tasks;
    if (c.task.action == Action::provision && pace_.on())
        desk_.queue.schedule(pace_.take(desk_.draw, c.task.object, info_.number, desk_.now), Lane::delivery, PaceDue{info_.number});
    c.stored = std::move(work.stored);
    if (c.stored) {
        c.brief = std::move(c.stored->brief);
        c.stored->playing = true;
    } else {
        c.brief = c.connector->brief(c.task, world_, start_of(std::move(work.planned), false));
    }
    go_on(slot);
}

// No two source objects are known by one target id: whoever comes second is told, and says what he makes of it.
Move Run::next_move(Conversation& c)
{
    Move move = c.connector->next_move(c.brief, Transcript(c.heard));
    if (const auto claimed = claimed_id(move); !claimed.empty()) {
        const ObjectRef holder = memory_.links.holder(c.task.object.kind, claimed);
        if (holder && holder != c.task.object) {
            c.brief.held_by = holder;
            move = c.connector->next_move(c.brief, Transcript(c.heard));
        }
    }
    return move;
}

void Run::go_on(std::uint32_t slot)
{
    Conversation& c = *conversations_[slot];
    Move move = next_move(c);
    if (c.requests == 0 && std::holds_alternative<Ask>(move) && most_members(c) > 1 && !halted()) {
        gather(c);
        if (!c.brief.also.empty()) move = next_move(c);
    }
    if (auto* done = std::get_if<Done>(&move)) return finish(slot, std::move(done->outcome), std::move(done->effects));
    if (halted()) return give_up(slot);
    c.ask = std::move(std::get<Ask>(move));
    if (c.ask.intent == Intent::match) c.matching = c.ask.matching;
    c.attempt = 0;
    c.last_wait = Duration{0};
    if (c.requests > 0 && desk_.policy.most_gap > Duration{0}) {
        const auto span = static_cast<std::uint64_t>((desk_.policy.most_gap - desk_.policy.least_gap).count());
        const Duration gap = desk_.policy.least_gap + Duration{static_cast<std::int64_t>(desk_.draw.below(span + 1, "gap", c.exchange))};
        c.exchange = 0;
        desk_.queue.schedule(desk_.now + gap, Lane::delivery, RetryDue{info_.number, slot});
        return;
    }
    if (guard_.on() && (c.ask.intent == Intent::disable || c.ask.intent == Intent::delete_) && !may_delete(slot)) return;
    send(slot);
}

// False: not now, or not at all.
bool Run::may_delete(std::uint32_t slot)
{
    switch (guard_.ask(slot)) {
        case GuardedCycle::Answer::send: return true;
        case GuardedCycle::Answer::hold:
            conversations_[slot]->held = true;
            conversations_[slot]->exchange = 0;     // waits to be sent, as a retry does
            --in_flight_;
            return false;
        case GuardedCycle::Answer::stage: break;
    }
    for (const std::uint32_t held : guard_.take_held()) stage(held);
    stage(slot);
    return false;
}

void Run::send_held()
{
    const std::uint32_t slot = let_go_.front();
    let_go_.pop_front();
    conversations_[slot]->held = false;
    ++in_flight_;
    send(slot);
}

// It is evaluated again in each cycle, as what waits for another object is, until it may go or is no longer wanted.
void Run::stage(std::uint32_t slot)
{
    const bool disables = conversations_[slot]->ask.intent == Intent::disable;
    std::string detail = std::string(disables ? "the disable" : "the deletion") + " is held back: this cycle has more disables and deletions than "
                         + std::to_string(desk_.policy.delete_threshold);
    ++info_.staged;
    finish(slot, {Status::skipped, LoggedAction::staged_delete, to_string(QuarantineReason::too_many_deletes), std::move(detail), {}}, {Defer{}});
}

// Nothing more is sent: what waits to be sent again ends here, what is under way ends with the reply it waits for.
void Run::halt(const HaltCycle& why)
{
    halt_code_ = why.code;
    info_.halted = why.code;
    info_.halted_detail = why.detail;
    let_go_.clear();
    guard_.take_held();
    for (std::uint32_t slot = 0; slot < conversations_.size(); ++slot)
        if (conversations_[slot]->active && conversations_[slot]->exchange == 0) give_up(slot);
}

void Run::give_up(std::uint32_t slot)
{
    finish(slot, {Status::failure, LoggedAction::other, halt_code_, "given up unfinished, because the run was halted", {}}, {});
}

void Run::end()
{
    done_ = true;
    info_.ended = desk_.now;
    for (Work& work : blocked_)     // halted: what it drew is still to be done
        if (from_backlog()) memory_.backlog.add(std::move(work), desk_.now);
    if (!blocked_.empty()) memory_.busy.disclaim(info_.number);
    desk_.tell([this](Recorder& r) { r.run_ended(info_); });
    cursor_.reset();
    snapshot_.reset();
}

// While it waits, others have its place; when it is sent again it may be one more than there are places (assumed).
void Run::put_aside(Conversation& c, bool aside)
{
    if (c.aside == aside) return;
    c.aside = aside;
    aside ? ++aside_ : --aside_;
    aside ? --in_flight_ : ++in_flight_;
}

}  // namespace provsim
