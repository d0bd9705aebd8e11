// SPDX-License-Identifier: Apache-2.0
#include "scenario/describe.h"
#include "tests/catch.h"
#include "tests/scenario/stage.h"

using namespace provsim;
using Catch::Matchers::ContainsSubstring;
using Since = TrafficExpectation::Since;

namespace {

// "GET /Users" -> method and path.
SequenceExpectation sequence_of(std::initializer_list<std::pair<const char*, const char*>> wanted, bool exact = false)
{
    SequenceExpectation what;
    what.exact = exact;
    for (const auto& [method, path] : wanted) {
        auto& element = what.steps.emplace_back();
        element.method = pattern(method);
        element.path = pattern({{"startsWith", path}});
        element.place = {"a.yaml", 50 + static_cast<int>(what.steps.size()), 7};
    }
    return what;
}

}  // namespace

TEST_CASE("sequence finds exchanges in their order, with others between them")
{
    Stage stage;
    const auto held = [&](const SequenceExpectation& what) { return stage.judge({"", what, {"a.yaml", 50, 5}}).held; };
    stage.exchange(Method::get, "/Users?filter=a", 200);
    stage.exchange(Method::get, "/Users?filter=b", 200);
    stage.exchange(Method::post, "/Users", 201, R"({"userName":"ada"})");
    stage.exchange(Method::patch, "/Users/6f1c", 204);
    CHECK(held(sequence_of({{"GET", "/Users"}, {"POST", "/Users"}})));
    CHECK(held(sequence_of({{"GET", "/Users"}, {"GET", "/Users"}, {"PATCH", "/Users/"}})));
    CHECK_FALSE(held(sequence_of({{"GET", "/Users"}, {"GET", "/Users"}, {"GET", "/Users"}})));
    CHECK_FALSE(held(sequence_of({{"PATCH", "/Users"}, {"POST", "/Users"}})));

    CHECK(held(sequence_of({{"GET", "/Users"}, {"POST", "/Users"}}, true)));        // the second GET begins it
    CHECK(held(sequence_of({{"GET", "/"}, {"GET", "/"}, {"POST", "/"}, {"PATCH", "/"}}, true)));
    CHECK_FALSE(held(sequence_of({{"GET", "/Users"}, {"PATCH", "/Users"}}, true)));
    CHECK_FALSE(held(sequence_of({{"PATCH", "/Users"}, {"GET", "/Users"}}, true)));

    SequenceExpectation body = sequence_of({{"GET", "/Users"}, {"POST", "/Users"}});
    body.steps[1].body = pattern({{"userName", "ada"}});
    CHECK(held(body));
    CHECK(depth_needed({"", body, {}}) == JournalDepth::bodies);
    body.steps[1].body = pattern({{"userName", "bob"}});
    CHECK_FALSE(held(body));

    stage.pass(minutes{40});
    stage.step("quiet");
    CHECK_FALSE(held(sequence_of({{"GET", "/Users"}})));
    SequenceExpectation since_start = sequence_of({{"GET", "/Users"}});
    since_start.since = Since::start;
    CHECK(held(since_start));
}

TEST_CASE("sequence goes by the order of sending, not of answers")
{
    Stage stage;
    Ask ask;
    const auto answered = [&](ExchangeNumber number, Method method, TimePoint sent) {
        ask.request.method = method;
        ask.request.target = "/Users";
        Reply reply;
        reply.status = 200;
        stage.journal.exchanged({number, 1, Task{}, ask, reply, sent, stage.now, 1, true});
    };
    stage.pass(seconds{9});
    answered(2, Method::post, stage.now - seconds{1});
    answered(1, Method::get, stage.now - seconds{2});
    CHECK(stage.judge({"", sequence_of({{"GET", "/"}, {"POST", "/"}}, true), {}}).held);
    CHECK_FALSE(stage.judge({"", sequence_of({{"POST", "/"}, {"GET", "/"}}), {}}).held);
}

TEST_CASE("sequence names the first element that is not there, the nearest miss, and one that came too early")
{
    Stage stage;
    stage.exchange(Method::post, "/Users", 201);
    stage.exchange(Method::get, "/Users?filter=a", 200);
    stage.exchange(Method::patch, "/Users/6f1c", 204);
    const Finding late = stage.judge({"", sequence_of({{"GET", "/Users"}, {"POST", "/Users"}}), {"a.yaml", 50, 5}});
    CHECK(late.summary == "element 2 of 2 (method POST, path {\"startsWith\":\"/Users\"}): not found after GET /Users?filter=a 200 at T+0:00:00");
    CHECK(late.evidence == "3 exchanges since the step began: 1 GET, 1 POST, 1 PATCH\n"
                           "earlier: POST /Users 201 at T+0:00:00\n"
                           "nearest: PATCH /Users/6f1c 204 at T+0:00:00\n"
                           "method: expected \"POST\" (string), got \"PATCH\" (string)");
    CHECK(late.place.line == 52);

    const Finding none = stage.judge({"", sequence_of({{"DELETE", "/Users"}}, true), {}});
    CHECK(none.summary == "element 1 of 1 (method DELETE, path {\"startsWith\":\"/Users\"}): not found");

    const Finding other = stage.judge({"", sequence_of({{"POST", "/Users"}, {"PATCH", "/Users"}}, true), {}});
    CHECK(other.summary == "element 2 of 2 (method PATCH, path {\"startsWith\":\"/Users\"}): expected right after POST /Users 201 at T+0:00:00, "
                           "found GET /Users?filter=a 200 at T+0:00:00");
    CHECK_THAT(other.evidence, ContainsSubstring("\nmethod: expected \"PATCH\" (string), got \"GET\" (string)"));
    const Finding over = stage.judge({"", sequence_of({{"PATCH", "/Users"}, {"GET", "/Users"}}, true), {}});
    CHECK_THAT(over.summary, ContainsSubstring("expected right after PATCH /Users/6f1c 204 at T+0:00:00, where nothing more was sent"));
}

TEST_CASE("sequence is told in a line")
{
    SequenceExpectation order = sequence_of({{"GET", "/Users"}, {"POST", "/Users"}});
    order.since = Since::start;
    CHECK(describe(Expectation{"", order, {}}) ==
          "sequence: method GET, path {\"startsWith\":\"/Users\"}; then method POST, path {\"startsWith\":\"/Users\"}, since the start");
    CHECK(depth_needed(Expectation{"", order, {}}) == JournalDepth::rows);
}
