// SPDX-License-Identifier: Apache-2.0
// Where a user stands in his life cycle, in words that fit all three vendors' (docs/GLOSSARY.md has theirs).
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

namespace provsim {

enum class UserState : std::uint8_t {
    active,
    staged,             // made, not activated yet (Okta: STAGED; JumpCloud: STAGED)
    pending,            // activated, has not signed in yet (Okta: PROVISIONED, "Pending user action")
    recovery,           // resets his password (Okta: RECOVERY)
    password_expired,   // (Okta: PASSWORD_EXPIRED; JumpCloud: password_expired)
    locked_out,         // (Okta: LOCKED_OUT; JumpCloud: account_locked)
    suspended,          // (Okta: SUSPENDED; JumpCloud: SUSPENDED)
    deactivated,        // (Okta: DEPROVISIONED; Entra: accountEnabled false)
};

std::string_view to_string(UserState state) noexcept;                       // "password_expired"
std::optional<UserState> parse_user_state(std::string_view word) noexcept;  // exact

// May sign in, as Entra's accountEnabled means it: who is staged, suspended or deactivated may not.
constexpr bool is_enabled(UserState state) noexcept
{
    return state != UserState::staged && state != UserState::suspended && state != UserState::deactivated;
}

}  // namespace provsim
