// SPDX-License-Identifier: Apache-2.0
// A provider of a few lines for tests of the engine. What it asks says what it was told and when:
//
//   user 3            GET /u3, its title as the body           then linked as "id-u3"
//   a manager         GET /u3/manager                          spawned by the user's task if he has one; deferred while that one is not linked
//   group 0           GET /g0
//   user 3 in it      PUT or DELETE /g0/u3                     deferred while the user is not linked; /g0/u3/u4 with company
//   the probe         GET /probe                               in cycles, if switched on
//
// An initial sweep takes every row; an incremental one what the log has from the watermark to the view's head.
#pragma once

#include "connectors/connector.h"

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <vector>

namespace provsim {

inline Task user_task(std::uint32_t user) { return {Action::provision, UserId{user}, {}}; }
inline Task group_task(std::uint32_t group) { return {Action::provision, GroupId{group}, {}}; }
inline Task member_task(std::uint32_t group, std::uint32_t user) { return {Action::add_member, GroupId{group}, UserId{user}}; }

inline std::string path_of(ObjectRef object)
{
    return (object.is_user() ? "/u" : "/g") + std::to_string(object.index);
}

class ScriptedConnector final : public Connector {
public:
    Traits own{"scripted", 5, 5, seconds{60}};
    bool probe = false;
    bool members = true;                                    // whether memberships are planned
    unsigned steps = 1;                                     // requests of a user's or group's conversation
    bool impure = false;
    bool aside = false;                                     // whoever is told to be patient lets others pass, and doubles his waits
    std::optional<std::pair<Duration, Duration>> follow;    // behind each user, the members of group 0
    std::string one_id;                                     // what every user is linked as; at the second request he claims it
    std::optional<Duration> later;                          // a user's deletion follows: GET /u3/later; not if his title is "back"
    std::set<std::uint64_t> leaving;                        // keys of objects whose last request is a disable
    std::vector<std::pair<Phase, Task>> more;               // in every cycle
    mutable std::uint64_t moves = 0;                        // what an impure one looks at

    const Traits& traits() const noexcept override { return own; }

    std::unique_ptr<TaskCursor> plan(const Trigger& trigger, const World& world) const override
    {
        auto cursor = std::make_unique<Cursor>();
        if (const auto* push = std::get_if<Push>(&trigger)) {
            cursor->add(push->object.is_user() ? Phase::users : Phase::groups, {Action::provision, push->object, {}});
            for (UserId user : push->members) cursor->add(Phase::members, {Action::add_member, push->object, user});
            return cursor;
        }
        if (const auto* changes = std::get_if<Changes>(&trigger)) return react(*changes, world.directory);
        if (std::holds_alternative<Started>(trigger)) {
            if (probe) cursor->add(Phase::probe, {Action::test_connection, {}, {}});
            return cursor;
        }
        if (const auto* act = std::get_if<AdminAct>(&trigger)) {
            if (act->verb == AdminVerb::import_now) cursor->add(Phase::users, {Action::import_users, {}, {}});
            if (act->verb == AdminVerb::import_now) return cursor;
            cursor->add(Phase::groups, {Action::write_members, act->object, {}}, act->verb == AdminVerb::push_group ? "pushed" : "asked for");
            return cursor;
        }
        const auto& due = std::get<CycleDue>(trigger);
        if (probe) cursor->add(Phase::probe, {Action::probe_users, {}, {}});
        for (const auto& [phase, task] : more) cursor->add(phase, task);
        if (due.users.due) sweep(*cursor, due.users.since, world.directory, ObjectKind::user);
        if (due.groups.due) sweep(*cursor, due.groups.since, world.directory, ObjectKind::group);
        for (const Task& task : due.again) cursor->add(phase_of(task), task);
        return cursor;
    }

    Brief brief(const Task& task, const World& world, Start start) const override
    {
        Brief brief;
        brief.task = task;
        brief.on_demand = start.on_demand;
        brief.memo = std::move(start.memo);
        brief.why = start.why;
        brief.name = "an object";
        brief.other = task.other;
        if (task.object.is_user() && task.object.index < world.directory.user_rows()) {
            brief.presence = world.directory.presence(task.object);
            brief.computed.emplace_back(world.directory.value(task.object.user(), Attribute::title));
            const UserId manager = world.directory.manager(task.object.user());
            if (manager != no_user) brief.other = manager;
        }
        if (const auto link = world.links.find(brief.other)) brief.other_link = std::string(link->target_id);
        return brief;
    }

    Move next_move(const Brief& brief, Transcript heard) const override
    {
        const Task& task = brief.task;
        const bool reference = task.action == Action::set_manager || task.action == Action::add_member;
        if (brief.held_by) return Done{{Status::failure, LoggedAction::other, "Twin", {}, {}}, {}};
        if (reference && !brief.other_link) {
            Done waits{{Status::skipped, LoggedAction::other, "NotLinkedYet", {}, {}}, {}};
            if (!brief.on_demand) waits.effects.push_back(Defer{});     // a push is one occasion
            return waits;
        }
        const unsigned asks = task.action == Action::provision ? steps : 1;
        for (unsigned step = 1; step <= asks; ++step)
            if (!heard.next()) return ask(brief, step);
        Done done;
        if (follow && task.object.is_user()) done.effects.push_back(Follow{{{Action::write_members, GroupId{0}, {}}, 0, "followed"}, follow->first, follow->second});
        if (task.action == Action::provision) {
            done.outcome.action = leaves(task) ? LoggedAction::disable : LoggedAction::create;
            done.effects.push_back(LinkTo{!one_id.empty() && task.object.is_user() ? one_id : "id-" + path_of(task.object).substr(1)});
            const bool back = !brief.computed.empty() && brief.computed.front() == "back";
            if (later && task.object.is_user()) done.effects.push_back(Later{{Action::delete_disabled, task.object, {}}, back ? std::nullopt : later});
            if (task.object.is_user() && brief.other) done.effects.push_back(Spawn{{Action::set_manager, task.object, {}}, Phase::managers, "memo"});
        }
        return done;
    }

    // 429 asks for patience, 401 is the end of the cycle, other 4xx but 404, 5xx and silence are failures of the object.
    Verdict judge(const Brief&, const Ask&, const Reply& reply, Attempt attempt) const override
    {
        if (reply.status == 429) {
            const Duration told = seconds{std::stol(std::string(find_header(reply.headers, "Retry-After")))};
            return RetryAfter{aside && attempt.number > 1 ? attempt.last_wait * 2 : told, aside};
        }
        if (reply.status == 401) return HaltCycle{"Unauthorized", "the target answered 401"};
        if (!reply.arrived()) return Escrow{"NoReply", std::string(to_string(reply.failure))};
        if (reply.success() || reply.status == 404) return Accept{};
        return Escrow{"Failed", "the target answered " + std::to_string(reply.status)};
    }

    bool leaves(const Task& task) const { return task.action == Action::provision && leaving.count(task.object.key()) > 0; }

private:
    struct Cursor final : TaskCursor {
        std::array<std::vector<Planned>, phase_count> tasks;
        std::array<std::size_t, phase_count> at{};
        void add(Phase phase, const Task& task, const std::string& memo = {}, std::uint32_t why = 0)
        {
            auto& list = tasks[static_cast<std::size_t>(phase)];
            const auto same = [&](const Planned& planned) { return planned.task == task; };
            if (std::find_if(list.begin(), list.end(), same) == list.end()) list.push_back({task, why, memo});
        }
        std::optional<Planned> next(Phase phase) override
        {
            const auto p = static_cast<std::size_t>(phase);
            if (at[p] == tasks[p].size()) return std::nullopt;
            return tasks[p][at[p]++];
        }
    };

    // As a provider that reacts: a user's reasons are what happened to him, 1 << ChangeKind.
    static std::unique_ptr<TaskCursor> react(const Changes& changes, const View& view)
    {
        auto cursor = std::make_unique<Cursor>();
        for (Position p = changes.from; p < changes.to; ++p) {
            const Change& change = view.changes()[p];
            const bool membership = change.kind == ChangeKind::member_added || change.kind == ChangeKind::member_removed;
            const Action action = change.kind == ChangeKind::member_removed ? Action::remove_member : Action::add_member;
            if (membership) cursor->add(Phase::members, {action, change.object, change.other});
            else cursor->add(change.object.is_user() ? Phase::users : Phase::groups, {Action::provision, change.object, {}}, {}, 1u << static_cast<unsigned>(change.kind));
        }
        return cursor;
    }

    static Phase phase_of(const Task& task)
    {
        if (task.action == Action::set_manager) return Phase::managers;
        if (task.action == Action::delete_disabled) return Phase::users;
        if (task.action != Action::provision) return Phase::members;
        return task.object.is_user() ? Phase::users : Phase::groups;
    }

    void sweep(Cursor& cursor, std::optional<Position> since, const View& view, ObjectKind kind) const
    {
        const Phase phase = kind == ObjectKind::user ? Phase::users : Phase::groups;
        if (since) {
            for (Position p = *since; p < view.head(); ++p) {
                const Change& change = view.changes()[p];
                const bool membership = change.kind == ChangeKind::member_added || change.kind == ChangeKind::member_removed;
                const Action action = change.kind == ChangeKind::member_removed ? Action::remove_member : Action::add_member;
                if (change.object.kind != kind) continue;
                if (!membership) cursor.add(phase, {Action::provision, change.object, {}});
                else if (members) cursor.add(Phase::members, {action, change.object, change.other});
            }
            return;
        }
        const std::size_t rows = kind == ObjectKind::user ? view.user_rows() : view.group_rows();
        for (std::uint32_t i = 0; i < rows; ++i) {
            const ObjectRef object = kind == ObjectKind::user ? ObjectRef(UserId{i}) : ObjectRef(GroupId{i});
            if (view.presence(object) != Presence::present) continue;
            cursor.add(phase, {Action::provision, object, {}});
            if (kind == ObjectKind::user || !members) continue;
            for (UserId user : view.members(GroupId{i})) cursor.add(Phase::members, {Action::add_member, object, user});
        }
    }

    Ask ask(const Brief& brief, unsigned step) const
    {
        Ask ask;
        const Task& task = brief.task;
        ask.intent = task.action == Action::provision ? Intent::create : Intent::member;
        if (leaves(task)) ask.intent = step == steps ? Intent::disable : Intent::read;
        ask.request.method = task.action == Action::add_member ? Method::put : task.action == Action::remove_member ? Method::delete_ : Method::get;
        ask.request.target = task.object ? path_of(task.object) : task.action == Action::import_users ? "/import" : "/probe";
        if (task.action == Action::set_manager) ask.request.target += "/manager";
        if (task.action == Action::write_members) ask.request.target += "/members";
        if (brief.why != 0) ask.request.target += "/why" + std::to_string(brief.why);
        if (task.action == Action::delete_disabled) ask.request.target += "/later";
        if (task.other) ask.request.target += path_of(task.other);
        for (const Brief& also : brief.also) ask.request.target += path_of(also.task.other);
        if (step > 1 && task.object.is_user()) ask.claims = one_id;
        if (step > 1) ask.request.target += "?step=" + std::to_string(step);
        if (impure) ask.request.target += "?move=" + std::to_string(++moves);
        if (!brief.computed.empty()) ask.request.body = brief.computed.front();
        if (task.action == Action::write_members) ask.request.body = brief.memo;
        return ask;
    }
};

}  // namespace provsim
