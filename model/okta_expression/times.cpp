// SPDX-License-Identifier: Apache-2.0
// Time.*: times are texts. What is missing or empty gives nothing (the overview warns of unexpected behaviour; assumed).
#include "model/expression/characters.h"
#include "model/expression/dates.h"
#include "model/okta_expression/dates.h"
#include "model/okta_expression/functions.h"

#include <fmt/format.h>

namespace provsim {
namespace {

// ISO 8601; without an offset it is in UTC (assumed).
std::optional<TimePoint> read_iso(const std::string& text)
{
    const auto at = parse_time(text);
    return at ? at : parse_time(text + "Z");
}

OktaValue no_time(const OktaArguments& a, std::string_view kind) { return a.error(fmt::format("{} is no {}", okta_shown(a[0]), kind)); }

OktaValue no_format(const OktaArguments& a)
{
    return a.error(fmt::format("{} is no format for a date", okta_shown(a[1])));
}

}  // namespace

OktaValue okta_now(const OktaArguments& a)
{
    OktaZone zone;
    if (!a.text(0).empty()) {
        const auto found = find_okta_zone(a.text(0));
        if (!found)
            return a.error(fmt::format("the time zone {} is not known here; write an offset as Etc/GMT+5 (which is west of UTC)", okta_shown(a[0])));
        zone = *found;
    }
    const TimePoint at = a.context().now;
    const minutes offset = okta_offset(zone, at);
    if (a.text(1).empty()) return OktaValue(okta_iso_text(at, offset));
    const auto printed = print_joda(at, offset, a.text(1));
    return printed ? OktaValue(*printed) : no_format(a);
}

OktaValue okta_iso_to_text(const OktaArguments& a)
{
    if (a.text(0).empty()) return {};
    if (a.text(1).empty()) return no_format(a);
    const auto at = read_iso(a.text(0));
    if (!at) return no_time(a, "time of ISO 8601");
    const auto printed = print_joda(*at, minutes{0}, a.text(1));
    return printed ? OktaValue(*printed) : no_format(a);
}

OktaValue okta_text_to_iso(const OktaArguments& a)
{
    if (a.text(0).empty()) return {};
    if (a.text(1).empty()) return no_format(a);
    const auto at = read_joda(a.text(0), a.text(1), a.context().now);
    return at ? OktaValue(okta_iso_text(*at, minutes{0})) : a.error(fmt::format("{} does not have the format {}", okta_shown(a[0]), okta_shown(a[1])));
}

// Whole seconds since 1970 (assumed; the overview says no more than Unix timestamp).
OktaValue okta_iso_to_unix(const OktaArguments& a)
{
    if (a.text(0).empty()) return {};
    const auto at = read_iso(a.text(0));
    return at ? OktaValue(std::to_string(std::chrono::floor<seconds>(*at).time_since_epoch().count())) : no_time(a, "time of ISO 8601");
}

OktaValue okta_unix_to_iso(const OktaArguments& a)
{
    if (a.text(0).empty()) return {};
    const auto count = parse_integer(a.text(0));
    constexpr auto second = [](TimePoint at) { return std::chrono::floor<seconds>(at).time_since_epoch().count(); };
    if (!count || *count < second(earliest_date) || *count >= second(end_of_dates)) return no_time(a, "Unix timestamp");
    return OktaValue(okta_iso_text(TimePoint{seconds{*count}}, minutes{0}));
}

// Active Directory's count of 100 ns since 1601.
OktaValue okta_iso_to_windows(const OktaArguments& a)
{
    if (a.text(0).empty()) return {};
    const auto at = read_iso(a.text(0));
    return at ? OktaValue(std::to_string(to_file_time(*at))) : no_time(a, "time of ISO 8601");
}

OktaValue okta_windows_to_iso(const OktaArguments& a)
{
    if (a.text(0).empty()) return {};
    const auto count = parse_integer(a.text(0));
    const auto at = count ? from_file_time(*count) : std::nullopt;
    return at ? OktaValue(okta_iso_text(*at, minutes{0})) : no_time(a, "Windows timestamp");
}

}  // namespace provsim
