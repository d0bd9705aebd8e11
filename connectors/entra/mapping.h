// SPDX-License-Identifier: Apache-2.0
// Entra's default attribute mappings of a custom SCIM application. Internal to the Entra connector.
#pragma once

#include "model/attribute_mapping.h"

namespace provsim {

inline constexpr std::string_view entra_manager_path = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager";

// A PATCH lists its attributes in the order of these rows.
MappingTable entra_user_mapping();
MappingTable entra_group_mapping();
// Rows with a matching precedence, the lowest first.
std::vector<std::uint16_t> matching_rows(const MappingTable& table);

}  // namespace provsim
