// SPDX-License-Identifier: Apache-2.0
// --provider: a story told to another provider than its own.
#include "tests/catch.h"

#include "fixtures.h"

#include "scenario_io/another_provider.h"

using namespace provsim;

namespace {

constexpr std::string_view orders[] = {"by_name", "by_time"};
constexpr SettingRule rules[] = {{"order", "by_name", orders, 0, 0, "in which order", "assumed", "nowhere"}};

// A provider whose settings are these rules; what it sends does not matter here.
Flavour other()
{
    Flavour flavour{};
    flavour.name = "other";
    flavour.settings = rules;
    return flavour;
}

}  // namespace

TEST_CASE("A cadence and mappings written for one provider are dropped under another")
{
    ProviderSpec provider;
    provider.users = provider.groups = minutes{40};
    provider.one_schedule = true;
    provider.offset = minutes{2};
    provider.default_domain = "acme.test";
    provider.mappings.users.rows.emplace_back().target = "title";
    provider.mappings.groups.enabled = false;
    CHECK(become(provider, other()) == std::vector<std::string>{"cycles", "mappings", "group_mappings"});
    CHECK(provider.profile == "other");
    CHECK_FALSE(provider.users);
    CHECK_FALSE(provider.groups);
    CHECK_FALSE(provider.one_schedule);
    CHECK(provider.offset == Duration{0});
    CHECK(provider.mappings.users.rows.empty());
    CHECK(provider.mappings.groups.enabled);
    CHECK(provider.default_domain == "acme.test");
}

TEST_CASE("A setting stays if the other provider has it, with this value")
{
    ProviderSpec provider;
    provider.settings = {{"order", "by_time", {}}, {"patch_booleans", "json", {}}};
    CHECK(become(provider, other()) == std::vector<std::string>{"settings.patch_booleans"});
    REQUIRE(provider.settings.size() == 1);
    CHECK(provider.settings.front().name == "order");
    provider.settings = {{"order", "by_chance", {}}};
    CHECK(become(provider, other()) == std::vector<std::string>{"settings.order"});
    CHECK(provider.settings.empty());
}

TEST_CASE("The mappings of an exported schema are dropped under another provider, and said once")
{
    ProviderSpec provider;
    provider.schema_file = "export.json";
    provider.mappings.users.base = ObjectMapping::Base::nothing;
    CHECK(become(provider, other()) == std::vector<std::string>{"the mappings of schema"});
    CHECK(provider.mappings.users.base == ObjectMapping::Base::standard);
}

TEST_CASE("Nothing is dropped of a story that says nothing in its provider's language")
{
    ProviderSpec provider;
    CHECK(become(provider, other()).empty());
}

TEST_CASE("A story told to its own provider keeps all it says")
{
    LoadOptions options = fixtures::options();
    options.provider = "entra";
    const auto loaded = load_scenario("provsim: 1\nprovider: { cycles: { all: 30m } }\n", "story", {}, options);
    REQUIRE(loaded);
    CHECK(fixtures::messages(loaded.value().warnings).empty());
    CHECK(loaded.value().provider.users == Duration{minutes{30}});
}

TEST_CASE("A provider that there is not is told with the nearest name")
{
    LoadOptions options = fixtures::options();
    options.provider = "entar";
    const auto loaded = load_scenario("provsim: 1\n", "story", {}, options);
    REQUIRE_FALSE(loaded);
    CHECK(fixtures::messages(loaded.problems()) == "--provider: error: there is no provider \"entar\"; did you mean \"entra\"?  [profile]\n");
    CHECK_FALSE(unknown_provider("entra", {}).has_value());
}
