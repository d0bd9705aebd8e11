// SPDX-License-Identifier: Apache-2.0
// Every file in bad/ is refused with exactly the messages that stand beside it, in NAME.expected. (PROVSIM_ACCEPT=1 in
// the environment writes them anew; read the diff before you commit it.)
#include "tests/catch.h"

#include "fixtures.h"

#include <cstdlib>

using namespace provsim;

TEST_CASE("A scenario with faults is told about all of them at once, with their places")
{
    const std::filesystem::path folder = std::string(PROVSIM_FIXTURES) + "/scenario_io/bad";
    const auto files = fixtures::scenarios_in(folder);
    REQUIRE(files.size() > 20);
    for (const auto& file : files) {
        CAPTURE(file.filename().string());
        const auto loaded = fixtures::load(file);
        std::string said = fixtures::messages(loaded ? loaded.value().warnings : loaded.problems());
        // Imported files are named by their path, which is not the same everywhere.
        for (std::size_t at = 0; (at = said.find(PROVSIM_FIXTURES)) != std::string::npos;) said.replace(at, std::string(PROVSIM_FIXTURES).size(), "tests");
        const std::filesystem::path expected = file.string() + ".expected";
        if (std::getenv("PROVSIM_ACCEPT")) std::ofstream(expected, std::ios::binary) << said;
        CHECK(said == fixtures::read(expected));
        const bool only_warnings = said.find(": error: ") == std::string::npos;
        CHECK(loaded.ok() == only_warnings);
    }
}

TEST_CASE("A file that is not there is a plain problem")
{
    const auto loaded = load_scenario(std::filesystem::path("no/such/file.provsim.yaml"), {});
    REQUIRE_FALSE(loaded);
    CHECK(fixtures::messages(loaded.problems()) == "no/such/file.provsim.yaml: error: this file cannot be read  [file]\n");
}

TEST_CASE("A broken import tells its first twenty faults and counts the others")
{
    std::string csv = "userName\n";
    for (int i = 0; i < 50; ++i) csv += "ada@acme.test\n";
    const auto folder = std::filesystem::temp_directory_path();
    const auto file = folder / "provsim-many-faults.csv";
    std::ofstream(file, std::ios::binary) << csv;
    const auto loaded = load_scenario("provsim: 1\ndirectory: { import: { csv: provsim-many-faults.csv } }\n", "story", folder, {});
    std::filesystem::remove(file);
    REQUIRE_FALSE(loaded);
    REQUIRE(loaded.problems().size() == 21);
    CHECK(loaded.problems().back().what == "and 29 more errors like these");
}
