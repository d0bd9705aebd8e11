// SPDX-License-Identifier: Apache-2.0
// Who is bound to the application.
#include "connectors/jumpcloud/context.h"

namespace provsim {

Entitlement jumpcloud_binding(const JumpCloudContext& context, const World& world, UserId user)
{
    Entitlement found = entitlement(world.directory, world.scope, user);
    if (!found.in_scope() || found.reason == ScopeReason::everybody) return found;
    const bool directly = found.reason == ScopeReason::assigned;
    if (directly && context.settings.direct_assignment) return found;
    const GroupId through = found.through;
    found.reason = ScopeReason::not_assigned;
    found.through = no_group;
    if (!context.settings.groups_active) return found;
    if (!directly) {
        found.reason = ScopeReason::member_of_assigned;
        found.through = through;
        return found;
    }
    for (const GroupId group : world.directory.groups_of(user)) {
        if (!world.directory.assigned(group)) continue;
        found.reason = ScopeReason::member_of_assigned;
        found.through = group;
        break;
    }
    return found;
}

Entitlement jumpcloud_binding(const JumpCloudContext& context, const World& world, GroupId group)
{
    Entitlement found = entitlement(world.directory, world.scope, group);
    if (found.in_scope() && !context.settings.groups_active) found.reason = ScopeReason::not_assigned;
    return found;
}

bool left_before(const World& world, GroupId group, UserId user)
{
    const ChangeLog& log = world.directory.changes();
    const ObjectRef of(group), who(user);
    for (Position at = world.directory.head(); at > 0; --at) {
        const Change& change = log[at - 1];
        if (change.object != of) continue;
        if (change.kind == ChangeKind::unassigned || (change.kind == ChangeKind::member_removed && change.other == who)) return true;
    }
    return false;
}

}  // namespace provsim
