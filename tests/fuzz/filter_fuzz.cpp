// SPDX-License-Identifier: Apache-2.0
// Any bytes as a filter: no crash, no hang; what is read prints to something that reads as the same.
#include "model/scim/filter.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const auto filter = provsim::parse_filter({reinterpret_cast<const char*>(data), size});
    if (!filter) return 0;
    const std::string printed = provsim::print_filter(filter.value());
    const auto again = provsim::parse_filter(printed);
    if (!again || provsim::print_filter(again.value()) != printed) std::abort();
    return 0;
}
