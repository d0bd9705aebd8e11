// SPDX-License-Identifier: Apache-2.0
#include "engine/faults.h"
#include "engine/loopback.h"
#include "engine/omit_attribute.h"
#include "tests/catch.h"
#include "tests/engine/stage.h"

using namespace provsim;

namespace {

// Answers 200 to everything and remembers what it was asked.
struct Echo final : Handler {
    std::vector<std::string> asked;
    Response handle(const Request& request, std::string_view, TimePoint) override
    {
        asked.push_back(request.target);
        return {200, {}, R"({"id":"1"})"};
    }
};

struct Path {
    Inbox inbox;
    Echo target;
    LoopbackTransport loopback{target, inbox};
    FaultTransport faults{loopback, inbox};
    ExchangeNumber number = 0;

    Reply ask(Method method, const char* path)
    {
        const Request request{method, path, nullptr, {}};
        faults.send(++number, request, opening);
        auto reply = inbox.take(number);
        REQUIRE(reply);
        return std::move(*reply);
    }
    int status(Method method, const char* path) { return ask(method, path).status; }
};

FaultRule rule(std::string name, int status, std::string path = {}, std::optional<std::uint64_t> times = {})
{
    FaultRule r;
    r.name = std::move(name);
    r.status = status;
    r.path = std::move(path);
    r.times = times;
    return r;
}

}  // namespace

TEST_CASE("Each kind of fault does to a request what its name says")
{
    struct Row { FaultKind kind; int status; Failure failure; Duration late; bool reached; };
    const Row rows[] = {
        {FaultKind::status, 503, Failure::none, seconds{0}, false},
        {FaultKind::latency, 200, Failure::none, seconds{7}, true},
        {FaultKind::lost_reply, 0, Failure::timeout, seconds{0}, true},     // the target did act
        {FaultKind::reset, 0, Failure::reset, seconds{0}, false},
        {FaultKind::answer, 503, Failure::none, seconds{0}, false},
        {FaultKind::omit, 200, Failure::none, seconds{0}, true},
    };
    for (const Row& row : rows) {
        CAPTURE(static_cast<int>(row.kind));
        Path path;
        FaultRule r = rule("trouble", 503);
        r.kind = row.kind;
        r.delay = seconds{7};
        path.faults.add(r);
        const Reply reply = path.ask(Method::post, "/Users");
        CHECK(reply.status == row.status);
        CHECK(reply.failure == row.failure);
        CHECK(reply.extra_delay == row.late);
        CHECK(path.target.asked.size() == (row.reached ? 1u : 0u));
        CHECK(path.faults.strikes() == 1);
    }
}

TEST_CASE("A status fault answers a SCIM error that names the fault, with Retry-After in whole seconds if it has one")
{
    Path path;
    FaultRule r = rule("an \"odd\" name", 429);
    r.retry_after = milliseconds{1500};
    path.faults.add(r);
    const Reply reply = path.ask(Method::get, "/Users");
    CHECK(find_header(reply.headers, "retry-after") == "2");
    REQUIRE(reply.document.filled());
    CHECK(string_member(reply.document.root(), "status") == "429");
    CHECK(reply.error_text() == "answered by the fault 'an \"odd\" name'");

    path.faults.add(rule("an \"odd\" name", 500));
    CHECK(find_header(path.ask(Method::get, "/Users").headers, "Retry-After").empty());
}

TEST_CASE("An answer fault answers its body, whatever it is")
{
    Path path;
    FaultRule r = rule("odd", 201);
    r.kind = FaultKind::answer;
    r.body = R"({"userName":"ada"})";
    r.retry_after = seconds{9};
    path.faults.add(r);
    const Reply reply = path.ask(Method::post, "/Users");
    CHECK(reply.body == r.body);
    CHECK(reply.document.filled());
    CHECK(reply.id().empty());
    CHECK(find_header(reply.headers, "Retry-After") == "9");
    r.body = "<html>";
    path.faults.add(r);
    CHECK_FALSE(path.ask(Method::post, "/Users").document.filled());
    CHECK(path.target.asked.empty());
}

TEST_CASE("An omit fault takes an attribute out of resources, lists of them and their extensions, and nothing else")
{
    struct Row { const char* answered; const char* heard; };
    const Row rows[] = {
        {R"({"id":"1","title":"a","name":{"title":"b"}})", R"({"id":"1","name":{"title":"b"}})"},
        {R"({"Title":1})", "{}"},
        {R"({"urn:x":{"title":"a","b":[1, 2.5,null]},"Resources":[{"title":"a","id":"1"},7]})", R"({"urn:x":{"b":[1,2.5,null]},"Resources":[{"id":"1"},7]})"},
        {R"({"urn:x":{"title":"a"}, "q":"\"\u00e9" })", "{\"urn:x\":{},\"q\":\"\\\"\xC3\xA9\"}"},
        {R"({ "id" : "1", "titles" : "title" })", R"({ "id" : "1", "titles" : "title" })"},     // nothing to take: as it came
        {"title", "title"},
        {"", ""},
    };
    for (const Row& row : rows) {
        CAPTURE(row.answered);
        JsonReader reader;
        Reply reply = read_reply({404, {{"ETag", "x"}}, row.answered}, reader);
        reply.extra_delay = seconds{2};
        omit_attribute(reply, "title", reader);
        CHECK(reply.body == row.heard);
        CHECK(reply.status == 404);
        CHECK(find_header(reply.headers, "etag") == "x");
        CHECK(reply.extra_delay == seconds{2});
    }
}

TEST_CASE("A rule strikes the requests whose method and path it names, as often as it says")
{
    struct Row { std::optional<Method> method; const char* path; std::optional<std::uint64_t> times; std::vector<int> statuses; };
    // Asked: GET /Users/1, POST /Users, POST /Groups, GET /Users/1, POST /Users
    const Row rows[] = {
        {{}, "", {}, {503, 503, 503, 503, 503}},
        {Method::post, "", {}, {200, 503, 503, 200, 503}},
        {{}, "/Users", {}, {503, 503, 200, 503, 503}},
        {{}, "/Users/", {}, {503, 200, 200, 503, 200}},
        {Method::get, "/Groups", {}, {200, 200, 200, 200, 200}},
        {{}, "/Users/1/longer", {}, {200, 200, 200, 200, 200}},
        {{}, "", 2, {503, 503, 200, 200, 200}},
        {Method::post, "/Users", 1, {200, 503, 200, 200, 200}},
        {{}, "", 0, {200, 200, 200, 200, 200}},
    };
    for (const Row& row : rows) {
        CAPTURE(row.path, row.times.value_or(999));
        Path path;
        FaultRule r = rule("r", 503, row.path, row.times);
        r.method = row.method;
        path.faults.add(r);
        const std::vector<int> statuses{path.status(Method::get, "/Users/1"), path.status(Method::post, "/Users"),
                                        path.status(Method::post, "/Groups"), path.status(Method::get, "/Users/1"),
                                        path.status(Method::post, "/Users")};
        CHECK(statuses == row.statuses);
    }
}

TEST_CASE("The first rule that matches strikes; a replaced rule is asked last; a removed one is not asked")
{
    Path path;
    path.faults.add(rule("one", 501, "", 1));
    path.faults.add(rule("two", 502));
    CHECK(path.status(Method::get, "/Users") == 501);
    CHECK(path.status(Method::get, "/Users") == 502);       // the first is used up
    path.faults.add(rule("three", 503));
    path.faults.add(rule("two", 504));
    CHECK(path.status(Method::get, "/Users") == 503);
    CHECK(path.faults.remove("three"));
    CHECK(path.status(Method::get, "/Users") == 504);
    CHECK_FALSE(path.faults.remove("three"));
    CHECK(path.faults.remove("one"));                       // used up, but still known
    path.faults.clear();
    CHECK(path.status(Method::get, "/Users") == 200);
    CHECK(path.faults.strikes() == 4);
}

TEST_CASE("Delay and loss befall answers that come late from the wire, too")
{
    Inbox inbox;
    ScriptedTransport wire(inbox);
    wire.order = WireOrder::last_first;
    FaultTransport faults(wire, inbox);
    FaultRule lost = rule("lost", 0, "/lost");
    lost.kind = FaultKind::lost_reply;
    FaultRule late = rule("late", 0, "/late");
    late.kind = FaultKind::latency;
    late.delay = seconds{3};
    faults.add(lost);
    faults.add(late);
    const Request requests[] = {{Method::get, "/lost", nullptr, {}}, {Method::get, "/late", nullptr, {}}, {Method::get, "/fine", nullptr, {}}};
    for (ExchangeNumber i = 0; i < 3; ++i) faults.send(i + 1, requests[i], opening);
    faults.clear();     // what is under way keeps its fate
    for (int i = 0; i < 3; ++i) {
        CHECK_FALSE(inbox.has(1));
        CHECK(faults.wait());
    }
    CHECK(inbox.take(1)->failure == Failure::timeout);
    CHECK(inbox.take(2)->extra_delay == seconds{3});
    CHECK(inbox.take(3)->extra_delay == seconds{0});
}

TEST_CASE("A reply that takes longer than the provider waits is a timeout at the end of its patience")
{
    struct Row { const char* why; FaultKind kind; Duration latency, delay; const char* answered; };
    const Row rows[] = {
        {"late, but in time", FaultKind::latency, milliseconds{50}, seconds{10}, "0:00:10.050 /u0 200"},
        {"just in time", FaultKind::latency, milliseconds{50}, milliseconds{59'950}, "0:01:00 /u0 200"},
        {"too late by a millisecond", FaultKind::latency, milliseconds{50}, milliseconds{59'951}, "0:01:00 /u0 timeout"},
        {"lost", FaultKind::lost_reply, milliseconds{50}, seconds{0}, "0:01:00 /u0 timeout"},
        {"slow by itself", FaultKind::latency, seconds{61}, seconds{0}, "0:01:00 /u0 timeout"},
        {"as slow as can be", FaultKind::latency, seconds{60}, seconds{0}, "0:01:00 /u0 200"},
        {"reset", FaultKind::reset, milliseconds{50}, seconds{0}, "0:00:00.050 /u0 connection reset"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.why);
        Stage stage(1);
        stage.options.latency = LatencyModel::constant(row.latency);
        FaultRule r = rule("r", 0);
        r.kind = row.kind;
        r.delay = row.delay;
        stage.faults.add(r);
        stage.started();
        stage.play(minutes{10});
        CHECK(stage.diary.answered == Lines{row.answered});
    }
}

TEST_CASE("A target that is slow beyond the timeout without any fault times out at the end of the provider's patience")
{
    Stage stage(1);
    stage.options.latency = LatencyModel::constant(hours{1});
    stage.started();
    stage.play(minutes{10});
    CHECK(stage.diary.answered == Lines{"0:01:00 /u0 timeout"});
    CHECK(stage.wire.sent.size() == 1);
}
