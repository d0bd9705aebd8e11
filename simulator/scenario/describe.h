// SPDX-License-Identifier: Apache-2.0
// One line for people about what a scenario expects and what a run did: for findings, narrators and reports.
#pragma once

#include "ledger/journal.h"
#include "scenario/expectation.h"

#include <string>

namespace provsim {

// "user:ada exists in the target, active, name.givenName", "1 PATCH ^/Users/", "user.disable ada lands within 40 min".
std::string describe(const Expectation& expectation);
// "method PATCH, path /Users/6f1c".
std::string describe(const ExchangePattern& pattern);
// "PATCH /Users/6f1c 200 at T+0:42:00".
std::string describe(const Journal::Exchange& exchange, TimePoint run_began);
// "update user:ada success at T+0:42:00", "add_member group:engineers user:ada skipped NotEffectivelyEntitled at T+0:02:00".
std::string describe(const Journal::Entry& entry, const Directory& directory, TimePoint run_began);
// "T+0:42:00".
std::string describe_time(TimePoint at, TimePoint run_began);
std::string_view to_string(PropagatedExpectation::Effect effect) noexcept;     // "natural", "exists", ...
std::string_view to_string(PropagatedExpectation::By by) noexcept;             // "anything", "user-cycle", ...

// How much the journal must keep for the expectation to be judged.
JournalDepth depth_needed(const Expectation& expectation) noexcept;

}  // namespace provsim
