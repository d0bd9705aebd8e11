// SPDX-License-Identifier: Apache-2.0
// Values that were changed, as a run file keeps them. Private to this room.
#pragma once

#include "connectors/connector.h"
#include "store/redactor.h"

#include <string>
#include <vector>

namespace provsim {

// What a change gave its object, by neutral names; the directory is as the change left it. What stood there before is not kept
// by the directory, and is empty.
std::vector<Modified> changed_values(const Directory& directory, const Change& change);

// {"displayName":"title","oldValue":"Analyst","newValue":"Engineer"}: as Graph has modifiedProperties. Nothing if there are none.
void append_modified(std::string& out, const std::vector<Modified>& modified, const Redactor& redactor, std::string& scratch);

}  // namespace provsim
