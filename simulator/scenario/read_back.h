// SPDX-License-Identifier: Apache-2.0
// Reads the whole target back and compares it with what the directory's projection says should be there: the judge of
// convergence. The mapping is a table of its own, from the same documents as the connector's, and shares no code with it.
#pragma once

#include "connectors/link_table.h"
#include "model/result.h"
#include "scenario/evaluate.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

struct TargetDifference {
    std::string object;         // "user:ada"
    std::string attribute;      // "name.givenName"; "(resource)" when it is about its being there; "members"
    std::string expected, got;
    friend bool operator==(const TargetDifference&, const TargetDifference&) = default;
};
// "user:ada name.givenName: expected \"Ada\" (string), got nothing".
std::string describe(const TargetDifference& difference);

// A known, explained deviation of a target. One a line in a file:  target | user or group or * | attribute | what | why
// `attribute` may end in '*'; `what` is `missing`, `value`, `extra` or `*`. Lines that begin with '#' are comments.
struct Quirk {
    enum class What : std::uint8_t { any, missing, value, extra } what = What::any;
    std::string target;
    ObjectKind kind = ObjectKind::none;     // none: both
    std::string attribute;
    std::string why;
};
Result<std::vector<Quirk>> parse_quirks(std::string_view text, const std::string& file);

struct ReadBackOptions {
    std::string_view target;                // whose quirks are forgiven
    std::span<const Quirk> quirks;
    unsigned page = 100;                    // resources a page when the target is walked
    std::size_t most = 100;                 // differences after which it stops
};

// Default mapping of Entra's connector (entra.md 3.1 with correction 5), scope and life cycle (2.1, 2.2):
//  - in scope, enabled, in the directory: there, active, with every mapped attribute that has a value. An attribute
//    without a value is not compared: Entra sends nothing when a value is cleared (3.3).
//  - linked, but disabled, in the recycle bin or out of scope: there and inactive. Gone from the target is a difference.
//  - to be there but never linked: a difference. Neither linked nor to be there: not looked for.
//  - groups in scope: there, with displayName, externalId and as members the direct members who are to be there.
//  - links to objects that are hard-deleted or groups out of scope: not there.
// Texts compare without case, except externalId: Entra does not send a change of case alone.
std::vector<TargetDifference> compare_with_projection(const Directory& directory, const Scope& scope, const LinkTable& links,
                                                TargetReader& target, const ReadBackOptions& options = {});

}  // namespace provsim
