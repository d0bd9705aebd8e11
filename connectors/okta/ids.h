// SPDX-License-Identifier: Apache-2.0
// Okta's ids: a prefix that says what it is, and 17 letters and digits (Okta: management API).
#pragma once

#include "model/random.h"

#include <string>
#include <string_view>

namespace provsim {

inline constexpr std::string_view okta_user_prefix = "00u";
inline constexpr std::string_view okta_group_prefix = "00g";
inline constexpr std::string_view okta_app_prefix = "0oa";
inline constexpr std::string_view okta_app_group_prefix = "AGr";

// A function of the object's id in the directory and of the prefix alone.
std::string okta_id(std::string_view prefix, const Guid& object_id);

}  // namespace provsim
