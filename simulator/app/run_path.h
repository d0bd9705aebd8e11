// SPDX-License-Identifier: Apache-2.0
// Where run files go when nobody says: .provsim/runs in the current folder, the last twenty kept.
#pragma once

#include "model/result.h"

#include <string>
#include <string_view>

namespace provsim {

// ".provsim/runs/20261121-090102-joiner-mover-leaver.provsim". Makes the folders, with a .gitignore of their own, and
// removes the oldest beyond twenty.
Result<std::string> fresh_run_path(std::string_view scenario_name);

}  // namespace provsim
