// SPDX-License-Identifier: Apache-2.0
// ${{ env.X }} and ${{ vars.x }} in the values of a scenario file. There is no other expression.
#pragma once

#include "scenario_io/load.h"
#include "scenario_io/yaml.h"

#include <string>

namespace provsim {

// Fills in every placeholder of the tree, the file's own `vars` first (which may use env). A value that is nothing but a
// placeholder, without quotes, is then read as if its text stood there: a number stays a number.
// What cannot be filled in is said, and marked faulty.
void substitute(YamlNode& root, const LoadOptions& options, const std::string& file, Problems& problems);

}  // namespace provsim
