// SPDX-License-Identifier: Apache-2.0
// Codes of Okta's entries in the provisioning log. Internal to the Okta connector; the registry hands them out.
#pragma once

#include "connectors/codes.h"

namespace provsim {

std::span<const CodeNote> okta_codes() noexcept;

}  // namespace provsim
