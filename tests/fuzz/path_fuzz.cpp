// SPDX-License-Identifier: Apache-2.0
// Any bytes as a PATCH path: no crash, no hang; what is read prints to something that reads as the same.
#include "model/scim/path.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const auto path = provsim::parse_patch_path({reinterpret_cast<const char*>(data), size});
    if (!path) return 0;
    const std::string printed = provsim::print_patch_path(path.value());
    const auto again = provsim::parse_patch_path(printed);
    if (!again || provsim::print_patch_path(again.value()) != printed) std::abort();
    return 0;
}
