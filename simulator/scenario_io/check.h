// SPDX-License-Identifier: Apache-2.0
// Holds a tree against the format's table and says everything that does not fit.
#pragma once

#include "scenario_io/table.h"
#include "scenario_io/yaml.h"

#include <string>

namespace provsim {

// Appends to `problems`. What does not fit is marked faulty, so that whoever reads the tree afterwards passes over it;
// what is already faulty is passed over here.
void check_shape(YamlNode& root, const Shape& shape, const std::string& file, Problems& problems);

// "40 minutes" -> "try 40m"; empty if there is nothing to guess.
std::string duration_remedy(std::string_view text);

}  // namespace provsim
