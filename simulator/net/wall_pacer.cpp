// SPDX-License-Identifier: Apache-2.0
#include "net/wall_pacer.h"

#include "model/check.h"
#include "net/asio.h"

namespace provsim {

ScaledPacer::ScaledPacer(boost::asio::io_context& loop, std::uint32_t factor) : loop_(loop), factor_(factor)
{
    PROVSIM_CHECK(factor > 0);
}

bool ScaledPacer::advance(TimePoint from, TimePoint to)
{
    using std::chrono::steady_clock;
    if (!anchored_) {
        anchored_ = true;
        virtual_anchor_ = from;
        wall_anchor_ = steady_clock::now();
    }
    const auto due = wall_anchor_ + std::chrono::duration_cast<steady_clock::duration>(to - virtual_anchor_) / factor_;
    // A loop without work returns at once; this timer is work until the time has come.
    WallTimer timer(loop_, due);
    bool over = false;
    timer.async_wait([&over](ErrorCode ec) { if (!ec) over = true; });
    if (loop_.stopped()) loop_.restart();
    while (!over && !interrupted_) loop_.run_one();
    if (over && !interrupted_) return true;
    timer.cancel();
    loop_.poll();   // lets the cancelled wait go before `over` does
    interrupted_ = false;
    return false;
}

void ScaledPacer::interrupt()
{
    interrupted_ = true;
    net::post(loop_, [] {});
}

void ScaledPacer::restart(std::uint32_t factor)
{
    PROVSIM_CHECK(factor > 0);
    factor_ = factor;
    anchored_ = false;
}

}  // namespace provsim
