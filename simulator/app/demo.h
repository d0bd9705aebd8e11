// SPDX-License-Identifier: Apache-2.0
// scenarios/demo.provsim.yaml, put into the program when it is built.
#pragma once

#include <string_view>

namespace provsim {

extern const std::string_view demo_scenario;

}  // namespace provsim
