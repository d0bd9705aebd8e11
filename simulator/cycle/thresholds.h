// SPDX-License-Identifier: Apache-2.0
// When failures of objects are the job's failure.
#pragma once

#include "cycle/escrow.h"
#include "cycle/quarantine.h"
#include "engine/recorder.h"

#include <optional>

namespace provsim {

// Looked at after each failure: by what is in escrow (Entra: application-provisioning-quarantine-status).
inline std::optional<QuarantineReason> threshold_reached(const EscrowThresholds& limits, const EscrowList& escrow) noexcept
{
    if (!limits.on) return std::nullopt;
    if (escrow.size() - escrow.references() > limits.base) return QuarantineReason::base_threshold;
    if (escrow.size() >= limits.total) return QuarantineReason::total_threshold;
    return std::nullopt;
}

// Looked at when a cycle is over: by what it evaluated. That "events" are the objects of one cycle is assumed.
inline bool proportion_exceeded(const EscrowThresholds& limits, const RunInfo& cycle) noexcept
{
    return limits.on && cycle.failed_objects >= limits.least && cycle.failed_objects * 100 > cycle.objects * limits.percent;
}

}  // namespace provsim
