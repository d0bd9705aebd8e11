// SPDX-License-Identifier: Apache-2.0
// How app roles travel (Entra: customize-application-attributes, "Provisioning a role to a SCIM app"). A POST carries objects; a
// PATCH of the older style carries each role as JSON within a string. Internal to the Entra connector.
#pragma once

#include "model/expression/value.h"
#include "model/json.h"

#include <string>
#include <string_view>

namespace provsim {

// All that the requests need of a user's roles, as the value of a mapping: what follows is read from it.
std::string roles_text(const AppRoles& roles);

// [{"primary":false,"type":"WindowsAzureActiveDirectoryRole","display":"Admin","value":"Admin"}]
void append_roles(std::string& out, std::string_view roles);
// [{"value":"{\"id\":\"...\",\"value\":\"Admin\",\"displayName\":\"Admin\"}"}]
void append_stringified_roles(std::string& out, std::string_view roles);
// The first role: its value, or the whole of it as JSON within a string.
std::string_view single_role(std::string_view roles);
void append_stringified_role(std::string& out, std::string_view roles);
// Whether the target's `roles` have each of these; `exactly`: and no other.
bool has_roles(json::element resource, std::string_view roles, bool exactly);

}  // namespace provsim
