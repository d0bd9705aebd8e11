// SPDX-License-Identifier: Apache-2.0
// Okta's numbers and fixed texts, each defined once: the connector works by them and `profile show` prints them.
// Their sources stand in facts.cpp.
#pragma once

#include "model/time.h"

#include <cstdint>
#include <string_view>

namespace provsim {

inline constexpr Duration okta_request_timeout = seconds{60};
inline constexpr Duration okta_first_wait = minutes{5};             // after a 429 that does not say how long
inline constexpr Duration okta_group_retry = minutes{5};            // after a 5xx to a group push
inline constexpr Duration okta_inactive_retry = minutes{5};         // after an answer that a new user is inactive
inline constexpr unsigned okta_most_inactive_retries = 10;
inline constexpr Duration okta_least_gap = milliseconds{190}, okta_most_gap = milliseconds{290};
inline constexpr Duration okta_least_group_delay = seconds{4}, okta_most_group_delay = seconds{5};     // behind a user's creation
inline constexpr std::uint64_t okta_page_size = 100;                   // of a query and of an import
inline constexpr std::size_t okta_password_length = 8;
inline constexpr std::string_view okta_user_agent = "Okta SCIM Client 1.0.0";
inline constexpr std::string_view okta_accept = "application/scim+json";
inline constexpr std::string_view okta_accept_charset = "utf-8";
inline constexpr std::string_view okta_content_type = "application/scim+json; charset=utf-8";

}  // namespace provsim
