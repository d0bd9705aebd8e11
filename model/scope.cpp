// SPDX-License-Identifier: Apache-2.0
#include "model/scope.h"

#include <algorithm>
#include <optional>
#include <type_traits>

namespace provsim {
namespace {

template <class Id>
void sort_rows(std::vector<Id>& rows)
{
    std::sort(rows.begin(), rows.end());
    rows.erase(std::unique(rows.begin(), rows.end()), rows.end());
}

// The application wants a role: default access, own or by a group, is not enough.
Entitlement by_role(const View& view, UserId user) noexcept
{
    if (view.assigned(user) && view.has_role(user)) return {ScopeReason::assigned};
    bool assigned = view.assigned(user);
    for (const GroupId group : view.groups_of(user)) {
        if (!view.assigned(group) || view.presence(group) != Presence::present) continue;
        if (view.has_role(group)) return {ScopeReason::member_of_assigned, group};
        assigned = true;
    }
    return {assigned ? ScopeReason::without_role : ScopeReason::not_assigned};
}

// Before the filters. Most reasons need no more than their name.
Entitlement by_assignment(const View& view, const Scope& scope, UserId user) noexcept
{
    if (view.presence(user) != Presence::present) return {ScopeReason::not_in_directory};
    if (scope.mode == ScopeMode::all) return {ScopeReason::everybody};
    if (!scope.default_access_counts) return by_role(view, user);
    if (view.assigned(user)) return {ScopeReason::assigned};
    // Asked before the list of groups is made: most users who are out of scope are so at this line.
    if (!view.assigned_directly_or_by_group(user)) return {ScopeReason::not_assigned};
    for (const GroupId group : view.groups_of(user))
        if (view.assigned(group) && view.presence(group) == Presence::present) return {ScopeReason::member_of_assigned, group};
    return {ScopeReason::not_assigned};
}

Entitlement by_assignment(const View& view, const Scope& scope, GroupId group) noexcept
{
    if (view.presence(group) != Presence::present) return {ScopeReason::not_in_directory};
    if (scope.mode == ScopeMode::all) return {ScopeReason::everybody};
    if (view.assigned(group)) return {scope.default_access_counts || view.has_role(group) ? ScopeReason::assigned : ScopeReason::without_role};
    if (scope.nested_groups)
        if (const GroupId parent = assigned_parent(view, group); parent != no_group) return {ScopeReason::nested_in_assigned, parent};
    return {ScopeReason::not_assigned};
}

Entitlement filtered(const Entitlement& before, const ScopingFilter& filter, const View& view, ObjectRef object) noexcept
{
    if (filter.empty() || !before.in_scope()) return before;
    const FilterVerdict verdict = filter.evaluate(view, object);
    return verdict.passed() ? before : Entitlement{ScopeReason::filtered_out, no_group, verdict};
}

// First of all, because what fails here is not read (Graph: "filter out objects at the early stage of reading them"). A
// row that never was has no values to fail with.
template <class Id>
std::optional<Entitlement> ignored(const View& view, const ScopingFilter& input, Id object, std::size_t rows) noexcept
{
    if (input.empty() || row(object) >= rows) return std::nullopt;
    const FilterVerdict verdict = input.evaluate(view, object);
    if (verdict.passed()) return std::nullopt;
    return Entitlement{ScopeReason::ignored_by_filter, no_group, verdict};
}

std::string named(const View& view, GroupId group)
{
    const auto handle = view.handle(group);
    return "group:" + std::string(handle.empty() ? view.display_name(group) : handle);
}

}  // namespace

GroupId assigned_parent(const View& view, GroupId group)
{
    for (const ObjectRef parent : view.assignments()) {
        if (!parent.is_group() || view.presence(parent) != Presence::present) continue;
        const auto nested = view.nested(parent.group());
        if (std::find(nested.begin(), nested.end(), group) != nested.end()) return parent.group();
    }
    return no_group;
}

Entitlement entitlement(const View& view, const Scope& scope, UserId user) noexcept
{
    if (const auto left = ignored(view, scope.input_users, user, view.user_rows())) return *left;
    return filtered(by_assignment(view, scope, user), scope.users, view, user);
}

Entitlement entitlement(const View& view, const Scope& scope, GroupId group) noexcept
{
    if (const auto left = ignored(view, scope.input_groups, group, view.group_rows())) return *left;
    return filtered(by_assignment(view, scope, group), scope.groups, view, group);
}

std::string describe(const Entitlement& entitlement, const View& view)
{
    switch (entitlement.reason) {
        case ScopeReason::everybody: return "everybody is in scope";
        case ScopeReason::assigned: return "assigned";
        case ScopeReason::member_of_assigned: return "direct member of " + named(view, entitlement.through);
        case ScopeReason::nested_in_assigned: return "nested in " + named(view, entitlement.through);
        case ScopeReason::not_assigned: return "not assigned to the application";
        case ScopeReason::not_in_directory: return "no longer in the directory";
        case ScopeReason::filtered_out: return describe(entitlement.filter);
        case ScopeReason::without_role: return "assigned without a role of the application";
        case ScopeReason::ignored_by_filter: return "ignored: " + describe(entitlement.filter);
    }
    return "?";
}

std::vector<UserId> users_before_filters(const View& view, const Scope& scope)
{
    std::vector<UserId> users;
    if (scope.mode == ScopeMode::all) {
        for (std::uint32_t i = 0; i < view.user_rows(); ++i) users.push_back(UserId{i});
    } else {
        for (const ObjectRef object : view.assignments()) {
            if (object.is_user()) {
                users.push_back(object.user());
            } else if (view.presence(object) == Presence::present) {
                const auto members = view.members(object.group());
                users.insert(users.end(), members.begin(), members.end());
            }
        }
        sort_rows(users);
    }
    users.erase(std::remove_if(users.begin(), users.end(), [&](UserId user) { return view.presence(user) != Presence::present; }), users.end());
    return users;
}

std::vector<GroupId> groups_before_filters(const View& view, const Scope& scope)
{
    std::vector<GroupId> groups;
    if (scope.mode == ScopeMode::all) {
        for (std::uint32_t i = 0; i < view.group_rows(); ++i) groups.push_back(GroupId{i});
    } else {
        for (const ObjectRef object : view.assignments())
            if (object.is_group()) groups.push_back(object.group());
        if (scope.nested_groups) {
            for (std::size_t i = 0, assigned = groups.size(); i < assigned; ++i)
                if (view.presence(groups[i]) == Presence::present)
                    for (const GroupId nested : view.nested(groups[i])) groups.push_back(nested);
        }
        sort_rows(groups);
    }
    groups.erase(std::remove_if(groups.begin(), groups.end(), [&](GroupId group) { return view.presence(group) != Presence::present; }),
                 groups.end());
    return groups;
}

namespace {

// Who was found by assignment is in scope unless a filter or the want of a role says otherwise.
template <class Id>
std::vector<Id> entitled(std::vector<Id> objects, const Scope& scope, const View& view)
{
    constexpr bool users = std::is_same_v<Id, UserId>;
    const bool narrowed = !scope.default_access_counts || !(users ? scope.users : scope.groups).empty() || !(users ? scope.input_users : scope.input_groups).empty();
    if (narrowed) objects.erase(std::remove_if(objects.begin(), objects.end(), [&](Id object) { return !entitlement(view, scope, object).in_scope(); }), objects.end());
    return objects;
}

}  // namespace

std::vector<UserId> users_in_scope(const View& view, const Scope& scope)
{
    return entitled(users_before_filters(view, scope), scope, view);
}

std::vector<GroupId> groups_in_scope(const View& view, const Scope& scope)
{
    return entitled(groups_before_filters(view, scope), scope, view);
}

}  // namespace provsim
