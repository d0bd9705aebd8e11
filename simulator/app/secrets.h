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
// What goes into Authorization: "Bearer " and the token, or the token as it is where a setting token_header says raw (Okta: a
// template with Header Auth); nothing without a token.
std::string authorization(const std::string& token, const std::vector<SettingValue>& settings);

}  // namespace provsim
