// SPDX-License-Identifier: Apache-2.0
// A run file as one side of a comparison.
#pragma once

#include "compare/side.h"
#include "store/run_file_reader.h"

#include <string>

namespace provsim {

struct RecordedSide {
    Side side;
    std::string file, profile, scenario, seed, fingerprint, record;
    std::string label;              // "okta"; "A" and "B" where both are told by one provider
    Duration length{0};             // virtual
    bool finished = true;
};

// Problems: as RunFileReader's, and files that were recorded without rows.
Result<RecordedSide> recorded_side(const std::string& file);

}  // namespace provsim
