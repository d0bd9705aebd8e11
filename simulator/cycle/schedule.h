// SPDX-License-Identifier: Apache-2.0
// When a job works: at the beats of its two timers, or as soon as something changes.
#pragma once

#include "connectors/connector.h"

namespace provsim {

struct Schedule {
    Duration users{minutes{40}};
    Duration groups{minutes{20}};
    bool one = false;       // one timer for both, with one number for its cycles; users == groups
    // No timers: a provider that reacts begins what a change asks for when its policy says; of any other a cycle begins `delay`
    // after a change, and at these intervals only for what waits to be tried again.
    bool on_change = false;
    Duration delay{seconds{5}};

    // Group objects and memberships are the group timer's, everything else the user timer's.
    Duration of(const Task& task) const noexcept { return task.object.is_group() ? groups : users; }
};

}  // namespace provsim
