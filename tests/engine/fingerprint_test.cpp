// SPDX-License-Identifier: Apache-2.0
#include "ledger/fingerprint.h"
#include "model/check.h"
#include "tests/engine/stage.h"

#include <set>

using namespace provsim;

namespace {

// Asks and answers of one small run; tests change one thing at a time.
struct Exchanged {
    ExchangeNumber number = 1;
    TimePoint sent = opening;
    Method method = Method::patch;
    std::string target = "/Users/4711";
    std::string body = R"({"value":"4711"})";
    IdSpan in_path{UserId{3}, 7, 4};
    IdSpan in_body{UserId{3}, 10, 4};
    std::vector<IdSpan> more_in_body{};
    TimePoint answered = opening + milliseconds{50};
    int status = 200;
    Failure failure = Failure::none;

    std::string digest() const
    {
        Fingerprint fingerprint;
        Ask ask;
        ask.request.method = method;
        ask.request.target = target;
        ask.request.body = body;
        ask.id_in_path = in_path;
        ask.id_in_body = in_body;
        ask.more_in_body = more_in_body;
        fingerprint.sent(number, sent, ask);
        Reply reply = no_reply(failure, "words");
        reply.status = status;
        fingerprint.answered(number, answered, reply);
        return fingerprint.digest();
    }
};

}  // namespace

TEST_CASE("A fingerprint does not depend on the ids a target made up, but on whom they stand for")
{
    const std::string digest = Exchanged{}.digest();
    Exchanged other;
    other.target = "/Users/c0ffee-longer";
    other.in_path.length = 13;
    other.body = R"({"value":"x"})";
    other.in_body.length = 1;
    CHECK(other.digest() == digest);
    other.in_path.object = UserId{4};
    CHECK(other.digest() != digest);
    other.in_path.object = GroupId{3};
    CHECK(other.digest() != digest);
}

TEST_CASE("That holds for every id in a body")
{
    Exchanged one, other;
    one.body = R"(["4711","4712","4713"])";
    one.in_body = {UserId{3}, 2, 4};
    one.more_in_body = {{UserId{4}, 9, 4}, {UserId{5}, 16, 4}};
    other.body = R"(["a","long-one",""])";
    other.in_body = {UserId{3}, 2, 1};
    other.more_in_body = {{UserId{4}, 6, 8}, {UserId{5}, 17, 0}};
    CHECK(one.digest() == other.digest());
    other.more_in_body[1].object = UserId{6};
    CHECK(one.digest() != other.digest());
    other.more_in_body = {{UserId{4}, 1, 8}};      // stands before the one before it
    CHECK_THROWS_AS(other.digest(), OurBug);
}

TEST_CASE("Everything else makes another fingerprint")
{
    using Change = void (*)(Exchanged&);
    const std::pair<const char*, Change> changes[] = {
        {"nothing", [](Exchanged&) {}},
        {"number", [](Exchanged& e) { e.number = 2; }},
        {"sent", [](Exchanged& e) { e.sent += milliseconds{1}; }},
        {"method", [](Exchanged& e) { e.method = Method::put; }},
        {"target", [](Exchanged& e) { e.target[1] = 'u'; }},
        {"target after the id", [](Exchanged& e) { e.target += '/'; }},
        {"body", [](Exchanged& e) { e.body[2] = 'V'; }},
        {"body after the id", [](Exchanged& e) { e.body += ' '; }},
        {"an id that is not marked", [](Exchanged& e) { e.in_body.length = 0; }},
        {"another unmarked id", [](Exchanged& e) { e.in_body.length = 0, e.body[10] = '5'; }},
        {"no body", [](Exchanged& e) { e.in_body.length = 0, e.body.clear(); }},
        {"answered", [](Exchanged& e) { e.answered += milliseconds{1}; }},
        {"status", [](Exchanged& e) { e.status = 201; }},
        {"failure", [](Exchanged& e) { e.status = 0, e.failure = Failure::timeout; }},
        {"another failure", [](Exchanged& e) { e.status = 0, e.failure = Failure::reset; }},
    };
    std::set<std::string> digests;
    for (const auto& [what, change] : changes) {
        Exchanged e;
        change(e);
        CAPTURE(what);
        CHECK(e.digest().size() == 16);
        CHECK(digests.insert(e.digest()).second);
    }
}

TEST_CASE("Requests that run into each other make another fingerprint than requests kept apart")
{
    Exchanged one, other;
    one.in_path.length = one.in_body.length = other.in_path.length = other.in_body.length = 0;
    one.target = "/Users", one.body = "12";
    other.target = "/Users1", other.body = "2";
    CHECK(one.digest() != other.digest());
}

TEST_CASE("A fingerprint can be asked for at any time and is the same on every machine")
{
    Fingerprint empty;
    CHECK(empty.digest() == "2d06800538d394c2");    // XXH3 of nothing
    CHECK(Exchanged{}.digest() == "67167ee63a3bed7e");

    // A whole run: the committed value holds for every compiler and build.
    Stage stage(20, 2);
    for (unsigned u = 0; u < 20; ++u) stage.directory.add_member(GroupId{u % 2}, UserId{u}, opening);
    stage.directory.forget_changes();
    stage.options.seed = 42;
    stage.options.latency = LatencyModel::around(milliseconds{80}, milliseconds{400});
    stage.wire.answers["/u3"] = {{429, {}, "30"}, {500, {}, {}}, {200, {}, {}}};
    stage.started();
    stage.play(hours{2});
    CHECK(stage.engine().fingerprint() == "9b3ef1971ed4a668");
    CHECK(stage.engine().exchanges() == 44);
}

TEST_CASE("Another seed makes another run")
{
    std::set<std::string> digests;
    for (std::uint64_t seed : {1u, 2u, 2u}) {
        Stage stage(5);
        stage.options.seed = seed;
        stage.options.latency = LatencyModel::around(milliseconds{80}, milliseconds{400});
        stage.started();
        stage.play(hours{1});
        digests.insert(stage.engine().fingerprint());
    }
    CHECK(digests.size() == 2);
}

TEST_CASE("An id that stands beyond the request's end is our bug")
{
    Exchanged e;
    e.in_path.at = 10;
    CHECK_THROWS_AS(e.digest(), OurBug);
}
