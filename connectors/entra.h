// SPDX-License-Identifier: Apache-2.0
// Microsoft Entra ID as a provider; for registry.cpp and for tests that look inside.
#pragma once

#include "connectors/registry.h"

namespace provsim {

Flavour entra_flavour() noexcept;

}  // namespace provsim
