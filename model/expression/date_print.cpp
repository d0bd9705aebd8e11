// SPDX-License-Identifier: Apache-2.0
#include "model/expression/date_format.h"

#include "model/expression/date_pieces.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {

std::optional<DatePiece> take_date_piece(std::string_view& format)
{
    const char c = format.front();
    if (c == '\'' || c == '"') {
        const std::size_t close = format.find(c, 1);
        if (close == std::string_view::npos) return {};
        DatePiece piece{'\0', 0, std::string(format.substr(1, close - 1))};
        format.remove_prefix(close + 1);
        return piece;
    }
    if (c == '\\' || c == '%') {
        if (format.size() < 2 || (c == '%' && format[1] == '%')) return {};
        if (c == '%') {
            format.remove_prefix(1);
            return take_date_piece(format);
        }
        DatePiece piece{'\0', 0, std::string(1, format[1])};
        format.remove_prefix(2);
        return piece;
    }
    constexpr std::string_view specifiers = "yMdHhmsfFtzKZg";
    if (specifiers.find(c) == std::string_view::npos) {
        format.remove_prefix(1);
        return DatePiece{'\0', 0, std::string(1, c)};
    }
    std::size_t count = format.find_first_not_of(c);
    if (count == std::string_view::npos) count = format.size();
    if (c == 'K' || c == 'Z') count = 1;
    if ((c == 'f' || c == 'F') && count > 7) return {};
    format.remove_prefix(count);
    return DatePiece{c, count, {}};
}

std::optional<std::string> print_date(TimePoint at, std::string_view format)
{
    const auto day = std::chrono::floor<std::chrono::days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{at - day};
    const auto year = static_cast<int>(date.year());
    const auto month = static_cast<unsigned>(date.month());
    const auto hour = clock.hours().count(), milli = clock.subseconds().count();
    const auto padded = [](auto number, std::size_t count) { return fmt::format("{:0{}}", number, std::min<std::size_t>(count, 2)); };
    std::string out;
    while (!format.empty()) {
        const auto piece = take_date_piece(format);
        if (!piece) return {};
        const std::size_t count = piece->count;
        switch (piece->specifier) {
        case '\0': out += piece->literal; break;
        case 'y': out += count <= 2 ? padded(year % 100, count) : fmt::format("{:0{}}", year, std::min<std::size_t>(count, 10'000)); break;
        case 'M': out += count <= 2 ? padded(month, count) : std::string(month_names[month - 1].substr(0, count == 3 ? 3 : std::string_view::npos)); break;
        case 'd':
            if (count <= 2) out += padded(static_cast<unsigned>(date.day()), count);
            else out += day_names[std::chrono::weekday{day}.c_encoding()].substr(0, count == 3 ? 3 : std::string_view::npos);
            break;
        case 'H': out += padded(hour, count); break;
        case 'h': out += padded(hour % 12 == 0 ? 12 : hour % 12, count); break;
        case 'm': out += padded(clock.minutes().count(), count); break;
        case 's': out += padded(clock.seconds().count(), count); break;
        case 'f': out += fmt::format("{:03}0000", milli).substr(0, count); break;
        case 'F': {
            std::string digits = fmt::format("{:03}0000", milli).substr(0, count);
            digits.erase(digits.find_last_not_of('0') + 1);
            if (digits.empty() && out.ends_with('.')) out.pop_back();
            out += digits;
            break;
        }
        case 't': out += std::string_view(hour < 12 ? "AM" : "PM").substr(0, count == 1 ? 1 : 2); break;
        case 'z': out += count == 1 ? "+0" : count == 2 ? "+00" : "+00:00"; break;
        case 'K':
        case 'Z': out += 'Z'; break;
        case 'g': out += "A.D."; break;
        default: break;
        }
    }
    return out;
}

}  // namespace provsim
