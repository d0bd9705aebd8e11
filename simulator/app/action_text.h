// SPDX-License-Identifier: Apache-2.0
// What a step does, in plain words.
#pragma once

#include "scenario/scenario.h"

#include <string>

namespace provsim {

// "push ada", "fault busy is set"; empty for edits, which describe() tells.
std::string action_text(const ActionSpec& action);

}  // namespace provsim
