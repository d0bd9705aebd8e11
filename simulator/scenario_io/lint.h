// SPDX-License-Identifier: Apache-2.0
// What a well-formed scenario may still have wrong with its meaning, as far as it can be told without running it.
//
//   literal-secret      a token written out: an error if the target is not this machine, else a warning
//   time-order          `at` lies before the earliest end of the step before (error)
//   impossible-timing   `within` is shorter than the wait for the next cycle (warning)
//   unknown-change      `propagated` names no change that the story makes up to there, or several (error)
//   nobody-in-scope     scope is "assigned", and nobody is or will be (warning)
#pragma once

#include "scenario/scenario.h"

#include <string_view>

namespace provsim {

// In the order of the file. load_scenario() has called it already; call it again where --target replaced the target.
Problems lint(const Scenario& scenario);

// Does the URL lead to this machine: localhost, 127.x.x.x or [::1].
bool is_loopback_url(std::string_view url) noexcept;

}  // namespace provsim
