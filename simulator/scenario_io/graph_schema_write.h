// SPDX-License-Identifier: Apache-2.0
// Attribute mappings and scoping filters as a synchronization schema of Microsoft Graph, the form that
// PUT /servicePrincipals/{id}/synchronization/jobs/{id}/schema takes.
#pragma once

#include "model/random.h"
#include "model/scope.h"
#include "scenario_io/graph_schema.h"

#include <string>

namespace provsim {

// What a schema says. Mappings are written as they hold in the end (connectors/entra/default_mapping.h).
struct GraphExport {
    MappingSpecs mappings;
    GraphFilters users, groups;
};

// The filters of a scope, in the words of Graph: "jobTitle" for the scenario's "title", "x" for "custom.x".
GraphFilters graph_filters(const ScopingFilter& scoping, const ScopingFilter& input);

// A whole schema, directories included. Its ids are drawn: the same for the same draw.
nlohmann::ordered_json compose_graph_schema(const GraphExport& what, const Draw& draw);

// `read` with what has changed since it was read: only the mappings and filters that differ are written anew; everything
// else, unknown keys and the order of all keys included, is as it came. Nothing changed: exactly the document that was read.
nlohmann::ordered_json amend_graph_schema(const GraphSchema& read, const GraphExport& now);

}  // namespace provsim
