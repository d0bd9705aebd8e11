// SPDX-License-Identifier: Apache-2.0
// Accidental deletion prevention, for one cycle.
#pragma once

#include "connectors/job_policy.h"

#include <utility>
#include <vector>

namespace provsim {

// Counts the disables and deletions that a cycle comes to, of users and groups alike, as they are about to be sent, and says
// what becomes of each (Entra: accidental-deletions). Under hold_all they are kept back until users and groups have been
// evaluated; once there are more than the threshold none is sent. That they wait for all of both kinds is assumed.
class GuardedCycle {
public:
    enum class Answer { send, hold, stage };

    GuardedCycle(DeleteGuard guard, std::uint64_t threshold) : guard_(guard), threshold_(threshold) {}

    bool on() const noexcept { return guard_ != DeleteGuard::off; }
    bool exceeded() const noexcept { return count_ > threshold_; }
    std::uint64_t count() const noexcept { return count_; }

    // The conversation in `slot` wants to disable or delete.
    Answer ask(std::uint32_t slot)
    {
        const bool past = ++count_ > threshold_;
        if (past) return Answer::stage;
        if (guard_ == DeleteGuard::send_up_to_threshold) return Answer::send;
        held_.push_back(slot);
        return Answer::hold;
    }
    // Those that were told to hold: they are to be staged when the threshold is exceeded, else sent, when the time has come.
    std::vector<std::uint32_t> take_held() { return std::exchange(held_, {}); }
    bool holds_any() const noexcept { return !held_.empty(); }

private:
    DeleteGuard guard_;
    std::uint64_t threshold_, count_ = 0;
    std::vector<std::uint32_t> held_;
};

}  // namespace provsim
