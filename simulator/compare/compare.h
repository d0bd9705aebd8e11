// SPDX-License-Identifier: Apache-2.0
// Two runs of one story, identity by identity: which change made each of them send what, and when it had arrived. Pure.
//
//   Side (what a run file tells) x 2 -> compare() -> Comparison: identities, their episodes, totals
//
// An episode is a change of the directory that concerned an identity, with what each run sent about it because of it: by tasks
// that had seen this change (telling.h says which of several). What was sent before any change is the first episode; when it was
// sent is no difference, because that is when the job began.
#pragma once

#include "compare/side.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

struct SentLine {
    Duration sent{0};
    Method method{};
    std::string path;               // identities in the place of target ids; percent-encoded as it was
    int status = 0;
    Failure failure = Failure::none;
    std::string gist;               // compare/gist.h
    bool on_demand = false;
    bool worked = false;            // a write that the target accepted

    // Sent alike: all but when.
    bool like(const SentLine& other) const noexcept;
};

// What one run made of a change.
struct EpisodePart {
    std::optional<Duration> at;         // when it happened; nothing: not in this run's story. Of the first episode: 0
    std::vector<SentLine> lines;
    std::optional<Duration> arrived;    // when the first write after it was answered
    bool with_next = false;             // which was sent for a later change as well

    std::optional<Duration> took() const { return at && arrived ? std::optional(*arrived - *at) : std::nullopt; }
};

struct Episode {
    std::string change;             // empty: the first
    std::array<EpisodePart, 2> parts;
    bool differs = false;
};

enum class EndState : std::uint8_t { never, in_app, inactive, deleted };
std::string_view to_string(EndState state) noexcept;       // "never there", "in the app", ...

struct IdentityComparison {
    std::string identity, name;     // "user:ada", "Ada Lovelace"
    std::array<bool, 2> sent{};     // was anything sent about it
    std::array<EndState, 2> end{};  // as far as the provisioning log tells
    std::vector<Episode> episodes;  // those of which something can be said
    bool differs = false;
};

struct SideTotals {
    std::size_t requests = 0, writes = 0, refused = 0;
    std::array<std::size_t, 5> by_method{};                     // by Method
    std::size_t about_nobody = 0;                               // probes, connection tests, imports
    std::optional<Duration> first_load;                         // when the last write that no change made necessary had arrived
    std::size_t changes = 0, arrived = 0;                       // arrived: with all whom they concern, as far as anything was sent of them
    std::optional<Duration> median, worst;                      // from a change to its arrival
    std::string worst_change;
    std::array<std::array<std::size_t, 4>, 2> ends{};           // users, groups; by EndState
};

struct Comparison {
    std::vector<IdentityComparison> identities;     // users, then groups, by name
    std::array<SideTotals, 2> totals;
    bool differ = false;
};

// Arrivals less than this apart count as the same: it is the target that answers so.
inline constexpr Duration same_arrival = seconds{1};

Comparison compare(const Side& a, const Side& b);

// The identities an edit names: "group.add engineers <- alan" is about group:engineers and user:alan. Of very long lists of members
// describe() names the first only.
std::vector<std::string> concerned(std::string_view change);

}  // namespace provsim
