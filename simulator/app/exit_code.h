// SPDX-License-Identifier: Apache-2.0
// The exit codes: a contract with every CI that calls us. When several apply: our_fault > usage > nothing_to_run > environment > expectation.
#pragma once

namespace provsim {

enum class ExitCode : int {
    ok = 0,
    expectation = 1,        // an expectation did not hold; for check and lint: a finding of severity error stands
    usage = 2,              // the command line, a setting or the scenario is wrong; nothing was sent
    environment = 3,        // the target could not be reached, or gave no SCIM answer
    nothing_to_run = 4,     // no file, tag or id matched
    our_fault = 5,
    interrupted = 130,
    terminated = 143,
};

}  // namespace provsim
