// SPDX-License-Identifier: Apache-2.0
// From the change log to membership tasks.
#include "connectors/planning.h"

#include <algorithm>
#include <tuple>

namespace provsim {
namespace {

struct Event {
    std::uint32_t group, user;
    Position at;
    bool added;
};

struct Net {
    Task task;
    Position first;
};

// Added and removed again in one window, or the other way round, is nothing; otherwise the last event tells.
std::vector<Net> net_effects(std::vector<Event> events)
{
    std::sort(events.begin(), events.end(), [](const Event& a, const Event& b) { return std::tie(a.group, a.user, a.at) < std::tie(b.group, b.user, b.at); });
    std::vector<Net> effects;
    for (std::size_t i = 0; i < events.size();) {
        std::size_t end = i;
        while (end < events.size() && events[end].group == events[i].group && events[end].user == events[i].user) ++end;
        if ((end - i) % 2 == 1) {
            const Action action = events[end - 1].added ? Action::add_member : Action::remove_member;
            effects.push_back({{action, GroupId{events[i].group}, UserId{events[i].user}}, events[i].at});
        }
        i = end;
    }
    std::sort(effects.begin(), effects.end(), [](const Net& a, const Net& b) {
        return std::tie(a.task.object.index, a.first) < std::tie(b.task.object.index, b.first);
    });
    return effects;
}

}  // namespace

std::vector<GroupId> groups_entering_by_name(const Sweep& sweep, const World& world)
{
    std::vector<GroupId> groups;
    if (!sweep.due || !sweep.since || (world.scope.groups.empty() && world.scope.input_groups.empty())) return groups;
    const View& view = world.directory;
    for (Position at = *sweep.since; at < view.head(); ++at) {
        const Change& change = view.changes()[at];
        if (change.kind != ChangeKind::group_renamed) continue;
        const auto link = world.links.find(change.object);
        if (!link || !link->managed) groups.push_back(change.object.group());
    }
    return groups;
}

std::vector<GroupId> groups_assigned_without_link(const Sweep& sweep, const World& world)
{
    std::vector<GroupId> groups;
    if (!sweep.due || !sweep.since) return groups;
    const View& view = world.directory;
    for (Position at = *sweep.since; at < view.head(); ++at) {
        const Change& change = view.changes()[at];
        if (change.kind == ChangeKind::assigned && change.object.is_group() && !world.links.find(change.object)) groups.push_back(change.object.group());
    }
    return groups;
}

MemberTasks::MemberTasks(const Sweep& sweep, std::vector<Task> again, std::vector<GroupId> entering, const World& world, bool redundant)
    : world_(world), again_(std::move(again))
{
    if (!sweep.due) return;
    if (sweep.since) find_changes(*sweep.since, entering);
    else full_ = groups_in_scope(world.directory, world.scope);
    if (redundant) add_remaining();
    covered_ = changed_;
    std::sort(covered_.begin(), covered_.end());
}

void MemberTasks::add_remaining()
{
    const std::vector<Task> own = std::move(changed_);
    changed_.clear();
    for (std::size_t i = 0; i < own.size();) {
        const ObjectRef group = own[i].object;
        std::vector<Task> added;
        bool removes = false;
        for (; i < own.size() && own[i].object == group; ++i) {
            changed_.push_back(own[i]);
            if (own[i].action == Action::add_member) added.push_back(own[i]);
            else removes = true;
        }
        if (!removes) continue;
        std::sort(added.begin(), added.end());
        for (const UserId member : world_.directory.members(group.group())) {
            const Task again{Action::add_member, group, member};
            if (!std::binary_search(added.begin(), added.end(), again)) changed_.push_back(again);
        }
    }
}

void MemberTasks::find_changes(Position since, const std::vector<GroupId>& entering)
{
    const View& view = world_.directory;
    const bool by_assignment = world_.scope.mode == ScopeMode::assigned;
    std::vector<Event> events;
    struct Scoping { GroupId group; bool enters; };
    std::vector<Scoping> scopings;
    // A group that is assigned itself does not enter by standing in another.
    const auto enter_nested = [&](ObjectRef parent, GroupId nested) {
        if (by_assignment && world_.scope.nested_groups && view.assigned(parent) && !view.assigned(nested)) scopings.push_back({nested, true});
    };
    for (Position at = since; at < view.head(); ++at) {
        const Change& change = view.changes()[at];
        if (change.kind == ChangeKind::member_added || change.kind == ChangeKind::member_removed) {
            events.push_back({change.object.index, change.other.index, at, change.kind == ChangeKind::member_added});
        } else if (change.kind == ChangeKind::nested_added) {
            enter_nested(change.object, change.other.group());
        } else if (change.object.is_group()) {
            const bool enters = change.kind == (by_assignment ? ChangeKind::assigned : ChangeKind::group_added);
            if (enters || (by_assignment && change.kind == ChangeKind::unassigned)) scopings.push_back({change.object.group(), enters});
            if (enters)
                for (const GroupId nested : view.nested(change.object.group())) enter_nested(change.object, nested);
        }
    }
    // A group's first event tells how the window began: one that was let go and taken back is not new.
    std::stable_sort(scopings.begin(), scopings.end(), [](const Scoping& a, const Scoping& b) { return a.group < b.group; });
    for (std::size_t i = 0; i < scopings.size(); ++i)
        if (scopings[i].enters && (i == 0 || scopings[i - 1].group != scopings[i].group)) full_.push_back(scopings[i].group);
    full_.insert(full_.end(), entering.begin(), entering.end());
    std::sort(full_.begin(), full_.end());
    full_.erase(std::unique(full_.begin(), full_.end()), full_.end());
    const auto out_of_scope = [&](GroupId group) { return !entitlement(view, world_.scope, group).in_scope(); };
    full_.erase(std::remove_if(full_.begin(), full_.end(), out_of_scope), full_.end());

    for (const Net& net : net_effects(std::move(events))) {
        const GroupId group = net.task.object.group();
        // A group that is leaving is deleted as a whole. A member who was deleted himself takes his memberships along.
        if (is_full(group) || out_of_scope(group)) continue;
        if (net.task.action == Action::add_member && !view.is_member(group, net.task.other.user())) continue;
        changed_.push_back(net.task);
    }
}

bool MemberTasks::is_full(GroupId group) const
{
    return std::binary_search(full_.begin(), full_.end(), group);
}

bool MemberTasks::is_covered(const Task& task) const
{
    if (std::binary_search(covered_.begin(), covered_.end(), task)) return true;
    const GroupId group = task.object.group();
    return task.action == Action::add_member && is_full(group) && world_.directory.is_member(group, task.other.user());
}

std::optional<Task> MemberTasks::next()
{
    for (;;) {
        if (at_member_ < members_.size()) return Task{Action::add_member, full_[at_full_ - 1], members_[at_member_++]};
        if (at_full_ == full_.size()) break;
        members_ = world_.directory.members(full_[at_full_++]);
        at_member_ = 0;
    }
    if (at_changed_ < changed_.size()) return changed_[at_changed_++];
    while (at_again_ < again_.size()) {
        const Task& task = again_[at_again_++];
        // One whose occasion has passed is drawn as well: its conversation says so and it is forgotten.
        if (!is_covered(task)) return task;
    }
    return std::nullopt;
}

}  // namespace provsim
