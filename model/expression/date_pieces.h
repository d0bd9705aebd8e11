// SPDX-License-Identifier: Apache-2.0
// A .NET date format taken apart, for reading and for printing alike.
#pragma once

#include <array>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace provsim {

inline constexpr std::array<std::string_view, 12> month_names{"January", "February", "March",     "April",   "May",      "June",
                                                              "July",    "August",   "September", "October", "November", "December"};
inline constexpr std::array<std::string_view, 7> day_names{"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"};

// The next piece of a format: a run of one specifier, or literal text.
struct DatePiece {
    char specifier = '\0';      // one of "yMdHhmsfFtzKZg", or '\0' for a literal
    std::size_t count = 0;
    std::string literal;
};

// Takes a piece off the front; nothing if the format is broken (an open quote, a lone \ or %).
std::optional<DatePiece> take_date_piece(std::string_view& format);

}  // namespace provsim
