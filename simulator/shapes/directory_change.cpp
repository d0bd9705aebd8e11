// SPDX-License-Identifier: Apache-2.0
#include "shapes/directory_change.h"

namespace provsim {
namespace {

bool edited_by(const DirectoryChange& change, std::string_view verb) noexcept
{
    return change.edit.starts_with(verb) && (change.edit.size() == verb.size() || change.edit[verb.size()] == ' ');
}

}  // namespace

LifeStep life_step(const DirectoryChange& change) noexcept
{
    const bool about_life = change.kind == ChangeKind::user_enabled || change.kind == ChangeKind::user_disabled || change.kind == ChangeKind::state_changed;
    if (!about_life) return LifeStep::none;
    switch (change.state) {
        case UserState::suspended: return LifeStep::suspended;
        case UserState::deactivated: return LifeStep::deactivated;
        case UserState::locked_out: return LifeStep::locked;
        case UserState::password_expired: return LifeStep::password_expired;
        case UserState::recovery: return LifeStep::password_reset;
        case UserState::pending: return LifeStep::activated;
        case UserState::staged: return LifeStep::none;
        case UserState::active: break;
    }
    if (edited_by(change, "user.unsuspend")) return LifeStep::unsuspended;
    if (edited_by(change, "user.unlock")) return LifeStep::unlocked;
    return change.kind == ChangeKind::user_enabled || edited_by(change, "user.activate") ? LifeStep::activated : LifeStep::none;
}

}  // namespace provsim
