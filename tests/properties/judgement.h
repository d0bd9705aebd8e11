// SPDX-License-Identifier: Apache-2.0
// Plays a story and says what is wrong with how it ended.
#pragma once

#include "tests/properties/exceptions.h"

#include <map>
#include <string>
#include <string_view>
#include <vector>

namespace provsim::properties {

struct Judgement {
    std::vector<std::string> faults;                    // what no documented exception explains; empty: the story holds
    std::map<std::string_view, std::size_t> excused;    // by exception, how many differences, at each stage
    std::size_t left[3] = {};                           // differences at each stage
    std::uint64_t exchanges = 0, writes = 0;            // of the whole
    std::uint64_t users = 0, memberships = 0;           // in the target when healed
    std::string fingerprint;                            // of the story up to its being healed
};

Judgement judge(const Story& story);
// The story without what it does not need to fail in the same way (the same first word of the first fault).
Story shrink(const Story& story);

}  // namespace provsim::properties
