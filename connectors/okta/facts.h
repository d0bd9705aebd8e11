// SPDX-License-Identifier: Apache-2.0
// What Okta does, with where it is known from. Internal to the Okta connector.
#pragma once

#include "connectors/facts.h"

#include <span>

namespace provsim {

std::span<const Fact> okta_facts();

}  // namespace provsim
