// SPDX-License-Identifier: Apache-2.0
// Holds requests back on the wall clock. Says nothing about virtual time and changes no reply.
#pragma once

#include <chrono>
#include <cstdint>
#include <string_view>

namespace provsim {

using WallTime = std::chrono::steady_clock::time_point;
using WallSpan = std::chrono::steady_clock::duration;

// How the gate held requests back, for the line "the target throttles provsim" of a report. Wall time throughout.
struct GateCounters {
    std::uint64_t closed_by_target = 0;     // replies 429 or 503 with a usable Retry-After
    std::uint64_t held_by_target = 0;       // times a waiting queue found the gate closed for that reason
    WallSpan held_by_target_for{0};         // for how long altogether
    std::uint64_t held_by_rate = 0;         // the same for the cap on requests per second
    WallSpan held_by_rate_for{0};
};

// Two reasons to wait, both of a real server's making (architecture.md, "Time"): it asked for a pause with
// Retry-After, or the user promised to send no more than `rate` requests a second. Reads no clock; the caller
// passes the time. Not thread-safe.
class WireGate {
public:
    // `max_wait`: the longest pause a Retry-After can cause. `rate`: requests per wall second, 0 = no cap.
    WireGate(WallSpan max_wait, std::uint32_t rate) noexcept;

    // True, and the request counted, if one may leave now. False: ask again at opens_at().
    bool try_leave(WallTime now) noexcept;
    WallTime opens_at() const noexcept;

    // What a reply said about pausing. Anything but 429 and 503, and a Retry-After that is none, has no effect.
    void heard(int status, std::string_view retry_after, WallTime now, std::chrono::sys_seconds date_now);

    const GateCounters& counters() const noexcept { return counters_; }

private:
    enum class Reason : std::uint8_t { none, target, rate };
    void hold(Reason reason, WallTime now) noexcept;

    WallSpan max_wait_;
    WallSpan spacing_{0};       // between two requests at the full rate
    WallSpan burst_{0};         // how far a quiet time can be made up for
    WallTime paused_until_ = WallTime::min();
    WallTime next_slot_ = WallTime::min();
    Reason held_ = Reason::none;
    WallTime held_since_{};
    GateCounters counters_;
};

}  // namespace provsim
