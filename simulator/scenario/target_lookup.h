// SPDX-License-Identifier: Apache-2.0
// Finds a directory's object in the target, over SCIM, as an outsider would.
#pragma once

#include "connectors/link_table.h"
#include "model/directory.h"
#include "scenario/evaluate.h"
#include "scenario/scim_lookup.h"

#include <optional>
#include <string>
#include <string_view>

namespace provsim {

struct Lookup {
    std::optional<Json> resource;   // what the target has; empty: nothing, or see trouble
    std::string how;                // "GET /Users/6f1c answered 404": for evidence
    std::string trouble;            // why it cannot be told whether the target has it; empty: it can
};

// GET by id. 404 means that the target has none.
Lookup read_by_id(TargetReader& target, ObjectKind kind, std::string_view id);
// GET with the filter `attribute eq "value"`. Resources whose attribute is another are not taken: targets that ignore
// filters answer with everything.
Lookup find_by_attribute(TargetReader& target, ObjectKind kind, std::string_view attribute, std::string_view value);
// By the id it is linked to; else by userName or displayName; else by `known_id`, if there is one.
Lookup find_in_target(TargetReader& target, const Directory& directory, const LinkTable& links, ObjectRef object, std::string_view known_id);

// RFC 3986 percent-encoding of everything but unreserved characters; and its reverse, which also reads '+' as a space.
std::string percent_encode(std::string_view text);
std::string percent_decode(std::string_view text);

}  // namespace provsim
