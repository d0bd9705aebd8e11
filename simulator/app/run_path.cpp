// SPDX-License-Identifier: Apache-2.0
#include "app/run_path.h"

#include <fmt/chrono.h>
#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <vector>

namespace provsim {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kept = 20;

std::string slug(std::string_view name)
{
    std::string out;
    for (const char c : name) {
        if (std::isalnum(static_cast<unsigned char>(c)) != 0 && static_cast<unsigned char>(c) < 0x80) out += static_cast<char>(std::tolower(c));
        else if (!out.empty() && out.back() != '-') out += '-';
        if (out.size() >= 40) break;
    }
    while (!out.empty() && out.back() == '-') out.pop_back();
    return out.empty() ? "run" : out;
}

void drop_oldest(const fs::path& folder)
{
    std::vector<fs::path> runs;
    for (const auto& entry : fs::directory_iterator(folder))
        if (entry.path().extension() == ".provsim") runs.push_back(entry.path());
    std::sort(runs.begin(), runs.end());    // names begin with the time
    for (std::size_t i = 0; i + kept <= runs.size(); ++i) {
        std::error_code ignored;
        fs::remove(runs[i], ignored);
    }
}

}  // namespace

Result<std::string> fresh_run_path(std::string_view scenario_name)
{
    const fs::path folder = fs::path(".provsim") / "runs";
    std::error_code failed;
    fs::create_directories(folder, failed);
    if (failed)
        return Problem{Severity::error, "run-file", "cannot make " + folder.string() + ": " + failed.message(), "name a run file with --out FILE", {}};
    if (const fs::path ignore = fs::path(".provsim") / ".gitignore"; !fs::exists(ignore)) std::ofstream(ignore) << "*\n";
    drop_oldest(folder);
    const auto now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
    const std::string stem = fmt::format("{:%Y%m%d-%H%M%S}-{}", fmt::gmtime(now), slug(scenario_name));
    fs::path path = folder / (stem + ".provsim");
    for (int again = 2; fs::exists(path); ++again) path = folder / fmt::format("{}-{}.provsim", stem, again);
    return path.string();
}

}  // namespace provsim
