// SPDX-License-Identifier: Apache-2.0
// Judges expectations by what a run left behind: its journal, its directory, and the target as it answers now.
#pragma once

#include "connectors/link_table.h"
#include "cycle/job.h"
#include "ledger/journal.h"
#include "scenario/expectation.h"

#include <optional>
#include <string>

namespace provsim {

// Reads the target back, or does there what a story says somebody else did, outside virtual time and outside the run's
// traffic. Blocks on a network target.
class TargetReader {
public:
    virtual ~TargetReader() = default;
    virtual Reply read(const Request& request) = 0;
};

struct Evidence {
    const Journal& journal;
    const Directory& directory;
    const LinkTable& links;
    TargetReader& target;
    TimePoint run_began{};
    TimePoint step_began{};
    TimePoint now{};
    std::vector<std::pair<std::string, std::size_t>> step_edits;   // step id -> index of its first edit in journal.edits()
    // What the journal held when the step began. "Since the step" is at or after step_began and beyond these, so that what
    // ended in the very instant in which the step began is not counted twice. 0: the time alone decides.
    std::size_t exchanges_before = 0, entries_before = 0;
    const Job* job = nullptr;       // for expectations of the job
};

Finding evaluate(const Expectation& expectation, const Evidence& evidence);

// When a change reached the target.
struct Landing {
    TimePoint made{};
    std::optional<TimePoint> landed;        // empty: not yet
    std::uint32_t run = 0;                  // the run that delivered it
    RunKind by_kind{};
    bool by_user_cycle = false, by_group_cycle = false;
};
// A Problem if `change` names no edit, or more than one ("user.disable ada fits 2 edits; write leaver.1").
Result<Landing> find_landing(const std::string& change, PropagatedExpectation::Effect effect, const Evidence& evidence);

}  // namespace provsim
