// SPDX-License-Identifier: Apache-2.0
// The paths of PATCH operations: PATH of RFC 7644 3.5.2, figure 7. Vocabulary only: nothing here changes a resource.
#pragma once

#include "model/scim/filter.h"

#include <optional>
#include <string>
#include <string_view>

namespace provsim {

// attr, attr.sub, attr[filter], attr[filter].sub; each with a schema's URN before it; or a URN alone.
struct PatchPath {
    AttributeName attribute;        // name empty = the URN alone; sub also when it follows a filter
    std::optional<Filter> filter;   // conditions on the sub-attributes of one value
};

// A problem has the code "invalidPath" (RFC 7644 3.12) and the column, from 1, where the text stopped making sense.
Result<PatchPath> parse_patch_path(std::string_view text);
std::string print_patch_path(const PatchPath& path);

}  // namespace provsim
