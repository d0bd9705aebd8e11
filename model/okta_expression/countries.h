// SPDX-License-Identifier: Apache-2.0
// The countries of ISO 3166-1 with their codes and English short names.
#pragma once

#include <string_view>

namespace provsim {

struct OktaCountry { std::string_view alpha2, alpha3, numeric, name; };

// By any of its codes, in any case (assumed). Null if there is none.
const OktaCountry* find_okta_country(std::string_view code) noexcept;

}  // namespace provsim
