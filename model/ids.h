// SPDX-License-Identifier: Apache-2.0
// Names for the objects of a directory that are cheap to copy and hard to mix up.
#pragma once

#include <compare>
#include <cstdint>

namespace provsim {

// Row numbers. They are given in the order of creation, never reused, and mean nothing outside their Directory.
enum class UserId : std::uint32_t {};
enum class GroupId : std::uint32_t {};

inline constexpr UserId no_user{0xFFFFFFFFu};
inline constexpr GroupId no_group{0xFFFFFFFFu};

constexpr std::uint32_t row(UserId id) noexcept { return static_cast<std::uint32_t>(id); }
constexpr std::uint32_t row(GroupId id) noexcept { return static_cast<std::uint32_t>(id); }

enum class ObjectKind : std::uint8_t { none, user, group };

// A user or a group, or nothing.
struct ObjectRef {
    ObjectKind kind = ObjectKind::none;
    std::uint32_t index = 0;

    constexpr ObjectRef() = default;
    constexpr ObjectRef(UserId user) noexcept : kind(ObjectKind::user), index(row(user)) {}
    constexpr ObjectRef(GroupId group) noexcept : kind(ObjectKind::group), index(row(group)) {}

    constexpr bool is_user() const noexcept { return kind == ObjectKind::user; }
    constexpr bool is_group() const noexcept { return kind == ObjectKind::group; }
    constexpr UserId user() const noexcept { return UserId{index}; }      // meaningful when is_user()
    constexpr GroupId group() const noexcept { return GroupId{index}; }   // meaningful when is_group()
    constexpr explicit operator bool() const noexcept { return kind != ObjectKind::none; }
    // One number for hash maps and sorted sets.
    constexpr std::uint64_t key() const noexcept { return (std::uint64_t{static_cast<std::uint8_t>(kind)} << 32) | index; }

    friend constexpr auto operator<=>(const ObjectRef&, const ObjectRef&) = default;
};

}  // namespace provsim
