// SPDX-License-Identifier: Apache-2.0
// Tables of expressions and what they give: one a line, in a folder of tests/model.
#pragma once

#include "tests/catch.h"

#include <algorithm>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

// Rows of `columns` texts that a tab separates; a line that begins with # is a comment, ¶ is a line break.
inline std::vector<std::vector<std::string>> table_rows(const std::string& file, std::size_t columns)
{
    std::ifstream in(PROVSIM_FIXTURES "/model/" + file);
    REQUIRE(in);
    std::vector<std::vector<std::string>> table;
    for (std::string line; std::getline(in, line);) {
        if (line.starts_with('#')) continue;
        for (std::size_t at = 0; (at = line.find("¶")) != std::string::npos;) line.replace(at, std::string_view("¶").size(), "\n");
        std::vector<std::string> row;
        for (std::size_t at = 0; at <= line.size();) {
            const std::size_t end = std::min(line.find('\t', at), line.size());
            row.push_back(line.substr(at, end - at));
            at = end + 1;
        }
        CAPTURE(file, line);
        REQUIRE(row.size() == columns);
        table.push_back(std::move(row));
    }
    REQUIRE_FALSE(table.empty());
    return table;
}

}  // namespace provsim
