// SPDX-License-Identifier: Apache-2.0
// The one door to Catch2: version 2.13 (Debian 12, header only) and version 3 (Debian 13) look the same behind it.
// Gives TEST_CASE, SECTION, CHECK, REQUIRE, CAPTURE, INFO, GENERATE, Catch::Approx and the matchers
// Catch::Matchers::Equals, StartsWith, EndsWith and ContainsSubstring.
#pragma once

#include <string>

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
namespace Catch::Matchers {
// Version 3's name for what version 2 calls Contains.
inline auto ContainsSubstring(const std::string& part) { return Contains(part); }
}  // namespace Catch::Matchers
#endif

// Where fixtures are: the path of tests/, without a slash at its end.
#define PROVSIM_FIXTURES PROVSIM_TESTS_DIR
