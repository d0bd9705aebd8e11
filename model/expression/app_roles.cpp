// SPDX-License-Identifier: Apache-2.0
// The three functions on [appRoleAssignments]. They yield roles with all they have; how a role is written depends on the
// request (Entra: customize-application-attributes, "Provisioning a role to a SCIM app").
#include "model/expression/functions.h"

namespace provsim {
namespace {

// Anything else cannot come from [appRoleAssignments].
const AppRoles* roles_of(const Value& value) { return std::get_if<AppRoles>(&value.held); }

}  // namespace

Value app_role_assignments_complex(const Arguments& a)
{
    if (a[0].is_null()) return {};
    return roles_of(a[0]) ? a[0] : a.error("its argument is [appRoleAssignments]");
}

// "There's no guarantee which role is provisioned" if there are several: the first (assumed).
Value single_app_role_assignment(const Arguments& a)
{
    if (a[0].is_null()) return {};
    const AppRoles* roles = roles_of(a[0]);
    if (!roles) return a.error("its argument is [appRoleAssignments]");
    return roles->empty() ? Value() : Value(AppRoles{roles->front()});
}

}  // namespace provsim
