// SPDX-License-Identifier: Apache-2.0
// The JSON Schema (draft 2020-12) of scenario files, for editors: drawn from the table the loader checks by.
#pragma once

#include <nlohmann/json.hpp>

namespace provsim {

nlohmann::ordered_json scenario_schema();

}  // namespace provsim
