// SPDX-License-Identifier: Apache-2.0
// .NET's custom date and time formats (.NET: custom-date-and-time-format-strings), in the invariant culture and in UTC.
#pragma once

#include "model/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace provsim {

// .NET's DateTimeStyles, as far as they matter where local time is UTC.
struct DateStyles {
    bool leading_white = true;      // the page, FormatDateTime: leading and trailing are allowed unless styles are given
    bool trailing_white = true;
    bool inner_white = false;
};
// "AllowWhiteSpaces, AdjustToUniversal"; also with "DateTimeStyles." before each. Nothing if a name is unknown.
std::optional<DateStyles> read_date_styles(std::string_view names);

// Nothing if the text does not have the format, or the format itself makes no sense. What the format leaves out is
// 00:00:00 on 1 January of the year 1 (.NET takes the present day unless told NoCurrentDateDefault; assumed not to matter).
std::optional<TimePoint> parse_date(std::string_view text, std::string_view format, const DateStyles& styles);

// Nothing if the format makes no sense.
std::optional<std::string> print_date(TimePoint at, std::string_view format);

}  // namespace provsim
