// SPDX-License-Identifier: Apache-2.0
// Editing the directory. Each mutator checks that it makes sense, keeps what open snapshots need, edits, records.
#include "model/directory.h"

#include "model/directory_rows.h"
#include "model/grow.h"

#include <algorithm>

namespace provsim {

// --- what the mutators share ---------------------------------------------------------------------------------------

void Directory::Rows::record(ChangeKind kind, ObjectRef object, TimePoint now, ObjectRef other, std::uint64_t attributes)
{
    PROVSIM_CHECK(now >= latest, "an edit before the one before it");
    latest = now;
    changes.append({now, attributes, object, other, kind});
}

void Directory::Rows::set_code(std::uint32_t user, Attribute attribute, StringPool::Code code)
{
    auto& column = columns[static_cast<std::size_t>(attribute)];
    if (column.empty() && code == 0) return;
    if (column.empty()) {
        column.reserve(user_ids.capacity());
        column.resize(user_ids.size());
    }
    column[user] = code;
}

void Directory::Rows::index_user(std::uint32_t user)
{
    if (code(user, Attribute::handle) != 0) user_handles.insert(user, user_handle_hash());
    if (code(user, Attribute::user_name) != 0) user_names.insert(user, user_name_hash());
}

void Directory::Rows::unindex_user(std::uint32_t user)
{
    user_handles.erase(user, user_handle_hash());
    user_names.erase(user, user_name_hash());
}

void Directory::Rows::set_assigned(ObjectRef object, bool on)
{
    keep(object);
    keep_assignments();
    flags(object).set_assigned(on);
    if (on) {
        assignments.push_back(object);
    } else {
        const auto place = std::find(assignments.begin(), assignments.end(), object);
        end_terms(object, static_cast<std::size_t>(place - assignments.begin()));
        assignments.erase(place);
        drop_roles(object);
    }
}

// --- users -----------------------------------------------------------------------------------------------------------

UserId Directory::add_user(const Guid& object_id, Values values, UserState state, TimePoint now)
{
    Rows& r = *rows_;
    PROVSIM_CHECK(r.user_ids.size() < row(no_user), "too many users");
    const auto user = static_cast<std::uint32_t>(r.user_ids.size());
    RowFlags flags;
    flags.set(Presence::present);
    flags.set(state);
    for (const auto& [attribute, text] : values) {
        PROVSIM_CHECK(static_cast<std::size_t>(attribute) < builtin_attributes + r.custom_names.size(), "unknown attribute");
        PROVSIM_CHECK(attribute != Attribute::handle || !find_by_handle(ObjectKind::user, text), "the handle is taken: " + std::string(text));
    }
    push_row(r.user_ids, object_id);
    push_row(r.user_flags, flags);
    push_row(r.managers, row(no_user));
    for (auto& column : r.columns)
        if (!column.empty()) push_row(column, StringPool::Code{0});
    r.memberships.add_user_row();
    for (const auto& [attribute, text] : values) r.set_code(user, attribute, r.strings.intern(text));
    r.index_user(user);
    r.record(ChangeKind::user_added, UserId{user}, now);
    return UserId{user};
}

void Directory::set_values(UserId user, Values values, TimePoint now)
{
    Rows& r = *rows_;
    PROVSIM_CHECK(presence(user) == Presence::present);
    std::uint64_t changed = 0;
    for (const auto& [attribute, text] : values) {
        PROVSIM_CHECK(static_cast<std::size_t>(attribute) < builtin_attributes + r.custom_names.size(), "unknown attribute");
        const StringPool::Code code = r.strings.intern(text), before = r.code(row(user), attribute);
        if (code == before) continue;
        if (attribute == Attribute::handle) {
            PROVSIM_CHECK(!find_by_handle(ObjectKind::user, text), "the handle is taken: " + std::string(text));
            if (before != 0) ++r.former_bearers[Rows::handle_key(ObjectKind::user, before)];
        }
        r.keep_user(row(user));
        const bool indexed = attribute == Attribute::handle || attribute == Attribute::user_name;
        if (indexed) r.unindex_user(row(user));
        r.set_code(row(user), attribute, code);
        if (indexed) r.index_user(row(user));
        changed |= bit(attribute);
    }
    if (changed != 0) r.record(ChangeKind::user_updated, user, now, {}, changed);
}

UserId Directory::add_user(const Guid& object_id, Values values, bool enabled, TimePoint now)
{
    return add_user(object_id, values, enabled ? UserState::active : UserState::deactivated, now);
}

void Directory::set_enabled(UserId user, bool enabled, TimePoint now)
{
    if (this->enabled(user) != enabled) set_state(user, enabled ? UserState::active : UserState::deactivated, now);
    else PROVSIM_CHECK(presence(user) == Presence::present);
}

void Directory::set_state(UserId user, UserState state, TimePoint now)
{
    PROVSIM_CHECK(presence(user) == Presence::present);
    if (this->state(user) == state) return;
    const bool was_enabled = enabled(user);
    rows_->keep_user(row(user));
    rows_->user_flags[row(user)].set(state);
    const ChangeKind kind = was_enabled == is_enabled(state) ? ChangeKind::state_changed : was_enabled ? ChangeKind::user_disabled : ChangeKind::user_enabled;
    rows_->record(kind, user, now);
}

void Directory::set_password(UserId user, TimePoint now)
{
    PROVSIM_CHECK(presence(user) == Presence::present);
    rows_->record(ChangeKind::password_changed, user, now);
}

void Directory::set_manager(UserId user, UserId manager, TimePoint now)
{
    PROVSIM_CHECK(presence(user) == Presence::present);
    PROVSIM_CHECK(manager == no_user || presence(manager) == Presence::present);
    if (this->manager(user) == manager) return;
    rows_->keep_user(row(user));
    rows_->managers[row(user)] = row(manager);
    rows_->record(ChangeKind::manager_changed, user, now, manager == no_user ? ObjectRef{} : ObjectRef{manager});
}

void Directory::soft_delete(UserId user, TimePoint now)
{
    PROVSIM_CHECK(presence(user) == Presence::present);
    rows_->keep_user(row(user));
    rows_->memberships.groups(row(user), nullptr, [&](std::uint32_t) { --rows_->visible_memberships; });
    rows_->user_flags[row(user)].set(Presence::soft_deleted);
    rows_->deleted_at[row(user)] = now;
    rows_->record(ChangeKind::user_soft_deleted, user, now);
}

void Directory::restore(UserId user, TimePoint now)
{
    PROVSIM_CHECK(presence(user) == Presence::soft_deleted);
    rows_->keep_user(row(user));
    rows_->memberships.groups(row(user), nullptr, [&](std::uint32_t) { ++rows_->visible_memberships; });
    rows_->user_flags[row(user)].set(Presence::present);
    rows_->deleted_at.erase(row(user));
    rows_->record(ChangeKind::user_restored, user, now);
}

void Directory::hard_delete(UserId user, TimePoint now)
{
    Rows& r = *rows_;
    PROVSIM_CHECK(presence(user) != Presence::absent);
    r.keep_user(row(user));
    if (presence(user) == Presence::present) r.memberships.groups(row(user), nullptr, [&](std::uint32_t) { --r.visible_memberships; });
    r.memberships.remove_user(row(user));
    if (assigned(user)) r.set_assigned(user, false);
    for (std::uint32_t report = 0; report < r.managers.size(); ++report) {
        if (r.managers[report] != row(user)) continue;
        r.keep_user(report);
        r.managers[report] = row(no_user);
    }
    r.managers[row(user)] = row(no_user);
    r.unindex_user(row(user));
    if (const auto handle = r.code(row(user), Attribute::handle)) ++r.former_bearers[Rows::handle_key(ObjectKind::user, handle)];
    r.user_flags[row(user)].set(Presence::absent);
    r.deleted_at.erase(row(user));
    r.record(ChangeKind::user_hard_deleted, user, now);
}

// --- groups ----------------------------------------------------------------------------------------------------------

GroupId Directory::add_group(const Guid& object_id, std::string_view handle, std::string_view display_name, TimePoint now)
{
    Rows& r = *rows_;
    PROVSIM_CHECK(r.groups.size() < 0x7FFFFFFFu, "too many groups");   // memberships use the highest bit
    PROVSIM_CHECK(!find_by_handle(ObjectKind::group, handle), "the handle is taken: " + std::string(handle));
    const auto group = static_cast<std::uint32_t>(r.groups.size());
    GroupRow fresh{object_id, r.strings.intern(handle), r.strings.intern(display_name), {}, {}};
    fresh.flags.set(Presence::present);
    push_row(r.groups, std::move(fresh));
    r.memberships.add_group_row();
    if (!handle.empty()) r.group_handles.insert(group, r.group_handle_hash());
    r.record(ChangeKind::group_added, GroupId{group}, now);
    return GroupId{group};
}

void Directory::rename(GroupId group, std::string_view display_name, TimePoint now)
{
    PROVSIM_CHECK(presence(group) == Presence::present);
    if (this->display_name(group) == display_name) return;
    rows_->keep_group(row(group));
    rows_->groups[row(group)].display_name = rows_->strings.intern(display_name);
    rows_->record(ChangeKind::group_renamed, group, now);
}

void Directory::delete_group(GroupId group, TimePoint now)
{
    Rows& r = *rows_;
    PROVSIM_CHECK(presence(group) == Presence::present);
    r.keep_group(row(group));
    r.memberships.members(row(group), nullptr, [&](std::uint32_t user) {
        if (r.user_flags[user].presence() == Presence::present) --r.visible_memberships;
    });
    if (assigned(group) && !r.terms.empty()) {
        auto& last = r.terms[ObjectRef(group).key()].last_members;
        r.memberships.members(row(group), nullptr, [&](std::uint32_t user) { last.push_back(user); });
    }
    r.memberships.remove_group(row(group));
    if (assigned(group)) r.set_assigned(group, false);
    for (std::uint32_t parent = 0; parent < r.groups.size(); ++parent) {
        auto& nested = r.groups[parent].nested;
        const auto link = std::find(nested.begin(), nested.end(), row(group));
        if (link == nested.end()) continue;
        r.keep_group(parent);
        nested.erase(link);
    }
    GroupRow& gone = r.groups[row(group)];
    gone.nested = {};
    r.group_handles.erase(row(group), r.group_handle_hash());
    if (gone.handle != 0) ++r.former_bearers[Rows::handle_key(ObjectKind::group, gone.handle)];
    gone.flags.set(Presence::absent);
    r.record(ChangeKind::group_deleted, group, now);
}

void Directory::add_member(GroupId group, UserId user, TimePoint now)
{
    PROVSIM_CHECK(presence(group) == Presence::present && presence(user) == Presence::present);
    if (is_member(group, user)) return;
    rows_->memberships.add(row(group), row(user));
    ++rows_->visible_memberships;
    rows_->record(ChangeKind::member_added, group, now, user);
}

void Directory::remove_member(GroupId group, UserId user, TimePoint now)
{
    PROVSIM_CHECK(presence(group) == Presence::present && presence(user) == Presence::present);
    if (!rows_->memberships.remove(row(group), row(user))) return;
    --rows_->visible_memberships;
    rows_->record(ChangeKind::member_removed, group, now, user);
}

void Directory::add_nested(GroupId group, GroupId member, TimePoint now)
{
    PROVSIM_CHECK(presence(group) == Presence::present && presence(member) == Presence::present && group != member);
    auto& nested = rows_->groups[row(group)].nested;
    if (std::find(nested.begin(), nested.end(), row(member)) != nested.end()) return;
    rows_->keep_group(row(group));
    nested.push_back(row(member));
    rows_->record(ChangeKind::nested_added, group, now, member);
}

void Directory::remove_nested(GroupId group, GroupId member, TimePoint now)
{
    PROVSIM_CHECK(presence(group) == Presence::present && presence(member) == Presence::present);
    auto& nested = rows_->groups[row(group)].nested;
    const auto link = std::find(nested.begin(), nested.end(), row(member));
    if (link == nested.end()) return;
    rows_->keep_group(row(group));
    nested.erase(link);
    rows_->record(ChangeKind::nested_removed, group, now, member);
}

// --- custom attributes, the log -------------------------------------------------------------------------


Attribute Directory::custom_attribute(std::string_view name)
{
    if (const auto known = find_custom(name)) return *known;
    PROVSIM_CHECK(name.substr(0, 7) == "custom." && name.size() > 7, "not the name of a custom attribute: " + std::string(name));
    const std::size_t number = builtin_attributes + rows_->custom_names.size();
    PROVSIM_CHECK(number < max_attributes, "no room for another custom attribute");
    rows_->custom_names.push_back(rows_->strings.intern(name));
    return static_cast<Attribute>(number);
}

void Directory::forget_changes()
{
    PROVSIM_CHECK(rows_->snapshots.empty(), "a snapshot knows the log by positions");
    rows_->changes.clear();
}

}  // namespace provsim
