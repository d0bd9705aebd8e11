// SPDX-License-Identifier: Apache-2.0
// Reading the directory as it is now.
#include "model/directory_rows.h"

#include <algorithm>

namespace provsim {

Directory::Directory() : rows_(std::make_unique<Rows>()) {}
Directory::~Directory() = default;
Directory::Directory(Directory&&) noexcept = default;

std::size_t Directory::user_rows() const noexcept { return rows_->user_ids.size(); }
std::size_t Directory::group_rows() const noexcept { return rows_->groups.size(); }
std::size_t Directory::membership_count() const noexcept { return rows_->visible_memberships; }

Presence Directory::presence(ObjectRef object) const noexcept
{
    return rows_->has(object) ? rows_->flags(object).presence() : Presence::absent;
}

std::string_view Directory::value(UserId user, Attribute attribute) const noexcept
{
    return static_cast<std::size_t>(attribute) < max_attributes ? rows_->text(row(user), attribute) : std::string_view{};
}

UserState Directory::state(UserId user) const noexcept { return rows_->has(user) ? rows_->user_flags[row(user)].state() : UserState::deactivated; }
bool Directory::enabled(UserId user) const noexcept { return is_enabled(state(user)); }
UserId Directory::manager(UserId user) const noexcept { return rows_->has(user) ? UserId{rows_->managers[row(user)]} : no_user; }

TimePoint Directory::soft_deleted_at(UserId user) const noexcept
{
    const auto found = rows_->deleted_at.find(row(user));
    return found == rows_->deleted_at.end() ? TimePoint{} : found->second;
}

Guid Directory::object_id(ObjectRef object) const noexcept
{
    if (!rows_->has(object)) return {};
    return object.is_user() ? rows_->user_ids[object.index] : rows_->groups[object.index].id;
}

std::string_view Directory::handle(ObjectRef object) const noexcept
{
    if (!rows_->has(object)) return {};
    return object.is_user() ? rows_->text(object.index, Attribute::handle) : rows_->strings.text(rows_->groups[object.index].handle);
}

std::string_view Directory::display_name(GroupId group) const noexcept
{
    return rows_->has(group) ? rows_->strings.text(rows_->groups[row(group)].display_name) : std::string_view{};
}

bool Directory::assigned(ObjectRef object) const noexcept { return rows_->has(object) && rows_->flags(object).assigned(); }

bool Directory::is_member(GroupId group, UserId user) const noexcept
{
    return presence(user) == Presence::present && rows_->has(group) && rows_->memberships.contains(row(group), row(user));
}

std::vector<UserId> Directory::members(GroupId group) const
{
    std::vector<UserId> found;
    if (!rows_->has(group)) return found;
    rows_->memberships.members(row(group), nullptr, [&](std::uint32_t user) {
        if (rows_->user_flags[user].presence() == Presence::present) found.push_back(UserId{user});
    });
    return found;
}

std::vector<GroupId> Directory::groups_of(UserId user) const
{
    std::vector<GroupId> found;
    if (presence(user) != Presence::present) return found;
    rows_->memberships.groups(row(user), nullptr, [&](std::uint32_t group) { found.push_back(GroupId{group}); });
    std::reverse(found.begin(), found.end());
    return found;
}

std::vector<GroupId> Directory::nested(GroupId group) const
{
    std::vector<GroupId> found;
    if (!rows_->has(group)) return found;
    for (const std::uint32_t member : rows_->groups[row(group)].nested) found.push_back(GroupId{member});
    return found;
}

const std::vector<ObjectRef>& Directory::assignments() const noexcept { return rows_->assignments; }

ObjectRef Directory::find_by_handle(ObjectKind kind, std::string_view wanted) const noexcept
{
    ObjectRef found;
    const StringPool::Code code = rows_->strings.find(wanted);
    if (code == 0) return found;
    if (kind == ObjectKind::user)
        rows_->user_handles.candidates(Rows::handle_hash(code), [&](std::uint32_t user) {
            if (rows_->code(user, Attribute::handle) == code) found = UserId{user};
        });
    if (kind == ObjectKind::group)
        rows_->group_handles.candidates(Rows::handle_hash(code), [&](std::uint32_t group) {
            if (rows_->groups[group].handle == code) found = GroupId{group};
        });
    return found;
}

ObjectRef Directory::find_by_object_id(ObjectKind kind, const Guid& wanted) const noexcept
{
    const auto fits = [&](ObjectRef object) { return object_id(object) == wanted && presence(object) != Presence::absent; };
    if (kind == ObjectKind::user)
        for (std::uint32_t user = 0; user < user_rows(); ++user)
            if (fits(UserId{user})) return UserId{user};
    if (kind == ObjectKind::group)
        for (std::uint32_t group = 0; group < group_rows(); ++group)
            if (fits(GroupId{group})) return GroupId{group};
    return {};
}

UserId Directory::find_by_user_name(std::string_view wanted) const noexcept
{
    // Nothing keeps two users from bearing one name, least of all when one of them lies in the recycle bin.
    // The lowest row wins, so that the answer does not depend on the index's history.
    UserId found = no_user;
    if (wanted.empty()) return found;
    const auto better = [&](std::uint32_t user) {
        if (found == no_user) return true;
        const bool was_present = presence(found) == Presence::present;
        const bool is_present = rows_->user_flags[user].presence() == Presence::present;
        return is_present != was_present ? is_present : user < row(found);
    };
    rows_->user_names.candidates(Rows::name_hash(wanted), [&](std::uint32_t user) {
        if (equal_ignoring_case(rows_->text(user, Attribute::user_name), wanted) && better(user)) found = UserId{user};
    });
    return found;
}

std::uint32_t Directory::former_bearers(ObjectKind kind, std::string_view wanted) const noexcept
{
    const auto found = rows_->former_bearers.find(Rows::handle_key(kind, rows_->strings.find(wanted)));
    return found == rows_->former_bearers.end() ? 0 : found->second;
}

std::optional<Attribute> Directory::find_custom(std::string_view name) const noexcept
{
    const StringPool::Code code = rows_->strings.find(name);
    const auto& names = rows_->custom_names;
    const auto found = code == 0 ? names.end() : std::find(names.begin(), names.end(), code);
    if (found == names.end()) return {};
    return static_cast<Attribute>(builtin_attributes + static_cast<std::size_t>(found - names.begin()));
}

std::string_view Directory::custom_name(Attribute attribute) const noexcept
{
    const auto number = static_cast<std::size_t>(attribute);
    if (number < builtin_attributes || number - builtin_attributes >= rows_->custom_names.size()) return {};
    return rows_->strings.text(rows_->custom_names[number - builtin_attributes]);
}

const ChangeLog& Directory::changes() const noexcept { return rows_->changes; }

Directory::Footprint Directory::footprint() const noexcept
{
    const Rows& r = *rows_;
    Footprint bytes;
    bytes.users = r.user_ids.capacity() * sizeof(Guid) + r.user_flags.capacity() * sizeof(RowFlags) + r.managers.capacity() * sizeof(std::uint32_t) +
                  r.memberships.user_head_bytes() + r.user_handles.bytes() + r.user_names.bytes();
    for (const auto& column : r.columns) bytes.users += column.capacity() * sizeof(StringPool::Code);
    bytes.strings = r.strings.bytes();
    bytes.memberships = r.memberships.bytes();
    bytes.changes = r.changes.bytes();
    bytes.other = sizeof(Rows) + r.groups.capacity() * sizeof(GroupRow) + r.group_handles.bytes() + r.assignments.capacity() * sizeof(ObjectRef) +
                  (r.deleted_at.size() + r.former_bearers.size()) * 32;
    for (const GroupRow& group : r.groups) bytes.other += group.nested.capacity() * sizeof(std::uint32_t);
    return bytes;
}

}  // namespace provsim
