// SPDX-License-Identifier: Apache-2.0
// A story drawn from a seed: a small directory, a provider's settings, and what happens to them. Data, so that it can be
// played, played again, printed and shrunk.
#pragma once

#include "connectors/connector.h"
#include "engine/faults.h"
#include "model/latency.h"
#include "model/edit.h"

#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace provsim::properties {

// Which users pass. Written twice on purpose: as a filter for the model, and in projection.cpp as plain code.
enum class UserFilter : std::uint8_t { none, engineers, titled, engineers_or_romans };
enum class GroupFilter : std::uint8_t { none, not_hidden };

struct Clear {};                                                            // all faults
struct Restart {};                                                          // of the job, as the portal's button does
struct Demand { std::string object; std::vector<std::string> members; };    // provision on demand
// Somebody else edits the target: the object that `object` is linked to at that moment, if it is.
struct Meddle {
    enum class How : std::uint8_t { retitle, disable, enable, erase, add_member, remove_member, create } how{};
    std::string object;
    std::string value;      // retitle: the title; members: the user's handle; create: the userName
};

struct Event {
    Duration at{};          // since the opening
    std::variant<Edit, FaultRule, Clear, Demand, Restart, Meddle> what;
};

struct Story {
    std::uint64_t seed = 0;
    std::vector<std::pair<std::string, std::string>> settings;              // of the provider, as in a scenario
    ScopeMode mode = ScopeMode::assigned;
    UserFilter user_filter = UserFilter::none;
    GroupFilter group_filter = GroupFilter::none;
    Duration users_every{}, groups_every{};
    LatencyModel latency;
    std::vector<Edit> directory;    // made before the story opens
    std::vector<Event> events;      // in order of time

    bool has(std::string_view setting, std::string_view value) const;
};

inline const TimePoint opening = *parse_time("2026-03-02T09:00:00Z");

// 5 to 60 events. The same seed gives the same story.
Story draw_story(std::uint64_t seed);
// The story as lines: settings, directory, events.
std::string describe(const Story& story);
std::string describe(const Event& event);

}  // namespace provsim::properties
