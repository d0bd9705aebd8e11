// SPDX-License-Identifier: Apache-2.0
// The directory as of a snapshot: live rows, except where an image was kept before the first edit.
#include "model/directory_rows.h"

#include <algorithm>

namespace provsim {

// --- keeping images --------------------------------------------------------------------------------------------------

void Directory::Rows::keep_user(std::uint32_t user)
{
    for (Snapshot::Images* images : snapshots) {
        if (user >= images->user_rows) continue;
        const auto [image, fresh] = images->users.try_emplace(user);
        if (!fresh) continue;
        image->second.flags = user_flags[user];
        image->second.manager = managers[user];
        const std::size_t used = builtin_attributes + custom_names.size();
        image->second.codes.resize(used);
        for (std::size_t number = 0; number < used; ++number) image->second.codes[number] = code(user, static_cast<Attribute>(number));
        if (user_flags[user].imaged()) continue;
        user_flags[user].set_imaged(true);
        imaged_users.push_back(user);
    }
}

void Directory::Rows::keep_group(std::uint32_t group)
{
    GroupRow& now = groups[group];
    for (Snapshot::Images* images : snapshots) {
        if (group >= images->group_rows) continue;
        const auto [image, fresh] = images->groups.try_emplace(group);
        if (!fresh) continue;
        image->second = {now.flags, now.display_name, now.nested};
        if (now.flags.imaged()) continue;
        now.flags.set_imaged(true);
        imaged_groups.push_back(group);
    }
}

void Directory::Rows::keep_assignments()
{
    for (Snapshot::Images* images : snapshots)
        if (!images->assignments) {
            images->assignments = assignments;
            images->role_assignments = role_assignments;
        }
}

Snapshot::Snapshot(Directory& directory) : images_(std::make_unique<Images>())
{
    Directory::Rows& rows = *directory.rows_;
    images_->rows = &rows;
    images_->head = rows.changes.head();
    images_->user_rows = rows.user_ids.size();
    images_->group_rows = rows.groups.size();
    images_->moment = rows.memberships.open();
    rows.snapshots.push_back(images_.get());
}

Snapshot::~Snapshot()
{
    Directory::Rows& rows = *images_->rows;   // not through the directory, which may have been moved
    rows.snapshots.erase(std::find(rows.snapshots.begin(), rows.snapshots.end(), images_.get()));
    rows.memberships.close();
    if (!rows.snapshots.empty()) return;
    for (const std::uint32_t user : rows.imaged_users) rows.user_flags[user].set_imaged(false);
    for (const std::uint32_t group : rows.imaged_groups) rows.groups[group].flags.set_imaged(false);
    rows.imaged_users = {};
    rows.imaged_groups = {};
}

Position Snapshot::head() const noexcept { return images_->head; }

// --- reading ---------------------------------------------------------------------------------------------------------

namespace {

// What a view shows of one row: its image, or null where the live row is as it was.
const UserImage* image_of(const Snapshot::Images* images, const RowFlags& live, UserId user) noexcept
{
    if (images == nullptr || !live.imaged()) return nullptr;
    const auto found = images->users.find(row(user));
    return found == images->users.end() ? nullptr : &found->second;
}

const GroupImage* image_of(const Snapshot::Images* images, const RowFlags& live, GroupId group) noexcept
{
    if (images == nullptr || !live.imaged()) return nullptr;
    const auto found = images->groups.find(row(group));
    return found == images->groups.end() ? nullptr : &found->second;
}

const RowFlags& flags_of(const Snapshot::Images* images, const RowFlags& live, ObjectRef object) noexcept
{
    if (object.is_user()) {
        const UserImage* image = image_of(images, live, object.user());
        return image != nullptr ? image->flags : live;
    }
    const GroupImage* image = image_of(images, live, object.group());
    return image != nullptr ? image->flags : live;
}

}  // namespace

std::size_t View::user_rows() const noexcept { return images_ != nullptr ? images_->user_rows : directory_->user_rows(); }
std::size_t View::group_rows() const noexcept { return images_ != nullptr ? images_->group_rows : directory_->group_rows(); }
Position View::head() const noexcept { return images_ != nullptr ? head_ : directory_->changes().head(); }

bool View::knows(ObjectRef object) const noexcept
{
    return (object.is_user() && object.index < user_rows()) || (object.is_group() && object.index < group_rows());
}

Presence View::presence(ObjectRef object) const noexcept
{
    if (!knows(object)) return Presence::absent;
    return flags_of(images_, directory_->rows_->flags(object), object).presence();
}

std::string_view View::value(UserId user, Attribute attribute) const noexcept
{
    if (!knows(user)) return {};
    const Directory::Rows& rows = *directory_->rows_;
    const UserImage* image = image_of(images_, rows.user_flags[row(user)], user);
    if (image == nullptr) return directory_->value(user, attribute);
    const auto number = static_cast<std::size_t>(attribute);
    return number < image->codes.size() ? rows.strings.text(image->codes[number]) : std::string_view{};
}

void View::prefetch(UserId user) const noexcept
{
    if (!knows(user)) return;
    const Directory::Rows& rows = *directory_->rows_;
    for (const auto& column : rows.columns)
        if (!column.empty() && column[row(user)] != 0) rows.strings.prefetch(column[row(user)]);
}

UserState View::state(UserId user) const noexcept
{
    return knows(user) ? flags_of(images_, directory_->rows_->user_flags[row(user)], user).state() : UserState::deactivated;
}

bool View::enabled(UserId user) const noexcept { return is_enabled(state(user)); }

UserId View::manager(UserId user) const noexcept
{
    if (!knows(user)) return no_user;
    const UserImage* image = image_of(images_, directory_->rows_->user_flags[row(user)], user);
    return image != nullptr ? UserId{image->manager} : directory_->manager(user);
}

Guid View::object_id(ObjectRef object) const noexcept { return knows(object) ? directory_->object_id(object) : Guid{}; }

std::string_view View::handle(ObjectRef object) const noexcept
{
    if (object.is_user()) return value(object.user(), Attribute::handle);
    return knows(object) ? directory_->handle(object) : std::string_view{};   // a group keeps its handle
}

std::string_view View::display_name(GroupId group) const noexcept
{
    if (!knows(group)) return {};
    const GroupImage* image = image_of(images_, directory_->rows_->groups[row(group)].flags, group);
    return image != nullptr ? directory_->rows_->strings.text(image->display_name) : directory_->display_name(group);
}

bool View::assigned(ObjectRef object) const noexcept
{
    return knows(object) && flags_of(images_, directory_->rows_->flags(object), object).assigned();
}

bool View::is_member(GroupId group, UserId user) const noexcept
{
    if (!knows(group) || presence(user) != Presence::present) return false;
    return directory_->rows_->memberships.contains(row(group), row(user), images_ != nullptr ? &images_->moment : nullptr);
}

std::vector<UserId> View::members(GroupId group) const
{
    std::vector<UserId> found;
    if (!knows(group)) return found;
    directory_->rows_->memberships.members(row(group), images_ != nullptr ? &images_->moment : nullptr, [&](std::uint32_t user) {
        if (presence(UserId{user}) == Presence::present) found.push_back(UserId{user});
    });
    return found;
}

std::vector<GroupId> View::groups_of(UserId user) const
{
    std::vector<GroupId> found;
    if (presence(user) != Presence::present) return found;
    directory_->rows_->memberships.groups(row(user), images_ != nullptr ? &images_->moment : nullptr,
                                          [&](std::uint32_t group) { found.push_back(GroupId{group}); });
    std::reverse(found.begin(), found.end());
    return found;
}

std::vector<GroupId> View::nested(GroupId group) const
{
    if (!knows(group)) return {};
    const GroupImage* image = image_of(images_, directory_->rows_->groups[row(group)].flags, group);
    if (image == nullptr) return directory_->nested(group);
    std::vector<GroupId> found;
    for (const std::uint32_t member : image->nested) found.push_back(GroupId{member});
    return found;
}

std::vector<ObjectRef> View::assignments() const
{
    return images_ != nullptr && images_->assignments ? *images_->assignments : directory_->assignments();
}

bool View::assigned_directly_or_by_group(UserId user) const noexcept
{
    if (presence(user) != Presence::present) return false;
    if (assigned(user)) return true;
    bool entitled = false;
    directory_->rows_->memberships.groups(row(user), images_ != nullptr ? &images_->moment : nullptr,
                                          [&](std::uint32_t group) { entitled = entitled || assigned(GroupId{group}); });
    return entitled;
}

}  // namespace provsim
