// SPDX-License-Identifier: Apache-2.0
// Any bytes as a time, a duration or a GUID: no crash; what is read is written so that it reads as the same.
#include "model/random.h"
#include "model/time.h"

#include <cstdlib>

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    if (const auto time = provsim::parse_time(text))
        if (provsim::parse_time(provsim::format_time(*time)) != time) std::abort();
    if (const auto duration = provsim::parse_duration(text)) {
        if (provsim::format_elapsed(*duration).empty() || provsim::format_duration(*duration).empty()) std::abort();
    }
    provsim::Guid guid;
    if (provsim::parse_guid(text, guid)) {
        provsim::Guid again;
        if (!provsim::parse_guid(provsim::to_string(guid), again) || !(again == guid)) std::abort();
    }
    return 0;
}
