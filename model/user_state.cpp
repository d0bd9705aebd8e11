// SPDX-License-Identifier: Apache-2.0
#include "model/user_state.h"

#include <array>

namespace provsim {
namespace {
constexpr std::array<std::string_view, 8> words{"active", "staged", "pending", "recovery", "password_expired", "locked_out", "suspended", "deactivated"};
}  // namespace

std::string_view to_string(UserState state) noexcept { return words[static_cast<std::size_t>(state)]; }

std::optional<UserState> parse_user_state(std::string_view word) noexcept
{
    for (std::size_t i = 0; i < words.size(); ++i)
        if (words[i] == word) return static_cast<UserState>(i);
    return std::nullopt;
}

}  // namespace provsim
