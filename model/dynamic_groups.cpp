// SPDX-License-Identifier: Apache-2.0
#include "model/dynamic_groups.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

// Whether a rule may think otherwise of the user after such a change. Rules cannot ask for managers, memberships or assignments.
bool matters(ChangeKind kind)
{
    switch (kind) {
        case ChangeKind::user_added:
        case ChangeKind::user_updated:
        case ChangeKind::user_enabled:
        case ChangeKind::user_disabled:
        case ChangeKind::user_restored: return true;
        default: return false;
    }
}

std::vector<UserId> touched_users(const Directory& directory, Position from)
{
    std::vector<UserId> users;
    for (Position at = from; at < directory.changes().head(); ++at) {
        const Change& change = directory.changes()[at];
        if (matters(change.kind)) users.push_back(change.object.user());
    }
    std::sort(users.begin(), users.end());
    users.erase(std::unique(users.begin(), users.end()), users.end());
    return users;
}

}  // namespace

bool DynamicGroups::has(GroupId group) const noexcept
{
    return std::any_of(rules_.begin(), rules_.end(), [group](const Rule& rule) { return rule.group == group; });
}

Result<Position> DynamicGroups::edit(Directory& directory, const Edit& edit, TimePoint now, const Draw& draw)
{
    if (auto problem = refuse(edit, directory)) return std::move(*problem);
    const Position from = directory.changes().head();
    auto applied = apply(directory, edit, now, draw);
    if (!applied) return applied;

    for (const UserId user : touched_users(directory, from))
        for (const Rule& rule : rules_) follow(rule, user, directory, now);
    if (const auto* added = std::get_if<AddGroup>(&edit); added && !added->rule.empty()) {
        rules_.push_back({directory.changes()[from].object.group(), added->rule});
        for (std::uint32_t i = 0; i < directory.user_rows(); ++i) follow(rules_.back(), UserId{i}, directory, now);
    }
    return directory.changes().head();
}

void DynamicGroups::follow(const Rule& rule, UserId user, Directory& directory, TimePoint now)
{
    // Who lies in the recycle bin is looked at when he is restored.
    if (directory.presence(rule.group) != Presence::present || directory.presence(user) != Presence::present) return;
    const bool fits = rule.filter.evaluate(View(directory), user).passed();
    if (fits == directory.is_member(rule.group, user)) return;
    if (fits) directory.add_member(rule.group, user, now);
    else directory.remove_member(rule.group, user, now);
}

std::optional<Problem> DynamicGroups::refuse(const Edit& edit, const Directory& directory) const
{
    const auto problem = [](std::string what, std::string remedy) { return Problem{Severity::error, "dynamic-group", std::move(what), std::move(remedy), {}}; };
    if (const auto* made = std::get_if<AddGroup>(&edit); made && !made->rule.empty() && !made->members.empty())
        return problem(fmt::format("group:{} has a rule and members", made->handle), "leave the members out: whoever fits the rule is one");
    const auto* added = std::get_if<AddMembers>(&edit);
    const auto* removed = std::get_if<RemoveMembers>(&edit);
    if ((!added && !removed) || rules_.empty()) return std::nullopt;
    const ObjectRef group = find_object(directory, added ? added->group : removed->group, ObjectKind::group);
    if (!group || !has(group.group())) return std::nullopt;
    return problem(fmt::format("the members of {} follow its rule, so none can be {}", object_name(directory, group), added ? "added" : "removed"),
                   "change what the rule looks at: user.update");
}

}  // namespace provsim
