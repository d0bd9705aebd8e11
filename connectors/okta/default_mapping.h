// SPDX-License-Identifier: Apache-2.0
// The mappings of a new Okta application's profile, as people read them. Internal to the Okta connector, and what shows them.
#pragma once

#include "model/mapping_spec.h"

#include <span>

namespace provsim {

// The expressions are in Okta's Expression Language.
struct OktaDefaultRow {
    std::string_view variable;      // of the application's profile: "givenName"
    std::string_view target;        // the external name: "name.givenName", "emails[primary eq \"true\"].value"
    std::string_view expression;
    std::string_view evidence;
};
std::span<const OktaDefaultRow> okta_default_rows() noexcept;

// What holds in the end: the default rows, each row of a scenario in the place of the one with its target or behind all, and
// nothing of what is removed.
std::vector<MappingSpec> okta_rows(const ObjectMapping& mapping, bool default_rows_on_create);

}  // namespace provsim
