// SPDX-License-Identifier: Apache-2.0
// Entra's default attribute mappings of a custom SCIM application, as people read them. Internal to the Entra connector, and
// what shows or exports them.
#pragma once

#include "model/ids.h"
#include "model/mapping_spec.h"

namespace provsim {

inline constexpr std::string_view entra_manager_path = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager";

// The rows of a table before a scenario's own are put on top. A PATCH lists its attributes in their order.
std::vector<MappingSpec> standard_rows(ObjectKind kind, ObjectMapping::Base base = ObjectMapping::Base::standard);
// What holds in the end: the base, each row in the place of the one with its target or behind all, and nothing of what is removed.
std::vector<MappingSpec> effective_rows(const ObjectMapping& mapping, ObjectKind kind);

}  // namespace provsim
