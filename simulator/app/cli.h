// SPDX-License-Identifier: Apache-2.0
// The command line: verbs, flags, help. CLI11 reads argv; nothing else is asked of it.
#pragma once

#include "app/exit_code.h"

namespace provsim {

ExitCode run_cli(int argc, char** argv);

}  // namespace provsim
