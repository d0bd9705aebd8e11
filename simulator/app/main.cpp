// SPDX-License-Identifier: Apache-2.0
#include "app/cli.h"
#include "model/check.h"

#include <fmt/format.h>

#include <exception>

int main(int argc, char** argv)
{
    const auto sorry = [&](const char* what) {
        fmt::print(stderr, "\nprovsim has a bug, and stopped before it could do harm:\n  {}\n", what);
        fmt::print(stderr, "The command that repeats it (with its scenario, whose seed is in the heading above):\n ");
        for (int i = 0; i < argc; ++i) fmt::print(stderr, " {}", argv[i]);
        fmt::print(stderr, "\nprovsim {}\n", PROVSIM_VERSION);
        return static_cast<int>(provsim::ExitCode::our_fault);
    };
    try {
        return static_cast<int>(provsim::run_cli(argc, argv));
    } catch (const provsim::OurBug& bug) {
        return sorry(bug.what());
    } catch (const std::exception& other) {
        return sorry(other.what());
    }
}
