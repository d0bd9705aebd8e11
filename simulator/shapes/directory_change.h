// SPDX-License-Identifier: Apache-2.0
// One change of the directory with all that a vendor's log of it can want: what the provider's own log tells before it
// provisions anything.
#pragma once

#include "connectors/connector.h"

#include <cstdint>
#include <string>
#include <vector>

namespace provsim {

struct DirectoryChange {
    Position number = 0;                // in the change log
    std::uint64_t edit_number = 0;      // of the edit that made it, from 1
    TimePoint at{};
    ChangeKind kind{};
    std::string edit;                   // "user.suspend ada"
    UserState state{};                  // of a user, afterwards
    ObjectRef object;
    std::string handle;                 // "user:ada"
    std::string name, display_name, object_id;                      // as ChangeFacts has them
    ObjectRef other;                    // the member, the new manager
    std::string other_handle, other_name, other_display_name, other_id;
    std::vector<Modified> changed;      // new values, by neutral names
    bool was_in_bin = false;            // user_hard_deleted, user_restored: he had been deleted before, in this run
};

// What became of a user's life cycle, of the kinds of change that are about it alone.
enum class LifeStep : std::uint8_t { none, activated, deactivated, suspended, unsuspended, locked, unlocked, password_expired, password_reset };
LifeStep life_step(const DirectoryChange& change) noexcept;

}  // namespace provsim
