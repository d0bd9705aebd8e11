// SPDX-License-Identifier: Apache-2.0
// Entra's default attribute mappings of a custom SCIM application, as people read them. Internal to the Entra connector, and
// what shows or exports them.
#pragma once

#include "model/mapping_spec.h"

namespace provsim {

inline constexpr std::string_view entra_manager_path = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager";

// The rows of a table before a scenario's own are put on top. A PATCH lists its attributes in their order.
std::vector<MappingSpec> entra_user_rows(ObjectMapping::Base base);
std::vector<MappingSpec> entra_group_rows(ObjectMapping::Base base);
// The table with the mapping's own rows in it: each replaces or removes the one of its target, or comes last.
std::vector<MappingSpec> merged_rows(std::vector<MappingSpec> base, const std::vector<MappingSpec>& own);

}  // namespace provsim
