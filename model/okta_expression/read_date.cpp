// SPDX-License-Identifier: Apache-2.0
#include "model/expression/characters.h"
#include "model/expression/date_pieces.h"
#include "model/expression/dates.h"
#include "model/okta_expression/dates.h"
#include "model/text.h"

#include <algorithm>
#include <map>

namespace provsim {
namespace {

using std::chrono::sys_days;
using std::chrono::year;

class JodaReader {
public:
    JodaReader(std::string_view text, std::string_view format, TimePoint now) : text_(text), format_(format), now_(now) {}

    std::optional<TimePoint> read()
    {
        while (!format_.empty()) {
            const auto piece = take_joda_piece(format_);
            if (!piece || !(piece->letter == '\0' ? literal(piece->literal) : field(*piece))) return {};
        }
        return text_.empty() ? made() : std::nullopt;
    }

private:
    bool literal(std::string_view wanted)
    {
        if (text_.size() < wanted.size() || !equal_ignoring_ascii_case(text_.substr(0, wanted.size()), wanted)) return false;
        text_.remove_prefix(wanted.size());
        return true;
    }

    bool number(char letter, std::size_t most, std::int64_t from, std::int64_t to)
    {
        std::size_t digits = 0;
        while (digits < std::min(most, text_.size()) && is_digit(text_[digits])) ++digits;
        const auto value = parse_integer(text_.substr(0, digits));
        if (digits == 0 || !value || *value < from || *value > to) return false;
        text_.remove_prefix(digits);
        fields_[letter] = *value;
        return true;
    }

    template <class Names>
    bool named(char letter, const Names& names)
    {
        for (std::size_t i = 0; i < names.size(); ++i)
            if (literal(names[i]) || literal(names[i].substr(0, 3))) return fields_[letter] = static_cast<std::int64_t>(i + 1), true;
        return false;
    }

    bool year_number(std::size_t count)
    {
        const std::size_t before = text_.size();
        // Digits of a number that follows at once are not the year's.
        const bool digits_follow = !format_.empty() && std::string_view("yYMdDeHhkKmsSC").find(format_.front()) != std::string_view::npos;
        if (!number('y', digits_follow ? count : 9, 0, 9999)) return false;
        if (count != 2 || before - text_.size() != 2) return true;
        // Joda: from 80 years back to 19 years ahead.
        const auto present = static_cast<int>(std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(now_)}.year());
        const std::int64_t first = present - 80, in_century = fields_['y'];
        fields_['y'] = first + ((in_century - first) % 100 + 100) % 100;
        return true;
    }

    bool fraction(std::size_t count)
    {
        std::size_t digits = 0;
        while (digits < std::min(count, text_.size()) && is_digit(text_[digits])) ++digits;
        if (digits == 0) return false;
        fields_['S'] = *parse_integer((std::string(text_.substr(0, digits)) + "00").substr(0, 3));
        text_.remove_prefix(digits);
        return true;
    }

    bool offset()
    {
        if (literal("Z")) return fields_['Z'] = 0, true;
        const std::int64_t sign = text_.starts_with('-') ? -1 : 1;
        if (!literal("+") && !literal("-")) return false;
        if (!number('z', 2, 0, 23)) return false;
        const std::int64_t hour = fields_['z'];
        static_cast<void>(literal(":"));
        if (!number('z', 2, 0, 59)) return false;
        return fields_['Z'] = sign * (hour * 60 + fields_['z']), true;
    }

    bool field(const JodaPiece& piece)
    {
        switch (piece.letter) {
        case 'y':
        case 'Y': return year_number(piece.count);
        case 'M': return piece.count < 3 ? number('M', 2, 1, 12) : named('M', month_names);
        case 'd': return number('d', 2, 1, 31);
        case 'D': return number('D', 3, 1, 366);
        case 'E': return named('E', day_names);      // not checked against the date
        case 'a': return named('a', std::array<std::string_view, 2>{"AM", "PM"});
        case 'H': return number('H', 2, 0, 23);
        case 'k': return number('k', 2, 1, 24) && (fields_['H'] = fields_['k'] % 24, true);
        case 'K': return number('h', 2, 0, 11);
        case 'h': return number('h', 2, 1, 12);
        case 'm': return number('m', 2, 0, 59);
        case 's': return number('s', 2, 0, 59);
        case 'S': return fraction(piece.count);
        case 'Z': return offset();
        default: return false;
        }
    }

    std::int64_t value(char letter, std::int64_t otherwise) const
    {
        const auto found = fields_.find(letter);
        return found == fields_.end() ? otherwise : found->second;
    }

    // Joda's defaults: the year 2000 for a date without one, the first day of 1970 for a time alone.
    std::optional<TimePoint> made() const
    {
        const bool dated = fields_.contains('M') || fields_.contains('d') || fields_.contains('D');
        const year in{static_cast<int>(value('y', dated ? 2000 : 1970))};
        std::chrono::year_month_day date =
            in / std::chrono::month(static_cast<unsigned>(value('M', 1))) / std::chrono::day(static_cast<unsigned>(value('d', 1)));
        if (const std::int64_t number = value('D', 0); number > 0) {
            date = sys_days{in / 1 / 1} + std::chrono::days{number - 1};
            if (date.year() != in) return {};
        }
        if (!date.ok()) return {};
        std::int64_t hour = value('H', 0);
        if (fields_.contains('h')) hour = value('h', 0) % 12 + (value('a', 1) == 2 ? 12 : 0);
        const TimePoint at =
            sys_days{date} + hours{hour} + minutes{value('m', 0) - value('Z', 0)} + seconds{value('s', 0)} + milliseconds{value('S', 0)};
        if (at < earliest_date || at >= end_of_dates) return {};
        return at;
    }

    std::string_view text_, format_;
    TimePoint now_;
    std::map<char, std::int64_t> fields_;
};

}  // namespace

std::optional<TimePoint> read_joda(std::string_view text, std::string_view format, TimePoint now) { return JodaReader(text, format, now).read(); }

}  // namespace provsim
