// SPDX-License-Identifier: Apache-2.0
// Why Okta has work to do, as the bits of Planned::why. Internal to the Okta connector.
#pragma once

#include "model/attribute.h"

#include <cstdint>

namespace provsim {

struct OktaWhy {
    // Of a user.
    static constexpr std::uint32_t assigned = 1;            // to the application, himself or through a group
    static constexpr std::uint32_t profile = 2;             // a mapped attribute changed
    static constexpr std::uint32_t unassigned = 4;          // the last path to the application is gone, or he was deactivated
    static constexpr std::uint32_t reactivated = 8;         // he may sign in again and a group assigns him
    static constexpr std::uint32_t password = 16;
    static constexpr std::uint32_t forced = 32;             // Force Sync, "Apply updates now"
    static constexpr std::uint32_t provision_user = 64;     // the button "Provision User"
    static constexpr std::uint32_t inactive_reply = 128;    // the target called him inactive when he was provisioned
    // Of a group.
    static constexpr std::uint32_t push = 1;                // its mapping was made, or activated
    static constexpr std::uint32_t renamed = 2;
    static constexpr std::uint32_t unlink = 4;
    static constexpr std::uint32_t unlink_and_delete = 8;
    static constexpr std::uint32_t push_now = 16;

    // Which attributes changed: one bit for each built-in one, one for all custom ones together.
    static constexpr std::uint32_t changed(std::uint64_t attributes) noexcept
    {
        const bool custom = attributes >> builtin_attributes != 0;
        return static_cast<std::uint32_t>((attributes >> 1 & 0xFFFFF) << first_attribute) | (custom ? any_custom : 0);
    }
    static constexpr std::uint64_t attributes(std::uint32_t why) noexcept
    {
        const std::uint64_t builtin = std::uint64_t{why >> first_attribute} << 1;
        return builtin | ((why & any_custom) != 0 ? ~std::uint64_t{0} << builtin_attributes : 0);
    }

private:
    static constexpr unsigned first_attribute = 12;
    static constexpr std::uint32_t any_custom = 1u << 11;
    static_assert(builtin_attributes - 1 <= 32 - first_attribute, "a bit for each built-in attribute but the handle");
};

}  // namespace provsim
