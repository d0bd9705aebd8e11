// SPDX-License-Identifier: Apache-2.0
// Against a SCIM server that somebody else wrote: does the target end up as the directory says, and does a restart find
// nothing to mend? Run by run.sh, which starts the server and says where it is:
//   PROVSIM_TARGET_NAME, PROVSIM_TARGET_URL, PROVSIM_TOKEN_FILE, PROVSIM_SCENARIO, PROVSIM_PROVIDER, PROVSIM_TEMPLATE
#include "app/story.h"
#include "scenario/read_back.h"
#include "tests/catch.h"

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <map>
#include <set>
#include <sstream>

using namespace provsim;

namespace {

std::string env(const char* name)
{
    const char* value = std::getenv(name);
    return value ? value : "";
}

std::string read_file(const std::string& path)
{
    std::ifstream in(path);
    REQUIRE(in);
    std::stringstream text;
    text << in.rdbuf();
    return text.str();
}

const std::string folder = std::string(PROVSIM_TESTS_DIR) + "/targets/";

// What a restart may write although nothing changed: `target | intent | why` a line.
struct Predicted { std::string target, intent, why; };

std::vector<Predicted> predicted_writes()
{
    std::vector<Predicted> rows;
    std::istringstream lines(read_file(folder + "restart_writes.txt"));
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line[0] == '#') continue;
        const auto first = line.find(" | "), second = line.find(" | ", first + 3);
        REQUIRE(second != std::string::npos);
        rows.push_back({line.substr(0, first), line.substr(first + 3, second - first - 3), line.substr(second + 3)});
    }
    return rows;
}

// The settings that story_settings.txt has for a provider and a target.
std::vector<SettingValue> story_settings(const std::string& target, const std::string& provider)
{
    std::vector<SettingValue> values;
    std::istringstream lines(read_file(folder + "story_settings.txt"));
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line[0] == '#') continue;
        std::vector<std::string> parts;
        for (std::size_t from = 0; from != std::string::npos && parts.size() < 5;) {
            const auto bar = line.find(" | ", from);
            parts.push_back(line.substr(from, bar == std::string::npos ? bar : bar - from));
            from = bar == std::string::npos ? bar : bar + 3;
        }
        REQUIRE(parts.size() == 5);
        if ((parts[0] == target || parts[0] == "*") && parts[1] == provider) values.push_back({parts[2], parts[3], {}});
    }
    return values;
}

// What is known of the target, and what the provider does otherwise than Entra's projection says.
std::vector<Quirk> known_quirks(const std::string& target, const std::string& provider)
{
    std::vector<Quirk> all;
    for (const char* file : {"quirks.txt", "provider_quirks.txt"}) {
        const auto read = parse_quirks(read_file(folder + file), file);
        REQUIRE(read.ok());
        for (Quirk quirk : read.value()) {
            if (quirk.target == provider || quirk.target == provider + '@' + target) quirk.target = target;
            all.push_back(std::move(quirk));
        }
    }
    return all;
}

}  // namespace

TEST_CASE("The tables of what third-party targets do differently can be read")
{
    CHECK(known_quirks("scimmy", "okta").size() > known_quirks("scimmy", "").size() / 2);
    CHECK_FALSE(predicted_writes().empty());
    CHECK(story_settings("scimmy", "entra").size() == 1);
    CHECK(story_settings("another", "jumpcloud").size() == 1);
}

TEST_CASE("A third-party target converges with the directory, and a restart writes only what is predicted", "[.converge]")
{
    const std::string name = env("PROVSIM_TARGET_NAME"), scenario_file = env("PROVSIM_SCENARIO");
    REQUIRE_FALSE(env("PROVSIM_TARGET_URL").empty());
    RunOptions options;
    options.provider = env("PROVSIM_PROVIDER");
    const std::vector<Quirk> quirks = known_quirks(name, options.provider);
    options.target = env("PROVSIM_TARGET_URL");
    options.token_file = env("PROVSIM_TOKEN_FILE");
    options.record = "log";
    options.out = env("PROVSIM_TOKEN_FILE") + ".provsim";
    options.twice = true;       // keeps one row an exchange in the journal; the story itself is played once
    GlobalOptions global;
    global.quiet = true;
    auto scenario = load_for_run(scenario_file, options);
    REQUIRE(scenario.ok());
    for (const SettingValue& value : story_settings(name, options.provider)) scenario.value().provider.settings.push_back(value);
    auto opened = Story::open(std::move(scenario).value(), options, global);
    REQUIRE(opened.ok());
    Story& story = *opened.value();
    const StoryReport report = story.play();
    CHECK(report.exit == ExitCode::ok);
    std::cout << name << ' ' << options.provider << ": " << report.totals.requests << " requests, " << report.totals.writes << " writes, " << report.totals.failed_requests
              << " failed, fingerprint " << report.fingerprint << ", " << report.wall_seconds << " s wall\n";

    const Directory& directory = story.scenario().directory;
    ReadBackOptions read_back;
    read_back.target = name;
    read_back.quirks = quirks;
    const auto differences = compare_with_projection(directory, story.scenario().scope, story.engine().job().memory().links, story.target(), read_back);
    for (const TargetDifference& difference : differences) std::cout << "differs: " << describe(difference) << '\n';
    CHECK(differences.empty());

    if (!options.provider.empty()) return;      // what a restart writes is written down for Entra

    // The restart is the last run: it read every object of the directory by its id, and what it wrote is in the table.
    const std::uint32_t restart = story.journal().runs().back().number;
    std::set<std::uint64_t> read;
    std::map<std::string, unsigned> writes, failed;
    for (const Journal::Exchange& e : story.journal().exchanges()) {
        if (e.run != restart) continue;
        if (e.method == Method::get && e.intent == Intent::read) read.insert(e.task.object.key());
        if (e.method == Method::get) continue;
        const std::string intent(to_string(e.intent));
        ++writes[intent];
        if (!e.accepted) ++failed[intent];
    }
    CHECK(read.size() == directory.user_rows() + directory.group_rows());
    for (const auto& [intent, count] : writes) {
        const Predicted* known = nullptr;
        const auto rows = predicted_writes();
        for (const Predicted& row : rows)
            if ((row.target == name || row.target == "*") && row.intent == intent) known = &row;
        std::cout << "restart wrote: " << count << " x " << intent << " (" << failed[intent] << " refused): " << (known ? known->why : "NOT PREDICTED") << '\n';
        CHECK(known != nullptr);
    }
}

TEST_CASE("A third-party target ends up as a story expects it, whichever provider tells the story", "[.story]")
{
    const std::string name = env("PROVSIM_TARGET_NAME");
    REQUIRE_FALSE(env("PROVSIM_TARGET_URL").empty());
    RunOptions options;
    options.target = env("PROVSIM_TARGET_URL");
    options.token_file = env("PROVSIM_TOKEN_FILE");
    options.provider = env("PROVSIM_PROVIDER");
    options.record = "log";
    options.out = env("PROVSIM_TOKEN_FILE") + ".provsim";
    GlobalOptions global;
    global.quiet = true;
    auto scenario = load_for_run(env("PROVSIM_SCENARIO"), options);
    REQUIRE(scenario.ok());
    for (const SettingValue& value : story_settings(name, options.provider)) scenario.value().provider.settings.push_back(value);
    if (!env("PROVSIM_TEMPLATE").empty()) scenario.value().provider.settings.push_back({"template", env("PROVSIM_TEMPLATE"), {}});
    auto opened = Story::open(std::move(scenario).value(), options, global);
    REQUIRE(opened.ok());
    const StoryReport report = opened.value()->play();
    std::cout << name << ", " << options.provider << ": " << report.totals.requests << " requests, " << report.totals.writes << " writes, "
              << report.totals.failed_requests << " failed, fingerprint " << report.fingerprint << '\n';
    CHECK(report.exit == ExitCode::ok);
}
