// SPDX-License-Identifier: Apache-2.0
// The house rules. Each is a pure function of the sources, so that it can be shown a bad example too.
#pragma once

#include "tests/house_rules/rooms.h"

namespace provsim::house {

// A file includes only from rooms its own room may enter, and from third-party groups those rooms name.
Violations check_layering(const std::vector<Source>& sources, const Rooms& rooms);

// Clocks, chance, files, sockets, threads, the environment, streams: only in the rooms that are for it.
Violations check_purity(const std::vector<Source>& sources, const Rooms& rooms);

// Licence line, length, #pragma once, no ranges (clang 14 cannot compile them), nothing marked as unfinished.
Violations check_form(const std::vector<Source>& sources);

// One namespace, one type of a name. Two of them, in files that never meet, compile; whose destructor runs is then chance.
Violations check_names(const std::vector<Source>& sources);

}  // namespace provsim::house
