// SPDX-License-Identifier: Apache-2.0
// Virtual time: whole milliseconds, advanced by the engine alone. Nothing here reads a clock.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace provsim {

using Duration = std::chrono::milliseconds;
using TimePoint = std::chrono::sys_time<std::chrono::milliseconds>;

using std::chrono::hours;
using std::chrono::milliseconds;
using std::chrono::minutes;
using std::chrono::seconds;

// "2026-03-02T09:00:00Z"; milliseconds are written only when there are any ("...:00.250Z").
std::string format_time(TimePoint at);
// ISO 8601 in UTC as above, a date alone ("2026-03-02"), or with an offset ("+01:00"). Nothing on anything else.
std::optional<TimePoint> parse_time(std::string_view text);

// "0:42:00", "26:02:00"; with milliseconds when there are any ("0:02:00.150"). For "T+..." columns.
std::string format_elapsed(Duration since_start);
// For people: "40 min", "4 h 02 min", "1 d 6 h", "7 ms", "12 s". At most two units.
std::string format_duration(Duration length);
// "40m", "1h32m", "90s", "150ms", "30d", "2w", "1y" (365 days); a bare number is refused. Nothing on anything else.
std::optional<Duration> parse_duration(std::string_view text);

}  // namespace provsim
