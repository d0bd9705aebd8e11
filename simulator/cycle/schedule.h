// SPDX-License-Identifier: Apache-2.0
// How often a job's two timers beat.
#pragma once

#include "connectors/connector.h"

namespace provsim {

struct Schedule {
    Duration users{minutes{40}};
    Duration groups{minutes{20}};
    bool one = false;       // one timer for both, with one number for its cycles; users == groups

    // Group objects and memberships are the group timer's, everything else the user timer's.
    Duration of(const Task& task) const noexcept { return task.object.is_group() ? groups : users; }
};

}  // namespace provsim
