// SPDX-License-Identifier: Apache-2.0
// Any bytes as a target's address: no crash; an accepted one is written so that it reads as the same, and holds nothing
// that could end a header line.
#include "net/base_url.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const auto url = provsim::parse_base_url({reinterpret_cast<const char*>(data), size});
    if (!url) return 0;
    const std::string text = url.value().text();
    for (const char c : text + url.value().host_header())
        if (c <= ' ' || c == 0x7F) std::abort();
    const auto again = provsim::parse_base_url(text);
    if (!again || again.value().text() != text) std::abort();
    return 0;
}
