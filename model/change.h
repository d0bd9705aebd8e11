// SPDX-License-Identifier: Apache-2.0
// What happened to the directory, in order. A watermark is a position in this log.
#pragma once

#include "model/ids.h"
#include "model/time.h"

#include <cstdint>
#include <vector>

namespace provsim {

enum class ChangeKind : std::uint8_t {
    user_added, user_updated, user_enabled, user_disabled, manager_changed,
    user_soft_deleted, user_restored, user_hard_deleted,
    group_added, group_renamed, group_deleted,
    member_added, member_removed, nested_added, nested_removed,
    assigned, unassigned,
    roles_changed,                  // of an object that stays assigned
    state_changed,                  // of a user who may sign in as before, or still may not
    password_changed,
    assignment_changed,             // the priority or the values of one that stays; attributes: which values, the handle's bit for the priority
};

// Position 0 is the first change; a watermark W means "changes [0, W) have been dealt with".
using Position = std::uint64_t;

struct Change {
    TimePoint at;
    std::uint64_t attributes = 0;   // user_updated, assignment_changed: mask of model/attribute.h bits
    ObjectRef object;               // the user or group; for memberships the group
    ObjectRef other;                // the member, the new manager
    ChangeKind kind{};
};
static_assert(sizeof(Change) <= 40);

class ChangeLog {
public:
    Position head() const noexcept { return changes_.size(); }
    const Change& operator[](Position position) const { return changes_[position]; }
    void append(const Change& change) { changes_.push_back(change); }
    void clear() { changes_.clear(); }
    std::size_t bytes() const noexcept { return changes_.capacity() * sizeof(Change); }

private:
    std::vector<Change> changes_;
};

}  // namespace provsim
