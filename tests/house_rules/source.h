// SPDX-License-Identifier: Apache-2.0
// The project's own sources as the house rules read them.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

namespace provsim::house {

// One file. Lines count from 1 in every message, so lines[0] is line 1.
struct Source {
    std::string path;                  // relative to the root, with '/'
    std::vector<std::string> lines;    // as written
    std::vector<std::string> code;     // the same lines, comments blanked and literals emptied
};

// One broken rule: "model/time.cpp:12: what is wrong".
using Violations = std::vector<std::string>;

Source make_source(std::string path, std::string_view text);
// Every file below the root's folders of code (model, connectors, simulator, tests, bench, cmake) and the files beside
// them, if its name is of a kind that holds code of ours. In the order of their paths.
std::vector<Source> read_sources(const std::filesystem::path& root);

bool is_cpp(const Source& source);      // .h or .cpp
bool is_header(const Source& source);   // .h

std::string at(const Source& source, std::size_t line_index, std::string_view what);

// What a line includes, with its brackets or quotes: "<chrono>" or "\"model/time.h\""; empty if it includes nothing.
std::string included(const std::string& line);
// Position of `token` in `code` where it is no part of a longer name; npos if there is none.
std::size_t find_token(std::string_view code, std::string_view token);

}  // namespace provsim::house
