// SPDX-License-Identifier: Apache-2.0
// From the change log to the objects that a cycle evaluates.
#include "connectors/planning.h"

#include <algorithm>

namespace provsim {
namespace {

using Rows = std::vector<std::uint32_t>;

void sort_rows(Rows& rows)
{
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
}

template <class Each>
void each_change(const World& world, Position since, Each each)
{
    const Position head = world.directory.head();
    for (Position at = since; at < head; ++at) each(world.directory.changes()[at]);
}

void add_linked_out_of_scope(Rows& rows, const World& world)
{
    for (ObjectRef user = world.links.next(ObjectKind::user, 0); user; user = world.links.next(ObjectKind::user, user.index + 1))
        if ((world.links.find(user)->managed || world.directory.presence(user) == Presence::absent)
            && !entitlement(world.directory, world.scope, user.user()).in_scope())
            rows.push_back(user.index);
}

bool changes_group_scope(const Change& change)
{
    if (!change.object.is_group()) return false;
    return change.kind == ChangeKind::assigned || change.kind == ChangeKind::unassigned || change.kind == ChangeKind::roles_changed
           || change.kind == ChangeKind::group_deleted;
}

// Groups whose membership gives, or gave at some time in the window, an entitlement: asked for while reading the log again.
Rows groups_with_scope_changes(const World& world, Position since)
{
    Rows groups;
    each_change(world, since, [&](const Change& change) {
        if (changes_group_scope(change)) groups.push_back(change.object.index);
    });
    sort_rows(groups);
    return groups;
}

void add_changed_users(Rows& rows, Position since, const World& world)
{
    const View& view = world.directory;
    // Where everybody is in scope, groups entitle nobody.
    const bool by_group = world.scope.mode == ScopeMode::assigned;
    const Rows regrouped = by_group ? groups_with_scope_changes(world, since) : Rows{};
    bool group_deleted = false;
    each_change(world, since, [&](const Change& change) {
        if (change.kind == ChangeKind::member_added || change.kind == ChangeKind::member_removed) {
            const bool entitles = by_group && (view.assigned(change.object) || std::binary_search(regrouped.begin(), regrouped.end(), change.object.index));
            if (entitles) rows.push_back(change.other.index);
        } else if (change.object.is_user()) {
            rows.push_back(change.object.index);
        } else if (change.kind == ChangeKind::group_deleted) {
            group_deleted = true;
        }
    });
    for (const std::uint32_t group : regrouped)
        for (const UserId member : view.members(GroupId{group})) rows.push_back(row(member));
    // Nothing tells any more who the members of a deleted group were.
    if (group_deleted && by_group) add_linked_out_of_scope(rows, world);
}

}  // namespace

std::vector<std::uint32_t> users_to_evaluate(const Sweep& sweep, const World& world)
{
    Rows rows;
    if (sweep.since) {
        add_changed_users(rows, *sweep.since, world);
    } else {
        // Who is filtered out is looked at as well, and skipped: the log is where people read why (Entra: how-provisioning-works).
        for (const UserId user : users_before_filters(world.directory, world.scope)) rows.push_back(row(user));
        add_linked_out_of_scope(rows, world);
    }
    sort_rows(rows);
    return rows;
}

std::vector<std::uint32_t> groups_to_evaluate(const Sweep& sweep, const World& world)
{
    Rows rows;
    const View& view = world.directory;
    const bool by_assignment = world.scope.mode == ScopeMode::assigned;
    const auto add_nested = [&](GroupId parent) {
        if (by_assignment)
            for (const GroupId nested : view.nested(parent)) rows.push_back(row(nested));
    };
    if (sweep.since) {
        bool may_leave = false;
        each_change(world, *sweep.since, [&](const Change& change) {
            if (!change.object.is_group()) return;
            if (change.kind == ChangeKind::nested_added || change.kind == ChangeKind::nested_removed) {
                const bool entitles = change.kind == ChangeKind::nested_added ? view.assigned(change.object) : world.scope.nested_groups;
                if (by_assignment && entitles) rows.push_back(change.other.index);
                return;
            }
            rows.push_back(change.object.index);
            if (change.kind == ChangeKind::assigned) add_nested(change.object.group());
            may_leave = may_leave || change.kind == ChangeKind::unassigned || change.kind == ChangeKind::group_deleted;
        });
        // Nothing tells any more which groups stood in a deleted one.
        if (may_leave && by_assignment && world.scope.nested_groups)
            for (ObjectRef group = world.links.next(ObjectKind::group, 0); group; group = world.links.next(ObjectKind::group, group.index + 1))
                if (!entitlement(view, world.scope, group.group()).in_scope()) rows.push_back(group.index);
    } else {
        for (const GroupId group : groups_before_filters(view, world.scope)) {
            rows.push_back(row(group));
            if (view.assigned(group)) add_nested(group);
        }
        for (ObjectRef group = world.links.next(ObjectKind::group, 0); group; group = world.links.next(ObjectKind::group, group.index + 1))
            rows.push_back(group.index);
    }
    sort_rows(rows);
    return rows;
}

}  // namespace provsim
