// SPDX-License-Identifier: Apache-2.0
#include "engine/recorder.h"

namespace provsim {

std::string_view to_string(RunKind kind) noexcept
{
    switch (kind) {
    case RunKind::initial: return "initial";
    case RunKind::incremental: return "incremental";
    case RunKind::on_demand: return "on-demand";
    case RunKind::on_change: return "on-change";
    }
    return "";
}

std::string_view to_string(JobState state) noexcept
{
    switch (state) {
    case JobState::not_run: return "NotRun";
    case JobState::active: return "Active";
    case JobState::quarantine: return "Quarantine";
    case JobState::disabled: return "Disabled";
    case JobState::paused: return "Paused";
    }
    return "";
}

}  // namespace provsim
