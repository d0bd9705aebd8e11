// SPDX-License-Identifier: Apache-2.0
// Convert.* and Iso3166Convert.*
#include "model/expression/characters.h"
#include "model/okta_expression/countries.h"
#include "model/okta_expression/functions.h"
#include "model/text.h"

#include <fmt/format.h>

#include <charconv>
#include <cmath>

namespace provsim {
namespace {

// "3.141", "-12"; nothing on anything else.
std::optional<double> read_number(const OktaValue& value)
{
    if (value.is_numeric()) return value.as_double();
    const std::string* text = value.text();
    if (text == nullptr || text->empty()) return {};
    double number = 0;
    const auto [end, error] = std::from_chars(text->data(), text->data() + text->size(), number);
    if (error != std::errc{} || end != text->data() + text->size() || !std::isfinite(number)) return {};
    return number;
}

OktaValue no_number(const OktaArguments& a) { return a.error(fmt::format("expected a number, found {}", okta_shown(a[0]))); }

using Field = std::string_view OktaCountry::*;

OktaValue country(const OktaArguments& a, Field field)
{
    if (!a.has(0)) return {};
    const OktaCountry* found = find_okta_country(a.text(0));
    if (found == nullptr) return a.error(fmt::format("there is no country {} in ISO 3166-1", okta_shown(a[0])));
    return OktaValue(found->*field);
}

}  // namespace

// Halves go up, as Java's Math.round has it (assumed; the overview says to the nearest).
OktaValue okta_to_int(const OktaArguments& a)
{
    if (!a.has(0) || a[0].kind() == OktaValue::Kind::integer) return a[0];
    const auto number = read_number(a[0]);
    if (!number) return no_number(a);
    const double rounded = std::floor(*number + 0.5);
    // The overview warns of an integer's range.
    if (rounded < -2147483648.0 || rounded > 2147483647.0) return a.error("the number does not fit into an integer");
    return OktaValue(static_cast<std::int64_t>(rounded));
}

OktaValue okta_to_num(const OktaArguments& a)
{
    if (!a.has(0)) return {};
    const auto number = read_number(a[0]);
    return number ? OktaValue(*number) : no_number(a);
}

OktaValue okta_country_alpha2(const OktaArguments& a) { return country(a, &OktaCountry::alpha2); }
OktaValue okta_country_alpha3(const OktaArguments& a) { return country(a, &OktaCountry::alpha3); }
OktaValue okta_country_numeric(const OktaArguments& a) { return country(a, &OktaCountry::numeric); }
OktaValue okta_country_name(const OktaArguments& a) { return country(a, &OktaCountry::name); }

}  // namespace provsim
