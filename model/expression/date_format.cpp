// SPDX-License-Identifier: Apache-2.0
#include "model/expression/date_format.h"

#include "model/expression/dates.h"
#include "model/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace provsim {
namespace {

using std::chrono::days;

constexpr std::array<std::string_view, 12> month_names{"January", "February", "March",     "April",   "May",      "June",
                                                       "July",    "August",   "September", "October", "November", "December"};
constexpr std::array<std::string_view, 7> day_names{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

// The next piece of a format: a run of one specifier, or literal text.
struct Piece {
    char specifier = '\0';      // one of "yMdHhmsfFtzKZg", or '\0' for a literal
    std::size_t count = 0;
    std::string literal;
};

// Takes a piece off the front; nothing if the format is broken (an open quote, a lone \ or %).
std::optional<Piece> take_piece(std::string_view& format)
{
    const char c = format.front();
    if (c == '\'' || c == '"') {
        const std::size_t close = format.find(c, 1);
        if (close == std::string_view::npos) return {};
        Piece piece{'\0', 0, std::string(format.substr(1, close - 1))};
        format.remove_prefix(close + 1);
        return piece;
    }
    if (c == '\\' || c == '%') {
        if (format.size() < 2 || (c == '%' && format[1] == '%')) return {};
        if (c == '%') {
            format.remove_prefix(1);
            return take_piece(format);
        }
        Piece piece{'\0', 0, std::string(1, format[1])};
        format.remove_prefix(2);
        return piece;
    }
    constexpr std::string_view specifiers = "yMdHhmsfFtzKZg";
    if (specifiers.find(c) == std::string_view::npos) {
        format.remove_prefix(1);
        return Piece{'\0', 0, std::string(1, c)};
    }
    std::size_t count = format.find_first_not_of(c);
    if (count == std::string_view::npos) count = format.size();
    if (c == 'K' || c == 'Z') count = 1;
    if ((c == 'f' || c == 'F') && count > 7) return {};
    format.remove_prefix(count);
    return Piece{c, count, {}};
}

// Reads a text piece by piece. Each reader returns false when the text is different.
class Reader {
public:
    Reader(std::string_view text, bool inner_white) : text_(text), inner_white_(inner_white) {}

    bool piece(const Piece& piece)
    {
        if (inner_white_) skip_white();
        switch (piece.specifier) {
        case '\0': return literal(piece.literal);
        case 'y': return piece.count <= 2 ? (digits(piece.count, 2, year_) && (year_ += year_ < 50 ? 2000 : 1900, true)) : digits(piece.count, std::max<std::size_t>(piece.count, 4), year_);
        case 'M': return piece.count >= 3 ? name(month_names, piece.count == 3, month_) : digits(piece.count, 2, month_);
        case 'd':
            if (piece.count >= 3) return name(day_names, piece.count == 3, ignored_);
            return digits(piece.count, 2, day_);
        case 'H': return digits(piece.count, 2, hour_);
        case 'h': return twelve_ = true, digits(piece.count, 2, hour_);
        case 'm': return digits(piece.count, 2, minute_);
        case 's': return digits(piece.count, 2, second_);
        case 'f': return fraction(piece.count, piece.count);
        case 'F': return fraction(0, piece.count);
        case 't': return half_of_day(piece.count);
        case 'z': return offset(piece.count);
        case 'K': return zone();
        case 'Z': return literal("Z");
        default: return false;      // eras
        }
    }

    bool at_end() const { return text_.empty(); }
    void skip_white() { while (!text_.empty() && (text_.front() == ' ' || text_.front() == '\t')) text_.remove_prefix(1); }

    std::optional<TimePoint> result() const
    {
        const std::chrono::year_month_day date{std::chrono::year{year_}, std::chrono::month{static_cast<unsigned>(month_)}, std::chrono::day{static_cast<unsigned>(day_)}};
        int hour = hour_;
        if (twelve_ && (hour < 1 || hour > 12)) return {};
        if (twelve_) hour = hour % 12 + (afternoon_ ? 12 : 0);
        else if (afternoon_ && hour < 12) hour += 12;
        if (year_ < 1 || year_ > 9999 || !date.ok() || hour > 23 || minute_ > 59 || second_ > 59) return {};
        const TimePoint at = TimePoint{std::chrono::sys_days{date}} + hours{hour} + minutes{minute_} + seconds{second_} + milliseconds{milli_} - offset_;
        if (at < earliest_date || at >= end_of_dates) return {};
        return at;
    }

private:
    bool literal(std::string_view wanted)
    {
        // "ss.FFF" also takes a text without a fraction and without its dot.
        if (!text_.starts_with(wanted)) return false;
        text_.remove_prefix(wanted.size());
        return true;
    }

    bool digits(std::size_t fewest, std::size_t most, int& out)
    {
        std::size_t count = 0;
        int value = 0;
        for (; count < most && count < text_.size() && text_[count] >= '0' && text_[count] <= '9' && value < 100'000; ++count) value = value * 10 + (text_[count] - '0');
        if (count < fewest || count == 0) return false;
        text_.remove_prefix(count);
        out = value;
        return true;
    }

    bool fraction(std::size_t fewest, std::size_t most)
    {
        std::size_t count = 0;
        milli_ = 0;
        for (int weight = 100; count < most && count < text_.size() && text_[count] >= '0' && text_[count] <= '9'; ++count, weight /= 10) milli_ += weight * (text_[count] - '0');
        if (count < fewest) return false;
        text_.remove_prefix(count);
        return true;
    }

    template <class Names>
    bool name(const Names& names, bool shortened, int& out)
    {
        for (std::size_t i = 0; i < names.size(); ++i) {
            const std::string_view wanted = shortened ? names[i].substr(0, 3) : names[i];
            if (!equal_ignoring_ascii_case(text_.substr(0, wanted.size()), wanted)) continue;
            text_.remove_prefix(wanted.size());
            out = static_cast<int>(i) + 1;
            return true;
        }
        return false;
    }

    bool half_of_day(std::size_t count)
    {
        const std::size_t length = count == 1 ? 1 : 2;
        const std::string_view half = text_.substr(0, length);
        afternoon_ = equal_ignoring_ascii_case(half, std::string_view("PM").substr(0, length));
        if (!afternoon_ && !equal_ignoring_ascii_case(half, std::string_view("AM").substr(0, length))) return false;
        text_.remove_prefix(length);
        return true;
    }

    bool offset(std::size_t count)
    {
        const bool west = text_.starts_with('-');
        int hour = 0, minute = 0;
        if (!west && !text_.starts_with('+')) return count == 3 && literal_zulu();
        text_.remove_prefix(1);
        if (!digits(count == 1 ? 1 : 2, 2, hour)) return false;
        if (count >= 3) {
            if (text_.starts_with(':')) text_.remove_prefix(1);
            if (!digits(2, 2, minute)) return false;
        }
        if (hour > 14 || minute > 59) return false;      // .NET's widest offset
        offset_ = minutes{hour * 60 + minute} * (west ? -1 : 1);
        return true;
    }

    bool literal_zulu()
    {
        if (!text_.starts_with('Z')) return false;
        text_.remove_prefix(1);
        return true;
    }

    bool zone() { return text_.starts_with('+') || text_.starts_with('-') ? offset(3) : (literal_zulu(), true); }

    std::string_view text_;
    bool inner_white_;
    int year_ = 1, month_ = 1, day_ = 1, hour_ = 0, minute_ = 0, second_ = 0, milli_ = 0, ignored_ = 0;
    bool twelve_ = false, afternoon_ = false;
    minutes offset_{0};
};

}  // namespace

std::optional<DateStyles> read_date_styles(std::string_view names)
{
    static constexpr std::string_view others[] = {"None", "NoCurrentDateDefault", "AdjustToUniversal", "AssumeLocal", "AssumeUniversal", "RoundtripKind"};
    DateStyles styles{false, false, false};
    while (true) {
        const std::size_t comma = std::min(names.find_first_of(",|"), names.size());
        std::string_view name = names.substr(0, comma);
        while (name.starts_with(' ')) name.remove_prefix(1);
        while (name.ends_with(' ')) name.remove_suffix(1);
        if (name.starts_with("DateTimeStyles.")) name.remove_prefix(15);
        const bool all = name == "AllowWhiteSpaces";
        if (all || name == "AllowLeadingWhite") styles.leading_white = true;
        if (all || name == "AllowTrailingWhite") styles.trailing_white = true;
        if (all || name == "AllowInnerWhite") styles.inner_white = true;
        const bool known = all || name == "AllowLeadingWhite" || name == "AllowTrailingWhite" || name == "AllowInnerWhite" ||
                           std::find(std::begin(others), std::end(others), name) != std::end(others);
        if (!known) return {};
        if (comma == names.size()) return styles;
        names.remove_prefix(comma + 1);
    }
}

std::optional<TimePoint> parse_date(std::string_view text, std::string_view format, const DateStyles& styles)
{
    Reader reader(text, styles.inner_white);
    if (styles.leading_white) reader.skip_white();
    while (!format.empty()) {
        auto piece = take_piece(format);
        if (!piece) return {};
        // A dot before F belongs to the fraction: both are there or neither.
        if (piece->literal == "." && format.starts_with('F')) {
            const bool dotted = reader.piece(*piece);
            piece = take_piece(format);
            if (!piece) return {};
            if (!dotted) continue;
        }
        if (!reader.piece(*piece)) return {};
    }
    if (styles.trailing_white) reader.skip_white();
    return reader.at_end() ? reader.result() : std::nullopt;
}

std::optional<std::string> print_date(TimePoint at, std::string_view format)
{
    const auto day = std::chrono::floor<days>(at);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{at - day};
    const auto year = static_cast<int>(date.year());
    const auto month = static_cast<unsigned>(date.month());
    const auto hour = clock.hours().count(), milli = clock.subseconds().count();
    const auto padded = [](auto number, std::size_t count) { return fmt::format("{:0{}}", number, std::min<std::size_t>(count, 2)); };
    std::string out;
    while (!format.empty()) {
        const auto piece = take_piece(format);
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
