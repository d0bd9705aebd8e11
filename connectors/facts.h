// SPDX-License-Identifier: Apache-2.0
// What a provider does, as data: every constant and every habit of it, with where it is known from. Printed by `profile show`.
// What is disputed about a provider, or its administrator's choice, is a setting instead (settings.h).
#pragma once

#include <string>
#include <string_view>

namespace provsim {

struct Fact {
    std::string_view group;         // "timing"; facts of one group stand together
    std::string_view name;          // "user-cycle"; unique among the provider's facts and settings, as in `profile show entra#user-cycle`
    std::string value;              // short: "40 min", "\"False\", a string"; taken from the code wherever the code has it as a value
    std::string_view about;         // the whole of it, for people
    std::string_view evidence;      // "documented", "staff", "observed", "assumed"
    std::string_view source;
    bool simulated = true;          // false: known of the provider, but nothing in provsim acts on it yet
};

}  // namespace provsim
