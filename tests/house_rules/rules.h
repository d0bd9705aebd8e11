// SPDX-License-Identifier: Apache-2.0
// The house rules. Each is a pure function of the sources, so that it can be shown a bad example too.
#pragma once

#include "tests/house_rules/rooms.h"

#include <map>
#include <string>

namespace provsim::house {

// A file includes only from rooms its own room may enter, and from third-party groups those rooms name.
Violations check_layering(const std::vector<Source>& sources, const Rooms& rooms);

// Clocks, chance, files, sockets, threads, the environment, streams: only in the rooms that are for it.
Violations check_purity(const std::vector<Source>& sources, const Rooms& rooms);

// Licence line, length, #pragma once, no ranges (clang 14 cannot compile them), nothing marked as unfinished.
Violations check_form(const std::vector<Source>& sources);

// One namespace, one type of a name. Two of them, in files that never meet, compile; whose destructor runs is then chance.
Violations check_names(const std::vector<Source>& sources);

// What is said of a vendor is numbered. Each number has a scenario in scenarios/VENDOR/assertions (file name -> its text), a
// transcript that begins "# Okta assertion N: ", or a test whose name contains "Okta assertion N (". A scenario names its number and its
// evidence. `missing`: a number a line, with a reason, of what is not tested.
struct Dossier {
    std::string_view vendor;        // "Entra"
    unsigned last = 0;
};
Violations check_assertions(const Dossier& dossier, const std::map<std::string, std::string>& scenarios, const std::vector<std::string>& transcripts,
                            const std::vector<Source>& sources, std::string_view missing);

}  // namespace provsim::house
