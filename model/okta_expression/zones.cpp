// SPDX-License-Identifier: Apache-2.0
#include "model/expression/characters.h"
#include "model/okta_expression/dates.h"

#include <algorithm>

namespace provsim {
namespace {

using std::chrono::sys_days;
using std::chrono::year;
using Daylight = OktaDaylight;

// The overview's table, as far as it goes. EST, MST and HST stand for the zones Joda takes them for: the overview's sample of EST is
// in daylight time.
constexpr OktaZone zones[] = {
    {"UTC"}, {"GMT"}, {"Etc/UTC"}, {"Etc/GMT"}, {"Etc/UCT"}, {"UCT"}, {"Etc/Universal"}, {"Etc/Zulu"}, {"Universal"}, {"Zulu"}, {"Etc/Greenwich"},
    {"Greenwich"}, {"Etc/GMT0"}, {"GMT0"}, {"GMT+0"}, {"GMT-0"},
    {"Africa/Abidjan"}, {"Africa/Accra"}, {"Africa/Dakar"}, {"Atlantic/Reykjavik"}, {"Iceland"},
    {"HST", -600}, {"Pacific/Honolulu", -600}, {"US/Hawaii", -600},
    {"America/Anchorage", -540, Daylight::american}, {"US/Alaska", -540, Daylight::american}, {"America/Juneau", -540, Daylight::american},
    {"America/Los_Angeles", -480, Daylight::american}, {"US/Pacific", -480, Daylight::american}, {"US/Pacific-New", -480, Daylight::american},
    {"PST8PDT", -480, Daylight::american}, {"America/Vancouver", -480, Daylight::american}, {"Canada/Pacific", -480, Daylight::american},
    {"America/Denver", -420, Daylight::american}, {"US/Mountain", -420, Daylight::american}, {"MST", -420, Daylight::american},
    {"MST7MDT", -420, Daylight::american}, {"America/Boise", -420, Daylight::american}, {"America/Edmonton", -420, Daylight::american},
    {"Canada/Mountain", -420, Daylight::american}, {"America/Phoenix", -420}, {"US/Arizona", -420},
    {"America/Chicago", -360, Daylight::american}, {"US/Central", -360, Daylight::american}, {"CST6CDT", -360, Daylight::american},
    {"America/Winnipeg", -360, Daylight::american}, {"Canada/Central", -360, Daylight::american}, {"America/Costa_Rica", -360},
    {"America/Guatemala", -360}, {"America/El_Salvador", -360}, {"America/Regina", -360},
    {"America/New_York", -300, Daylight::american}, {"US/Eastern", -300, Daylight::american}, {"EST", -300, Daylight::american},
    {"EST5EDT", -300, Daylight::american}, {"America/Detroit", -300, Daylight::american}, {"US/Michigan", -300, Daylight::american},
    {"America/Toronto", -300, Daylight::american}, {"America/Montreal", -300, Daylight::american}, {"Canada/Eastern", -300, Daylight::american},
    {"America/Bogota", -300}, {"America/Lima", -300}, {"America/Panama", -300}, {"America/Jamaica", -300}, {"Jamaica", -300},
    {"America/Halifax", -240, Daylight::american}, {"Canada/Atlantic", -240, Daylight::american}, {"America/Puerto_Rico", -240},
    {"America/La_Paz", -240}, {"America/Santo_Domingo", -240}, {"America/St_Johns", -210, Daylight::american},
    {"Canada/Newfoundland", -210, Daylight::american}, {"America/Argentina/Buenos_Aires", -180}, {"America/Buenos_Aires", -180},
    {"Europe/London", 0, Daylight::european}, {"GB", 0, Daylight::european}, {"Europe/Belfast", 0, Daylight::european},
    {"Europe/Dublin", 0, Daylight::european}, {"Eire", 0, Daylight::european}, {"Europe/Lisbon", 0, Daylight::european},
    {"Portugal", 0, Daylight::european}, {"WET", 0, Daylight::european},
    {"CET", 60, Daylight::european}, {"MET", 60, Daylight::european}, {"Europe/Amsterdam", 60, Daylight::european},
    {"Europe/Belgrade", 60, Daylight::european}, {"Europe/Berlin", 60, Daylight::european}, {"Europe/Bratislava", 60, Daylight::european},
    {"Europe/Brussels", 60, Daylight::european}, {"Europe/Budapest", 60, Daylight::european}, {"Europe/Copenhagen", 60, Daylight::european},
    {"Europe/Ljubljana", 60, Daylight::european}, {"Europe/Luxembourg", 60, Daylight::european}, {"Europe/Madrid", 60, Daylight::european},
    {"Europe/Malta", 60, Daylight::european}, {"Europe/Oslo", 60, Daylight::european}, {"Europe/Paris", 60, Daylight::european},
    {"Europe/Prague", 60, Daylight::european}, {"Europe/Rome", 60, Daylight::european}, {"Europe/Stockholm", 60, Daylight::european},
    {"Europe/Vienna", 60, Daylight::european}, {"Europe/Warsaw", 60, Daylight::european}, {"Poland", 60, Daylight::european},
    {"Europe/Zagreb", 60, Daylight::european}, {"Europe/Zurich", 60, Daylight::european}, {"Africa/Lagos", 60}, {"Africa/Algiers", 60},
    {"Africa/Tunis", 60}, {"EET", 120, Daylight::european}, {"Europe/Athens", 120, Daylight::european}, {"Europe/Bucharest", 120, Daylight::european},
    {"Europe/Helsinki", 120, Daylight::european}, {"Europe/Kiev", 120, Daylight::european}, {"Europe/Riga", 120, Daylight::european},
    {"Europe/Sofia", 120, Daylight::european}, {"Europe/Tallinn", 120, Daylight::european}, {"Europe/Vilnius", 120, Daylight::european},
    {"Africa/Johannesburg", 120}, {"Africa/Harare", 120}, {"Africa/Nairobi", 180}, {"Africa/Addis_Ababa", 180}, {"Asia/Riyadh", 180},
    {"Asia/Kuwait", 180}, {"Asia/Qatar", 180}, {"Asia/Baghdad", 180}, {"Asia/Dubai", 240}, {"Asia/Kabul", 270}, {"Asia/Karachi", 300},
    {"Asia/Tashkent", 300}, {"Asia/Kolkata", 330}, {"Asia/Calcutta", 330}, {"Asia/Colombo", 330}, {"Asia/Kathmandu", 345}, {"Asia/Katmandu", 345},
    {"Asia/Dhaka", 360}, {"Asia/Rangoon", 390}, {"Asia/Bangkok", 420}, {"Asia/Jakarta", 420}, {"Asia/Ho_Chi_Minh", 420}, {"Asia/Saigon", 420},
    {"Asia/Hong_Kong", 480}, {"Hongkong", 480}, {"Asia/Shanghai", 480}, {"PRC", 480}, {"Asia/Singapore", 480}, {"Singapore", 480},
    {"Asia/Taipei", 480}, {"ROC", 480}, {"Asia/Manila", 480}, {"Asia/Kuala_Lumpur", 480}, {"Australia/Perth", 480}, {"Asia/Tokyo", 540},
    {"Japan", 540}, {"Asia/Seoul", 540}, {"ROK", 540}, {"Australia/Darwin", 570}, {"Australia/Brisbane", 600}, {"Australia/Queensland", 600},
    {"Pacific/Guam", 600},
};

// "Etc/GMT+5" is west of UTC (the overview's table): 0 to 12 to the west, to 14 to the east.
std::optional<OktaZone> numbered(std::string_view name) noexcept
{
    constexpr std::string_view prefix = "Etc/GMT";
    if (!name.starts_with(prefix) || name.size() < prefix.size() + 2 || name.size() > prefix.size() + 3) return {};
    const char sign = name[prefix.size()];
    const auto count = parse_integer(name.substr(prefix.size() + 1));
    if (!count || *count < 0 || (sign != '+' && sign != '-') || *count > (sign == '+' ? 12 : 14)) return {};
    return OktaZone{name, static_cast<int>(*count) * (sign == '+' ? -60 : 60)};
}

}  // namespace

std::optional<OktaZone> find_okta_zone(std::string_view name) noexcept
{
    const auto* found = std::find_if(std::begin(zones), std::end(zones), [&](const OktaZone& zone) { return zone.name == name; });
    return found == std::end(zones) ? numbered(name) : *found;
}

minutes okta_offset(const OktaZone& zone, TimePoint at) noexcept
{
    using std::chrono::Sunday;
    const minutes standard{zone.minutes};
    const year present = std::chrono::year_month_day{std::chrono::floor<std::chrono::days>(at + standard)}.year();
    TimePoint from, to;
    switch (zone.daylight) {
    case OktaDaylight::none: return standard;
    case OktaDaylight::american:
        // At 02:00 on the clock, once standard and once daylight time.
        from = sys_days{present / 3 / Sunday[2]} + hours{2} - standard;
        to = sys_days{present / 11 / Sunday[1]} + hours{1} - standard;
        break;
    case OktaDaylight::european:
        from = sys_days{present / 3 / Sunday[std::chrono::last]} + hours{1};
        to = sys_days{present / 10 / Sunday[std::chrono::last]} + hours{1};
        break;
    }
    return at >= from && at < to ? standard + hours{1} : standard;
}

}  // namespace provsim
