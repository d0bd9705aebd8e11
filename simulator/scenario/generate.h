// SPDX-License-Identifier: Apache-2.0
// Made-up tenants: plausible people, departments, offices, managers and groups of any size.
//
// Everything is drawn from the seed in whole numbers, so that the same spec makes the same directory everywhere.
// Names are unique by handle (first.last, first.last2, ...), which is also the mailNickname and, with the domain, the
// userName. Managers form a tree in each department, about eight reports each; the heads report to the first user.
// Group sizes are skewed: a few large groups, many small ones. Phone numbers are not anybody's: 555-01xx and the like.
#pragma once

#include "model/directory.h"
#include "model/result.h"

#include <cstdint>
#include <optional>
#include <string>

namespace provsim {

struct GenerateSpec {
    std::uint32_t users = 0;
    std::uint32_t groups = 0;
    std::uint64_t memberships = 0;      // over all groups; each user at most once in a group
    std::uint64_t seed = 1;
    std::string domain = "example.test";
};

// What keeps the spec from being carried out: more memberships than there are pairs. Its place is empty.
std::optional<Problem> check(const GenerateSpec& spec);

// Adds to `directory`, whose users and groups may not be assigned by this. `spec` has passed check(). Starts the
// change log anew from time to time (and at the end): this is for opening directories, which are no news.
void generate(Directory& directory, const GenerateSpec& spec, TimePoint now);

// The sizes that generate() gives its groups, largest first; their sum is exactly `memberships`.
std::vector<std::uint32_t> group_sizes(std::uint32_t users, std::uint32_t groups, std::uint64_t memberships);

}  // namespace provsim
