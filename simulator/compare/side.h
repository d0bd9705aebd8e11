// SPDX-License-Identifier: Apache-2.0
// One of two runs that are compared: what its run file tells, with times since its clock's start.
#pragma once

#include "engine/recorder.h"

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace provsim {

// An edit of the directory, in the words of scenarios: "group.add engineers <- alan".
struct SideChange {
    Duration at{0};
    Position past = 0;              // who saw the directory's changes below this position, saw it
    std::string what;
};

struct SideExchange {
    ExchangeNumber number = 0;
    std::uint32_t run = 0;
    bool on_demand = false;
    Action task{};
    Intent intent{};
    Method method{};
    std::string object, other;      // "user:ada"; a membership is the group's, `other` is the member
    std::string target;             // path and query, as sent
    int status = 0;                 // 0: no answer, see failure
    Failure failure = Failure::none;
    bool accepted = true;
    Duration sent{0}, answered{0};
    std::string body;               // empty if bodies were not recorded
};

// A line of the provisioning log.
struct SideEntry {
    std::uint32_t run = 0;
    Action task{};
    std::string object, other;
    Status status{};
    LoggedAction action{};
    std::string target_id;
    std::vector<Modified> modified;
    Duration began{0}, ended{0};
    Position head = 0;              // it saw the directory's changes below this position
};

struct Side {
    std::map<std::string, std::string> names;       // "user:ada" -> "Ada Lovelace"
    std::vector<SideChange> changes;                // each list in the order it happened
    std::vector<SideExchange> exchanges;
    std::vector<SideEntry> entries;
};

inline bool is_write(Method method) noexcept { return method != Method::get; }

}  // namespace provsim
