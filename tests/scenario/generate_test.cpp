// SPDX-License-Identifier: Apache-2.0
// Made-up tenants.
#include "tests/catch.h"

#include "model/hash.h"
#include "scenario/generate.h"
#include "scenario/generate_names.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <set>

using namespace provsim;

namespace {

Directory made(const GenerateSpec& spec)
{
    Directory directory;
    generate(directory, spec, TimePoint{});
    return directory;
}

// Everything that a directory holds, as one number.
std::uint64_t digest(const Directory& directory)
{
    std::uint64_t hash = 0;
    for (std::uint32_t i = 0; i < directory.user_rows(); ++i) {
        for (std::size_t a = 0; a < builtin_attributes; ++a) hash = mix(hash, hash_text(directory.value(UserId{i}, static_cast<Attribute>(a))));
        hash = mix(mix(hash, row(directory.manager(UserId{i}))), hash_text(to_string(directory.object_id(UserId{i}))));
    }
    for (std::uint32_t g = 0; g < directory.group_rows(); ++g) {
        hash = mix(hash, hash_text(directory.display_name(GroupId{g})));
        for (const UserId member : directory.members(GroupId{g})) hash = mix(hash, row(member));
    }
    return hash;
}

}  // namespace

TEST_CASE("A generated tenant has the numbers asked for, to the last membership")
{
    const Directory directory = made({.users = 1000, .groups = 50, .memberships = 3000, .seed = 7});
    CHECK(directory.user_rows() == 1000);
    CHECK(directory.group_rows() == 50);
    CHECK(directory.membership_count() == 3000);
    CHECK(directory.changes().head() == 0);
    std::size_t members = 0;
    for (std::uint32_t g = 0; g < 50; ++g) {
        const auto list = directory.members(GroupId{g});
        std::set<UserId> distinct(list.begin(), list.end());
        CHECK(distinct.size() == list.size());
        members += list.size();
    }
    CHECK(members == 3000);
}

TEST_CASE("The same seed makes the same tenant, another seed another")
{
    const GenerateSpec spec{.users = 300, .groups = 20, .memberships = 700, .seed = 5};
    GenerateSpec other = spec;
    other.seed = 6;
    const std::uint64_t first = digest(made(spec));
    CHECK(digest(made(spec)) == first);
    CHECK(digest(made(other)) != first);
    // On every machine and for ever: bundled scenarios and benches rest on it.
    CHECK(first == 9521451225588864262u);
}

TEST_CASE("Generated people have unique handles, user names and managers above them")
{
    const Directory directory = made({.users = 20'000, .seed = 3, .domain = "acme.test"});
    std::set<std::string_view> handles, user_names;
    std::map<UserId, unsigned> reports;
    for (std::uint32_t i = 0; i < 20'000; ++i) {
        const UserId user{i};
        handles.insert(directory.handle(user));
        user_names.insert(directory.value(user, Attribute::user_name));
        const UserId manager = directory.manager(user);
        // Whoever manages was there before, so there is no circle.
        if (i == 0) CHECK(manager == no_user);
        else CHECK(row(manager) < i);
        ++reports[manager];
        for (const Attribute attribute : {Attribute::display_name, Attribute::department, Attribute::title, Attribute::city, Attribute::country, Attribute::employee_id})
            CHECK_FALSE(directory.value(user, attribute).empty());
    }
    CHECK(handles.size() == 20'000);
    CHECK(user_names.size() == 20'000);
    for (const auto& [manager, count] : reports) CHECK(count <= (manager == UserId{0} ? 8 + words::departments.size() : 8));
    CHECK(directory.value(UserId{0}, Attribute::user_name).substr(directory.handle(UserId{0}).size()) == "@acme.test");
    CHECK(directory.value(UserId{0}, Attribute::mail_nickname) == directory.handle(UserId{0}));
}

TEST_CASE("Group sizes are skewed, and add up exactly however tight it gets")
{
    struct Case { std::uint32_t users, groups; std::uint64_t memberships; };
    for (const Case& c : {Case{1000, 50, 3000}, Case{10, 3, 30}, Case{10, 3, 29}, Case{10, 3, 0}, Case{1, 1, 1}, Case{0, 5, 0}, Case{5, 0, 0},
                          Case{100, 10'000, 12'345}, Case{1'000'000, 2000, 2'000'000}}) {
        CAPTURE(c.users, c.groups, c.memberships);
        const auto sizes = group_sizes(c.users, c.groups, c.memberships);
        CHECK(sizes.size() == c.groups);
        CHECK(std::accumulate(sizes.begin(), sizes.end(), std::uint64_t{0}) == c.memberships);
        for (const std::uint32_t size : sizes) CHECK(size <= c.users);
    }
    const auto sizes = group_sizes(1'000'000, 2000, 2'000'000);
    CHECK(sizes.front() > 20 * sizes[sizes.size() / 2]);
}

TEST_CASE("More memberships than there are pairs are refused")
{
    CHECK_FALSE(check(GenerateSpec{.users = 10, .groups = 2, .memberships = 20}));
    const auto problem = check(GenerateSpec{.users = 10, .groups = 2, .memberships = 21});
    REQUIRE(problem);
    CHECK(problem->remedy == "at most 20: each user once in each group");
}

TEST_CASE("Generated people make way for those who are there already")
{
    Directory directory;
    const Directory alone = made({.users = 1, .seed = 1});
    const std::string handle(alone.handle(UserId{0}));
    const std::pair<Attribute, std::string_view> values[] = {{Attribute::handle, handle}, {Attribute::user_name, "other@acme.test"}};
    directory.add_user(Guid{}, values, true, TimePoint{});
    generate(directory, {.users = 1, .seed = 1}, TimePoint{});
    CHECK(directory.handle(UserId{1}) == handle + "2");
}

TEST_CASE("The plain forms of names are unique, so that handles of different names never meet")
{
    std::set<std::string_view> given, family;
    for (const auto& name : words::given_names) given.insert(name.plain);
    for (const auto& name : words::family_names) family.insert(name.plain);
    CHECK(given.size() == words::given_names.size());
    CHECK(family.size() == words::family_names.size());
    std::uint32_t share = 0;
    for (const auto& department : words::departments) share += department.share;
    CHECK(share == 1000);
}
