// SPDX-License-Identifier: Apache-2.0
// Finds attributes in a resource that a target returned, by the paths that people write: SCIM attribute paths and JSON
// pointers. Reads only; the connectors' and the sandbox's own path handling is not used, so that it cannot hide their faults.
#pragma once

#include "model/result.h"
#include "model/scim/path.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace provsim {

using Json = nlohmann::ordered_json;

// A checked path. `userName`, `name.givenName`, `emails[type eq "work"].value`, `urn:...:User:department`; or a JSON
// pointer (RFC 6901), if it starts with '/'.
class AttributePath {
public:
    static Result<AttributePath> parse(std::string_view text, const Place& place = {});

    // The values at the path, null ones and empty lists included; none if there is no such attribute. More than one only
    // when the path leads through, or selects from, an attribute with several values ("emails.value").
    // Names ignore ASCII case (RFC 7643 2.1), except in a pointer. The results live as long as `resource`.
    std::vector<const Json*> find(const Json& resource) const;

    // True if the schemas of RFC 7643 (8.7.1) give the attribute caseExact false: everything in User, Group and the
    // enterprise extension except id, externalId and meta. An attribute unknown there, or a pointer, is compared exactly.
    bool ignores_case() const;

private:
    std::string pointer_;   // empty unless the path is a pointer
    PatchPath path_;
};

// The member of that name, ignoring ASCII case; null if there is none or `object` is no object.
const Json* find_member(const Json& object, std::string_view name);

// Parses a body whose document a JsonReader accepted; null JSON if nlohmann will not have it.
Json parse_json(std::string_view text);

}  // namespace provsim
