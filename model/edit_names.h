// SPDX-License-Identifier: Apache-2.0
// What the finding of objects by name has in common with its error messages. For model/edit*.cpp and object_names.cpp.
#pragma once

#include "model/directory.h"

#include <string>
#include <string_view>
#include <vector>

namespace provsim {

struct SplitName {
    ObjectKind kind;          // what the prefix says; without one, what was expected
    std::string_view plain;   // without the prefix
};
SplitName split_object_name(std::string_view name, ObjectKind expected) noexcept;

// Everything a name may mean; users before groups, in the order of their rows.
std::vector<ObjectRef> fitting_objects(const Directory& directory, std::string_view name, ObjectKind expected);

// "did you mean \"user:ada\"?" with the nearest handle, spelled with the prefix that `name` has; or empty.
std::string did_you_mean(const Directory& directory, std::string_view name, ObjectKind expected);

}  // namespace provsim
