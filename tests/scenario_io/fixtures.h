// SPDX-License-Identifier: Apache-2.0
// Scenario files of the tests, and how they are loaded here.
#pragma once

#include "scenario_io/load.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

namespace provsim::fixtures {

inline std::string read(const std::filesystem::path& file)
{
    std::ifstream in(file, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

// Sorted, so that failures come in the same order everywhere.
inline std::vector<std::filesystem::path> scenarios_in(const std::filesystem::path& folder)
{
    std::vector<std::filesystem::path> found;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        const std::string name = entry.path().filename().string();
        if (name.find(".provsim.") != std::string::npos && entry.path().extension() != ".expected") found.push_back(entry.path());
    }
    std::sort(found.begin(), found.end());
    return found;
}

inline LoadOptions options()
{
    LoadOptions options;
    options.env = [](std::string_view name) -> std::optional<std::string> {
        if (name == "SCIM_URL") return "http://127.0.0.1:7644/scim/v2";
        return {};
    };
    return options;
}

// Messages name the file without its folder, so that they are the same wherever the tests lie.
inline Result<Scenario> load(const std::filesystem::path& file)
{
    return load_scenario(read(file), file.filename().string(), file.parent_path(), options());
}

inline Result<Scenario> load_text(std::string text) { return load_scenario(std::move(text), "story", {}, options()); }

inline std::string messages(const Problems& problems)
{
    std::string all;
    for (const Problem& problem : problems) all += format_problem(problem) + "\n";
    return all;
}

}  // namespace provsim::fixtures
