// SPDX-License-Identifier: Apache-2.0
// The small parts of a schema that are written. Internal to graph_schema_write.
#pragma once

#include "model/mapping_spec.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>

namespace provsim {

// "[custom.x]" of a scenario is "[x]" of Entra's directory.
std::string graph_expression(std::string_view expression);
nlohmann::ordered_json graph_source(const MappingSpec& row);    // attributeMappingSource; null if there is none

}  // namespace provsim
