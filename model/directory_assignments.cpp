// SPDX-License-Identifier: Apache-2.0
// Assignments to the application, and the roles they convey.
#include "model/directory_rows.h"

#include <algorithm>
#include <utility>

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

void Directory::assign(ObjectRef object, TimePoint now, RoleId role, std::optional<unsigned> priority, Values values)
{
    PROVSIM_CHECK(presence(object) == Presence::present && (role == default_access || static_cast<std::size_t>(role) < rows_->roles.size()));
    const bool before = assigned(object), new_role = role != default_access && !has_role(object, role);
    if (before && new_role) rows_->keep_assignments();
    if (!before) rows_->set_assigned(object, true);
    if (new_role) rows_->role_assignments.push_back({object, role});
    const std::uint64_t changed = rows_->set_terms(object, priority, values);
    if (!before || new_role) rows_->record(before ? ChangeKind::roles_changed : ChangeKind::assigned, object, now);
    if (before && changed != 0) rows_->record(ChangeKind::assignment_changed, object, now, {}, changed);
}

std::uint64_t Directory::Rows::set_terms(ObjectRef object, std::optional<unsigned> priority, Values values)
{
    if (!priority && values.empty()) return 0;
    TermsRow& row = terms[object.key()];
    TermsRow::Terms next = row.now;
    std::uint64_t changed = 0;
    if (priority && next.priority != priority) {
        next.priority = priority;
        changed |= bit(Attribute::handle);
    }
    for (const auto& [attribute, text] : values) {
        PROVSIM_CHECK(attribute != Attribute::handle && static_cast<std::size_t>(attribute) < builtin_attributes + custom_names.size());
        const auto at = std::lower_bound(next.values.begin(), next.values.end(), attribute, [](const auto& each, Attribute wanted) { return each.first < wanted; });
        const bool there = at != next.values.end() && at->first == attribute;
        const StringPool::Code code = strings.intern(text);
        if ((there ? at->second : StringPool::Code{0}) == code) continue;
        changed |= bit(attribute);
        if (code == 0) next.values.erase(at);
        else if (there) at->second = code;
        else next.values.insert(at, {attribute, code});
    }
    if (changed != 0) row.before = std::exchange(row.now, std::move(next));
    return changed;
}

// Of those without any as well, once there are some: who loses one of several is to be told from who lost nothing by it.
void Directory::Rows::end_terms(ObjectRef object, std::size_t place)
{
    if (terms.empty()) return;
    TermsRow& row = terms[object.key()];
    row.before = std::exchange(row.now, {});
    row.former_place = place;
}

AssignmentTerms Directory::Rows::read(const TermsRow::Terms& row) const
{
    AssignmentTerms found{row.priority, {}};
    for (const auto& [attribute, code] : row.values) found.values.emplace_back(attribute, strings.text(code));
    return found;
}

std::optional<unsigned> Directory::assignment_priority(ObjectRef object) const noexcept
{
    const auto found = rows_->terms.find(object.key());
    return found == rows_->terms.end() ? std::nullopt : found->second.now.priority;
}

std::vector<std::pair<Attribute, std::string_view>> Directory::assignment_values(ObjectRef object) const
{
    const auto found = rows_->terms.find(object.key());
    if (found == rows_->terms.end()) return {};
    return rows_->read(found->second.now).values;
}

bool View::assignments_carry_terms() const noexcept { return !directory_->rows_->terms.empty(); }

AssignmentTerms View::former_terms(ObjectRef object) const
{
    const auto found = directory_->rows_->terms.find(object.key());
    if (found == directory_->rows_->terms.end()) return {};
    return directory_->rows_->read(found->second.before);
}

std::size_t View::former_place(ObjectRef object) const noexcept
{
    const auto found = directory_->rows_->terms.find(object.key());
    return found == directory_->rows_->terms.end() ? 0 : found->second.former_place;
}

std::vector<UserId> View::last_members(GroupId group) const
{
    std::vector<UserId> users;
    const auto found = directory_->rows_->terms.find(ObjectRef(group).key());
    if (found == directory_->rows_->terms.end()) return users;
    for (const std::uint32_t user : found->second.last_members) users.push_back(UserId{user});
    return users;
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
