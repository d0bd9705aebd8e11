// SPDX-License-Identifier: Apache-2.0
// Roles that the application defines and that assignments to it convey.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace provsim {

// As one of a user's appRoleAssignments (Entra: customize-application-attributes).
struct AppRole {
    std::string id;                 // a GUID
    std::string value;
    std::string display_name;
    friend bool operator==(const AppRole&, const AppRole&) = default;
};
using AppRoles = std::vector<AppRole>;

// Numbers the roles of a directory's one application.
enum class RoleId : std::uint16_t {};
inline constexpr RoleId default_access{0xFFFF};     // Entra: the all-zero appRoleId

}  // namespace provsim
