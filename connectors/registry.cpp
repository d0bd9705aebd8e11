// SPDX-License-Identifier: Apache-2.0
#include "connectors/registry.h"

#include "connectors/flavours.h"

namespace provsim {

// One line for each provider.
std::span<const Flavour> flavours() noexcept
{
    static const Flavour all[] = {entra_flavour(), okta_flavour(), jumpcloud_flavour(), generic_flavour()};
    return all;
}

const Flavour* find_flavour(std::string_view name) noexcept
{
    for (const Flavour& flavour : flavours())
        if (flavour.name == name) return &flavour;
    return nullptr;
}

}  // namespace provsim
