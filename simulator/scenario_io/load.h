// SPDX-License-Identifier: Apache-2.0
// From a scenario file to a Scenario. Start here; interface.md's chapter on scenario files is docs/scenarios.md.
//
//   bytes -> parse_yaml -> substitute -> check_shape -> readers (read_*.h) -> Scenario, with warnings
//
// All faults of a file are said at once, each with its line and column.
#pragma once

#include "model/result.h"
#include "scenario/scenario.h"

#include <filesystem>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace provsim {

struct LoadOptions {
    // Looks an environment variable up. Empty: none is set.
    std::function<std::optional<std::string>(std::string_view)> env;
    // --var: beats the file's `vars`.
    std::vector<std::pair<std::string, std::string>> vars;
    // --seed: beats the file's, before a directory is generated from it.
    std::optional<std::uint64_t> seed;
    // --provider: the story is told to this one instead of its own. What it says in its own provider's language (cadence,
    // mappings, settings that the other does not have) is left out, with a warning. Empty: its own.
    std::string provider;
    // For lint, and where --target makes the file's own target moot: an unset variable is only warned about, and the
    // key it stands under counts as not given.
    bool unset_is_warning = false;
};

// Reads the file, and those it imports. `file` is kept as it was given; imports and secrets are relative to its folder.
Result<Scenario> load_scenario(const std::filesystem::path& file, const LoadOptions& options);
// The same from memory ("-" is the caller's): `name` stands in messages, `folder` is what paths are relative to.
Result<Scenario> load_scenario(std::string bytes, const std::string& name, const std::filesystem::path& folder, const LoadOptions& options);

}  // namespace provsim
