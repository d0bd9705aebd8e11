// SPDX-License-Identifier: Apache-2.0
// Retry-After as servers write it.
#pragma once

#include <chrono>
#include <optional>
#include <string_view>

namespace provsim {

// The three date forms a recipient has to accept (RFC 9110 5.6.7): "Sun, 06 Nov 1994 08:49:37 GMT", the obsolete
// RFC 850 form with a two-digit year, and asctime's. `now` settles the century of the second. Nothing on anything else.
std::optional<std::chrono::sys_seconds> parse_http_date(std::string_view text, std::chrono::sys_seconds now);

// How long a Retry-After asks to wait (RFC 9110 10.2.3): a number of seconds or an HTTP date, seen from `now`.
// A date in the past is 0 s. Nothing if the value is neither. Numbers are capped at one year.
std::optional<std::chrono::seconds> parse_retry_after(std::string_view text, std::chrono::sys_seconds now);

}  // namespace provsim
