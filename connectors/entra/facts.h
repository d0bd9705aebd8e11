// SPDX-License-Identifier: Apache-2.0
// What Entra does, with where it is known from. Internal to the Entra connector.
#pragma once

#include "connectors/facts.h"

#include <span>

namespace provsim {

std::span<const Fact> entra_facts();

}  // namespace provsim
