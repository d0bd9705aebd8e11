// SPDX-License-Identifier: Apache-2.0
// Entra's numbers and fixed texts, each defined once: the connector works by them and `profile show` prints them.
// Their sources stand in facts.cpp.
#pragma once

#include "model/time.h"

#include <cstddef>
#include <string_view>

namespace provsim {

inline constexpr Duration entra_user_cycle = minutes{40};
inline constexpr Duration entra_group_cycle = minutes{20};
inline constexpr Duration entra_request_timeout = seconds{60};
inline constexpr unsigned entra_most_attempts = 5;              // of one request that is told to come back later
inline constexpr std::size_t entra_most_members_pushed = 5;     // with a group, on demand
inline constexpr std::string_view entra_version_header = "ADSCIMVersion";
inline constexpr std::string_view entra_version = "5.0";
inline constexpr std::string_view entra_content_type = "application/scim+json; charset=utf-8";

}  // namespace provsim
