// SPDX-License-Identifier: Apache-2.0
// For which providers a part of a story is told.
#pragma once

#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

// `provider: okta` of a step, an action or an expectation, or the vendor whose verb an action is. Under others it is left out.
struct OnlyUnder {
    std::vector<std::string> providers;     // none: all

    bool allows(std::string_view profile) const { return providers.empty() || std::find(providers.begin(), providers.end(), profile) != providers.end(); }
};

}  // namespace provsim
