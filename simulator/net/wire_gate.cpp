// SPDX-License-Identifier: Apache-2.0
#include "net/wire_gate.h"

#include "net/http_date.h"

#include <algorithm>

namespace provsim {

WireGate::WireGate(WallSpan max_wait, std::uint32_t rate) noexcept : max_wait_(max_wait)
{
    if (rate == 0) return;
    spacing_ = std::chrono::duration_cast<WallSpan>(std::chrono::seconds(1)) / rate;
    // A hundredth of a second's worth may leave at once: at high rates a timer for each request would cost
    // more than the request, and below 200 a second it means strict spacing.
    burst_ = spacing_ * (std::max<std::uint32_t>(1, rate / 100) - 1);
}

bool WireGate::try_leave(WallTime now) noexcept
{
    if (now < paused_until_) return hold(Reason::target, now), false;
    if (spacing_ > WallSpan(0)) {
        // A token bucket kept as one instant: the time at which the bucket would be full again, less its depth.
        const WallTime slot = std::max(next_slot_, now - burst_);
        if (slot > now) return hold(Reason::rate, now), false;
        next_slot_ = slot + spacing_;
    }
    if (held_ != Reason::none) hold(Reason::none, now);
    return true;
}

WallTime WireGate::opens_at() const noexcept { return std::max(paused_until_, next_slot_); }

void WireGate::hold(Reason reason, WallTime now) noexcept
{
    if (held_ == reason) return;
    if (held_ == Reason::target) counters_.held_by_target_for += now - held_since_;
    if (held_ == Reason::rate) counters_.held_by_rate_for += now - held_since_;
    if (reason == Reason::target) ++counters_.held_by_target;
    if (reason == Reason::rate) ++counters_.held_by_rate;
    held_ = reason;
    held_since_ = now;
}

void WireGate::heard(int status, std::string_view retry_after, WallTime now, std::chrono::sys_seconds date_now)
{
    if ((status != 429 && status != 503) || retry_after.empty()) return;
    const auto asked = parse_retry_after(retry_after, date_now);
    if (!asked || asked->count() == 0) return;
    ++counters_.closed_by_target;
    // Never earlier than before: a late answer to an older request must not shorten a longer pause.
    paused_until_ = std::max(paused_until_, now + std::min<WallSpan>(*asked, max_wait_));
}

}  // namespace provsim
