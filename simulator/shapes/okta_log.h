// SPDX-License-Identifier: Apache-2.0
// Okta's System Log: LogEvent, as GET /api/v1/logs lists them. The order of the fields and what a background job leaves null follow
// a record of 2023-10 (unqork-external/tomisp: application.user_membership.add, written by a job); the rest is the schema of Okta: System Log.
#pragma once

#include "shapes/okta_events.h"

#include <nlohmann/json.hpp>

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

// Drawn from the run's seed: the same run has the same ids.
class OktaIds {
public:
    explicit OktaIds(std::uint64_t seed) noexcept : draw_(seed) {}

    std::string application() const;        // 0oa...
    std::string administrator() const;      // 00u...
    std::string session() const;            // trs...: externalSessionId, one a run
    std::string entry_event(std::uint64_t entry, std::size_t part) const;           // uuid
    std::string change_event(Position change, std::size_t part) const;              // uuid
    std::string job(std::uint64_t entry, std::string_view prefix) const;            // of a background job: gam... of a user, gmr... of a group
    std::string web(std::uint64_t edit) const;                                      // of a request to the console

private:
    Draw draw_;
};

struct OktaLogSetting {
    OktaIds ids;
    std::string application;                // label of the application
};

// Tells events in the order in which it is told what happened. An assignment that comes of a group is told with the work it
// causes, because only then is it known; so is one that was there before the run began.
class OktaLog {
public:
    using Events = std::vector<nlohmann::ordered_json>;

    explicit OktaLog(OktaLogSetting setting) : setting_(std::move(setting)) {}
    Events events(const ChangeFacts& facts);            // in order of their end
    Events events(const DirectoryChange& change);       // in order

private:
    bool repeats(const ChangeFacts& facts, std::string_view type);

    OktaLogSetting setting_;
    std::map<std::uint64_t, bool> assigned_;            // by ObjectRef::key; who is missing was not heard of yet
    std::uint64_t updated_group_ = 0;                   // of the last group_push.updated
    TimePoint updated_at_{};
};

}  // namespace provsim
