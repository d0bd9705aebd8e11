// SPDX-License-Identifier: Apache-2.0
#include "engine/engine.h"

#include "model/check.h"

#include <algorithm>

namespace provsim {

namespace {
constexpr Duration recycle_bin = hours{24} * 30;    // Entra: how-provisioning-works, hard-deleted 30 days after the soft delete
constexpr std::uint64_t events_between_polls = 256; // so that Ctrl-C and a console are answered during a long cycle

// Copies of a filter share what was compiled; what was compiled again counts as changed, as saving it does.
bool same_filter(const ScopingFilter& a, const ScopingFilter& b)
{
    return a.empty() == b.empty() && (a.empty() || &a.groups() == &b.groups());
}
}  // namespace

Engine::Engine(Directory& directory, const Scope& scope, const Connector& connector, Transport& transport, Inbox& inbox, Pacer& pacer,
               const EngineOptions& options)
    : desk_{directory, &scope, &connector, transport, inbox, Draw(options.seed), options.latency, options.policy}, dynamic_groups_(options.dynamic_groups),
      pacer_(pacer), job_(desk_, options.schedule)
{
    desk_.now = options.start;
    for (std::uint32_t i = 0; i < directory.user_rows(); ++i)
        if (directory.presence(UserId{i}) == Presence::soft_deleted) schedule_purge(UserId{i});
}

Engine::~Engine() = default;

Progress Engine::run_until(TimePoint t, Lane lane)
{
    while (!desk_.queue.empty()) {
        const TimePoint due = desk_.queue.next_due();
        if (due > t || (due == t && desk_.queue.next_lane() >= lane)) break;
        if (step() == Progress::stopped) return Progress::stopped;
    }
    if (t > desk_.now) {
        if (!pacer_.advance(desk_.now, t)) return Progress::stopped;
        desk_.now = t;
    }
    return Progress::reached;
}

// The reply is waited for before the pacer is asked: what the pacer allowed is then never lost to an interrupted wait.
// Both waits may let a person's command in, which is due before what was next, hence the second look.
Progress Engine::step()
{
    TimePoint due;
    do {
        if (desk_.queue.empty()) return Progress::idle;
        if (!await_reply()) return Progress::stopped;
        due = desk_.queue.next_due();
        if (due > desk_.now && !pacer_.advance(desk_.now, due)) return Progress::stopped;
    } while (desk_.queue.next_due() < due);

    desk_.now = due;
    handle(desk_.queue.pop());
    if (++handled_ % events_between_polls == 0) desk_.transport.poll();
    return Progress::reached;
}

bool Engine::await_reply()
{
    for (;;) {
        const auto* delivered = std::get_if<Delivered>(&desk_.queue.next());
        if (!delivered || desk_.inbox.has(delivered->exchange)) return true;
        const ExchangeNumber exchange = delivered->exchange;    // waiting may move the event
        if (!desk_.transport.wait() && !desk_.inbox.has(exchange)) return false;
    }
}

void Engine::handle(Event&& event)
{
    if (auto* delivered = std::get_if<Delivered>(&event)) {
        auto reply = desk_.inbox.take(delivered->exchange);
        PROVSIM_CHECK(reply.has_value());
        job_.deliver(*delivered, std::move(*reply));
    } else if (auto* retry = std::get_if<RetryDue>(&event)) {
        job_.retry(*retry);
    } else if (auto* pace = std::get_if<PaceDue>(&event)) {
        job_.pace(*pace);
    } else if (auto* beat = std::get_if<BeatDue>(&event)) {
        job_.beat(*beat);
    } else if (auto* push = std::get_if<PushDue>(&event)) {
        job_.push(push->push);
    } else if (std::holds_alternative<WorkDue>(event)) {
        job_.work();
    } else if (auto* purge = std::get_if<PurgeDue>(&event)) {
        const bool still_there = desk_.directory.presence(purge->user) == Presence::soft_deleted
                                 && desk_.directory.soft_deleted_at(purge->user) == purge->soft_deleted_at;
        if (still_there) {
            const Position from = desk_.directory.changes().head();
            const HardDeleteUser edit{std::string(desk_.directory.handle(purge->user))};
            desk_.directory.hard_delete(purge->user, desk_.now);
            desk_.tell([&](Recorder& r) { r.edited(edit, desk_.now, from, desk_.directory.changes().head()); });
            job_.noticed(from, desk_.directory.changes().head());
        }
    } else {
        const auto result = edit(std::get<EditDue>(event).edit);
        if (!result && refused_) refused_(result.problems().front());
    }
}

Result<Position> Engine::edit(const Edit& edit)
{
    const Position from = desk_.directory.changes().head();
    auto result = dynamic_groups_.edit(desk_.directory, edit, desk_.now, desk_.draw);
    if (!result) return result;
    const Position to = desk_.directory.changes().head();
    for (Position p = from; p < to; ++p) {
        const Change& change = desk_.directory.changes()[p];
        if (change.kind == ChangeKind::user_soft_deleted) schedule_purge(change.object.user());
    }
    desk_.tell([&](Recorder& r) { r.edited(edit, desk_.now, from, to); });
    if (to > from) job_.noticed(from, to);
    return result;
}

void Engine::use_scope(Scope scope)
{
    scopes_.push_back(std::make_unique<const Scope>(std::move(scope)));
    desk_.scope = scopes_.back().get();
}

void Engine::set_scope(Scope scope)
{
    const Scope& old = *desk_.scope;
    narrows_at_restart_ = old.mode == ScopeMode::all && scope.mode == ScopeMode::assigned;
    if (narrows_at_restart_) scope.mode = ScopeMode::all;
    const bool changed = old.mode != scope.mode || !same_filter(old.users, scope.users) || !same_filter(old.groups, scope.groups);
    use_scope(std::move(scope));
    if (changed) job_.schema_changed();
}

void Engine::set_connector(std::unique_ptr<const Connector> connector)
{
    connectors_.push_back(std::move(connector));
    desk_.connector = connectors_.back().get();
    job_.schema_changed();
}

void Engine::set_settings(std::unique_ptr<const Connector> connector, const JobPolicy& policy)
{
    connectors_.push_back(std::move(connector));
    desk_.connector = connectors_.back().get();
    desk_.policy = policy;
}

void Engine::act(const AdminAct& act) { job_.act(act); }
std::size_t Engine::retry(ObjectRef object) { return job_.retry_waiting(object); }
std::size_t Engine::mark_complete(ObjectRef object) { return job_.drop_waiting(object); }

void Engine::add_push_rule(PushRule rule)
{
    job_.pushed_groups().add_rule(std::move(rule));
    job_.apply_push_rules();
}

bool Engine::stop_push_rule(std::string_view name)
{
    PushRule* rule = job_.pushed_groups().find_rule(name);
    if (rule) rule->active = false;
    return rule != nullptr;
}

bool Engine::remove_push_rule(std::string_view name)
{
    const bool there = job_.pushed_groups().find_rule(name) != nullptr;
    job_.pushed_groups().remove_rule(name);
    return there;
}

void Engine::restart_job(const ResetScope& scope)
{
    if ((scope.watermark || scope.links) && std::exchange(narrows_at_restart_, false)) {
        Scope narrow = *desk_.scope;
        narrow.mode = ScopeMode::assigned;
        use_scope(std::move(narrow));
    }
    job_.restart(scope);
}

void Engine::edit_at(TimePoint due, Edit edit)
{
    desk_.queue.schedule(std::max(due, desk_.now), Lane::edit, EditDue{std::move(edit)});
}

void Engine::push(Push push)
{
    desk_.queue.schedule(desk_.now, Lane::push, PushDue{std::move(push)});
}

void Engine::schedule_purge(UserId user)
{
    const TimePoint since = desk_.directory.soft_deleted_at(user);
    // Somebody who lay in the bin for 30 days before the run began is purged at its start: time does not run backwards.
    desk_.queue.schedule(std::max(since + recycle_bin, desk_.now), Lane::edit, PurgeDue{user, since});
}

}  // namespace provsim
