// SPDX-License-Identifier: Apache-2.0
#include "cycle/quarantine.h"

#include <algorithm>

namespace provsim {

std::optional<TimePoint> Quarantine::impose(TimePoint now, std::string reason)
{
    if (!began_) began_ = now;
    reason_ = std::move(reason);
    ++attempts_;
    constexpr Duration steps[] = {hours{6}, hours{12}, hours{24}};
    Duration next = attempts_ <= 3 ? steps[attempts_ - 1] : hours{24} * (attempts_ - 2);
    // An attempt that took place late (the cycle before it was long) does not bring the next one forward.
    while (*began_ + next <= now) next += hours{24};
    if (next > hours{24} * 28) return std::nullopt;
    return *began_ + next;
}

void Quarantine::lift()
{
    began_.reset();
    reason_.clear();
    attempts_ = 0;
}

}  // namespace provsim
