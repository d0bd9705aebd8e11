// SPDX-License-Identifier: Apache-2.0
// Who is in scope, and why: the reason is data that logs and previews show.
#pragma once

#include "model/directory.h"
#include "model/scoping_filter.h"

#include <string>

namespace provsim {

enum class ScopeMode : std::uint8_t {
    assigned,   // only users and groups assigned to the application, and direct members of assigned groups
    all,        // everybody and every group
};

struct Scope {
    ScopeMode mode = ScopeMode::assigned;
    bool default_access_counts = true;  // false: only an assignment with a role of the application entitles (Entra before 2020-04-16)
    ScopingFilter users{}, groups{};    // which of them (Entra: one set for each attribute mapping); empty: all
    // Who is read from the directory at all. Whoever fails is not processed: neither created nor updated nor deprovisioned,
    // linked or not (Graph: synchronization-filter, `inputFilterGroups`). That this holds of deletions too is assumed.
    ScopingFilter input_users{}, input_groups{};
    // Under `assigned`: a group that stands directly in an assigned group is in scope as an object. Its members are not
    // through it (Entra: nested groups are not flattened).
    bool nested_groups = false;
};

// Run files keep the numbers: new reasons come last.
enum class ScopeReason : std::uint8_t {
    everybody,            // in: scope is "all"
    assigned,             // in: assigned directly
    member_of_assigned,   // in: direct member of the assigned group `through` (Entra: nested groups are not read)
    not_assigned,         // out: in the directory, but without an assignment
    not_in_directory,     // out: soft-deleted or gone
    filtered_out,         // out: assigned or everybody, but `filter` says what he failed
    without_role,         // out: assigned by default access alone, which does not count
    ignored_by_filter,    // neither in nor out: `filter`, of the input filters, says why nothing is done
    nested_in_assigned,   // in: a group directly in the assigned group `through`, where Scope::nested_groups
};

constexpr bool in_scope(ScopeReason reason) noexcept
{
    return reason <= ScopeReason::member_of_assigned || reason == ScopeReason::nested_in_assigned;
}

struct Entitlement {
    ScopeReason reason = ScopeReason::not_assigned;
    GroupId through = no_group; // of the reasons that say so; with not_assigned, an assigned group that a group stands in, if somebody looked
    FilterVerdict filter{};     // when filtered_out or ignored: refers to the scope's filters and the directory
    bool in_scope() const noexcept { return provsim::in_scope(reason); }
    bool ignored() const noexcept { return reason == ScopeReason::ignored_by_filter; }
};

// Entra: how-provisioning-works, "assignment-based scoping". accountEnabled plays no part here, unless a filter asks for it.
// A group that is filtered out still entitles its members: the filters belong to the mapping of groups as objects (assumed).
Entitlement entitlement(const View& view, const Scope& scope, UserId user) noexcept;
Entitlement entitlement(const View& view, const Scope& scope, GroupId group) noexcept;
// The first assigned group that has `group` as a direct member, whatever the scope makes of it; no_group if none. O(assigned).
GroupId assigned_parent(const View& view, GroupId group);
// "assigned", "direct member of group:engineers", "not assigned to the application", "filter department EQUALS ...", "ignored: filter ..."
std::string describe(const Entitlement& entitlement, const View& view);

// All users, then all groups, in scope, in the order of their rows. Costs O(assigned) under `assigned`, not O(directory).
std::vector<UserId> users_in_scope(const View& view, const Scope& scope);
std::vector<GroupId> groups_in_scope(const View& view, const Scope& scope);
// The same before the scoping filters: who has to be looked at, if only to say why he is left out.
std::vector<UserId> users_before_filters(const View& view, const Scope& scope);
std::vector<GroupId> groups_before_filters(const View& view, const Scope& scope);

}  // namespace provsim
