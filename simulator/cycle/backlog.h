// SPDX-License-Identifier: Apache-2.0
// What a provider that reacts has still to do: one entry a task, each with the time from which it may begin.
#pragma once

#include "connectors/connector.h"

#include <map>
#include <memory>
#include <optional>
#include <set>

namespace provsim {

// A task that failed, as an administrator's retry plays it again: what it knew, and who made that of it.
struct Stored {
    Brief brief;                            // not while it is played: the conversation has it then
    const Connector* connector = nullptr;   // lives as long as the engine
    bool playing = false;
};

struct Work {
    Planned planned;
    std::shared_ptr<Stored> stored{};     // none: briefed when it starts
};

// Entries begin in the order of their times, then of their coming. Belongs to a Job.
class Backlog {
public:
    // A task that waits already keeps its place and has the new reasons as well; a new memo replaces the old one, and what is
    // new replaces what was stored.
    void add(Work work, TimePoint due);
    std::optional<Work> take(TimePoint now);                            // the first that is due
    // The first membership of the group that is due, of the action or, if `mixed`, of either. Nothing stored: that goes as it went.
    std::optional<Work> take_member(const Task& like, bool mixed, TimePoint now);
    std::optional<TimePoint> next_due() const noexcept;
    bool has_due(TimePoint now) const noexcept { return !order_.empty() && std::get<0>(*order_.begin()) <= now; }
    bool empty() const noexcept { return entries_.empty(); }
    std::size_t size() const noexcept { return entries_.size(); }
    void clear();

private:
    struct Entry {
        TimePoint due{};
        std::uint64_t ticket = 0;
        std::uint32_t why = 0;
        std::string memo;
        std::shared_ptr<Stored> stored;
    };
    using Entries = std::map<Task, Entry>;
    Work remove(Entries::iterator at);
    std::optional<Work> first_of(Action action, ObjectRef group, TimePoint now);

    Entries entries_;
    std::set<std::tuple<TimePoint, std::uint64_t, Task>> order_;
    std::uint64_t tickets_ = 0;
};

}  // namespace provsim
