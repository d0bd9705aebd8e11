// SPDX-License-Identifier: Apache-2.0
#include "tests/house_rules/rules.h"

namespace provsim::house {
namespace {

constexpr std::size_t longest_file = 400;

// Written in two parts so that this file does not break its own rule.
constexpr std::string_view unfinished[] = {"TO" "DO", "FIX" "ME", "XX" "X", "HA" "CK"};

void check_licence(const Source& source, Violations& out)
{
    const std::size_t first = !source.lines.empty() && source.lines[0].starts_with("#!") ? 1 : 0;
    if (source.lines.size() <= first || source.lines[first].find("SPDX-License-Identifier: Apache-2.0") == std::string::npos)
        out.push_back(at(source, first, "begins with \"SPDX-License-Identifier: Apache-2.0\" in a comment"));
}

void check_pragma_once(const Source& source, Violations& out)
{
    for (const auto& line : source.code)
        if (line.starts_with("#pragma once")) return;
    out.push_back(at(source, 0, "a header says #pragma once"));
}

}  // namespace

Violations check_form(const std::vector<Source>& sources)
{
    Violations out;
    for (const auto& source : sources) {
        check_licence(source, out);
        if (source.lines.size() > longest_file)
            out.push_back(at(source, longest_file, "is longer than " + std::to_string(longest_file) + " lines; give it one purpose"));
        if (is_header(source)) check_pragma_once(source, out);
        for (std::size_t i = 0; i < source.lines.size(); ++i) {
            for (const auto word : unfinished)
                if (find_token(source.lines[i], word) != std::string_view::npos)
                    out.push_back(at(source, i, "marks something as unfinished: " + std::string(word)));
            if (!is_cpp(source)) continue;
            const auto& code = source.code[i];
            for (const std::string_view name : {"std::views", "std::ranges"})
                if (find_token(code, name) != std::string_view::npos) out.push_back(at(source, i, std::string(name) + " does not compile with clang 14"));
            if (included(code) == "<ranges>") out.push_back(at(source, i, "<ranges> does not compile with clang 14"));
        }
    }
    return out;
}

}  // namespace provsim::house
