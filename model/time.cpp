// SPDX-License-Identifier: Apache-2.0
#include "model/time.h"

#include <fmt/format.h>

#include <cstdint>
#include <iterator>
#include <limits>

namespace provsim {
namespace {

using std::chrono::days;

// Reads from the front of a text; each reader leaves `text` alone when it fails.
bool take(std::string_view& text, char wanted)
{
    if (text.empty() || text.front() != wanted) return false;
    text.remove_prefix(1);
    return true;
}

bool take_digits(std::string_view& text, std::size_t count, int& out)
{
    if (text.size() < count) return false;
    int value = 0;
    for (std::size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9') return false;
        value = value * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    out = value;
    return true;
}

// ".25" is 250 ms. What is finer than a millisecond is cut off: servers write up to nine digits.
bool take_fraction(std::string_view& text, int& milli)
{
    milli = 0;
    if (!take(text, '.')) return true;
    int digits = 0, digit = 0;
    for (int weight = 100; take_digits(text, 1, digit); weight /= 10, ++digits) milli += weight * digit;
    return digits >= 1 && digits <= 9;
}

bool take_zone(std::string_view& text, minutes& offset)
{
    offset = minutes{0};
    if (take(text, 'Z')) return true;
    const bool west = !text.empty() && text.front() == '-';
    int hour = 0, minute = 0;
    if (!take(text, west ? '-' : '+') || !take_digits(text, 2, hour) || !take(text, ':') || !take_digits(text, 2, minute)) return false;
    if (hour > 23 || minute > 59) return false;
    offset = minutes{hour * 60 + minute} * (west ? -1 : 1);
    return true;
}

// Without the overflow that negating the smallest Duration would be.
std::uint64_t magnitude(Duration length)
{
    const auto bits = static_cast<std::uint64_t>(length.count());
    return length < Duration::zero() ? 0 - bits : bits;
}

struct Unit {
    std::string_view name;
    std::int64_t milli;
};
constexpr Unit units[] = {{"y", 365 * 86'400'000LL}, {"w", 7 * 86'400'000LL}, {"d", 86'400'000}, {"h", 3'600'000},
                          {"m", 60'000},             {"s", 1000},             {"ms", 1}};

}  // namespace

std::string format_time(TimePoint at)
{
    const auto day = std::chrono::floor<days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{at - day};
    std::string text = fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
                                   static_cast<unsigned>(date.day()), clock.hours().count(), clock.minutes().count(), clock.seconds().count());
    if (clock.subseconds().count() != 0) fmt::format_to(std::back_inserter(text), ".{:03}", clock.subseconds().count());
    return text + 'Z';
}

std::optional<TimePoint> parse_time(std::string_view text)
{
    int year = 0, month = 0, day = 0;
    if (!take_digits(text, 4, year) || !take(text, '-') || !take_digits(text, 2, month) || !take(text, '-') || !take_digits(text, 2, day)) return {};
    const std::chrono::year_month_day date{std::chrono::year{year}, std::chrono::month{static_cast<unsigned>(month)},
                                           std::chrono::day{static_cast<unsigned>(day)}};
    if (!date.ok()) return {};
    const TimePoint midnight{std::chrono::sys_days{date}};
    if (text.empty()) return midnight;

    int hour = 0, minute = 0, second = 0, milli = 0;
    minutes offset{};
    if (!take(text, 'T') || !take_digits(text, 2, hour) || !take(text, ':') || !take_digits(text, 2, minute) || !take(text, ':') ||
        !take_digits(text, 2, second) || !take_fraction(text, milli) || !take_zone(text, offset) || !text.empty())
        return {};
    if (hour > 23 || minute > 59 || second > 59) return {};
    return midnight + hours{hour} + minutes{minute} + seconds{second} + milliseconds{milli} - offset;
}

std::string format_elapsed(Duration since_start)
{
    const bool before = since_start < Duration::zero();
    const auto total = magnitude(since_start);
    std::string text = fmt::format("{}{}:{:02}:{:02}", before ? "-" : "", total / 3'600'000, total / 60'000 % 60, total / 1000 % 60);
    if (total % 1000 != 0) fmt::format_to(std::back_inserter(text), ".{:03}", total % 1000);
    return text;
}

std::string format_duration(Duration length)
{
    const bool negative = length < Duration::zero();
    const auto total = magnitude(length);
    const std::string sign = negative ? "-" : "";
    // What is smaller than the second unit is cut off; a second unit of zero is left out.
    if (total >= 86'400'000) {
        const std::uint64_t h = total / 3'600'000 % 24;
        return h == 0 ? fmt::format("{}{} d", sign, total / 86'400'000) : fmt::format("{}{} d {} h", sign, total / 86'400'000, h);
    }
    if (total >= 3'600'000) {
        const std::uint64_t m = total / 60'000 % 60;
        return m == 0 ? fmt::format("{}{} h", sign, total / 3'600'000) : fmt::format("{}{} h {:02} min", sign, total / 3'600'000, m);
    }
    if (total >= 60'000) {
        const std::uint64_t s = total / 1000 % 60;
        return s == 0 ? fmt::format("{}{} min", sign, total / 60'000) : fmt::format("{}{} min {:02} s", sign, total / 60'000, s);
    }
    if (total >= 1000) {
        const std::uint64_t ms = total % 1000;
        return ms == 0 ? fmt::format("{}{} s", sign, total / 1000) : fmt::format("{}{} s {} ms", sign, total / 1000, ms);
    }
    return total == 0 ? "0 s" : fmt::format("{}{} ms", sign, total);
}

std::optional<Duration> parse_duration(std::string_view text)
{
    constexpr std::int64_t most = std::numeric_limits<std::int64_t>::max();
    if (text.empty()) return {};
    std::int64_t total = 0;
    const Unit* next = std::begin(units);   // units come from large to small, each at most once
    while (!text.empty()) {
        std::size_t digits = 0;
        std::int64_t number = 0;
        for (; digits < text.size() && text[digits] >= '0' && text[digits] <= '9'; ++digits) {
            const int digit = text[digits] - '0';
            if (number > (most - digit) / 10) return {};
            number = number * 10 + digit;
        }
        std::size_t letters = digits;
        while (letters < text.size() && text[letters] >= 'a' && text[letters] <= 'z') ++letters;
        const std::string_view name = text.substr(digits, letters - digits);
        const Unit* unit = next;
        while (unit != std::end(units) && unit->name != name) ++unit;
        if (digits == 0 || unit == std::end(units)) return {};
        if (number > (most - total) / unit->milli) return {};
        total += number * unit->milli;
        text.remove_prefix(letters);
        next = unit + 1;
    }
    return Duration{total};
}

}  // namespace provsim
