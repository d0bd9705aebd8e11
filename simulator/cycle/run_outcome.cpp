// SPDX-License-Identifier: Apache-2.0
// What follows from a conversation's end: memory, counters, the provisioning log.
#include "cycle/run.h"

#include "cycle/thresholds.h"
#include "model/check.h"

#include <algorithm>

namespace provsim {

namespace {

// The id in the path of the last request; empty if it has none, or one that is not spelled as it is.
std::string_view id_asked_for(const Conversation& c)
{
    const IdSpan& span = c.ask.id_in_path;
    const auto id = std::string_view(c.ask.request.target).substr(span.at, span.length);
    return span.object == c.task.object && id.find('%') == std::string_view::npos ? id : std::string_view{};
}

}  // namespace

void Run::finish(std::uint32_t slot, Outcome outcome, std::vector<Effect> effects)
{
    Conversation& c = *conversations_[slot];
    const bool look_at_thresholds = outcome.status == Status::failure && c.task.object && !halted() && info_.kind != RunKind::on_demand && !from_backlog();
    put_aside(c, false);
    // Who shared the request ends as it ended, each with an entry of his own.
    std::vector<Done> others;
    bool failed = outcome.status == Status::failure;
    for (const Brief& brief : c.brief.also) {
        others.push_back({outcome, {}});
        if (outcome.status == Status::failure) continue;
        if (Move move = c.connector->next_move(brief, Transcript(c.heard)); auto* done = std::get_if<Done>(&move)) others.back() = std::move(*done);
        failed = failed || others.back().outcome.status == Status::failure;
    }
    auto kept = c.stored;
    if (!kept && failed && desk_.policy.failures_wait) kept = std::make_shared<Stored>();
    conclude(c, c.task, c.brief, {std::move(outcome), std::move(effects)}, kept);
    for (std::size_t i = 0; i < others.size(); ++i) conclude(c, c.brief.also[i].task, c.brief.also[i], std::move(others[i]), kept);
    if (kept && failed) *kept = {std::move(c.brief), c.connector};
    memory_.busy.release(c.task);
    c.active = false;
    if (c.task.action == Action::test_connection) testing_ = false;
    if (!c.held) --in_flight_;
    c.held = false;
    c.stored.reset();
    free_.push_back(slot);
    if (look_at_thresholds) look_at_escrow();
}

void Run::conclude(const Conversation& c, const Task& task, const Brief& brief, Done&& done, const std::shared_ptr<Stored>& kept)
{
    Outcome& outcome = done.outcome;
    // A failure met while the whole run is being given up is the run's, not the object's: what was remembered of it stays.
    const bool of_the_run = halted() && outcome.status == Status::failure;
    // A push that has skipped its object has not done what a cycle still has to.
    const bool passed_over = info_.kind == RunKind::on_demand && outcome.status == Status::skipped;
    const bool concluded = !of_the_run && !passed_over;
    if (concluded) {
        memory_.deferred.erase(task);
        memory_.later.erase(task);
    }
    for (Effect& effect : done.effects) apply(task, effect);
    if (task.object && concluded) {
        if (outcome.status == Status::failure) {
            remember_failure(task, outcome, kept);
        } else {
            memory_.escrow.forget(task);
            memory_.waiting.erase(task);
        }
    }
    // Even if the answer never came, the target may have written it.
    if (info_.kind == RunKind::on_demand && task.action == Action::add_member && c.requests > 0) memory_.pushed[task] = desk_.directory.changes().head();
    count(task, brief, outcome);

    const bool quiet_probe = !task.object && outcome.status == Status::success;
    if (quiet_probe) return;
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

void Run::remember_failure(const Task& task, Outcome& outcome, const std::shared_ptr<Stored>& kept)
{
    info_.failure_code = outcome.code;
    info_.failure_detail = outcome.detail;
    if (desk_.policy.failures_wait) {
        memory_.waiting.insert_or_assign(task, JobMemory::Waiting{kept, outcome.action, std::string(outcome.code), outcome.detail, desk_.now});
        return;
    }
    const Duration interval = schedule_.of(task);
    const EscrowList::Entry entry = memory_.escrow.fail(task, info_.began, interval);
    if (const auto note = desk_.policy.retry_note) {
        std::optional<TimePoint> next;
        if (entry.due != TimePoint::max()) next = std::max(entry.due, info_.began + interval);
        if (!outcome.detail.empty()) outcome.detail += ". ";
        outcome.detail += note(entry.failures - 1, next);
    }
    info_.failure_detail = outcome.detail;
}

// An initial cycle that reaches a threshold forgets what failed and goes on (Graph: synchronizationStatus, escrowsPruned); a
// later one is halted.
void Run::look_at_escrow()
{
    const auto reached = threshold_reached(desk_.policy.thresholds, memory_.escrow);
    if (!reached) return;
    if (info_.kind == RunKind::initial) {
        memory_.escrow.clear();
        info_.escrows_pruned = true;
        return;
    }
    const std::size_t references = memory_.escrow.references();
    halt({to_string(*reached), std::to_string(memory_.escrow.size() - references) + " objects and " + std::to_string(references)
                                   + " references have failed and wait to be tried again"});
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
    } else if (auto* adopt = std::get_if<Adopt>(&effect)) {
        memory_.links.set(adopt->object, adopt->target_id, adopt->managed);
    } else if (auto* follow = std::get_if<Follow>(&effect)) {
        const auto span = static_cast<std::uint64_t>((follow->most - follow->least).count());
        const Duration wait = follow->least + Duration{static_cast<std::int64_t>(desk_.draw.below(span + 1, "follow", follow->work.task.object.key(), desk_.exchanges))};
        memory_.backlog.add({std::move(follow->work)}, desk_.now + wait);
    } else if (auto* remember = std::get_if<Remember>(&effect)) {
        memory_.remembered = std::move(remember->word);
    } else {
        auto& spawn = std::get<Spawn>(effect);
        const auto phase = static_cast<std::size_t>(spawn.phase);
        // What was held back ends later than its own phase.
        PROVSIM_CHECK(phase > phase_ || guard_.on(), "a task was spawned into a phase that is over");
        spawned_[std::max(phase, phase_ + 1)].push_back({spawn.task, 0, std::move(spawn.memo)});
    }
}

void Run::count(const Task& task, const Brief& brief, const Outcome& outcome)
{
    const bool failed = outcome.status == Status::failure;
    if (task.action == Action::provision) {
        ++info_.objects;
        info_.entitled += brief.entitlement.in_scope();
        info_.failed_objects += failed;
    } else if (task.object) {
        ++info_.references;
        info_.failed_references += failed;
    }
    if (failed) ++info_.failed;
    else if (outcome.status == Status::skipped) ++info_.skipped;
    else if (task.action == Action::add_member) ++info_.members_added;
    else if (task.action == Action::remove_member) ++info_.members_removed;
    else if (outcome.action == LoggedAction::create) ++info_.created;
    else if (outcome.action == LoggedAction::update) ++info_.updated;
    else if (outcome.action == LoggedAction::disable) ++info_.disabled;
    else if (outcome.action == LoggedAction::delete_) ++info_.deleted;
}

}  // namespace provsim
