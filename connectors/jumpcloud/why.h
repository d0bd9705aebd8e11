// SPDX-License-Identifier: Apache-2.0
// The reasons of a task (Planned::why) in the JumpCloud connector's words. Bits; the same task may have several. Run files keep
// the numbers. Internal to the JumpCloud connector.
#pragma once

#include <cstdint>

namespace provsim::jumpcloud_why {

inline constexpr std::uint32_t bound = 1;           // bound to the application, by a group; of a group: bound itself
inline constexpr std::uint32_t profile = 2;         // an attribute that is mapped has changed
inline constexpr std::uint32_t unbound = 4;         // no longer bound
inline constexpr std::uint32_t state = 8;           // suspended, activated, ...
inline constexpr std::uint32_t deleted = 16;        // deleted in JumpCloud
inline constexpr std::uint32_t forced = 32;         // asked for, though nothing has changed
inline constexpr std::uint32_t expiry = 64;         // his password may have expired, or been renewed
inline constexpr std::uint32_t renamed = 128;       // of a group
inline constexpr std::uint32_t resync = 256;        // of a group: provisioned again
inline constexpr std::uint32_t members = 512;       // of a group that was not known yet when somebody joined it

}  // namespace provsim::jumpcloud_why
