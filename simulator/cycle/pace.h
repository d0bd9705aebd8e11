// SPDX-License-Identifier: Apache-2.0
// The time that evaluating an object costs the provider, beside what the target's answers take.
#pragma once

#include "connectors/job_policy.h"
#include "model/ids.h"
#include "model/random.h"

#include <algorithm>

namespace provsim {

// Objects of a cycle one after the other, each at a cost drawn from the seed, the object and the run, so that N of them take
// between N times the least and N times the most (Entra: application-provisioning-when-will-provisioning-finish-specific-user,
// 0.01 and 0.08 minutes). That the time lies between objects, not within requests, is assumed.
class Pace {
public:
    Pace(Duration least, Duration most) : least_(least), most_(most) {}

    bool on() const noexcept { return most_ > Duration{0}; }
    bool busy(TimePoint now) const noexcept { return now < free_; }
    // Another object is begun. When the one after it may be.
    TimePoint take(const Draw& draw, ObjectRef object, std::uint32_t run, TimePoint now)
    {
        const auto span = static_cast<std::uint64_t>((most_ - least_).count());
        free_ = std::max(free_, now) + least_ + Duration{static_cast<std::int64_t>(draw.below(span + 1, "object cost", object.key(), run))};
        return free_;
    }

private:
    Duration least_, most_;
    TimePoint free_{};
};

}  // namespace provsim
