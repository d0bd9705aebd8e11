// SPDX-License-Identifier: Apache-2.0
// One task under way: its brief, what has been heard, and the request that is out.
#pragma once

#include "connectors/connector.h"
#include "cycle/backlog.h"
#include "engine/inbox.h"

#include <deque>

namespace provsim {

struct Conversation {
    Task task;
    Brief brief;
    const Connector* connector = nullptr;       // who made the brief; lives as long as the engine
    std::shared_ptr<Stored> stored;       // what it plays again, or what is kept of it because it failed
    std::deque<Reply> heard;        // accepted replies, in order
    Ask ask;                        // the request that is out, or waits to be sent again
    ExchangeNumber exchange = 0;    // of that request; 0 while it waits to be sent again
    Duration latency{};             // what the model of latency says its reply takes, even beyond the timeout
    unsigned attempt = 0;
    Duration last_wait{};           // before that attempt, if it is not the first
    TimePoint began{}, sent{};
    Position head = 0;              // the directory's changes this task can know
    std::uint32_t requests = 0;
    std::string_view matching;      // as Ask::matching, of the last request that had one
    bool active = false;
    bool held = false;              // by the guard of deletions: takes no slot of the target's
    bool aside = false;             // waits to be sent again, and takes no slot meanwhile
};

}  // namespace provsim
