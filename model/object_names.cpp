// SPDX-License-Identifier: Apache-2.0
// How people name users and groups, and how reports do.
#include "model/edit.h"
#include "model/edit_names.h"
#include "model/nearest.h"
#include "model/text.h"

#include <fmt/format.h>

namespace provsim {
namespace {

constexpr std::string_view user_prefix = "user:", group_prefix = "group:";

bool takes(ObjectKind expected, ObjectKind kind) noexcept { return expected == ObjectKind::none || expected == kind; }

}  // namespace

SplitName split_object_name(std::string_view name, ObjectKind expected) noexcept
{
    if (name.substr(0, user_prefix.size()) == user_prefix) return {ObjectKind::user, name.substr(user_prefix.size())};
    if (name.substr(0, group_prefix.size()) == group_prefix) return {ObjectKind::group, name.substr(group_prefix.size())};
    return {expected, name};
}

// A handle goes before a userName, and that before a displayName: the first two are looked up, only the last is a scan.
std::vector<ObjectRef> fitting_objects(const Directory& directory, std::string_view name, ObjectKind expected)
{
    std::vector<ObjectRef> found;
    const auto [kind, plain] = split_object_name(name, expected);
    if (plain.empty() || !takes(expected, kind)) return found;
    for (const ObjectKind each : {ObjectKind::user, ObjectKind::group})
        if (takes(kind, each))
            if (const ObjectRef object = directory.find_by_handle(each, plain)) found.push_back(object);
    if (!found.empty()) return found;

    if (takes(kind, ObjectKind::user))
        if (const UserId user = directory.find_by_user_name(plain); user != no_user) return {user};

    for (std::uint32_t i = 0; takes(kind, ObjectKind::user) && i < directory.user_rows(); ++i)
        if (directory.presence(UserId{i}) != Presence::absent && equal_ignoring_case(directory.value(UserId{i}, Attribute::display_name), plain))
            found.push_back(UserId{i});
    for (std::uint32_t i = 0; takes(kind, ObjectKind::group) && i < directory.group_rows(); ++i)
        if (directory.presence(GroupId{i}) != Presence::absent && equal_ignoring_case(directory.display_name(GroupId{i}), plain))
            found.push_back(GroupId{i});
    return found;
}

ObjectRef find_object(const Directory& directory, std::string_view name, ObjectKind expected)
{
    const auto fitting = fitting_objects(directory, name, expected);
    return fitting.size() == 1 ? fitting.front() : ObjectRef{};
}

std::string object_name(const Directory& directory, ObjectRef object)
{
    if (!object) return "nobody";
    std::string_view name = directory.handle(object);
    // Imported objects have no handle.
    if (name.empty()) name = object.is_user() ? directory.value(object.user(), Attribute::user_name) : directory.display_name(object.group());
    return fmt::format("{}{}", object.is_user() ? user_prefix : group_prefix, name.empty() ? to_string(directory.object_id(object)) : std::string(name));
}

std::string did_you_mean(const Directory& directory, std::string_view name, ObjectKind expected)
{
    const auto [kind, plain] = split_object_name(name, expected);
    Nearest search(plain);
    const auto offer = [&](ObjectRef object) {
        if (directory.presence(object) != Presence::absent) search.offer(directory.handle(object));
    };
    for (std::uint32_t i = 0; takes(kind, ObjectKind::user) && i < directory.user_rows(); ++i) offer(UserId{i});
    for (std::uint32_t i = 0; takes(kind, ObjectKind::group) && i < directory.group_rows(); ++i) offer(GroupId{i});
    if (search.best().empty()) return {};
    return fmt::format("did you mean \"{}{}\"?", name.substr(0, name.size() - plain.size()), search.best());
}

}  // namespace provsim
