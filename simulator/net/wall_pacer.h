// SPDX-License-Identifier: Apache-2.0
// Lets virtual time follow the wall clock.
#pragma once

#include "engine/pacer.h"

#include <atomic>
#include <chrono>
#include <cstdint>

namespace boost::asio {
class io_context;
}

namespace provsim {

// Virtual time runs `factor` times as fast as the wall. While it waits it runs the loop, so that replies, signals and the
// console are attended to. The schedule is counted from the first advance (or restart()), not from the last one: what
// the engine and the wire take does not add up, and a run that fell behind goes without pauses until it has caught up.
class ScaledPacer : public Pacer {
public:
    // `factor`: virtual seconds per wall second, 1 or more. `loop` outlives the pacer.
    ScaledPacer(boost::asio::io_context& loop, std::uint32_t factor);

    bool advance(TimePoint from, TimePoint to) override;

    // Makes the advance() that runs now, or else the next one, return false. From a handler on the loop or any thread.
    void interrupt();
    // Counts from the next advance on: after a pause, which is not to be caught up, or to change the speed.
    void restart(std::uint32_t factor);

private:
    boost::asio::io_context& loop_;
    std::uint32_t factor_;
    bool anchored_ = false;
    TimePoint virtual_anchor_{};
    std::chrono::steady_clock::time_point wall_anchor_{};
    std::atomic<bool> interrupted_ = false;
};

// `--speed 1`: beside a real service.
class RealPacer final : public ScaledPacer {
public:
    explicit RealPacer(boost::asio::io_context& loop) : ScaledPacer(loop, 1) {}
};

}  // namespace provsim
