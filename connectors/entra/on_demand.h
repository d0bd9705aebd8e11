// SPDX-License-Identifier: Apache-2.0
// What provision on demand does not take. Internal to the Entra connector.
#pragma once

#include "connectors/connector.h"
#include "model/result.h"

#include <optional>

namespace provsim {

// Nothing if the push can be made. Reasons: more than five members chosen, or members without a group.
std::optional<Problem> refuse_entra_push(const Push& push);

}  // namespace provsim
