// SPDX-License-Identifier: Apache-2.0
// One conversation per object, across cycles and pushes.
#pragma once

#include "connectors/connector.h"

#include <unordered_map>

namespace provsim {

// An object's own conversation excludes every other about it; membership tasks of one group share it, up to a limit.
class Busy {
public:
    explicit Busy(unsigned members_per_group) : members_per_group_(members_per_group) {}

    bool try_take(const Task& task)
    {
        if (!task.object) return true;          // probes concern no object
        // A refusal always finds the entry taken, so no entry of 0 is left behind.
        int& holders = held_[task.object.key()];
        if (is_membership(task)) {
            if (holders < 0 || holders >= static_cast<int>(members_per_group_)) return false;
            ++holders;
            return true;
        }
        if (holders != 0) return false;
        holders = -1;
        return true;
    }

    void release(const Task& task)
    {
        if (!task.object) return;
        const auto found = held_.find(task.object.key());
        if (found->second > 1) --found->second;
        else held_.erase(found);
    }

private:
    static bool is_membership(const Task& task) { return task.action == Action::add_member || task.action == Action::remove_member; }
    unsigned members_per_group_;
    std::unordered_map<std::uint64_t, int> held_;   // -1: exclusively; n: by n membership tasks
};

}  // namespace provsim
