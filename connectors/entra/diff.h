// SPDX-License-Identifier: Apache-2.0
// What a resource of the target lacks of what its source says. Internal to the Entra connector.
#pragma once

#include "connectors/entra/context.h"

#include <optional>
#include <string>
#include <vector>

namespace provsim {

// A mapped attribute whose value in the target is not the wanted one.
struct Difference {
    std::uint16_t row = 0;
    std::string_view wanted;
    std::string had;            // as the target had it
    bool present = false;       // false: the target's answer lacks the attribute
};

// The value at `path` of a resource as text; booleans as "True" and "False". Nothing if it is not there, null, or no scalar.
// `scratch` holds what the resource does not hold as text. Names are compared by exact case (Entra: use-scim); the type of
// an element is not, as RFC 7643 has it.
std::optional<std::string_view> read_target(json::element resource, const TargetPath& path, std::string& scratch);

// In the order of the mapping table. Attributes without a value in the source are no difference, nor are those that are mapped
// on creation only.
std::vector<Difference> differences(const EntraContext& context, const Brief& brief, json::element resource);
// What follows from IsSoftDeleted alone: by default, `active`.
std::vector<Difference> deprovisioning_difference(const EntraContext& context, const Brief& brief, json::element resource);
std::vector<Modified> modified(const EntraContext& context, const Brief& brief, const std::vector<Difference>& found);

// The target's id of the manager; empty if it has none. Both a bare string, as Entra writes it, and {"value": id} are read.
std::string_view read_manager(json::element resource);

}  // namespace provsim
