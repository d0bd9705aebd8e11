// SPDX-License-Identifier: Apache-2.0
// Error codes, skip reasons and quarantine reasons of Entra's provisioning log. Internal to the Entra connector; the registry
// hands them out.
#pragma once

#include "connectors/codes.h"

namespace provsim {

// What the connector can say, and what else is known to be said. Skips, errors, quarantine reasons.
std::span<const CodeNote> entra_codes() noexcept;

}  // namespace provsim
