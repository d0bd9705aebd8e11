// SPDX-License-Identifier: Apache-2.0
// Secrets are named in files and on the command line, never written there; here they are fetched.
#pragma once

#include "model/result.h"
#include "scenario/scenario.h"

#include <string>

namespace provsim {

// The secret, without the line end a file or an editor put behind it. `folder` is what a { file: ... } is relative to.
Result<std::string> resolve_secret(const SecretSource& source, const std::string& folder);
// The first line of a file, or of standard input for "-".
Result<std::string> read_token_file(const std::string& path);

}  // namespace provsim
