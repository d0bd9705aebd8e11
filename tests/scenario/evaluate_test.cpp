// SPDX-License-Identifier: Apache-2.0
#include "scenario/describe.h"
#include "tests/catch.h"
#include "tests/scenario/stage.h"

using namespace provsim;
using Catch::Matchers::ContainsSubstring;
using Since = TrafficExpectation::Since;

namespace {

constexpr const char* ada_body = R"({"userName":"ada@acme.test","active":true,"name":{"givenName":"Ada"},"emails":[{"type":"work","value":"ada@acme.test"}],
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Engineering"}})";

Expectation target(TargetExpectation what) { return {"", std::move(what), {"a.yaml", 10, 5}}; }
Expectation traffic(TrafficExpectation what) { return {"", std::move(what), {"a.yaml", 20, 5}}; }
Expectation log(LogExpectation what) { return {"", std::move(what), {"a.yaml", 30, 5}}; }

TargetExpectation has(const std::string& object, const std::string& path, nlohmann::ordered_json value)
{
    TargetExpectation what;
    what.object = object;
    what.has.emplace_back(path, pattern(std::move(value), 11));
    return what;
}

TargetExpectation exists(const std::string& object, bool there)
{
    TargetExpectation what;
    what.object = object;
    what.exists = there;
    return what;
}

}  // namespace

TEST_CASE("target reads a linked user back by id")
{
    Stage stage;
    stage.add_user("ada");
    const std::string id = stage.provision("user:ada", ada_body);
    CHECK(stage.judge(target(exists("user:ada", true))).held);
    CHECK(stage.judge(target(has("user:ada", "active", true))).held);
    CHECK(stage.judge(target(has("user:ada", "userName", "ADA@acme.test"))).held);
    CHECK(stage.judge(target(has("user:ada", "emails[type eq \"work\"].value", "ada@acme.test"))).held);
    CHECK(stage.judge(target(has("user:ada", "/name", {{"givenName", "Ada"}}))).held);

    const Finding wrong = stage.judge(target(has("user:ada", "active", false)));
    CHECK_FALSE(wrong.held);
    CHECK(wrong.summary == "active: expected false (boolean), got true (boolean)");
    CHECK(wrong.place.line == 11);
    CHECK(wrong.evidence == "GET /Users/" + id + " answered 200");

    const Finding there = stage.judge(target(exists("user:ada", false)));
    CHECK_FALSE(there.held);
    CHECK(there.summary == "user:ada: expected not to be in the target");
}

TEST_CASE("target says where an attribute is that was looked for in the wrong schema")
{
    Stage stage;
    stage.add_user("ada");
    stage.provision("user:ada", ada_body);
    const Finding finding = stage.judge(target(has("user:ada", "department", "Engineering")));
    CHECK_FALSE(finding.held);
    CHECK(finding.summary == "department: expected \"Engineering\" (string), got nothing");
    CHECK_THAT(finding.evidence, ContainsSubstring("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department is there"));
}

TEST_CASE("target looks for a user without a link by userName")
{
    Stage stage;
    stage.add_user("ada");
    stage.add_user("grace");
    stage.send(Method::post, "/Users", ada_body);
    CHECK(stage.judge(target(exists("user:ada", true))).held);
    CHECK(stage.judge(target(exists("user:grace", false))).held);
    const Finding missing = stage.judge(target(exists("user:grace", true)));
    CHECK_FALSE(missing.held);
    CHECK_THAT(missing.evidence, ContainsSubstring("with 0 of userName \"grace@acme.test\""));
}

TEST_CASE("target knows what became of somebody who is gone from the directory")
{
    Stage stage;
    stage.add_user("ada");
    const std::string id = stage.provision("user:ada", ada_body);
    LogEntry created = stage.entry({Action::provision, stage.object("user:ada"), {}}, Status::success, LoggedAction::create);
    created.target_id = id;
    stage.journal.logged(created);
    const ObjectRef ada = stage.object("user:ada");
    stage.edit(SoftDeleteUser{"ada"});
    stage.edit(HardDeleteUser{"ada"});
    stage.links.erase(ada);
    CHECK_FALSE(stage.judge(target(exists("user:ada", false))).held);
    stage.send(Method::delete_, "/Users/" + id);
    CHECK(stage.judge(target(exists("user:ada", false))).held);
}

TEST_CASE("target reports a target that cannot be read as that, and not as an absence")
{
    struct Broken final : TargetReader {
        Reply read(const Request&) override { return no_reply(Failure::refused); }
    } broken;
    Stage stage;
    stage.add_user("ada");
    const Evidence sound = stage.evidence();
    const Evidence evidence{sound.journal, sound.directory, sound.links, broken, sound.run_began, sound.step_began, sound.now, sound.step_edits};
    const Finding finding = evaluate(target(exists("user:ada", false)), evidence);
    CHECK_FALSE(finding.held);
    CHECK(finding.summary == "user:ada: the target could not be read");
    CHECK_THAT(finding.evidence, ContainsSubstring("got no answer: connection refused"));
}

TEST_CASE("target compares members by handle")
{
    Stage stage;
    for (const char* name : {"ada", "grace", "bob"}) stage.add_user(name);
    stage.edit(AddGroup{"engineers", "Engineers", {"ada"}});
    const std::string ada = stage.provision("user:ada", R"({"userName":"ada@acme.test"})");
    const std::string bob = stage.provision("user:bob", R"({"userName":"bob@acme.test"})");
    stage.provision("group:engineers", R"({"displayName":"Engineers","members":[{"value":")" + ada + R"("},{"value":")" + bob + R"("}]})");

    TargetExpectation what;
    what.object = "group:engineers";
    what.members_exactly = {"bob", "ada"};
    CHECK(stage.judge(target(what)).held);
    what.members_exactly = {"ada", "grace"};
    const Finding finding = stage.judge(target(what));
    CHECK_FALSE(finding.held);
    CHECK(finding.summary == "members: missing grace; unexpected user:bob (2 in the target)");
    what.members_exactly.reset();
    what.members_include = {"ada"};
    what.members_exclude = {"grace"};
    CHECK(stage.judge(target(what)).held);
    what.members_exclude = {"bob"};
    CHECK(stage.judge(target(what)).summary == "members: unexpected bob (2 in the target)");
}

TEST_CASE("traffic counts what fits since the step began, or since the start")
{
    Stage stage;
    stage.exchange(Method::post, "/Users", 201, "{}");
    stage.pass(minutes{40});
    stage.step("quiet");
    stage.exchange(Method::get, "/Users?filter=userName+eq+%22ada%40acme.test%22", 200);
    stage.exchange(Method::patch, "/Users/6f1c", 204, R"({"Operations":[{"op":"Replace"}]})");

    TrafficExpectation patch;
    patch.method = pattern("PATCH");
    patch.path = pattern({{"match", "^/Users/[^/]+$"}});
    patch.status = pattern("2xx");
    patch.body = pattern({{"Operations", {{"count", 1}}}});
    patch.count = pattern(1);
    CHECK(stage.judge(traffic(patch)).held);

    TrafficExpectation query;
    query.path = pattern("/Users");
    query.query = pattern({{"filter", "userName eq \"ada@acme.test\""}});
    CHECK(stage.judge(traffic(query)).held);

    TrafficExpectation post;
    post.method = pattern("POST");
    CHECK_FALSE(stage.judge(traffic(post)).held);
    post.since = Since::start;
    CHECK(stage.judge(traffic(post)).held);
    post.count = pattern(0, 21);
    const Finding finding = stage.judge(traffic(post));
    CHECK(finding.summary == "exchanges that fit: expected 0 (number), got 1 (number)");
    CHECK(finding.place.line == 21);
    CHECK_THAT(finding.evidence, ContainsSubstring("last that fits: POST /Users 201 at T+0:00:00"));
}

TEST_CASE("traffic names the nearest miss")
{
    Stage stage;
    stage.exchange(Method::get, "/Users?filter=x", 200);
    stage.pass(seconds{1});
    stage.exchange(Method::patch, "/Users/6f1c", 200);
    TrafficExpectation what;
    what.method = pattern("PATCH");
    what.path = pattern({{"startsWith", "/Users/"}});
    what.status = pattern(204);
    const Finding finding = stage.judge(traffic(what));
    CHECK_FALSE(finding.held);
    CHECK(finding.summary == "exchanges that fit: expected at least one, got none");
    CHECK(finding.evidence == "2 exchanges since the step began: 1 GET, 1 PATCH\n"
                              "nearest: PATCH /Users/6f1c 200 at T+0:00:01\n"
                              "status: expected 204 (number), got 200 (number)");
}

TEST_CASE("writes counts POST, PUT, PATCH and DELETE, whatever else is asked")
{
    Stage stage;
    stage.step("quiet");
    TrafficExpectation none;
    none.writes = pattern(0, 22);
    CHECK(stage.judge(traffic(none)).held);
    stage.exchange(Method::get, "/Users", 200);
    CHECK(stage.judge(traffic(none)).held);
    stage.exchange(Method::delete_, "/Users/6f1c", 204);
    const Finding finding = stage.judge(traffic(none));
    CHECK_FALSE(finding.held);
    CHECK(finding.summary == "writes: expected 0 (number), got 1 (number)");
    CHECK(finding.place.line == 22);
    CHECK_THAT(finding.evidence, ContainsSubstring("last write: DELETE /Users/6f1c 204"));
}

TEST_CASE("A request without an answer has no status")
{
    Stage stage;
    stage.exchange(Method::get, "/Users", 0, {}, Failure::timeout);
    TrafficExpectation what;
    what.status = pattern({{"exists", false}});
    CHECK(stage.judge(traffic(what)).held);
    what.status = pattern({{"not", 200}});
    CHECK(stage.judge(traffic(what)).held);
    what.status = pattern(0);
    CHECK_FALSE(stage.judge(traffic(what)).held);
}

TEST_CASE("What ended in the very instant in which a step began is not the step's")
{
    Stage stage;
    stage.add_user("ada");
    stage.exchange(Method::post, "/Users", 201, "{}");
    stage.log("user:ada", LoggedAction::create);
    stage.step("next");
    Evidence evidence = stage.evidence();
    evidence.exchanges_before = stage.journal.exchanges().size();
    evidence.entries_before = stage.journal.entries().size();
    TrafficExpectation none;
    none.writes = pattern(0);
    CHECK(evaluate(traffic(none), evidence).held);
    LogExpectation nothing;
    nothing.count = pattern(0);
    CHECK(evaluate(log(nothing), evidence).held);
}

TEST_CASE("log asks the provisioning log about somebody, and names the nearest miss")
{
    Stage stage;
    stage.add_user("ada");
    stage.add_user("bob");
    stage.log("user:ada", LoggedAction::create);
    stage.log({Action::provision, stage.object("user:bob"), {}}, Status::skipped, LoggedAction::other, "NotEffectivelyEntitled");
    LogExpectation what;
    what.identity = "user:bob";
    what.status = pattern("skipped");
    what.reason = pattern("NotEffectivelyEntitled");
    CHECK(stage.judge(log(what)).held);
    what.identity = "user:ada";
    const Finding finding = stage.judge(log(what));
    CHECK_FALSE(finding.held);
    CHECK(finding.summary == "log entries that fit: expected at least one, got none");
    CHECK(finding.evidence == "1 log entry on user:ada since the step began\nnearest: create user:ada success at T+0:00:00\n"
                              "status: expected \"skipped\" (string), got \"success\" (string)");
    LogExpectation twice;
    twice.count = pattern({{"gte", 2}});
    CHECK(stage.judge(log(twice)).held);
    LogExpectation nobody;
    nobody.identity = "user:eve";
    CHECK(stage.judge(log(nobody)).summary == "user:eve was never in the directory");
}

TEST_CASE("log asks for the sentence that explains an entry, too")
{
    Stage stage;
    stage.add_user("ada");
    auto entry = stage.entry({Action::provision, stage.object("user:ada"), {}}, Status::skipped, LoggedAction::other, "NotEffectivelyEntitled");
    entry.outcome.detail = "User 'ada' does not pass filter title IS NULL: is \"x\"";
    stage.journal.logged(entry);
    LogExpectation what;
    what.detail = pattern({{"contains", "filter title IS NULL"}});
    CHECK(stage.judge(log(what)).held);
    what.detail = pattern({{"contains", "filter mail"}});
    CHECK(stage.judge(log(what)).evidence.find("detail: expected a text that contains \"filter mail\"") != std::string::npos);
}

TEST_CASE("propagated tells how long a change took, by what, and whether that was in time")
{
    Stage stage;
    stage.add_user("ada", {{"department", "Sales"}});
    stage.step("mover");
    stage.edit(UpdateUser{"ada", {{"department", "Research"}}});
    PropagatedExpectation what;
    what.change = "mover.1";
    what.within = minutes{40};
    const auto judged = [&] { return stage.judge({"", what, {"a.yaml", 40, 5}}); };

    stage.pass(minutes{10});
    const Finding early = judged();
    CHECK_FALSE(early.held);
    CHECK(early.summary == "mover.1: has not landed after 10 min (limit 40 min)");
    CHECK(early.evidence == "made at T+0:00:00\nno log entry on user:ada since");

    stage.pass(minutes{20});
    stage.begin_run(3, RunKind::incremental, true, false);
    stage.log("user:ada", LoggedAction::update);
    const Finding landed = judged();
    CHECK(landed.held);
    CHECK(landed.summary == "mover.1: landed after 30 min (limit 40 min) by a user cycle");

    what.by = PropagatedExpectation::By::on_demand;
    CHECK_FALSE(judged().held);
    CHECK(judged().summary == "mover.1: landed after 30 min (limit 40 min) by a user cycle, expected on-demand");
    what.by = PropagatedExpectation::By::user_cycle;
    what.within = minutes{20};
    CHECK_FALSE(judged().held);
    what.change = "user.move ada";
    CHECK(judged().summary == "\"user.move ada\" names no change that was made so far");
}

TEST_CASE("An expectation is told in a line")
{
    TargetExpectation what = has("user:ada", "active", false);
    what.exists = true;
    CHECK(describe(target(what)) == "user:ada exists in the target, active = false");
    TrafficExpectation none;
    none.writes = pattern(0);
    CHECK(describe(traffic(none)) == "traffic: writes 0");
    PropagatedExpectation landing;
    landing.change = "leaver.1";
    landing.within = minutes{40};
    landing.by = PropagatedExpectation::By::user_cycle;
    CHECK(describe(Expectation{"", landing, {}}) == "leaver.1 lands within 40 min by user-cycle");
    none.body = pattern({{"a", 1}});
    CHECK(depth_needed(traffic(none)) == JournalDepth::bodies);
    CHECK(depth_needed(target(what)) == JournalDepth::rows);
}
