// SPDX-License-Identifier: Apache-2.0
#include "net/wire_gate.h"

#include "net/http_date.h"
#include "tests/catch.h"

using namespace provsim;
using namespace std::chrono_literals;

namespace {

const WallTime t0 = WallTime(1000s);
const std::chrono::sys_seconds date0{std::chrono::sys_days(std::chrono::year(2026) / 3 / 2) + 9h};

}  // namespace

TEST_CASE("Retry-After is a number of seconds or any of three date forms")
{
    struct Case {
        const char* text;
        long seconds;       // -1: no Retry-After at all
    };
    const std::vector<Case> cases = {
        {"0", 0}, {"7", 7}, {" 120 ", 120}, {"99999999999999999999", 365L * 24 * 3600},
        {"Mon, 02 Mar 2026 09:00:30 GMT", 30}, {"Monday, 02-Mar-26 09:01:00 GMT", 60}, {"Mon Mar  2 09:00:05 2026", 5},
        {"Mon, 02 Mar 2026 08:00:00 GMT", 0}, {"Sunday, 06-Nov-94 08:49:37 GMT", 0},
        {"", -1}, {"soon", -1}, {"-5", -1}, {"1.5", -1}, {"5s", -1}, {"Mon, 32 Mar 2026 09:00:30 GMT", -1},
        {"Mon, 02 Mar 2026 25:00:00 GMT", -1}, {"Mon, 02 Mar 2026 09:00:30 CET", -1}, {"Mon, 02 Mar 2026", -1},
        {"Mon, 02 Mar 2026 09:00:30 GMT!", -1}, {"Tue Mar 12 09:00:05 20266", -1},
    };
    for (const Case& c : cases) {
        CAPTURE(c.text);
        const auto wait = parse_retry_after(c.text, date0);
        CHECK((wait ? wait->count() : -1) == c.seconds);
    }
}

TEST_CASE("A Retry-After on 429 or 503 closes the gate for as long as it says, up to the maximum")
{
    WireGate gate(60s, 0);
    CHECK(gate.try_leave(t0));
    gate.heard(429, "5", t0, date0);
    CHECK_FALSE(gate.try_leave(t0));
    CHECK_FALSE(gate.try_leave(t0 + 4999ms));
    CHECK(gate.opens_at() == t0 + 5s);
    CHECK(gate.try_leave(t0 + 5s));
    CHECK(gate.counters().closed_by_target == 1);
    CHECK(gate.counters().held_by_target == 1);
    CHECK(gate.counters().held_by_target_for == 5s);

    gate.heard(503, "Mon, 02 Mar 2026 11:00:00 GMT", t0 + 10s, date0);
    CHECK(gate.opens_at() == t0 + 70s);
}

TEST_CASE("A shorter Retry-After does not shorten a longer one")
{
    WireGate gate(60s, 0);
    gate.heard(429, "30", t0, date0);
    gate.heard(429, "1", t0 + 1s, date0);
    CHECK(gate.opens_at() == t0 + 30s);
}

TEST_CASE("Other statuses, and a Retry-After that says nothing, leave the gate open")
{
    WireGate gate(60s, 0);
    gate.heard(200, "30", t0, date0);
    gate.heard(500, "30", t0, date0);
    gate.heard(429, "", t0, date0);
    gate.heard(429, "later", t0, date0);
    gate.heard(429, "0", t0, date0);
    CHECK(gate.try_leave(t0));
    CHECK(gate.counters().closed_by_target == 0);
}

TEST_CASE("The rate spaces requests evenly and lets nobody save up")
{
    WireGate gate(60s, 10);
    CHECK(gate.try_leave(t0));
    CHECK_FALSE(gate.try_leave(t0));
    CHECK(gate.opens_at() == t0 + 100ms);
    CHECK(gate.try_leave(t0 + 100ms));
    // A quiet hour is not made up for.
    CHECK(gate.try_leave(t0 + 1h));
    CHECK_FALSE(gate.try_leave(t0 + 1h));
    CHECK(gate.counters().held_by_rate == 2);
}

TEST_CASE("No second sees more requests than the rate and its burst of a hundredth allow")
{
    for (const std::uint32_t rate : {1u, 25u, 1000u, 5000u}) {
        CAPTURE(rate);
        WireGate gate(60s, rate);
        std::uint32_t sent = 0;
        for (WallTime now = t0; now < t0 + 1s; now = std::max(now, gate.opens_at()))
            if (gate.try_leave(now)) ++sent;
        CHECK(sent >= rate);
        CHECK(sent <= rate + rate / 100 + 1);
    }
}
