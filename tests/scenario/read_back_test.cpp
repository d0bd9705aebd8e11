// SPDX-License-Identifier: Apache-2.0
#include "scenario/read_back.h"
#include "tests/catch.h"
#include "tests/scenario/stage.h"

#include <algorithm>

using namespace provsim;

namespace {

// Ada, her manager grace and the group of both, in the directory and as they should be in the target.
void set_up(Stage& stage)
{
    stage.scope.mode = ScopeMode::assigned;
    stage.add_user("grace");
    stage.edit(AddUser{"ada",
                       {{"userName", "ada@acme.test"}, {"givenName", "Ada"}, {"familyName", "Lovelace"}, {"department", "R&D"}, {"mailNickname", "ada"},
                        {"mail", "ada@acme.test"}},
                       true,
                       "grace"});
    stage.edit(AddGroup{"engineers", "Engineers", {"ada", "grace"}});
    stage.edit(Assign{"group:engineers"});
    const std::string grace = stage.provision("user:grace", R"({"userName":"GRACE@acme.test","active":true})");
    const std::string ada = stage.provision("user:ada", R"({"userName":"ada@acme.test","active":true,"externalId":"ada",
        "name":{"givenName":"Ada","familyName":"Lovelace","formatted":"Ada Lovelace"},"emails":[{"type":"work","value":"ada@acme.test"}],
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"R&D","manager":{"value":")" + grace + R"("}}})");
    stage.provision("group:engineers", R"({"displayName":"Engineers","externalId":")" + to_string(stage.directory.object_id(stage.object("group:engineers"))) +
                                           R"(","members":[{"value":")" + ada + R"("},{"value":")" + grace + R"("}]})");
}

std::string path_of(Stage& stage, const std::string& name)
{
    const ObjectRef object = stage.object(name);
    return (object.is_group() ? "/Groups/" : "/Users/") + std::string(stage.links.find(object)->target_id);
}

void patch(Stage& stage, const std::string& name, const std::string& operation)
{
    stage.send(Method::patch, path_of(stage, name), R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[)" + operation + "]}");
}

std::vector<std::string> differences(Stage& stage, ReadBackOptions options = {})
{
    std::vector<std::string> out;
    for (const TargetDifference& difference : compare_with_projection(stage.directory, stage.scope, stage.links, stage.reader, options)) out.push_back(describe(difference));
    return out;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("A target in step with the directory shows no difference")
{
    Stage stage;
    set_up(stage);
    CHECK(differences(stage) == Lines{});
}

TEST_CASE("Pages that are smaller than the target are walked to the end")
{
    Stage stage;
    set_up(stage);
    for (int i = 0; i < 7; ++i) stage.send(Method::post, "/Users", R"({"userName":"other)" + std::to_string(i) + R"(@acme.test"})");
    ReadBackOptions options;
    options.page = 2;
    stage.reader.requests = 0;
    CHECK(differences(stage, options) == Lines{});
    CHECK(stage.reader.requests == 5 + 1);   // 9 users, and the one group
}

TEST_CASE("Each way to be out of step is found")
{
    Stage stage;
    set_up(stage);

    SECTION("another value")
    {
        patch(stage, "user:ada", R"({"op":"replace","path":"name.givenName","value":"Eda"})");
        CHECK(differences(stage) == Lines{"user:ada name.givenName: expected \"Ada\" (string), got \"Eda\" (string)"});
    }
    SECTION("another case is no difference, except in externalId")
    {
        patch(stage, "user:ada", R"({"op":"replace","path":"name.givenName","value":"ADA"},{"op":"replace","path":"externalId","value":"ADA"})");
        CHECK(differences(stage) == Lines{"user:ada externalId: expected \"ada\" (string), got \"ADA\" (string)"});
    }
    SECTION("a value that is missing")
    {
        patch(stage, "user:ada", R"({"op":"remove","path":"emails"})");
        CHECK(differences(stage) == Lines{"user:ada emails[type eq \"work\"].value: expected \"ada@acme.test\" (string), got nothing"});
    }
    SECTION("a value that was cleared in the directory is left alone")
    {
        stage.edit(UpdateUser{"ada", {{"department", ""}}});
        CHECK(differences(stage) == Lines{});
    }
    SECTION("a user who is gone")
    {
        const std::string id(stage.links.find(stage.object("user:grace"))->target_id);
        stage.send(Method::delete_, "/Users/" + id);
        const auto found = differences(stage);
        CHECK(std::count(found.begin(), found.end(), "user:grace (resource): expected to be there, got GET /Users/" + id + " answered 404") == 1);
        CHECK(std::count(found.begin(), found.end(), "group:engineers members: expected user:grace, got not a member") == 1);
    }
    SECTION("a user who was never provisioned")
    {
        stage.add_user("bob");
        CHECK(differences(stage) == Lines{});   // not in scope
        stage.edit(Assign{"user:bob"});
        CHECK(differences(stage) == Lines{"user:bob (resource): expected a link, got none: it was never provisioned"});
    }
    SECTION("a disabled user who is still active")
    {
        stage.edit(DisableUser{"ada"});
        CHECK(differences(stage) == Lines{"user:ada active: expected false (boolean), got true (boolean)"});
        patch(stage, "user:ada", R"({"op":"replace","path":"active","value":false})");
        CHECK(differences(stage) == Lines{});
    }
    SECTION("a member too few and one too many")
    {
        stage.edit(RemoveMembers{"engineers", {"grace"}});
        stage.edit(Assign{"user:grace"});
        CHECK(differences(stage) == Lines{"group:engineers members: expected no user:grace, got a member"});
        const std::string grace(stage.links.find(stage.object("user:grace"))->target_id);
        patch(stage, "group:engineers", R"({"op":"remove","path":"members[value eq \")" + grace + R"(\"]"})");
        CHECK(differences(stage) == Lines{});
        stage.edit(AddMembers{"engineers", {"grace"}});
        CHECK(differences(stage) == Lines{"group:engineers members: expected user:grace, got not a member"});
    }
    SECTION("a group that should be gone")
    {
        stage.edit(Assign{"user:ada"});
        stage.edit(Assign{"user:grace"});
        stage.edit(Unassign{"group:engineers"});
        CHECK(differences(stage) == Lines{"group:engineers (resource): expected nothing, got it is still there"});
    }
    SECTION("another manager")
    {
        patch(stage, "user:ada", R"({"op":"remove","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager"})");
        const auto found = differences(stage);
        REQUIRE(found.size() == 1);
        CHECK_THAT(found[0], Catch::Matchers::StartsWith("user:ada urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager: expected"));
    }
}

TEST_CASE("A quirk forgives one kind of difference of one target, and says why")
{
    Stage stage;
    set_up(stage);
    patch(stage, "user:ada", R"({"op":"remove","path":"emails"},{"op":"replace","path":"name.givenName","value":"Eda"})");
    const auto quirks = parse_quirks("# target | kind | attribute | what | why\n\nscimmy | user | emails* | missing | does not return them\n"
                                     "scimmy | * | name.givenName | missing | only when missing\n", "quirks.txt");
    REQUIRE(quirks);
    ReadBackOptions options;
    options.quirks = quirks.value();
    options.target = "scimmy";
    CHECK(differences(stage, options) == Lines{"user:ada name.givenName: expected \"Ada\" (string), got \"Eda\" (string)"});
    options.target = "other";
    CHECK(differences(stage, options).size() == 2);
}

TEST_CASE("A quirk without a reason is refused")
{
    const auto quirks = parse_quirks("scimmy | user | emails | missing\nscimmy | robot | x | missing | why\n", "quirks.txt");
    REQUIRE_FALSE(quirks);
    REQUIRE(quirks.problems().size() == 2);
    CHECK(quirks.problems()[0].what == "a quirk has five columns, the last says why");
    CHECK(quirks.problems()[1].what == "\"robot\" is no kind of object");
    CHECK(quirks.problems()[1].place.line == 2);
}
