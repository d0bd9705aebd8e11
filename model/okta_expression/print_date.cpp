// SPDX-License-Identifier: Apache-2.0
#include "model/expression/date_pieces.h"
#include "model/okta_expression/dates.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>

namespace provsim {
namespace {

std::string offset_text(minutes offset, std::string_view between)
{
    const int size = std::abs(static_cast<int>(offset.count()));
    return fmt::format("{}{:02}{}{:02}", offset.count() < 0 ? '-' : '+', size / 60, between, size % 60);
}

}  // namespace

std::optional<JodaPiece> take_joda_piece(std::string_view& format)
{
    const char c = format.front();
    if (c == '\'') {
        // '' is one quotation mark, within quotes too.
        JodaPiece piece;
        format.remove_prefix(1);
        if (format.starts_with('\'')) return format.remove_prefix(1), piece.literal = "'", piece;
        for (;;) {
            const std::size_t close = format.find('\'');
            if (close == std::string_view::npos) return {};
            piece.literal += format.substr(0, close);
            format.remove_prefix(close + 1);
            if (!format.starts_with('\'')) return piece;
            piece.literal += '\'';
            format.remove_prefix(1);
        }
    }
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter) return format.remove_prefix(1), JodaPiece{'\0', 0, std::string(1, c)};
    // Left out of Joda's letters: z, a zone's name, and x and w, years and weeks that begin on a Monday.
    if (constexpr std::string_view letters = "GCyYMdDeEahHkKmsSZ"; letters.find(c) == std::string_view::npos) return {};
    const std::size_t count = std::min(format.find_first_not_of(c), format.size());
    format.remove_prefix(count);
    return JodaPiece{c, count, {}};
}

std::string okta_iso_text(TimePoint at, minutes offset)
{
    return *print_joda(at, offset, "yyyy-MM-dd'T'HH:mm:ss.SSS") + (offset.count() == 0 ? "Z" : offset_text(offset, ":"));
}

std::optional<std::string> print_joda(TimePoint at, minutes offset, std::string_view format)
{
    const TimePoint local = at + offset;
    const auto day = std::chrono::floor<std::chrono::days>(local);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{local - day};
    const auto year = static_cast<int>(date.year());
    const auto month = static_cast<unsigned>(date.month());
    const auto weekday = std::chrono::weekday{day};
    const auto hour = clock.hours().count(), milli = clock.subseconds().count();
    std::string out;
    while (!format.empty()) {
        const auto piece = take_joda_piece(format);
        if (!piece) return {};
        const std::size_t count = std::min<std::size_t>(piece->count, 20);
        const auto padded = [&](auto number) { return fmt::format("{:0{}}", number, count); };
        switch (piece->letter) {
        case '\0': out += piece->literal; break;
        case 'G': out += "AD"; break;
        case 'C': out += padded(year / 100); break;
        case 'y':
        case 'Y': out += count == 2 ? padded(year % 100) : padded(year); break;
        case 'M': out += count < 3 ? padded(month) : std::string(month_names[month - 1].substr(0, count == 3 ? 3 : std::string_view::npos)); break;
        case 'd': out += padded(static_cast<unsigned>(date.day())); break;
        case 'D': out += padded((day - std::chrono::sys_days{date.year() / 1 / 1}).count() + 1); break;
        case 'e': out += padded(weekday.iso_encoding()); break;
        case 'E': out += day_names[weekday.c_encoding()].substr(0, count <= 3 ? 3 : std::string_view::npos); break;
        case 'a': out += hour < 12 ? "AM" : "PM"; break;
        case 'H': out += padded(hour); break;
        case 'k': out += padded(hour == 0 ? 24 : hour); break;
        case 'K': out += padded(hour % 12); break;
        case 'h': out += padded(hour % 12 == 0 ? 12 : hour % 12); break;
        case 'm': out += padded(clock.minutes().count()); break;
        case 's': out += padded(clock.seconds().count()); break;
        case 'S': out += (fmt::format("{:03}", milli) + std::string(20, '0')).substr(0, count); break;
        case 'Z': out += count == 1 ? offset_text(offset, "") : offset_text(offset, ":"); break;
        default: return {};
        }
        if (out.size() > 10'000) return {};
    }
    return out;
}

}  // namespace provsim
