// SPDX-License-Identifier: Apache-2.0
// How wall time relates to virtual time. The engine asks before it lets virtual time move.
#pragma once

#include "model/time.h"

namespace provsim {

class Pacer {
public:
    virtual ~Pacer() = default;
    // Returns when virtual time may move from `from` to `to` (to >= from). False: stop here instead, because a person
    // or a signal asked for it; the engine then leaves the event where it is and returns to its caller.
    virtual bool advance(TimePoint from, TimePoint to) = 0;
};

// Jumps. The default of the command line: idle time costs nothing.
class SkipPacer final : public Pacer {
public:
    bool advance(TimePoint, TimePoint) override { return true; }
};

// Moves no further than somebody allowed: for stepping through a run instant by instant or to a given time. Events of
// one instant need one permission together, as no time passes between them.
class SteppedPacer final : public Pacer {
public:
    void allow_until(TimePoint limit) { limit_ = limit; }
    void allow_steps(unsigned count) { steps_ += count; }
    bool advance(TimePoint, TimePoint to) override
    {
        if (to <= limit_) return true;
        if (steps_ == 0) return false;
        --steps_;
        return true;
    }

private:
    TimePoint limit_ = TimePoint::min();
    unsigned steps_ = 0;
};

}  // namespace provsim
