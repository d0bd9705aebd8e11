// SPDX-License-Identifier: Apache-2.0
// From the change log to what a cycle evaluates, for providers that keep watermarks.
#pragma once

#include "connectors/connector.h"

#include <memory>
#include <vector>

namespace provsim {

// What of a cycle's plan is the provider's own.
struct CycleShape {
    std::vector<Task> probes;       // first in each run
    bool groups = true;             // whether groups are provisioned
    bool members = true;            // whether their members are
    bool mixed = false;             // users and groups in one phase, by object id
    bool redundant = false;         // as of MemberTasks
};
// Users, their managers (those whose turn it is again; others are spawned by the users' conversations), groups, members.
std::unique_ptr<TaskCursor> plan_cycle(const CycleShape& shape, const CycleDue& due, const World& world);
// The object, and the members chosen with it.
std::unique_ptr<TaskCursor> plan_push(const CycleShape& shape, const Push& push, const World& world);

// The parts of a cycle's plan. Each costs O(changes) when incremental, except that the deletion of a group looks through the links.

// Rows of users to be evaluated, in order, each once.
// Initial: who is in scope or only kept out by a filter, and who is linked and managed without being in scope.
// Incremental: whom a change touches: his own, a membership of his in an assigned group, or what gave or took his group's
// assignment.
std::vector<std::uint32_t> users_to_evaluate(const Sweep& sweep, const World& world);
// The same for groups. Initial: in scope, filtered out or linked. Incremental: added, renamed, deleted, assigned, unassigned, or with
// member changes, because a GET of the group precedes those (Microsoft Q&A 1195656). A group inside an assigned group is there for the
// log's sake when it came to stand there, or its parent was assigned: nested groups are not flattened.
std::vector<std::uint32_t> groups_to_evaluate(const Sweep& sweep, const World& world);

// Groups that a filter kept out until now, and whose new name passes it. Asked before groups are provisioned: that they are
// not linked, or not managed, is what tells them from those renamed within the filter.
std::vector<GroupId> groups_entering_by_name(const Sweep& sweep, const World& world);

// Groups let go and taken back since the watermark that are not linked: a push of one deleted it in the target meanwhile, or it
// never got there. Asked before groups are provisioned, as above.
std::vector<GroupId> groups_assigned_without_link(const Sweep& sweep, const World& world);

// Membership tasks, drawn one by one. Members are never read back from the target: an initial cycle adds every member, later
// ones follow the source's changes (Microsoft Q&A 2278290).
class MemberTasks {
public:
    // `redundant`: a removal is followed by additions of all who remain (bitwarden/server, PatchGroupCommand.cs).
    MemberTasks(const Sweep& sweep, std::vector<Task> again, std::vector<GroupId> entering, const World& world, bool redundant);
    std::optional<Task> next();

private:
    void find_changes(Position since, const std::vector<GroupId>& entering);
    void add_remaining();
    bool is_full(GroupId group) const;
    bool is_covered(const Task& task) const;

    const World& world_;
    std::vector<GroupId> full_;             // groups whose every member is added: all, or those that newly are in scope; in row order
    std::vector<Task> changed_;             // of other groups: the window's net effect, by group, then by first change
    std::vector<Task> covered_;             // changed_, sorted, to look up
    std::vector<Task> again_;
    std::size_t at_full_ = 0, at_member_ = 0, at_changed_ = 0, at_again_ = 0;
    std::vector<UserId> members_;           // of full_[at_full_ - 1]
};

}  // namespace provsim
