// SPDX-License-Identifier: Apache-2.0
#include "tests/catch.h"

#include "model/time.h"

#include <limits>

using namespace provsim;
using namespace std::chrono_literals;

namespace {
TimePoint at(std::int64_t unix_milliseconds) { return TimePoint{Duration{unix_milliseconds}}; }
}  // namespace

TEST_CASE("A time is read and written as ISO 8601 in UTC, to the millisecond")
{
    struct Row { std::int64_t unix_milliseconds; const char* text; };
    const Row rows[] = {
        {0, "1970-01-01T00:00:00Z"},
        {1'772'442'000'000, "2026-03-02T09:00:00Z"},
        {1'772'442'000'250, "2026-03-02T09:00:00.250Z"},
        {951'782'399'999, "2000-02-28T23:59:59.999Z"},
        {951'782'400'000, "2000-02-29T00:00:00Z"},
        {-1, "1969-12-31T23:59:59.999Z"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        CHECK(format_time(at(row.unix_milliseconds)) == row.text);
        CHECK(parse_time(row.text) == at(row.unix_milliseconds));
    }
}

TEST_CASE("A time may be a date alone, have an offset, or be finer than a millisecond")
{
    struct Row { const char* text; const char* means; };
    const Row rows[] = {
        {"2026-03-02", "2026-03-02T00:00:00Z"},
        {"2026-03-02T09:00:00+01:00", "2026-03-02T08:00:00Z"},
        {"2026-03-02T23:30:00-05:30", "2026-03-03T05:00:00Z"},
        {"2026-03-02T09:00:00.5Z", "2026-03-02T09:00:00.500Z"},
        {"2026-03-02T09:00:00.1239999Z", "2026-03-02T09:00:00.123Z"},
        {"2026-03-02T09:00:00.000Z", "2026-03-02T09:00:00Z"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        REQUIRE(parse_time(row.text));
        CHECK(format_time(*parse_time(row.text)) == row.means);
    }
}

TEST_CASE("Anything else is not a time")
{
    for (const char* text : {"", "now", "2026", "2026-3-2", "2026-02-29", "2026-13-01", "2026-00-10", "2026-03-02T", "2026-03-02T09:00:00",
                             "2026-03-02T09:00Z", "2026-03-02 09:00:00Z", "2026-03-02T24:00:00Z", "2026-03-02T09:60:00Z", "2026-03-02T09:00:60Z",
                             "2026-03-02T09:00:00z", "2026-03-02T09:00:00.Z", "2026-03-02T09:00:00.1234567890Z", "2026-03-02T09:00:00+0100",
                             "2026-03-02T09:00:00+24:00", "2026-03-02T09:00:00Z ", " 2026-03-02", "-026-03-02", "20260302T090000Z"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_time(text));
    }
}

TEST_CASE("Elapsed time counts hours beyond a day, and shows milliseconds only when there are any")
{
    CHECK(format_elapsed(0ms) == "0:00:00");
    CHECK(format_elapsed(42min) == "0:42:00");
    CHECK(format_elapsed(26h + 2min) == "26:02:00");
    CHECK(format_elapsed(2min + 150ms) == "0:02:00.150");
    CHECK(format_elapsed(-42min) == "-0:42:00");
    CHECK(format_elapsed(Duration{std::numeric_limits<std::int64_t>::min()}) == "-2562047788015:12:55.808");
}

TEST_CASE("A duration for people has at most two units")
{
    CHECK(format_duration(0ms) == "0 s");
    CHECK(format_duration(7ms) == "7 ms");
    CHECK(format_duration(12s) == "12 s");
    CHECK(format_duration(1s + 250ms) == "1 s 250 ms");
    CHECK(format_duration(40min) == "40 min");
    CHECK(format_duration(90s) == "1 min 30 s");
    CHECK(format_duration(65s) == "1 min 05 s");
    CHECK(format_duration(4h + 2min) == "4 h 02 min");
    CHECK(format_duration(4h + 2min + 59s) == "4 h 02 min");
    CHECK(format_duration(24h) == "1 d");
    CHECK(format_duration(30h) == "1 d 6 h");
    CHECK(format_duration(-40min) == "-40 min");
}

TEST_CASE("A duration in a scenario is numbers with units, from large to small")
{
    struct Row { const char* text; Duration means; };
    const Row rows[] = {
        {"40m", 40min}, {"1h32m", 92min}, {"90s", 90s}, {"150ms", 150ms}, {"30d", 720h}, {"2w", 336h}, {"1y", 8760h}, {"0s", 0s},
        {"1y2w3d4h5m6s7ms", 8760h + 336h + 72h + 4h + 5min + 6s + 7ms}, {"007m", 7min},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        CHECK(parse_duration(row.text) == row.means);
    }
}

TEST_CASE("Anything else is not a duration")
{
    for (const char* text : {"", "40", "m", "40 m", "40 minutes", "40min", "32m1h", "1m1m", "1m30", "-5m", "+5m", "1.5h", "1h ", "5M", "1mo",
                             "99999999999999999999s", "9223372036854775807s", "9223372036854775807ms1"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_duration(text));
    }
    CHECK(parse_duration("9223372036854775807ms") == Duration::max());
}
