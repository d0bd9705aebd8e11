// SPDX-License-Identifier: Apache-2.0
#include "model/expression/date_format.h"
#include "model/expression/dates.h"
#include "model/expression/functions.h"

#include <fmt/format.h>

namespace provsim {

Value c_date(const Arguments& a) { return a[0]; }

Value date_add(const Arguments& a)
{
    const auto interval = read_interval(a.text(0));
    if (!interval) return a.error("interval is one of yyyy, m, d, ww, h, n, s");
    if (!a.has(2)) return {};
    const auto moved = add_interval(a.time(2), *interval, a.integer(1));
    return moved ? Value(*moved) : a.error("the date is beyond the years 1 to 9999");
}

Value date_diff(const Arguments& a)
{
    const auto interval = read_interval(a.text(0));
    if (!interval) return a.error("interval is one of yyyy, m, d, ww, h, n, s");
    if (!a.has(1) || !a.has(2)) return {};
    return Value(intervals_between(a.time(1), a.time(2), *interval));
}

Value date_from_num(const Arguments& a)
{
    const auto at = from_file_time(a.integer(0));
    return at ? Value(*at) : a.error("the number is no date of Active Directory");
}

// The source's offset moves the date to UTC (the page's sample for NumFromDate, where the present zone is the service's;
// assumed to be UTC).
Value format_date_time(const Arguments& a)
{
    if (a[0].is_null_or_empty()) return {};
    DateStyles styles;
    if (a.has(1) && !a.text(1).empty()) {
        const auto read = read_date_styles(a.text(1));
        if (!read) return a.error(fmt::format("\"{}\" is none of .NET's DateTimeStyles", a.text(1)));
        styles = *read;
    }
    const auto at = parse_date(a.text(0), a.text(2), styles);
    if (!at) return a.error(fmt::format("\"{}\" does not have the format \"{}\"", a.text(0), a.text(2)));
    const auto printed = print_date(*at, a.text(3));
    return printed ? Value(*printed) : a.error(fmt::format("\"{}\" is no format for a date", a.text(3)));
}

Value now(const Arguments& a) { return Value(std::chrono::floor<seconds>(a.context().now)); }

Value num_from_date(const Arguments& a) { return a.has(0) ? Value(to_file_time(a.time(0))) : Value(); }

}  // namespace provsim
