// SPDX-License-Identifier: Apache-2.0
// Dates as the expression language reads, moves and compares them. All in UTC: a date without an offset is one (assumed).
#pragma once

#include "model/time.h"

#include <cstdint>
#include <optional>
#include <string_view>

namespace provsim {

// Years 1 to 9999, as .NET's DateTime has them.
inline constexpr TimePoint earliest_date{std::chrono::sys_days{std::chrono::year{1} / 1 / 1}};
inline constexpr TimePoint end_of_dates{std::chrono::sys_days{std::chrono::year{10'000} / 1 / 1}};

enum class DateInterval : std::uint8_t { year, month, day, week, hour, minute, second };
std::optional<DateInterval> read_interval(std::string_view name) noexcept;   // yyyy, m, d, ww, h, n, s

// What CDate takes: "2020-03-16", "2020-03-16T01:45:30.5" (or with a space), "3/16/2020", "3/16/2020 1:45:30 PM", each with an
// offset ("-07:00", "Z") or without. .NET's own reader takes more (assumed that nobody sends it).
std::optional<TimePoint> read_date(std::string_view text);

// Visual Basic's DateAdd: the last day of the month where there is no such day. Nothing outside the years.
std::optional<TimePoint> add_interval(TimePoint at, DateInterval interval, std::int64_t count);
// Visual Basic's DateDiff, which the page's table follows: years and months by the calendar, weeks by their Sundays, the rest
// in whole units of the time between.
std::int64_t intervals_between(TimePoint from, TimePoint to, DateInterval interval);

// Active Directory's count of 100 ns since 1601-01-01. Nothing outside the years.
std::optional<TimePoint> from_file_time(std::int64_t ticks);
std::int64_t to_file_time(TimePoint at);

}  // namespace provsim
