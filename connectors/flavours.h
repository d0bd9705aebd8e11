// SPDX-License-Identifier: Apache-2.0
// The flavours that registry.cpp lists, one line each.
#pragma once

#include "connectors/registry.h"

namespace provsim {

Flavour entra_flavour() noexcept;
Flavour okta_flavour() noexcept;
Flavour jumpcloud_flavour() noexcept;
Flavour generic_flavour() noexcept;

}  // namespace provsim
