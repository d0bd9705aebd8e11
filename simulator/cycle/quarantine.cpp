// SPDX-License-Identifier: Apache-2.0
#include "cycle/quarantine.h"

namespace provsim {

std::optional<TimePoint> Quarantine::impose(TimePoint now, std::string reason)
{
    if (!began_) began_ = now;
    reason_ = std::move(reason);
    ++attempts_;
    constexpr Duration day = hours{24};
    const Duration so_far = now - *began_;
    Duration next = (so_far / day + 1) * day;
    if (so_far < hours{12}) next = hours{12};
    if (so_far < hours{6}) next = hours{6};
    if (next > day * 28) return std::nullopt;
    return *began_ + next;
}

void Quarantine::lift()
{
    began_.reset();
    reason_.clear();
    attempts_ = 0;
}

}  // namespace provsim
