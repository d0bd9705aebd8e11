// SPDX-License-Identifier: Apache-2.0
// A provisioning job's synchronization schema as Microsoft Graph exports it: attribute mappings and scoping filters
// (GET /servicePrincipals/{id}/synchronization/jobs/{id}/schema; Graph: resources/synchronization-synchronizationschema).
// Writing it: graph_schema_write.h.
//
// Read as it comes: unknown keys are kept, a template or a list of templates stands for its schema, and what has no
// meaning here is said in a warning. Of a mapping's source the expression counts; the tree beside it is the portal's.
#pragma once

#include "model/mapping_spec.h"
#include "model/scoping_filter.h"

#include <nlohmann/json.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace provsim {

// The conditions on one kind of object (Graph: synchronization-filter).
struct GraphFilters {
    std::vector<FilterGroupText> scoping;       // `groups`: whoever fails is deprovisioned
    std::vector<FilterGroupText> input;         // `inputFilterGroups`: whoever fails is ignored
};

struct GraphSchema {
    MappingSpecs mappings;                      // all rows there are: on top of nothing
    GraphFilters users, groups;
    // Attributes of users that mappings and filters read and the directory has no column for, each once: "extensionAttribute1".
    std::vector<std::string> custom;
    nlohmann::ordered_json document;            // as it was read
    nlohmann::ordered_json::json_pointer users_at, groups_at;       // the object mappings in it; empty if there is none
    Problems warnings;
};

// Problems have the codes "json", "graph-schema", "filter-operator" and "expression". `file` is their place's file.
Result<GraphSchema> read_graph_schema(std::string_view bytes, const std::string& file);

// What Entra reads of users without a column of its own here: computed, or a reference. "IsSoftDeleted", "manager", ...
bool is_entra_user_attribute(std::string_view name) noexcept;
bool is_entra_group_attribute(std::string_view name) noexcept;

}  // namespace provsim
