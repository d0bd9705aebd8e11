// SPDX-License-Identifier: Apache-2.0
#include "net/http_date.h"

#include <array>

namespace provsim {
namespace {

using std::chrono::sys_seconds;

// Reads a text from the left; once something did not fit, everything after fails too.
class Scan {
public:
    explicit Scan(std::string_view text) : text_(text) {}

    void literal(std::string_view expected)
    {
        if (text_.substr(0, expected.size()) == expected) text_.remove_prefix(expected.size());
        else good_ = false;
    }
    // Exactly `digits` digits; with `padded`, a leading blank may stand for the first (asctime's day).
    int number(std::size_t digits, bool padded = false)
    {
        int value = 0;
        for (std::size_t i = 0; i < digits; ++i) {
            const char c = text_.empty() ? '\0' : text_.front();
            const bool blank = padded && i == 0 && c == ' ';
            if (!blank && (c < '0' || c > '9')) return static_cast<void>(good_ = false), 0;
            value = value * 10 + (blank ? 0 : c - '0');
            text_.remove_prefix(1);
        }
        return value;
    }
    template <std::size_t N>
    unsigned one_of(const std::array<std::string_view, N>& names)
    {
        for (std::size_t i = 0; i < N; ++i)
            if (text_.substr(0, names[i].size()) == names[i]) {
                text_.remove_prefix(names[i].size());
                return static_cast<unsigned>(i);
            }
        good_ = false;
        return 0;
    }
    bool good() const { return good_; }
    bool finished() const { return good_ && text_.empty(); }

private:
    std::string_view text_;
    bool good_ = true;
};

// Long names first: "Sun" is the beginning of "Sunday".
constexpr std::array<std::string_view, 14> weekdays = {"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday",
                                                       "Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
constexpr std::array<std::string_view, 12> months = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                     "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};

struct Fields {
    int year = 0;
    unsigned month = 0;     // 0 = January
    int day = 0, hour = 0, minute = 0, second = 0;
};

void time_of_day(Scan& scan, Fields& out)
{
    out.hour = scan.number(2);
    scan.literal(":");
    out.minute = scan.number(2);
    scan.literal(":");
    out.second = scan.number(2);
}

std::optional<sys_seconds> assemble(const Fields& f)
{
    namespace chr = std::chrono;
    const chr::year_month_day date{chr::year(f.year), chr::month(f.month + 1), chr::day(static_cast<unsigned>(f.day))};
    if (!date.ok() || f.hour > 23 || f.minute > 59 || f.second > 60) return std::nullopt;
    return chr::sys_days(date) + chr::hours(f.hour) + chr::minutes(f.minute) + chr::seconds(f.second);
}

}  // namespace

std::optional<sys_seconds> parse_http_date(std::string_view text, sys_seconds now)
{
    Fields f;
    Scan start(text);
    const bool long_name = start.one_of(weekdays) < 7;
    if (!start.good()) return std::nullopt;

    if (Scan imf = start; !long_name) {     // Sun, 06 Nov 1994 08:49:37 GMT
        imf.literal(", ");
        f.day = imf.number(2);
        imf.literal(" ");
        f.month = imf.one_of(months);
        imf.literal(" ");
        f.year = imf.number(4);
        imf.literal(" ");
        time_of_day(imf, f);
        imf.literal(" GMT");
        if (imf.finished()) return assemble(f);
    }
    if (Scan rfc850 = start; long_name) {   // Sunday, 06-Nov-94 08:49:37 GMT
        rfc850.literal(", ");
        f.day = rfc850.number(2);
        rfc850.literal("-");
        f.month = rfc850.one_of(months);
        rfc850.literal("-");
        const int short_year = rfc850.number(2);
        rfc850.literal(" ");
        time_of_day(rfc850, f);
        rfc850.literal(" GMT");
        if (!rfc850.finished()) return std::nullopt;
        // RFC 9110 5.6.7: a date that seems more than 50 years ahead is the most recent past year with those digits.
        const int this_year = static_cast<int>(std::chrono::year_month_day(std::chrono::floor<std::chrono::days>(now)).year());
        f.year = this_year - this_year % 100 + short_year;
        if (f.year > this_year + 50) f.year -= 100;
        return assemble(f);
    }
    Scan asctime = start;                   // Sun Nov  6 08:49:37 1994
    asctime.literal(" ");
    f.month = asctime.one_of(months);
    asctime.literal(" ");
    f.day = asctime.number(2, true);
    asctime.literal(" ");
    time_of_day(asctime, f);
    asctime.literal(" ");
    f.year = asctime.number(4);
    return asctime.finished() ? assemble(f) : std::nullopt;
}

std::optional<std::chrono::seconds> parse_retry_after(std::string_view text, sys_seconds now)
{
    constexpr long one_year = 365L * 24 * 3600;
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    if (text.empty()) return std::nullopt;

    if (text.front() >= '0' && text.front() <= '9') {
        long value = 0;
        for (char c : text) {
            if (c < '0' || c > '9') return std::nullopt;
            if (value <= one_year) value = value * 10 + (c - '0');
        }
        return std::chrono::seconds(value < one_year ? value : one_year);
    }
    const auto date = parse_http_date(text, now);
    if (!date) return std::nullopt;
    return *date > now ? *date - now : std::chrono::seconds(0);
}

}  // namespace provsim
