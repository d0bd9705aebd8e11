// SPDX-License-Identifier: Apache-2.0
// Entra's attribute mappings, compiled. Internal to the Entra connector.
#pragma once

#include "connectors/entra/default_mapping.h"
#include "connectors/entra/mapping_source.h"
#include "model/target_path.h"

namespace provsim {

struct AttributeMapping {
    TargetPath target;
    MappingSource source;
    ValueType type = ValueType::string;
    unsigned matching = 0;          // 1..n: tried in that order to find the object in the target; 0: not matched by
    bool case_exact = false;        // otherwise a difference of case alone is none
    bool only_on_create = false;    // never in a PATCH
    bool required = false;          // an object without a value is not created
    bool deprovisions = false;      // reads IsSoftDeleted: what is sent about an object that left scope
    bool single_role = false;       // SingleAppRoleAssignment: the value is that of one role
    bool replaces = false;          // roles: the whole list is replaced, removed ones go (AssertiveAppRoleAssignmentsComplex)
    std::optional<std::string> default_value;

    bool is_role() const noexcept { return single_role || type == ValueType::complex; }
    bool is_active() const noexcept { return target.text == "active"; }
};

// References (manager, members) are no rows: requests of their own write them.
using MappingTable = std::vector<AttributeMapping>;

struct MappingTables {
    MappingTable users, groups;
    bool manager = false, members = false;      // whether they are mapped
    bool groups_enabled = true;                 // the mapping of groups may be switched off, that of users may not
    ObjectMapping user_actions, group_actions;  // create, update, remove; no rows
};

// The most rows of one table; assumed, so that a table's values fit a small array.
inline constexpr std::size_t longest_mapping = 64;

// Problems have the codes "mapping" (a target that is no path, nothing to match by, ...) and "expression".
Result<MappingTables> compile_mappings(const MappingSpecs& specs, const Directory& directory);
// The default tables.
MappingTable entra_user_mapping();
MappingTable entra_group_mapping();

// "False", "false": what a mapping's expression may yield for a boolean.
bool is_false(std::string_view value) noexcept;
// The value as a JSON value of the mapping's type: "True" as true, "7" as 7; what does not fit, and all else, as a string.
void append_typed(std::string& out, const AttributeMapping& mapping, std::string_view value);

// Rows with a matching precedence, the lowest first.
std::vector<std::uint16_t> matching_rows(const MappingTable& table);
// How many of the table's values evaluate() may put into `computed`.
std::size_t computed_values(const MappingTable& table) noexcept;

}  // namespace provsim
