// SPDX-License-Identifier: Apache-2.0
#include "connectors/okta/plan.h"

namespace provsim {
namespace {

// Drawn at once: what a change asks for is little, and what the start asks for is the engine's to keep anyway.
class ListCursor final : public TaskCursor {
public:
    explicit ListCursor(std::array<std::vector<Planned>, phase_count> tasks) : tasks_(std::move(tasks)) {}

    std::optional<Planned> next(Phase phase) override
    {
        const auto number = static_cast<std::size_t>(phase);
        if (at_[number] == tasks_[number].size()) return std::nullopt;
        return std::move(tasks_[number][at_[number]++]);
    }

private:
    std::array<std::vector<Planned>, phase_count> tasks_;
    std::array<std::size_t, phase_count> at_{};
};

}  // namespace

// The connection is tested, and whoever is assigned by now is provisioned. (Okta itself leaves it to "Provision User" to bring in
// who was assigned before: Timothy-itayi/okta-iam-lifecycle-lab. A rehearsal begins with its opening directory.)
void OktaPlan::started()
{
    first_.emplace_back(Task{Action::test_connection, {}, {}});
    for (const UserId user : users_in_scope(world_.directory, world_.scope))
        if (wanted(user) && !provisioned(user)) add_user(user, OktaWhy::assigned);
    for (const GroupId group : world_.pushed.groups(PushStatus::active))
        if (!world_.links.find(group)) add_group(group, OktaWhy::push);
}

void OktaPlan::push_groups(ObjectRef object)
{
    for (const GroupId group : world_.pushed.groups(PushStatus::active))
        if (!object || object == ObjectRef(group)) add_group(group, OktaWhy::push);
}

void OktaPlan::admin(const AdminAct& act)
{
    const auto each_user = [&](auto&& act_on) {
        if (act.object.is_user()) return act_on(act.object.user());
        for (const UserId user : users_in_scope(world_.directory, world_.scope)) act_on(user);
    };
    switch (act.verb) {
        case AdminVerb::push_group:
        case AdminVerb::go_on_pushing: push_groups(act.object); break;
        case AdminVerb::push_now:
            for (const GroupId group : world_.pushed.groups(PushStatus::active)) {
                if (act.object && act.object != ObjectRef(group)) continue;
                if (world_.links.find(group)) last_.emplace_back(Task{Action::write_members, group, {}}, OktaWhy::push_now);
                else add_group(group, OktaWhy::push);
            }
            break;
        case AdminVerb::unlink:
        case AdminVerb::unlink_and_delete: {
            const std::uint32_t why = act.verb == AdminVerb::unlink ? OktaWhy::unlink : OktaWhy::unlink_and_delete;
            if (act.object.is_group()) {
                add_group(act.object.group(), why);
                break;
            }
            for (ObjectRef group = world_.links.next(ObjectKind::group, 0); group; group = world_.links.next(ObjectKind::group, group.index + 1))
                if (world_.pushed.status(group.group()) == PushStatus::none) add_group(group.group(), why);
            break;
        }
        // Only who is provisioned already (Timothy-itayi/okta-iam-lifecycle-lab).
        case AdminVerb::force_sync:
        case AdminVerb::apply_updates:
            each_user([&](UserId user) {
                if (wanted(user) && provisioned(user)) add_user(user, OktaWhy::forced);
            });
            break;
        case AdminVerb::provision_user:
            each_user([&](UserId user) {
                if (wanted(user) && !provisioned(user)) add_user(user, OktaWhy::provision_user);
            });
            break;
        case AdminVerb::import_now: first_.emplace_back(Task{Action::import_users, {}, {}}, 0, "1"); break;
        case AdminVerb::stop_pushing:
        case AdminVerb::resync_group: break;
    }
}

// Nothing of Okta's is called so; the nearest are "Provision User" and a group's first push.
void OktaPlan::push(const Push& push)
{
    if (push.object.is_user()) add_user(push.object.user(), provisioned(push.object.user()) ? OktaWhy::forced : OktaWhy::provision_user);
    if (push.object.is_group()) add_group(push.object.group(), OktaWhy::push);
}

std::array<std::vector<Planned>, phase_count> OktaPlan::finish() &&
{
    std::array<std::vector<Planned>, phase_count> tasks;
    const auto of = [&](Phase phase) -> std::vector<Planned>& { return tasks[static_cast<std::size_t>(phase)]; };
    of(Phase::probe) = std::move(first_);
    for (const auto& [user, why] : users_) of(Phase::users).emplace_back(Task{Action::provision, UserId{user}, {}}, why);
    for (const auto& [group, why] : groups_) of(Phase::groups).emplace_back(Task{Action::provision, GroupId{group}, {}}, why);
    of(Phase::members) = std::move(last_);
    for (const auto& [group, user] : members_) {
        const bool is_member = world_.directory.is_member(GroupId{group}, UserId{user});
        of(Phase::members).emplace_back(Task{is_member ? Action::add_member : Action::remove_member, GroupId{group}, UserId{user}});
    }
    return tasks;
}

std::unique_ptr<TaskCursor> plan_okta(const OktaApp& context, const Trigger& trigger, const World& world)
{
    OktaPlan plan(context, world);
    if (std::holds_alternative<Started>(trigger)) plan.started();
    else if (const auto* changes = std::get_if<Changes>(&trigger)) plan.changes(changes->from, changes->to);
    else if (const auto* act = std::get_if<AdminAct>(&trigger)) plan.admin(*act);
    else if (const auto* push = std::get_if<Push>(&trigger)) plan.push(*push);
    else {
        // Cycles are nothing of Okta's; who asks for one all the same gets what they would amount to.
        const auto& due = std::get<CycleDue>(trigger);
        const auto since = due.users.due ? due.users.since : due.groups.since;
        if (since) plan.changes(*since, world.directory.head());
        else plan.started();
    }
    return std::make_unique<ListCursor>(std::move(plan).finish());
}

}  // namespace provsim
