// SPDX-License-Identifier: Apache-2.0
// After any seeded sequence of directory edits, faults and heals, the target equals the projection of the directory, except
// for what docs/EXCEPTIONS.md lists.
//
//   PROVSIM_SEEDS        how many stories; default below
//   PROVSIM_FIRST_SEED   the first one's seed; default 1
#include "tests/catch.h"
#include "tests/properties/judgement.h"

#include <fmt/format.h>

#include <cstdlib>
#include <fstream>
#include <iostream>
#include <set>
#include <sstream>

using namespace provsim;
using namespace provsim::properties;

namespace {

std::uint64_t number(const char* variable, std::uint64_t otherwise)
{
    const char* text = std::getenv(variable);
    return text && *text ? std::strtoull(text, nullptr, 10) : otherwise;
}

std::string report(const Story& story, const Judgement& judgement)
{
    const Story shrunken = shrink(story);
    std::string text = fmt::format("seed {} fails:\n{}\nshrunken to\n{}", story.seed, describe(story), describe(shrunken));
    const Judgement shorter = judge(shrunken);
    for (const std::string& fault : judgement.faults) text += "fails: " + fault + '\n';
    for (const std::string& fault : shorter.faults) text += "shrunken, fails: " + fault + '\n';
    return text + fmt::format("repeat it alone: PROVSIM_FIRST_SEED={} PROVSIM_SEEDS=1 build/test/tests/test_properties\n", story.seed);
}

}  // namespace

TEST_CASE("After any story of edits, faults and heals the target is as the directory says, but for the listed exceptions")
{
    const std::uint64_t first = number("PROVSIM_FIRST_SEED", 1), count = number("PROVSIM_SEEDS", 400);
    std::map<std::string_view, std::size_t> excused;
    std::size_t left[3] = {};
    std::uint64_t failed = 0, writes = 0, users = 0, memberships = 0;
    for (std::uint64_t seed = first; seed < first + count; ++seed) {
        const Story story = draw_story(seed);
        const Judgement judgement = judge(story);
        for (const auto& [name, times] : judgement.excused) excused[name] += times;
        writes += judgement.writes;
        users += judgement.users;
        memberships += judgement.memberships;
        for (int i = 0; i < 3; ++i) left[i] += judgement.left[i];
        if (!judgement.faults.empty()) {
            ++failed;
            // The first are told in full; of the others the seed is enough.
            if (failed <= number("PROVSIM_TELL", 3)) std::cout << report(story, judgement) << std::endl;
            else std::cout << "seed " << seed << " fails: " << judgement.faults.front() << std::endl;
        }
        if (seed % 8 == 0) {
            INFO("seed " << seed << " is another story when it is played again");
            CHECK(judge(draw_story(seed)).fingerprint == judgement.fingerprint);
        }
    }
    std::cout << count << " stories from seed " << first << ", " << failed << " failed, " << writes << " writes, " << users << " users and " << memberships << " memberships in the target; differences when healed " << left[0] << ", restarted " << left[1]
              << ", begun anew " << left[2] << '\n';
    for (const auto& [name, times] : excused) std::cout << fmt::format("  excused {:6} x {}\n", times, name);
    CHECK(failed == 0);
    for (const Exception& exception : exceptions())
        if (!excused.count(exception.name)) std::cout << "  never needed: " << exception.name << '\n';
}

TEST_CASE("docs/EXCEPTIONS.md lists the exceptions that the judge accepts, and until when")
{
    std::ifstream file(std::string(PROVSIM_SOURCE_DIR) + "/docs/EXCEPTIONS.md");
    REQUIRE(file);
    std::map<std::string, std::string> listed;
    for (std::string line; std::getline(file, line);) {
        if (line.compare(0, 2, "| ") != 0 || line.compare(0, 11, "| exception") == 0) continue;
        const std::size_t last = line.rfind("| ", line.size() - 3);
        listed[line.substr(2, line.find(" |", 2) - 2)] = line.substr(last + 2, line.size() - last - 4);
    }
    constexpr const char* until[] = {"heal", "restart", "always"};
    std::map<std::string, std::string> accepted;
    for (const Exception& exception : exceptions()) accepted[std::string(exception.name)] = until[static_cast<int>(exception.last)];
    CHECK(listed == accepted);
}

TEST_CASE("A story is a function of its seed, and a target that is changed behind everybody's back is noticed")
{
    CHECK(describe(draw_story(7)) == describe(draw_story(7)));
    CHECK(describe(draw_story(7)) != describe(draw_story(8)));

    Story story;
    story.directory = {AddUser{"u0", {{"userName", "u0@acme.test"}, {"title", "Engineer"}}, true, ""}, Assign{"user:u0"}};
    story.users_every = story.groups_every = minutes{40};
    story.events = {{minutes{5}, UpdateUser{"u0", {{"title", "Analyst"}}}}};
    CHECK(judge(story).faults.empty());
    CHECK(judge(story).left[0] == 0);
    story.events.push_back({hours{2}, Meddle{Meddle::How::retitle, "user:u0", "Meddler"}});
    const Judgement judgement = judge(story);
    CHECK(judgement.faults.empty());
    CHECK(judgement.excused.at("changed in the target") == 1);
    CHECK(judgement.left[1] == 0);
}
