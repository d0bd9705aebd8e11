// SPDX-License-Identifier: Apache-2.0
#include "model/expression/dates.h"

#include "model/expression/date_format.h"

#include <array>

namespace provsim {
namespace {

using std::chrono::days;
using std::chrono::months;
using std::chrono::sys_days;
using std::chrono::year_month_day;
using std::chrono::years;

constexpr std::int64_t ticks_in_a_milli = 10'000;
constexpr TimePoint file_time_zero{sys_days{std::chrono::year{1601} / 1 / 1}};

std::optional<TimePoint> within_years(TimePoint at)
{
    if (at < earliest_date || at >= end_of_dates) return {};
    return at;
}

year_month_day date_of(TimePoint at) { return year_month_day{std::chrono::floor<days>(at)}; }

TimePoint sunday_before(TimePoint at)
{
    // Visual Basic takes off the day's number from 1 on, time of day left as it is; the constant day more does no harm.
    const std::chrono::weekday day{std::chrono::floor<days>(at)};
    return at - days{day.c_encoding() + 1};
}

}  // namespace

std::optional<DateInterval> read_interval(std::string_view name) noexcept
{
    static constexpr std::array<std::string_view, 7> names{"yyyy", "m", "d", "ww", "h", "n", "s"};
    for (std::size_t i = 0; i < names.size(); ++i)
        if (names[i] == name) return static_cast<DateInterval>(i);
    return {};
}

std::optional<TimePoint> read_date(std::string_view text)
{
    static constexpr std::string_view dates[] = {"yyyy-M-d", "M/d/yyyy", "yyyy/M/d"};
    static constexpr std::string_view times[] = {"", "'T'H:mm:ss.FFFFFFF", "'T'H:mm", " H:mm:ss.FFFFFFF", " H:mm", " h:mm:ss tt", " h:mm tt"};
    static constexpr std::string_view zones[] = {"", "K", " zzz"};
    for (const std::string_view date : dates)
        for (const std::string_view time : times)
            for (const std::string_view zone : zones) {
                std::string format(date);
                format.append(time).append(zone);
                if (const auto at = parse_date(text, format, DateStyles{})) return at;
            }
    return {};
}

std::optional<TimePoint> add_interval(TimePoint at, DateInterval interval, std::int64_t count)
{
    // More of any unit leaves the years anyway, and less cannot overflow.
    constexpr std::int64_t most = 400'000'000'000;
    if (count > most || count < -most) return {};
    const auto add = [&](Duration unit) -> std::optional<TimePoint> {
        if (count > most / unit.count() * 1000 || count < -most / unit.count() * 1000) return {};
        return within_years(at + unit * count);
    };
    switch (interval) {
    case DateInterval::year:
    case DateInterval::month: {
        if (count > 120'000 || count < -120'000) return {};
        const year_month_day from = date_of(at);
        const auto moved = from.year() / from.month() + months{interval == DateInterval::year ? count * 12 : count};
        if (moved.year() < std::chrono::year{1} || moved.year() > std::chrono::year{9999}) return {};
        year_month_day to = moved / from.day();
        if (!to.ok()) to = moved / std::chrono::last;
        return within_years(sys_days{to} + (at - std::chrono::floor<days>(at)));
    }
    case DateInterval::day: return add(days{1});
    case DateInterval::week: return add(days{7});
    case DateInterval::hour: return add(hours{1});
    case DateInterval::minute: return add(minutes{1});
    case DateInterval::second: return add(seconds{1});
    }
    return {};
}

std::int64_t intervals_between(TimePoint from, TimePoint to, DateInterval interval)
{
    const Duration between = to - from;
    const auto whole = [&](Duration unit) { return static_cast<std::int64_t>(between / unit); };
    switch (interval) {
    case DateInterval::year: return (date_of(to).year() - date_of(from).year()).count();
    case DateInterval::month: {
        const year_month_day a = date_of(from), b = date_of(to);
        return (b.year() / b.month() - a.year() / a.month()).count();
    }
    case DateInterval::day: return whole(days{1});
    case DateInterval::week: return static_cast<std::int64_t>((sunday_before(to) - sunday_before(from)) / Duration{days{1}}) / 7;
    case DateInterval::hour: return whole(hours{1});
    case DateInterval::minute: return whole(minutes{1});
    case DateInterval::second: return whole(seconds{1});
    }
    return 0;
}

std::optional<TimePoint> from_file_time(std::int64_t ticks)
{
    if (ticks < 0) return {};      // as .NET's FromFileTime
    return within_years(file_time_zero + Duration{ticks / ticks_in_a_milli});
}

std::int64_t to_file_time(TimePoint at) { return (at - file_time_zero).count() * ticks_in_a_milli; }

}  // namespace provsim
