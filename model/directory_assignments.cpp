// SPDX-License-Identifier: Apache-2.0
// Assignments to the application, and the roles they convey.
#include "model/directory_rows.h"

#include <algorithm>

namespace provsim {
namespace {

auto with_role(ObjectRef object, RoleId role)
{
    return [=](const RoleAssignment& each) { return each.object == object && each.role == role; };
}

auto of(ObjectRef object)
{
    return [=](const RoleAssignment& each) { return each.object == object; };
}

}  // namespace

void Directory::Rows::drop_roles(ObjectRef object)
{
    role_assignments.erase(std::remove_if(role_assignments.begin(), role_assignments.end(), of(object)), role_assignments.end());
}

RoleId Directory::add_role(std::string_view handle, AppRole role)
{
    PROVSIM_CHECK(rows_->roles.size() < static_cast<std::size_t>(default_access) && !find_role(handle));
    rows_->roles.push_back(std::move(role));
    rows_->role_handles.emplace_back(handle);
    return static_cast<RoleId>(rows_->roles.size() - 1);
}

void Directory::assign(ObjectRef object, TimePoint now, RoleId role)
{
    PROVSIM_CHECK(presence(object) == Presence::present && (role == default_access || static_cast<std::size_t>(role) < rows_->roles.size()));
    const bool before = assigned(object);
    if (before && (role == default_access || has_role(object, role))) return;
    if (before) rows_->keep_assignments();
    else rows_->set_assigned(object, true);
    if (role != default_access) rows_->role_assignments.push_back({object, role});
    rows_->record(before ? ChangeKind::roles_changed : ChangeKind::assigned, object, now);
}

void Directory::unassign(ObjectRef object, TimePoint now)
{
    PROVSIM_CHECK(presence(object) == Presence::present);
    if (!assigned(object)) return;
    rows_->set_assigned(object, false);
    rows_->record(ChangeKind::unassigned, object, now);
}

void Directory::unassign(ObjectRef object, TimePoint now, RoleId role)
{
    if (!has_role(object, role)) return;
    auto& all = rows_->role_assignments;
    if (std::count_if(all.begin(), all.end(), of(object)) == 1) return unassign(object, now);
    rows_->keep_assignments();
    all.erase(std::find_if(all.begin(), all.end(), with_role(object, role)));
    rows_->record(ChangeKind::roles_changed, object, now);
}

std::optional<RoleId> Directory::find_role(std::string_view handle) const noexcept
{
    const auto& handles = rows_->role_handles;
    const auto found = std::find(handles.begin(), handles.end(), handle);
    if (found == handles.end()) return std::nullopt;
    return static_cast<RoleId>(found - handles.begin());
}

std::vector<std::string_view> Directory::role_handles() const
{
    return {rows_->role_handles.begin(), rows_->role_handles.end()};
}

bool Directory::has_role(ObjectRef object, RoleId role) const noexcept
{
    const auto& all = rows_->role_assignments;
    return std::any_of(all.begin(), all.end(), with_role(object, role));
}

// --- as of a snapshot ------------------------------------------------------------------------------------------------

namespace {

const std::vector<RoleAssignment>& seen(const std::vector<RoleAssignment>& live, const Snapshot::Images* images) noexcept
{
    return images != nullptr && images->role_assignments ? *images->role_assignments : live;
}

}  // namespace

bool View::has_role(ObjectRef object) const noexcept
{
    const auto& all = seen(directory_->rows_->role_assignments, images_);
    return std::any_of(all.begin(), all.end(), of(object));
}

std::vector<RoleId> View::roles(UserId user) const
{
    std::vector<RoleId> roles;
    const auto& all = seen(directory_->rows_->role_assignments, images_);
    if (all.empty() || presence(user) != Presence::present) return roles;
    const auto take = [&](ObjectRef object) {
        for (const RoleAssignment& each : all)
            if (each.object == object && std::find(roles.begin(), roles.end(), each.role) == roles.end()) roles.push_back(each.role);
    };
    take(user);
    for (const GroupId group : groups_of(user)) take(group);
    return roles;
}

const AppRole& View::role(RoleId role) const noexcept
{
    return directory_->rows_->roles[static_cast<std::size_t>(role)];
}

}  // namespace provsim
