// SPDX-License-Identifier: Apache-2.0
// One conversation per object, across cycles and pushes.
#pragma once

#include "connectors/connector.h"

#include <unordered_map>

namespace provsim {

// An object's own conversation excludes every other about it; membership tasks of one group share it, up to a limit.
//
// A push that finds its object taken claims it: once it is free, nobody else gets it first. Without that, a group whose
// membership tasks overlap from the first to the last would not be free for the push before all of them are over.
class Busy {
public:
    explicit Busy(unsigned members_per_group) : members_per_group_(static_cast<int>(members_per_group)) {}

    // `claimant` is the number of the run if it is a push, else 0.
    bool try_take(const Task& task, std::uint32_t claimant)
    {
        if (!task.object) return true;          // probes concern no object
        // A refusal always finds the entry taken or claimed, so no empty entry is left behind.
        Entry& entry = held_[task.object.key()];
        if (entry.claimed_by != 0 && entry.claimed_by != claimant) return false;
        if (is_membership(task)) {
            if (entry.holders < 0 || entry.holders >= members_per_group_) return false;
            ++entry.holders;
            return true;
        }
        if (entry.holders != 0) {
            entry.claimed_by = claimant;
            return false;
        }
        entry = {exclusively, 0};
        return true;
    }

    void release(const Task& task)
    {
        if (!task.object) return;
        const auto found = held_.find(task.object.key());
        Entry& entry = found->second;
        entry.holders = entry.holders == exclusively ? 0 : entry.holders - 1;
        if (entry.holders == 0 && entry.claimed_by == 0) held_.erase(found);
    }

    // A push ended (halted) without what it waited for.
    void disclaim(std::uint32_t claimant)
    {
        for (auto at = held_.begin(); at != held_.end();) {
            if (at->second.claimed_by == claimant) at->second.claimed_by = 0;
            at = at->second.holders == 0 && at->second.claimed_by == 0 ? held_.erase(at) : std::next(at);
        }
    }

private:
    static constexpr int exclusively = -1;
    struct Entry {
        int holders = 0;                    // membership tasks, or `exclusively`
        std::uint32_t claimed_by = 0;       // a push that waits for it, 0 if none does
    };
    int members_per_group_;
    std::unordered_map<std::uint64_t, Entry> held_;
};

}  // namespace provsim
