// SPDX-License-Identifier: Apache-2.0
// Attribute mappings in full: the rows of the table that a scenario starts from, and its own on top of them.
#pragma once

#include "model/directory.h"
#include "model/mapping_spec.h"

#include <vector>

namespace provsim {

// Entra's default table of a custom SCIM application, as people see it in the portal (connectors/entra/mapping.h is what
// is sent by it; a test holds the two against each other). Groups: with `members`.
std::vector<MappingSpec> standard_rows(ObjectKind kind);
// What holds in the end: the base, each row in the place of the one with its target or behind all, and nothing of what is removed.
std::vector<MappingSpec> effective_rows(const ObjectMapping& mapping, ObjectKind kind);

}  // namespace provsim
