// SPDX-License-Identifier: Apache-2.0
// A story told to another provider than its own (--provider): what of its `provider` section means nothing there.
#pragma once

#include "connectors/registry.h"
#include "scenario/scenario.h"

#include <string>
#include <string_view>
#include <vector>

namespace provsim {

// Nothing if it is one of the registry's; else what to say, with the nearest spelling.
std::optional<Problem> unknown_provider(std::string_view name, Place place);

// Makes `provider` one of `other`'s and takes out what was written for the former one: its cadence, its attribute mappings, and
// the settings that `other` does not have, or not with this value. Their names: "cycles", "settings.patch_booleans", "mappings".
std::vector<std::string> become(ProviderSpec& provider, const Flavour& other);

}  // namespace provsim
