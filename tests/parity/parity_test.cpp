// SPDX-License-Identifier: Apache-2.0
// The same scenario and seed make the same run: in process or over TCP, today or on another compiler.
#include "app/story.h"
#include "tests/catch.h"
#include "tests/parity/shuffling_server.h"

#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>

using namespace provsim;

namespace {

const std::filesystem::path scenarios = std::filesystem::path(PROVSIM_SOURCE_DIR) / "scenarios";

StoryReport play(const std::filesystem::path& file, const std::string& target = "sandbox")
{
    RunOptions options;
    options.target = target;
    options.record = "summary";
    options.out = (std::filesystem::temp_directory_path() / ("parity-" + std::to_string(::getpid()) + ".provsim")).string();
    GlobalOptions global;
    global.quiet = true;
    auto scenario = load_for_run(file.string(), options);
    REQUIRE(scenario.ok());
    auto story = Story::open(std::move(scenario).value(), options, global);
    REQUIRE(story.ok());
    StoryReport report = story.value()->play();
    std::filesystem::remove(options.out);
    return report;
}

// scenarios/fingerprints.txt: "entra/et02-only-assigned 6f0c2a9e51b4d377" a line.
std::map<std::string, std::string> committed()
{
    std::map<std::string, std::string> table;
    std::ifstream in(scenarios / "fingerprints.txt");
    REQUIRE(in);
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '#') continue;
        const auto blank = line.find(' ');
        table[line.substr(0, blank)] = line.substr(blank + 1);
    }
    return table;
}

}  // namespace

TEST_CASE("A run has the fingerprint that is committed for it, on every compiler and in every build")
{
    const auto table = committed();
    std::size_t found = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(scenarios)) {
        const std::string file = entry.path().string();
        if (!file.ends_with(".provsim.yaml")) continue;
        std::string name = std::filesystem::relative(entry.path(), scenarios).generic_string();
        name.resize(name.size() - std::string_view(".provsim.yaml").size());
        ++found;
        const std::string fingerprint = play(entry.path()).fingerprint;
        INFO(name << " " << fingerprint << "   (if the change is meant, put this line into scenarios/fingerprints.txt)");
        const auto known = table.find(name);
        CHECK((known != table.end() && known->second == fingerprint));
    }
    CHECK(found == table.size());
}

TEST_CASE("Over TCP, with answers in shuffled order, a run is the run it is in process")
{
    const auto file = scenarios / "targets" / "two-hundred-users.provsim.yaml";
    const StoryReport in_process = play(file);
    for (const std::uint64_t seed : {1u, 2u}) {
        ShufflingServer server(seed, 2);
        const StoryReport over_tcp = play(file, server.url());
        CHECK(over_tcp.totals.failed_requests == 0);
        CHECK(over_tcp.fingerprint == in_process.fingerprint);
        // The order of answers really was another one; a server that answers in order would prove nothing.
        CHECK(server.overtaken() > 50);
    }
}

TEST_CASE("Every story over TCP is the story in process")
{
    for (const char* name : {"demo", "entra/et04-group-cycle-every-20-minutes", "entra/et05-a-change-after-the-start-waits"}) {
        const auto file = scenarios / (std::string(name) + ".provsim.yaml");
        ShufflingServer server(3, 1);
        INFO(name);
        const StoryReport over_tcp = play(file, server.url());
        CHECK(over_tcp.exit == ExitCode::ok);
        CHECK(over_tcp.fingerprint == play(file).fingerprint);
    }
}
