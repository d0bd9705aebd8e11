// SPDX-License-Identifier: Apache-2.0
#include "connectors/jumpcloud/ids.h"

namespace provsim {

std::string jumpcloud_object_id(const Guid& object_id)
{
    std::string text;
    text.reserve(24);
    for (std::size_t i = 0; i < 12; ++i) {
        text.push_back("0123456789abcdef"[object_id.bytes[i] >> 4]);
        text.push_back("0123456789abcdef"[object_id.bytes[i] & 15]);
    }
    return text;
}

}  // namespace provsim
