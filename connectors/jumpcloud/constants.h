// SPDX-License-Identifier: Apache-2.0
// JumpCloud's numbers and fixed texts, each defined once: the connector works by them and `profile show` prints them. Where
// they are known from stands in facts.cpp; most of them are nobody's word.
#pragma once

#include "model/latency.h"
#include "model/time.h"

#include <string_view>

namespace provsim {

inline constexpr Duration jumpcloud_request_timeout = seconds{60};
inline constexpr LatencyModel jumpcloud_start_delay{seconds{1}, seconds{5}, seconds{60}, seconds{120}};
inline constexpr Duration jumpcloud_retry_wait = seconds{60};       // setting retry_5xx
inline constexpr std::size_t jumpcloud_import_page = 100;

inline constexpr std::string_view jumpcloud_content_type = "application/scim+json";
inline constexpr std::string_view jumpcloud_accept = "application/scim+json, application/json";
inline constexpr std::string_view jumpcloud_user_agent = "JumpCloud-SCIM";
inline constexpr std::string_view jumpcloud_language = "en-US";     // locale and preferredLanguage, as captured

// The test of the connection: values of the captured body (Paul-E/scim-v2-rust); the group's name is assumed.
inline constexpr std::string_view jumpcloud_test_user_id = "66e2d689590450d073d2df3b";
inline constexpr std::string_view jumpcloud_test_group = "testgroup";
inline constexpr std::string_view jumpcloud_test_group_renamed = "testgroup-renamed";
inline constexpr std::string_view jumpcloud_activation_problem = "There was a problem activating identity management";

}  // namespace provsim
