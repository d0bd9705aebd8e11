// SPDX-License-Identifier: Apache-2.0
#include "model/expression/date_format.h"

#include "model/expression/characters.h"
#include "model/expression/date_pieces.h"
#include "model/expression/dates.h"
#include "model/text.h"

#include <algorithm>

namespace provsim {
namespace {

// Reads a text piece by piece. Each reader returns false when the text is different.
class Reader {
public:
    Reader(std::string_view text, bool inner_white) : text_(text), inner_white_(inner_white) {}

    bool piece(const DatePiece& piece)
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
        if (!text_.starts_with(wanted)) return false;
        text_.remove_prefix(wanted.size());
        return true;
    }

    bool digits(std::size_t fewest, std::size_t most, int& out)
    {
        std::size_t count = 0;
        int value = 0;
        for (; count < most && count < text_.size() && is_digit(text_[count]) && value < 100'000; ++count) value = value * 10 + (text_[count] - '0');
        if (count < fewest || count == 0) return false;
        text_.remove_prefix(count);
        out = value;
        return true;
    }

    bool fraction(std::size_t fewest, std::size_t most)
    {
        std::size_t count = 0;
        milli_ = 0;
        for (int weight = 100; count < most && count < text_.size() && is_digit(text_[count]); ++count, weight /= 10) milli_ += weight * (text_[count] - '0');
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
        auto piece = take_date_piece(format);
        if (!piece) return {};
        // A dot before F belongs to the fraction: "ss.FFF" also reads a text that has neither.
        if (piece->literal == "." && format.starts_with('F')) {
            const bool dotted = reader.piece(*piece);
            piece = take_date_piece(format);
            if (!piece) return {};
            if (!dotted) continue;
        }
        if (!reader.piece(*piece)) return {};
    }
    if (styles.trailing_white) reader.skip_white();
    return reader.at_end() ? reader.result() : std::nullopt;
}

}  // namespace provsim
