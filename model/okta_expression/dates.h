// SPDX-License-Identifier: Apache-2.0
// Time zones and date formats, as Time.* takes them. Formats are Joda's (Joda-Time: DateTimeFormat), which Okta's overview names.
#pragma once

#include "model/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace provsim {

// When clocks are put forward: never; second Sunday of March to first Sunday of November (United States, since 2007); last Sunday of
// March to last Sunday of October, at 01:00 UTC (European Union, since 1996).
enum class OktaDaylight : unsigned char { none, american, european };

struct OktaZone {
    std::string_view name;
    int minutes = 0;                // of standard time, east of UTC
    OktaDaylight daylight = OktaDaylight::none;
};

// A zone of the overview's appendix that needs no more than a rule; the table of all zones' histories is not part of this.
std::optional<OktaZone> find_okta_zone(std::string_view name) noexcept;
minutes okta_offset(const OktaZone& zone, TimePoint at) noexcept;

std::string okta_iso_text(TimePoint at, minutes offset);      // "2015-07-31T17:18:37.979Z", "2015-07-31T13:18:37.979-04:00"

// Nothing if the format makes no sense.
std::optional<std::string> print_joda(TimePoint at, minutes offset, std::string_view format);

// Nothing if the text does not have the format, or the format itself makes no sense. A text without an offset is in UTC (assumed).
// `now` decides the century of a year of two digits.
std::optional<TimePoint> read_joda(std::string_view text, std::string_view format, TimePoint now);

// A piece of a format: a run of one letter, or literal text.
struct JodaPiece {
    char letter = '\0';
    std::size_t count = 0;
    std::string literal;
};
// Takes a piece off the front; nothing if the format is broken (an open quote, an unknown letter).
std::optional<JodaPiece> take_joda_piece(std::string_view& format);

}  // namespace provsim
