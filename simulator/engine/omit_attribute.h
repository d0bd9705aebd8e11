// SPDX-License-Identifier: Apache-2.0
// Takes an attribute out of what a target answered, as if it kept that attribute to itself.
#pragma once

#include "model/exchange.h"

#include <string_view>

namespace provsim {

// Of a resource, of each resource in a list, and of the schema extensions in them (members named as URNs). Names ignore case
// (RFC 7643 2.1). A reply that is no JSON object stays as it is; so does one without the attribute, byte for byte.
void omit_attribute(Reply& reply, std::string_view attribute, JsonReader& reader);

}  // namespace provsim
