// SPDX-License-Identifier: Apache-2.0
// Users first, then groups, then memberships: that is the order in which each can be written (assumed; nothing is published
// about it). What stands in the queue already only gets one more reason.
#include "connectors/jumpcloud/plan.h"

#include "connectors/jumpcloud/why.h"

#include <array>
#include <map>
#include <vector>

namespace provsim {
namespace {

namespace why = jumpcloud_why;

using Drawn = std::array<std::vector<Planned>, phase_count>;

class ReadyPlan final : public TaskCursor {
public:
    explicit ReadyPlan(Drawn drawn) : drawn_(std::move(drawn)) {}

    std::optional<Planned> next(Phase phase) override
    {
        auto& tasks = drawn_[static_cast<std::size_t>(phase)];
        auto& at = at_[static_cast<std::size_t>(phase)];
        if (at == tasks.size()) return std::nullopt;
        return std::move(tasks[at++]);
    }

private:
    Drawn drawn_;
    std::array<std::size_t, phase_count> at_{};
};

class Planner {
public:
    Planner(const JumpCloudContext& context, const World& world) : context_(context), world_(world), view_(world.directory) {}

    std::unique_ptr<TaskCursor> finish() { return std::make_unique<ReadyPlan>(std::move(drawn_)); }

    // The connection is tested, then everything bound is sent (JumpCloud: custom SCIM identity management integration).
    void start()
    {
        draw(Phase::probe, {Action::test_connection, {}, {}}, 0);
        for (const UserId user : users_in_scope(view_, world_.scope))
            if (bound(user)) draw_user(user, why::bound);
        // Who was let go while nothing was sent (assumed).
        draw_users_let_go();
        for (const GroupId group : groups_in_scope(view_, world_.scope))
            if (bound(group)) draw_group(group, why::bound);
        for (ObjectRef group = world_.links.next(ObjectKind::group, 0); group; group = world_.links.next(ObjectKind::group, group.index + 1))
            if (world_.links.find(group)->managed && !bound(group.group()))
                draw_group(group.group(), view_.presence(group) == Presence::absent ? why::deleted : why::unbound);
    }

    void changes(Position from, Position to)
    {
        for (Position at = from; at < to; ++at) change(view_.changes()[at]);
        if (let_go_) draw_users_let_go();
        for (const GroupId group : touched_) repeat_adds(group);
    }

    void act(const AdminAct& act)
    {
        if (act.verb == AdminVerb::import_now) draw(Phase::users, {Action::import_users, {}, {}}, 0, "1");
        if (act.verb == AdminVerb::resync_group && act.object.is_group()) resync(act.object.group());
    }

    void push(const Push& push)
    {
        if (push.object.is_user()) return draw_user(push.object.user(), why::forced);
        if (!push.object.is_group()) return;
        draw_group(push.object.group(), why::resync);
        for (const UserId member : push.members) draw_member(Action::add_member, push.object.group(), member, why::forced);
    }

private:
    bool bound(UserId user) const { return jumpcloud_binding(context_, world_, user).in_scope(); }
    bool bound(GroupId group) const { return jumpcloud_binding(context_, world_, group).in_scope(); }
    bool managed(ObjectRef object) const
    {
        const auto link = world_.links.find(object);
        return link && link->managed;
    }

    // Once each; the reasons are collected.
    void draw(Phase phase, const Task& task, std::uint32_t reasons, std::string memo = {})
    {
        auto& tasks = drawn_[static_cast<std::size_t>(phase)];
        const auto [known, fresh] = places_.try_emplace(task, tasks.size());
        if (fresh) tasks.emplace_back(task, reasons, std::move(memo));
        else tasks[known->second].why |= reasons;
    }

    void draw_user(UserId user, std::uint32_t reason) { draw(Phase::users, {Action::provision, user, {}}, reason); }

    void draw_group(GroupId group, std::uint32_t reason)
    {
        if (context_.manages_groups) draw(Phase::groups, {Action::provision, group, {}}, reason);
    }

    void draw_member(Action action, GroupId group, UserId user, std::uint32_t reason)
    {
        if (context_.manages_groups) draw(Phase::members, {action, group, user}, reason);
    }

    void draw_users_let_go()
    {
        for (ObjectRef user = world_.links.next(ObjectKind::user, 0); user; user = world_.links.next(ObjectKind::user, user.index + 1))
            if (managed(user) && !bound(user.user()))
                draw_user(user.user(), view_.presence(user) == Presence::present ? why::unbound : why::deleted);
    }

    void change(const Change& change)
    {
        const ObjectRef object = change.object;
        switch (change.kind) {
            case ChangeKind::user_updated:
                if ((change.attributes & context_.mapped) != 0 && bound(object.user()) && (view_.enabled(object.user()) || world_.links.find(object)))
                    draw_user(object.user(), why::profile);
                break;
            case ChangeKind::user_enabled:
            case ChangeKind::user_disabled:
                if (bound(object.user())) draw_user(object.user(), why::state);
                break;
            case ChangeKind::state_changed:     // a password that expired or was renewed is one of them; whether it was shows in the target
                if (context_.settings.expiry_pushes && view_.enabled(object.user()) && bound(object.user())) draw_user(object.user(), why::expiry);
                break;
            case ChangeKind::user_added:
            case ChangeKind::user_restored:
                if (bound(object.user())) draw_user(object.user(), why::bound);
                break;
            case ChangeKind::user_soft_deleted:
            case ChangeKind::user_hard_deleted:
                if (world_.links.find(object)) draw_user(object.user(), why::deleted);
                break;
            case ChangeKind::group_renamed:
                if (!bound(object.group())) break;
                draw_group(object.group(), why::renamed);
                touch(object.group());
                break;
            case ChangeKind::group_deleted:
                if (world_.links.find(object)) draw_group(object.group(), why::deleted);
                let_go_ = true;     // nothing tells any more who its members were
                break;
            case ChangeKind::member_added:
                if (bound(object.group()) && view_.is_member(object.group(), change.other.user())) joined(object.group(), change.other.user());
                break;
            case ChangeKind::member_removed:
                if (bound(object.group()) && !view_.is_member(object.group(), change.other.user())) left(object.group(), change.other.user());
                break;
            case ChangeKind::assigned:
            case ChangeKind::unassigned:
                if (object.is_user()) {
                    if (context_.settings.direct_assignment && !managed(object) == bound(object.user())) draw_user(object.user(), bound(object.user()) ? why::bound : why::unbound);
                } else if (bound(object.group())) {
                    bind(object.group());
                } else if (change.kind == ChangeKind::unassigned) {
                    unbind(object.group());
                }
                break;
            case ChangeKind::group_added:
                if (bound(object.group())) draw_group(object.group(), why::bound);      // where every group is
                break;
            case ChangeKind::manager_changed:   // the custom SCIM connector has no attribute for it
            case ChangeKind::nested_added:
            case ChangeKind::nested_removed:
            case ChangeKind::roles_changed:
            case ChangeKind::assignment_changed:
            case ChangeKind::password_changed: break;
        }
    }

    // Who is known already costs no request of his own when he joins one more group.
    void joined(GroupId group, UserId user)
    {
        if (!managed(user)) draw_user(user, why::bound);
        // Otherwise his own task, or his group's, ends with the addition.
        if (!managed(group)) draw_group(group, why::members);
        else if (managed(user)) draw_member(Action::add_member, group, user, why::bound);
        touch(group);
    }

    void left(GroupId group, UserId user)
    {
        if (!bound(user) && view_.presence(user) == Presence::present) draw_user(user, why::unbound);
        draw_member(Action::remove_member, group, user, 0);
        touch(group);
    }

    void bind(GroupId group)
    {
        for (const UserId member : view_.members(group))
            if (!managed(member) && bound(member)) draw_user(member, why::bound);
        draw_group(group, why::bound);
    }

    // The group is left as it is (JumpCloud: considerations of group management), unless the setting unbind_members says otherwise.
    void unbind(GroupId group)
    {
        for (const UserId member : view_.members(group))
            if (!bound(member)) draw_user(member, why::unbound);
        if (!world_.links.find(group)) return;
        draw_group(group, why::unbound);
        if (!context_.settings.removes_unbound_members) return;
        for (const UserId member : view_.members(group)) draw_member(Action::remove_member, group, member, why::unbound);
    }

    void resync(GroupId group)
    {
        if (bound(group))
            for (const UserId member : view_.members(group))
                if (!managed(member) && bound(member)) draw_user(member, why::bound);
        draw_group(group, why::resync);
    }

    void touch(GroupId group)
    {
        if (context_.settings.repeats_adds) touched_.push_back(group);
    }

    void repeat_adds(GroupId group)
    {
        if (!managed(group)) return;
        for (const UserId member : view_.members(group))
            if (managed(member)) draw_member(Action::add_member, group, member, why::bound);
    }

    const JumpCloudContext& context_;
    const World& world_;
    const View& view_;
    Drawn drawn_;
    std::map<Task, std::size_t> places_;        // in its phase
    std::vector<GroupId> touched_;
    bool let_go_ = false;
};

}  // namespace

std::unique_ptr<TaskCursor> jumpcloud_plan(const JumpCloudContext& context, const Trigger& trigger, const World& world)
{
    Planner planner(context, world);
    if (const auto* changes = std::get_if<Changes>(&trigger)) {
        planner.changes(changes->from, changes->to);
    } else if (const auto* act = std::get_if<AdminAct>(&trigger)) {
        planner.act(*act);
    } else if (const auto* push = std::get_if<Push>(&trigger)) {
        planner.push(*push);
    } else if (const auto* due = std::get_if<CycleDue>(&trigger)) {
        // Not asked of a provider that reacts. An initial cycle is a start, a later one what changed since.
        const auto since = due->users.since ? due->users.since : due->groups.since;
        if (since) planner.changes(*since, world.directory.head());
        else planner.start();
    } else {
        planner.start();
    }
    return planner.finish();
}

std::optional<Problem> refuse_jumpcloud_push(const Push&)
{
    return Problem{Severity::error, "on-demand", "JumpCloud has no provision on demand", "change the user or the group, or re-sync the group (jumpcloud.resync_group)", {}};
}

}  // namespace provsim
