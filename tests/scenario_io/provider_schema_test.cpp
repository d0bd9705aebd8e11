// SPDX-License-Identifier: Apache-2.0
// provider.schema, and a tenant's export beside it: nothing of what Graph answered is edited.
#include "tests/catch.h"

#include "fixtures.h"

#include "connectors/entra/source.h"

using namespace provsim;

namespace {

const std::string folder = std::string(PROVSIM_FIXTURES) + "/scenario_io/files";

Result<Scenario> load(const std::string& text) { return load_scenario("provsim: 1\n" + text, "story", folder, {}); }

std::string said(const Result<Scenario>& loaded)
{
    std::string messages = fixtures::messages(loaded ? loaded.value().warnings : loaded.problems());
    for (std::size_t at = 0; (at = messages.find(folder + "/")) != std::string::npos;) messages.erase(at, folder.size() + 1);
    return messages;
}

const std::string tenant = "directory: { import: { graph: { users: tenant-users.json, groups: tenant-groups.json } } }\n";

}  // namespace

TEST_CASE("An exported schema gives a scenario its mappings and filters")
{
    const auto loaded = load("provider: { schema: scim-edited.json }\nscope: { mode: all }\n" + tenant);
    CHECK(said(loaded).find("error") == std::string::npos);
    REQUIRE(loaded);
    const Scenario& scenario = loaded.value();
    CHECK(scenario.provider.mappings.users.base == ObjectMapping::Base::nothing);
    CHECK(scenario.provider.mappings.users.rows.size() == 25);
    CHECK(scenario.provider.schema_file == folder + "/scim-edited.json");
    // The tenant's own attributes are where the schema's filters and expressions look for them.
    const View view(scenario.directory);
    const UserId konrad = scenario.directory.find_by_handle(ObjectKind::user, "konrad").user(), grete = scenario.directory.find_by_user_name("grete_uni.test#EXT#@tenant.test");
    CHECK(describe(entitlement(view, scenario.scope, konrad), view) == "everybody is in scope");
    CHECK(describe(entitlement(view, scenario.scope, grete), view) == "ignored: filter extensionAttribute1 NOT EQUALS \"service\": has no value");
    const auto attributes = EntraAttributes::find({"extensionAttribute1", "extension_9b7d3c5214f04a8e8a3f2f0c61d5e7aa_costCenter"}, scenario.directory);
    REQUIRE(attributes);
    const EntraSource source(attributes.value(), view, konrad, false);
    CHECK(to_text(source.value("", 0)) == "inventor");
    CHECK(to_text(source.value("", 1)) == "4711");
    CHECK(said(loaded).find("scim-edited.json: warning: nobody has extensionAttribute2 when the clock starts; give a user custom.extensionAttribute2, or import it  [schema-attribute]\n") != std::string::npos);
}

TEST_CASE("A scenario's own filters beat those of its schema, and say so")
{
    const auto loaded = load("provider: { schema: scim-edited.json }\nscope:\n  mode: all\n  filters: [ { attribute: userName, op: is not null } ]\n  input_filters: []\n" + tenant);
    REQUIRE(loaded);
    CHECK(users_in_scope(View(loaded.value().directory), loaded.value().scope).size() == 2);
    CHECK(said(loaded).find("story:5:12: warning: the filters of scim-edited.json are not used, because \"filters\" is given here; leave it out to use the schema's  [schema-filter]\n") != std::string::npos);
    CHECK(said(loaded).find("story:6:18: warning: the filters of scim-edited.json are not used, because \"input_filters\" is given here") != std::string::npos);
}

TEST_CASE("A schema's filters hold where a scenario has no scope, and its default says nothing")
{
    const auto loaded = load("provider: { schema: scim-edited.json }\n" + tenant);
    REQUIRE(loaded);
    CHECK_FALSE(loaded.value().scope.users.empty());
    CHECK_FALSE(loaded.value().scope.input_users.empty());
    CHECK(said(load("provider: { schema: scim-default.json }\n" + tenant)).empty());
}

TEST_CASE("A schema that cannot be read is a problem of the scenario")
{
    CHECK(said(load("provider: { schema: nowhere.json }\n")) == "story:2:21: error: nowhere.json cannot be read; paths are relative to the scenario's folder  [file]\n");
    CHECK(said(load("provider: { schema: broken.json }\n")).find("broken.json:") == 0);
    CHECK(said(load("provider: { schema: tenant-users.json }\n")).find("tenant-users.json:1:1: error: there are no \"synchronizationRules\" in it; ") == 0);
}

TEST_CASE("A tenant's users and groups are read as Graph answers them")
{
    const auto loaded = load(tenant);
    CHECK(said(loaded).empty());
    REQUIRE(loaded);
    const Directory& directory = loaded.value().directory;
    const UserId konrad = directory.find_by_handle(ObjectKind::user, "konrad").user(), grete = directory.find_by_user_name("grete_uni.test#EXT#@tenant.test");
    REQUIRE(grete != no_user);
    CHECK(directory.value(konrad, Attribute::phone) == "+49 30 901820");
    CHECK(directory.value(konrad, Attribute::title).empty());
    CHECK(directory.enabled(konrad));
    CHECK_FALSE(directory.enabled(grete));
    CHECK(directory.manager(grete) == konrad);
    const auto own = [&](UserId user, const char* name) {
        const auto attribute = directory.find_custom("custom." + std::string(name));
        return attribute ? std::string(directory.value(user, *attribute)) : "no such attribute";
    };
    CHECK(own(konrad, "extensionAttribute1") == "inventor");
    CHECK(own(konrad, "extensionAttribute15") == "Z3");
    CHECK(own(konrad, "extension_9b7d3c5214f04a8e8a3f2f0c61d5e7aa_costCenter") == "4711");
    CHECK(own(konrad, "extension_9b7d3c5214f04a8e8a3f2f0c61d5e7aa_floor") == "2");
    CHECK(own(konrad, "extension_9b7d3c5214f04a8e8a3f2f0c61d5e7aa_onCall") == "False");
    CHECK(own(grete, "extensionAttribute1").empty());
    // Nobody has these, so that there is no such attribute; and what no mapping asks for is left out.
    CHECK(own(konrad, "extensionAttribute2") == "no such attribute");
    CHECK(own(konrad, "userType") == "no such attribute");
    const GroupId builders = directory.find_by_handle(ObjectKind::group, "machine-builders").group(), guests = directory.find_by_handle(ObjectKind::group, "guests").group();
    CHECK(directory.members(builders) == std::vector<UserId>{konrad});
    CHECK(directory.nested(builders) == std::vector<GroupId>{guests});
    CHECK(directory.members(guests) == std::vector<UserId>{grete});
}
