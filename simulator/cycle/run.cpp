// SPDX-License-Identifier: Apache-2.0
#include "cycle/run.h"

#include "model/check.h"

#include <algorithm>

namespace provsim {

namespace {
#ifdef NDEBUG
constexpr bool checked_build = false;
#else
constexpr bool checked_build = true;
#endif

// The id in the path of the last request; empty if it has none, or one that is not spelled as it is.
std::string_view id_asked_for(const Conversation& c)
{
    const IdSpan& span = c.ask.id_in_path;
    const auto id = std::string_view(c.ask.request.target).substr(span.at, span.length);
    return span.object == c.task.object && id.find('%') == std::string_view::npos ? id : std::string_view{};
}
}  // namespace

Run::Run(Desk& desk, JobMemory& memory, RunInfo info, const Trigger& trigger, Schedule schedule)
    : desk_(desk), memory_(memory), info_(std::move(info)), schedule_(schedule),
      snapshot_(info_.kind == RunKind::on_demand ? nullptr : std::make_unique<Snapshot>(desk.directory)),
      world_{snapshot_ ? View(desk.directory, *snapshot_) : View(desk.directory), memory.links, desk.scope, info_.began},
      spawned_(phase_count)
{
    info_.head = world_.directory.head();
    cursor_ = desk_.connector.plan(trigger, world_);
    desk_.tell([this](Recorder& r) { r.run_began(info_); });
}

Run::~Run() = default;

bool Run::poll()
{
    bool started = false;
    while (!done_) {
        while (in_flight_ < desk_.connector.traits().max_in_flight && !halted()) {
            auto next = draw();
            if (!next) break;
            start(std::move(*next));
            started = true;
        }
        if (in_flight_ > 0) break;
        if (halted() || phase_ == phase_count) {
            end();
            break;
        }
        if (!blocked_.empty()) break;               // waits for a conversation of another run
        ++phase_;
        phase_drawn_ = false;
    }
    return started;
}

bool Run::try_take(const Task& task)
{
    return memory_.busy.try_take(task, info_.kind == RunKind::on_demand ? info_.number : 0);
}

std::optional<Run::Spawned> Run::pull()
{
    if (auto task = phase_drawn_ ? std::nullopt : cursor_->next(static_cast<Phase>(phase_))) return Spawned{*task, {}};
    phase_drawn_ = true;
    if (spawned_[phase_].empty()) return std::nullopt;
    Spawned next = std::move(spawned_[phase_].front());
    spawned_[phase_].pop_front();
    return next;
}

std::optional<Run::Spawned> Run::draw()
{
    if (phase_ == phase_count) return std::nullopt;
    for (auto waiting = blocked_.begin(); waiting != blocked_.end(); ++waiting) {
        if (!try_take(waiting->task)) continue;
        Spawned task = std::move(*waiting);
        blocked_.erase(waiting);
        return task;
    }
    // A window of blocked tasks, so that one busy object does not hold up the rest, nor one big group fill the memory.
    const std::size_t window = desk_.connector.traits().max_in_flight;
    while (blocked_.size() < window) {
        auto next = pull();
        if (!next || try_take(next->task)) return next;
        blocked_.push_back(std::move(*next));
    }
    return std::nullopt;
}

void Run::start(Spawned spawned)
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
    c.task = spawned.task;
    c.heard.clear();
    c.attempt = 0;
    c.requests = 0;
    c.matching = {};
    c.began = desk_.now;
    c.head = world_.directory.head();
    c.active = true;
    ++in_flight_;
    ++info_.tasks;
    c.brief = desk_.connector.brief(c.task, world_, info_.kind == RunKind::on_demand, std::move(spawned.memo), desk_.draw, info_.number);
    go_on(slot);
}

// No two source objects are known by one target id: whoever comes second is told, and says what he makes of it.
Move Run::next_move(Conversation& c)
{
    Move move = desk_.connector.next_move(c.brief, Transcript(c.heard));
    if (const auto claimed = claimed_id(move); !claimed.empty()) {
        const ObjectRef holder = memory_.links.holder(c.task.object.kind, claimed);
        if (holder && holder != c.task.object) {
            c.brief.held_by = holder;
            move = desk_.connector.next_move(c.brief, Transcript(c.heard));
        }
    }
    return move;
}

void Run::go_on(std::uint32_t slot)
{
    Conversation& c = *conversations_[slot];
    Move move = next_move(c);
    if (c.requests == 0 && std::holds_alternative<Ask>(move) && is_membership(c.task) && desk_.connector.traits().members_per_request > 1 && !halted()) {
        gather(c);
        if (!c.brief.also.empty()) move = next_move(c);
    }
    if (auto* done = std::get_if<Done>(&move)) return finish(slot, std::move(done->outcome), std::move(done->effects));
    if (halted()) return give_up(slot);
    c.ask = std::move(std::get<Ask>(move));
    if (c.ask.intent == Intent::match) c.matching = c.ask.matching;
    c.attempt = 0;
    send(slot);
}

void Run::send(std::uint32_t slot)
{
    Conversation& c = *conversations_[slot];
    c.exchange = ++desk_.exchanges;
    c.sent = desk_.now;
    ++c.attempt;
    ++c.requests;
    ++info_.requests;
    if (c.ask.request.method != Method::get) ++info_.writes;
    desk_.fingerprint.sent(c.exchange, desk_.now, c.ask);
    c.latency = desk_.latency.draw(desk_.draw, c.exchange);
    const TimePoint due = desk_.now + std::min(c.latency, desk_.connector.traits().request_timeout);
    desk_.queue.schedule(due, Lane::delivery, Delivered{info_.number, slot, c.exchange});
    desk_.transport.send(c.exchange, c.ask.request, desk_.now);
}

void Run::deliver(const Delivered& event, Reply&& reply)
{
    Conversation& c = *conversations_[event.conversation];
    PROVSIM_CHECK(c.active && c.exchange == event.exchange, "a reply was delivered to a conversation that does not wait for it");

    // A reply that comes later than the provider waits is a timeout, whatever it says; a timeout is noticed when the
    // provider stops waiting, not when the model of latency would have had the answer.
    const Duration patience = desk_.connector.traits().request_timeout;
    if (c.latency + reply.extra_delay > patience)
        reply = no_reply(Failure::timeout, "the target answered after the request timeout");
    const TimePoint due = reply.failure == Failure::timeout ? c.sent + patience : desk_.now + reply.extra_delay;
    if (due > desk_.now) {
        reply.extra_delay = Duration{0};
        desk_.inbox.post(event.exchange, std::move(reply));
        desk_.queue.schedule(due, Lane::delivery, event);
        return;
    }

    desk_.fingerprint.answered(c.exchange, desk_.now, reply);
    Verdict verdict = desk_.connector.judge(c.brief, c.ask, reply, c.attempt);
    const bool accepted = std::holds_alternative<Accept>(verdict);
    const ExchangeRecord record{c.exchange, info_.number, c.task, c.ask, reply, c.sent, desk_.now, c.attempt, accepted};
    desk_.tell([&record](Recorder& r) { r.exchanged(record); });

    if (accepted) {
        if constexpr (checked_build) check_purity(c);
        c.heard.push_back(std::move(reply));
        return go_on(event.conversation);
    }
    if (auto* later = std::get_if<RetryAfter>(&verdict)) {
        if (halted()) return give_up(event.conversation);
        c.exchange = 0;
        desk_.queue.schedule(desk_.now + std::max(later->wait, Duration{0}), Lane::delivery, RetryDue{info_.number, event.conversation});
        return;
    }
    if (auto* halt = std::get_if<HaltCycle>(&verdict)) {
        if (!halted()) this->halt(*halt);
        return finish(event.conversation, {Status::failure, LoggedAction::other, halt->code, std::move(halt->detail), {}}, {});
    }
    auto& failed = std::get<Escrow>(verdict);
    const LoggedAction action = c.ask.intent == Intent::create    ? LoggedAction::create
                                : c.ask.intent == Intent::delete_ ? LoggedAction::delete_
                                : c.ask.intent == Intent::disable ? LoggedAction::disable
                                                                  : LoggedAction::update;
    finish(event.conversation, {Status::failure, action, failed.code, std::move(failed.detail), {}}, {});
}

void Run::retry(std::uint32_t conversation)
{
    if (conversations_[conversation]->active) send(conversation);   // else it was given up meanwhile
}

// Nothing more is sent: what waits to be sent again ends here, what is under way ends with the reply it waits for.
void Run::halt(const HaltCycle& why)
{
    halt_code_ = why.code;
    info_.halted = why.code;
    info_.halted_detail = why.detail;
    for (std::uint32_t slot = 0; slot < conversations_.size(); ++slot)
        if (conversations_[slot]->active && conversations_[slot]->exchange == 0) give_up(slot);
}

void Run::give_up(std::uint32_t slot)
{
    finish(slot, {Status::failure, LoggedAction::other, halt_code_, "given up unfinished, because the run was halted", {}}, {});
}

void Run::finish(std::uint32_t slot, Outcome outcome, std::vector<Effect> effects)
{
    Conversation& c = *conversations_[slot];
    // Who shared the request ends as it ended, each with an entry of his own.
    std::vector<Done> others;
    for (const Brief& brief : c.brief.also) {
        others.push_back({outcome, {}});
        if (outcome.status == Status::failure) continue;
        if (Move move = desk_.connector.next_move(brief, Transcript(c.heard)); auto* done = std::get_if<Done>(&move)) others.back() = std::move(*done);
    }
    conclude(c, c.task, c.brief, std::move(outcome), std::move(effects));
    for (std::size_t i = 0; i < others.size(); ++i)
        conclude(c, c.brief.also[i].task, c.brief.also[i], std::move(others[i].outcome), std::move(others[i].effects));
    memory_.busy.release(c.task);
    c.active = false;
    --in_flight_;
    free_.push_back(slot);
}

void Run::conclude(const Conversation& c, const Task& task, const Brief& brief, Outcome&& outcome, std::vector<Effect>&& effects)
{
    // A failure met while the whole run is being given up is the run's, not the object's: what was remembered of it stays.
    const bool of_the_run = halted() && outcome.status == Status::failure;
    // A push that has skipped its object has not done what a cycle still has to.
    const bool passed_over = info_.kind == RunKind::on_demand && outcome.status == Status::skipped;
    const bool concluded = !of_the_run && !passed_over;
    if (concluded) {
        memory_.deferred.erase(task);
        memory_.later.erase(task);
    }
    for (Effect& effect : effects) apply(task, effect);
    if (task.object && concluded) {
        if (outcome.status == Status::failure) memory_.escrow.fail(task, info_.began, schedule_.of(task));
        else memory_.escrow.forget(task);
    }
    // Even if the answer never came, the target may have written it.
    if (info_.kind == RunKind::on_demand && task.action == Action::add_member && c.requests > 0) memory_.pushed[task] = desk_.directory.changes().head();
    count(task, outcome);

    const bool quiet_probe = !task.object && outcome.status == Status::success;
    if (!quiet_probe) {
        const auto link = memory_.links.find(task.object);
        LogEntry entry;
        entry.number = ++desk_.log_entries;
        entry.run = info_.number;
        entry.run_kind = info_.kind;
        entry.task = task;
        entry.entitlement = brief.entitlement;
        entry.name = brief.name;
        entry.target_id = link ? link->target_id : c.requests > 0 ? id_asked_for(c) : std::string_view{};
        entry.presence = brief.presence;
        entry.enabled = brief.enabled;
        entry.linked = brief.link.has_value();
        entry.matching = c.matching;
        if (c.requests > 0) entry.last = c.ask.intent;
        entry.outcome = std::move(outcome);
        entry.began = c.began;
        entry.ended = desk_.now;
        entry.head = c.head;
        entry.requests = task == c.task ? c.requests : 0;      // who came along sent none
        desk_.tell([&entry](Recorder& r) { r.logged(entry); });
    }
}

void Run::apply(const Task& task, Effect& effect)
{
    if (auto* link = std::get_if<LinkTo>(&effect)) {
        memory_.links.set(task.object, link->target_id, link->managed);
    } else if (std::holds_alternative<Unlink>(effect)) {
        memory_.links.erase(task.object);
    } else if (std::holds_alternative<Defer>(effect)) {
        memory_.deferred.insert(task);
    } else if (auto* later = std::get_if<Later>(&effect)) {
        if (later->wait) memory_.later.try_emplace(later->task, desk_.now + *later->wait);
        else memory_.later.erase(later->task);
    } else {
        auto& spawn = std::get<Spawn>(effect);
        const auto phase = static_cast<std::size_t>(spawn.phase);
        PROVSIM_CHECK(phase > phase_, "a task was spawned into a phase that is over");
        spawned_[phase].push_back({spawn.task, std::move(spawn.memo)});
    }
}

void Run::count(const Task& task, const Outcome& outcome)
{
    if (outcome.status == Status::failure) ++info_.failed;
    else if (outcome.status == Status::skipped) ++info_.skipped;
    else if (task.action == Action::add_member) ++info_.members_added;
    else if (task.action == Action::remove_member) ++info_.members_removed;
    else if (outcome.action == LoggedAction::create) ++info_.created;
    else if (outcome.action == LoggedAction::update) ++info_.updated;
    else if (outcome.action == LoggedAction::disable) ++info_.disabled;
    else if (outcome.action == LoggedAction::delete_) ++info_.deleted;
}

// A conversation must be a function of what it has heard. Asking again for the move whose reply just came, and getting
// another request, means that a connector keeps state or looks at something it was not given.
void Run::check_purity(const Conversation& c) const
{
    const Move again = desk_.connector.next_move(c.brief, Transcript(c.heard));
    const auto* ask = std::get_if<Ask>(&again);
    PROVSIM_CHECK(ask && ask->request.method == c.ask.request.method && ask->request.target == c.ask.request.target
                      && ask->request.body == c.ask.request.body,
                  "the connector asked differently when asked twice: " + c.ask.request.target);
}

void Run::end()
{
    done_ = true;
    info_.ended = desk_.now;
    if (!blocked_.empty()) memory_.busy.disclaim(info_.number);
    desk_.tell([this](Recorder& r) { r.run_ended(info_); });
    cursor_.reset();
    snapshot_.reset();
}

}  // namespace provsim
