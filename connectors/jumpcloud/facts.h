// SPDX-License-Identifier: Apache-2.0
// What JumpCloud does, as data. Internal to the JumpCloud connector.
#pragma once

#include "connectors/facts.h"

#include <span>

namespace provsim {

std::span<const Fact> jumpcloud_facts();

}  // namespace provsim
