// SPDX-License-Identifier: Apache-2.0
#include "shapes/graph_ids.h"

#include <algorithm>

namespace provsim {

std::string GraphIds::job() const
{
    std::string plain = tenant();
    plain.erase(std::remove(plain.begin(), plain.end(), '-'), plain.end());
    return "scim." + plain + "." + service_principal();
}

}  // namespace provsim
