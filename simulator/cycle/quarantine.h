// SPDX-License-Identifier: Apache-2.0
// When a job whose cycles fail as a whole is tried again.
#pragma once

#include "model/time.h"

#include <optional>
#include <string>

namespace provsim {

// Entra: application-provisioning-quarantine-status, settings.md `quarantine_backoff`: 6, 12 and 24 h after the quarantine
// began, then every 24 h until day 28, when the job is disabled. A completed cycle lifts it.
class Quarantine {
public:
    bool in_force() const noexcept { return began_.has_value(); }
    TimePoint began() const noexcept { return *began_; }        // in force only
    const std::string& reason() const noexcept { return reason_; }
    unsigned attempts() const noexcept { return attempts_; }    // failed cycles since it began, the first included

    // A cycle failed as a whole. Returns when to try next, always later than now; nothing if the 28 days are over.
    std::optional<TimePoint> impose(TimePoint now, std::string reason);
    void lift();

private:
    std::optional<TimePoint> began_;
    std::string reason_;
    unsigned attempts_ = 0;
};

}  // namespace provsim
