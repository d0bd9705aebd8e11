// SPDX-License-Identifier: Apache-2.0
// The waits between attempts, of a failed object and of a job in quarantine.
#pragma once

#include "model/time.h"

#include <algorithm>

namespace provsim {

inline constexpr Duration backoff_day = hours{24};
// Nothing is tried longer than this after the first failure (Entra: application-provisioning-quarantine-status).
inline constexpr Duration backoff_end = backoff_day * 28;

// The rung after `so_far` on the ladder of 6, 12, 24 h and every 24 h; both since the first failure.
inline Duration next_rung(Duration so_far) noexcept
{
    if (so_far < hours{6}) return hours{6};
    if (so_far < hours{12}) return hours{12};
    return (so_far / backoff_day + 1) * backoff_day;
}

// `first`, doubled `times` times, at most a day.
inline Duration doubled(Duration first, unsigned times) noexcept
{
    return std::min<Duration>(first * (1 << std::min(times, 10u)), backoff_day);
}

}  // namespace provsim
