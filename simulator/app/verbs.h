// SPDX-License-Identifier: Apache-2.0
// The verbs of the command line, one file each.
#pragma once

#include "app/exit_code.h"
#include "app/options.h"

#include <span>
#include <string>

namespace provsim {

ExitCode run_verb(const RunOptions& options, const GlobalOptions& global);
ExitCode demo_verb(const std::string& name, const RunOptions& options, const GlobalOptions& global);
ExitCode push_verb(const PushOptions& options, const GlobalOptions& global);
ExitCode sandbox_verb(const SandboxVerbOptions& options, const GlobalOptions& global);
ExitCode check_verb(const CheckOptions& options, const GlobalOptions& global);
ExitCode expression_verb(const ExpressionOptions& options, const GlobalOptions& global);
ExitCode mappings_verb(const MappingsOptions& options, const GlobalOptions& global);
ExitCode log_verb(const LogOptions& options, const GlobalOptions& global);
ExitCode status_verb(const StatusOptions& options, const GlobalOptions& global);
ExitCode diff_verb(const DiffOptions& options, const GlobalOptions& global);
ExitCode codes_verb(const std::string& code, const GlobalOptions& global);
ExitCode lint_verb(const std::vector<std::string>& files, const std::string& provider, bool strict, const GlobalOptions& global);
ExitCode profile_list_verb(const GlobalOptions& global);
ExitCode profile_show_verb(const ProfileOptions& options, const GlobalOptions& global);
ExitCode schema_verb(const std::string& what, const GlobalOptions& global);
ExitCode version_verb(const GlobalOptions& global);

// Prints problems to standard error, the errors' exit code in return.
ExitCode report_problems(const Problems& problems);

}  // namespace provsim
