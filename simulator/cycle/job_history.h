// SPDX-License-Identifier: Apache-2.0
// What a job's status remembers of the cycles that ended.
#pragma once

#include "ledger/job_status.h"

namespace provsim {

class JobHistory {
public:
    // `steady`: nothing is left that the cycle did not look at.
    void add(const RunInfo& cycle, bool steady)
    {
        JobExecution execution = execution_of(cycle);
        if (execution.state == ExecutionState::failed) {
            ++failures_;
        } else {
            failures_ = 0;
            held_ = cycle.staged;
            if (steady && !steady_first_) steady_first_ = cycle.ended;
            if (steady) steady_last_ = cycle.ended;
        }
        pruned_ = pruned_ || cycle.escrows_pruned;
        if (execution.state == ExecutionState::succeeded) {
            if (execution.exported > 0) successful_with_exports_ = execution;
            successful_ = execution;
        }
        last_ = std::move(execution);
    }
    void escrows_are_clean() noexcept { pruned_ = false; }

    void fill(JobStatus& status) const
    {
        status.successive_complete_failures = failures_;
        status.escrows_pruned = pruned_;
        status.steady_first = steady_first_;
        status.steady_last = steady_last_;
        status.last = last_;
        status.last_successful = successful_;
        status.last_successful_with_exports = successful_with_exports_;
        status.held_deletes = held_;
    }

private:
    unsigned failures_ = 0;
    bool pruned_ = false;
    std::uint64_t held_ = 0;
    std::optional<TimePoint> steady_first_, steady_last_;
    std::optional<JobExecution> last_, successful_, successful_with_exports_;
};

}  // namespace provsim
