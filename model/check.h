// SPDX-License-Identifier: Apache-2.0
// Our own bugs. A check is always on; it throws OurBug, which only the program's outermost
// function catches, to print it beside the seed, the virtual time and the command that repeats the run.
#pragma once

#include <stdexcept>
#include <string>

namespace provsim {

class OurBug : public std::logic_error {
public:
    OurBug(const char* file, int line, const char* condition, const std::string& why);
};

[[noreturn]] void fail_check(const char* file, int line, const char* condition, const std::string& why = {});

}  // namespace provsim

#define PROVSIM_CHECK(condition, ...) \
    (static_cast<bool>(condition) ? void(0) : ::provsim::fail_check(__FILE__, __LINE__, #condition __VA_OPT__(, ) __VA_ARGS__))
