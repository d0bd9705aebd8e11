// SPDX-License-Identifier: Apache-2.0
// main() of every test program. Version 3 of Catch2 brings its own in a library; this file is then empty but for this declaration.
#define CATCH_CONFIG_MAIN
#include "tests/catch.h"

static_assert(sizeof(PROVSIM_FIXTURES) > 1, "tests/CMakeLists.txt says where the fixtures are");
