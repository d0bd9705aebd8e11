// SPDX-License-Identifier: Apache-2.0
#include "ledger/job_status.h"

namespace provsim {

std::string_view to_string(ExecutionState state) noexcept
{
    switch (state) {
        case ExecutionState::succeeded: return "Succeeded";
        case ExecutionState::failed: return "Failed";
        case ExecutionState::entry_level_errors: return "EntryLevelErrors";
    }
    return "";
}

JobExecution execution_of(const RunInfo& cycle)
{
    JobExecution out;
    out.run = cycle.number;
    out.kind = cycle.kind;
    out.state = !cycle.halted.empty() ? ExecutionState::failed : cycle.failed > 0 ? ExecutionState::entry_level_errors : ExecutionState::succeeded;
    out.began = cycle.began;
    out.ended = cycle.ended;
    out.imported = cycle.objects;
    if (cycle.kind == RunKind::incremental) {
        out.imported_deltas = cycle.objects;
        out.imported_reference_deltas = cycle.references;
    }
    out.entitled = out.entitled_for_provisioning = cycle.entitled;
    out.exported = cycle.created + cycle.updated + cycle.disabled + cycle.deleted + cycle.members_added + cycle.members_removed;
    out.escrowed = cycle.failed_objects;
    out.escrowed_raw = cycle.failed_objects + cycle.failed_references;
    out.exports = out.exported + out.escrowed_raw + cycle.staged;
    out.error_code = cycle.halted.empty() ? cycle.failure_code : cycle.halted;
    out.error_message = cycle.halted.empty() ? cycle.failure_detail : cycle.halted_detail;
    return out;
}

}  // namespace provsim
