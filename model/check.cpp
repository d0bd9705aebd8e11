// SPDX-License-Identifier: Apache-2.0
#include "model/check.h"

#include <fmt/format.h>

namespace provsim {

OurBug::OurBug(const char* file, int line, const char* condition, const std::string& why)
    : std::logic_error(fmt::format("{}:{}: check failed: {}{}{}", file, line, condition, why.empty() ? "" : ": ", why))
{
}

void fail_check(const char* file, int line, const char* condition, const std::string& why)
{
    throw OurBug(file, line, condition, why);
}

}  // namespace provsim
