// SPDX-License-Identifier: Apache-2.0
#include "cycle/quarantine.h"

#include "cycle/backoff.h"

namespace provsim {

std::string_view to_string(QuarantineReason reason) noexcept
{
    switch (reason) {
        case QuarantineReason::exception: return "EncounteredQuarantineException";
        case QuarantineReason::base_threshold: return "EncounteredBaseEscrowThreshold";
        case QuarantineReason::total_threshold: return "EncounteredTotalEscrowThreshold";
        case QuarantineReason::proportion_threshold: return "EncounteredEscrowProportionThreshold";
        case QuarantineReason::too_many_deletes: return "TooManyDeletes";
    }
    return "";
}

std::optional<TimePoint> Quarantine::impose(TimePoint now, QuarantineCause cause)
{
    if (!series_began_) series_began_ = now;
    imposed_ = now;
    cause_ = std::move(cause);
    next_.reset();
    const TimePoint end = *series_began_ + backoff_end;
    const TimePoint next = backoff_ == Backoff::ladder ? *series_began_ + next_rung(now - *series_began_)
                                                       : std::min(now + doubled(minutes{5}, attempts_), now < end ? end : TimePoint::max());
    ++attempts_;
    if (next <= end) next_ = next;
    return next_;
}

void Quarantine::lift()
{
    series_began_.reset();
    next_.reset();
    cause_ = {};
    attempts_ = 0;
}

std::string Quarantine::reason() const
{
    const std::string_view head = cause_.reason == QuarantineReason::exception ? std::string_view(cause_.code) : to_string(cause_.reason);
    return std::string(head) + ": " + cause_.message;
}

}  // namespace provsim
