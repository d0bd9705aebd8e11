// SPDX-License-Identifier: Apache-2.0
#include "net/wall_pacer.h"

#include "tests/catch.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <thread>

using namespace provsim;
using namespace std::chrono_literals;
namespace net = boost::asio;

TEST_CASE("A pacer holds virtual time back until the wall has caught up, and runs the loop meanwhile")
{
    net::io_context loop{1};
    ScaledPacer pacer(loop, 60);    // 6 virtual seconds = 100 ms of wall
    std::vector<int> order;
    net::steady_timer early(loop, 20ms), late(loop, 10min);
    early.async_wait([&](auto) { order.push_back(1); });
    late.async_wait([&](auto ec) { if (!ec) order.push_back(9); });
    CHECK(pacer.advance(TimePoint{}, TimePoint{} + 6s));
    order.push_back(2);
    CHECK(order == std::vector<int>{1, 2});
}

TEST_CASE("What is behind the wall clock already is not waited for")
{
    net::io_context loop{1};
    RealPacer pacer(loop);
    CHECK(pacer.advance(TimePoint{}, TimePoint{}));     // the schedule starts here
    std::this_thread::sleep_for(60ms);                  // the engine and the wire took their time
    bool waited = false;
    net::steady_timer marker(loop, 30ms);               // due after what the pacer has to look at, however slow this machine
    marker.async_wait([&](auto ec) { waited = !ec; });
    CHECK(pacer.advance(TimePoint{}, TimePoint{} + 50ms));
    CHECK_FALSE(waited);
}

TEST_CASE("An interrupted pacer stops where it is and can go on")
{
    net::io_context loop{1};
    RealPacer pacer(loop);
    net::post(loop, [&] { pacer.interrupt(); });
    CHECK_FALSE(pacer.advance(TimePoint{}, TimePoint{} + hours(1)));
    pacer.restart(1'000'000'000);
    CHECK(pacer.advance(TimePoint{}, TimePoint{} + hours(1)));

    pacer.interrupt();      // before the next advance counts for that one
    CHECK_FALSE(pacer.advance(TimePoint{}, TimePoint{} + hours(1)));
    CHECK(pacer.advance(TimePoint{}, TimePoint{} + hours(1)));
}
