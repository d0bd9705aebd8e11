// SPDX-License-Identifier: Apache-2.0
// What a change in the directory asks for. Okta: scim-20; concepts/scim; its OIN QA tests; Timothy-itayi/okta-iam-lifecycle-lab.
// Who is known to the target, and what everybody's state is, is read live, as of the trigger; each task looks again when it starts.
#include "connectors/okta/plan.h"

namespace provsim {

// Somebody provisioned by another path already is not sent again (assumed).
void OktaPlan::comes(UserId user)
{
    if (!wanted(user)) return;
    if (!provisioned(user)) add_user(user, OktaWhy::assigned);
    else if (let_go_.contains(row(user))) add_user(user, OktaWhy::assigned | OktaWhy::unassigned);
}

// Whoever is being created at this moment has no link yet, so that the task is drawn for him as well; it finds out.
void OktaPlan::goes(UserId user, bool had_path)
{
    let_go_.insert(row(user));
    if (wanted(user)) return;
    const auto link = world_.links.find(user);
    if (link ? link->managed : had_path) add_user(user, OktaWhy::unassigned);
}

// Unsuspended or unlocked: he was never let go, and nothing is sent. Deactivated and activated again: who is assigned by a group is
// provisioned; one's own assignment ended with the deactivation (OIN QA test C9293), which the directory does not know: the
// link that is not managed tells. Without a link he was staged until now.
void OktaPlan::returns(UserId user)
{
    if (!wanted(user) || provisioned(user)) return;
    if (!world_.links.find(user)) add_user(user, OktaWhy::assigned);
    else if (is_assigned_by_group(world_, user)) add_user(user, OktaWhy::reactivated);
}

// Also of somebody who is not provisioned, because that failed: an edit makes a fresh body (Timothy-itayi/okta-iam-lifecycle-lab).
void OktaPlan::changed(UserId user, std::uint64_t attributes)
{
    if (!wanted(user)) {
        goes(user, false);
        return;
    }
    const bool known = provisioned(user);
    if (!known && !world_.scope.users.empty()) comes(user);
    if (known ? !context_.settings.updates : !context_.settings.creates) return;
    std::uint64_t triggers = context_.triggers;
    if (has_assignment_values(world_)) triggers = triggering_attributes(context_.users, okta_winner(world_.directory, user).terms);
    if ((attributes & triggers) != 0) add_user(user, OktaWhy::profile | OktaWhy::changed(attributes & triggers));
}

// Okta: OIN QA tests C9291 and C9309. `values`: those of the assignment itself that changed, should it be the winning one.
void OktaPlan::reassigned(UserId user, const OktaBefore& before, std::uint64_t values)
{
    if (!wanted(user) || !(provisioned(user) ? context_.settings.updates : context_.settings.creates)) return;
    const OktaWinner now = okta_winner(world_.directory, user), then = okta_winner(world_.directory, user, &before);
    if (!now.object || !then.object) return;       // he comes, or goes
    std::uint64_t changed = differing(now.terms, then.terms);
    if (now.object == before.object) changed |= values;
    changed &= context_.assignable;
    if (changed != 0) add_user(user, OktaWhy::profile | OktaWhy::changed(changed));
}

void OktaPlan::reassigned(const Change& change)
{
    const View& view = world_.directory;
    if (!has_assignment_values(world_)) return;
    const ObjectRef object = change.object;
    const auto each_user = [&](const OktaBefore& before, std::uint64_t values = 0) {
        if (object.is_user()) return reassigned(object.user(), before, values);
        for (const UserId user : view.presence(object) == Presence::present ? view.members(object.group()) : view.last_members(object.group())) reassigned(user, before, values);
    };
    const AssignmentTerms now{view.assignment_priority(object), view.assignment_values(object)};
    switch (change.kind) {
        case ChangeKind::assigned: return each_user({object, false});
        case ChangeKind::unassigned:
        case ChangeKind::group_deleted: return each_user({object, true, view.former_terms(object), view.former_place(object)});
        case ChangeKind::assignment_changed: return each_user({object, true, view.former_terms(object)}, change.attributes);
        case ChangeKind::member_added:
        case ChangeKind::member_removed:
            if (view.assigned(object)) reassigned(change.other.user(), {object, change.kind == ChangeKind::member_removed, now});
            return;
        default: return;
    }
}

void OktaPlan::member(GroupId group, UserId user)
{
    if (world_.pushed.status(group) != PushStatus::active) return;
    if (wanted(user) || provisioned(user)) members_.emplace(row(group), row(user));
}

void OktaPlan::read(const Change& change)
{
    const View& view = world_.directory;
    const ObjectRef object = change.object;
    const bool all = world_.scope.mode == ScopeMode::all;
    switch (change.kind) {
        case ChangeKind::assigned:
            if (object.is_user()) return comes(object.user());
            for (const UserId user : view.members(object.group())) comes(user);
            return;
        case ChangeKind::unassigned:
            if (object.is_user()) return goes(object.user(), true);
            for (const UserId user : view.members(object.group())) goes(user, true);
            return;
        case ChangeKind::user_added:
            if (all) comes(object.user());
            return;
        case ChangeKind::user_updated: return changed(object.user(), change.attributes);
        case ChangeKind::user_enabled:
        case ChangeKind::user_restored: return returns(object.user());
        // Suspended, locked or expired: nothing; only who is deactivated loses his applications.
        case ChangeKind::user_disabled:
        case ChangeKind::state_changed:
            if (view.state(object.user()) == UserState::deactivated) goes(object.user(), entitlement(view, world_.scope, object.user()).in_scope());
            return;
        // Of somebody deactivated before, nothing (concepts/scim); Okta deletes nobody else, so that he is deactivated here.
        case ChangeKind::user_soft_deleted:
        case ChangeKind::user_hard_deleted: return goes(object.user(), false);
        case ChangeKind::password_changed:
            if (context_.settings.sync_password && wanted(object.user()) && provisioned(object.user())) add_user(object.user(), OktaWhy::password);
            return;
        case ChangeKind::member_added:
            if (view.assigned(object)) comes(change.other.user());
            return member(object.group(), change.other.user());
        case ChangeKind::member_removed:
            if (view.assigned(object)) goes(change.other.user(), true);
            return member(object.group(), change.other.user());
        case ChangeKind::group_renamed:
            if (world_.pushed.status(object.group()) == PushStatus::active && world_.links.find(object) && context_.settings.rename_groups) add_group(object.group(), OktaWhy::renamed);
            return;
        // Its members are not kept: whoever is known is looked at.
        case ChangeKind::group_deleted:
            for (ObjectRef user = world_.links.next(ObjectKind::user, 0); user; user = world_.links.next(ObjectKind::user, user.index + 1)) goes(user.user(), false);
            return;
        // A manager's change triggers no push (Expression Language). The others: no concern of Okta's.
        case ChangeKind::manager_changed:
        case ChangeKind::group_added:
        case ChangeKind::nested_added:
        case ChangeKind::nested_removed:
        case ChangeKind::roles_changed:
        case ChangeKind::assignment_changed: return;
    }
}

void OktaPlan::changes(Position from, Position to)
{
    for (Position at = from; at < to && at < world_.directory.head(); ++at) {
        read(world_.directory.changes()[at]);
        reassigned(world_.directory.changes()[at]);
    }
}

}  // namespace provsim
