// SPDX-License-Identifier: Apache-2.0
// The names by which JumpCloud knows its own objects: 24 hexadecimal digits, as in its API and in the externalId it sends.
#pragma once

#include "model/random.h"

#include <string>

namespace provsim {

// The first 12 bytes of the directory's object id. A real one begins with the seconds since 1970 in which it was made; nothing
// is known to depend on that.
std::string jumpcloud_object_id(const Guid& object_id);

}  // namespace provsim
