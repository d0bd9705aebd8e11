// SPDX-License-Identifier: Apache-2.0
// Where a target may differ from the projection although everything has been done: each documented exception as a predicate
// on what happened in the story. docs/EXCEPTIONS.md lists them for people; a test holds the two lists together.
#pragma once

#include "tests/properties/witness.h"

#include <span>
#include <string_view>

namespace provsim::properties {

enum class Stage : std::uint8_t { healed, restarted, anew };       // begun anew: links dropped and matched again

struct Evidence {
    const Story& story;
    const Witness& witness;
    const Picture& source;
    const TargetState& target;
    const LinkTable& links;
    Stage stage;
};

struct Exception {
    std::string_view name;
    Stage last;             // the last stage at which it is still accepted
    bool (*applies)(const Difference& difference, const Evidence& evidence);
};

std::span<const Exception> exceptions();
// The first that applies; null if the difference is a fault.
const Exception* excuse(const Difference& difference, const Evidence& evidence);

}  // namespace provsim::properties
