// SPDX-License-Identifier: Apache-2.0
#include "model/result.h"

#include <fmt/format.h>

#include <iterator>

namespace provsim {

std::string format_problem(const Problem& problem)
{
    std::string line;
    const auto end = std::back_inserter(line);
    // A column without its line would mislead, so each part is written only behind the one before it.
    if (!problem.place.file.empty()) {
        line += problem.place.file;
        if (problem.place.line > 0) fmt::format_to(end, ":{}", problem.place.line);
        if (problem.place.line > 0 && problem.place.column > 0) fmt::format_to(end, ":{}", problem.place.column);
        line += ": ";
    }
    line += problem.severity == Severity::error ? "error: " : "warning: ";
    line += problem.what;
    if (!problem.remedy.empty()) fmt::format_to(end, "; {}", problem.remedy);
    if (!problem.code.empty()) fmt::format_to(end, "  [{}]", problem.code);
    return line;
}

}  // namespace provsim
