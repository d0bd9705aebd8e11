// SPDX-License-Identifier: Apache-2.0
// Connections that are kept, lost and shared.
#include "support.h"

#include "tests/catch.h"

#include <set>

using namespace provsim;
using namespace provsim::testing;
using namespace std::chrono_literals;

namespace {

// A transport, its inbox, and the requests on their way.
struct Line {
    explicit Line(NetworkOptions options)
    {
        auto opened = NetworkTransport::open(std::move(options), inbox);
        REQUIRE(opened.ok());
        transport = std::move(opened).value();
    }
    ExchangeNumber send(Method method, std::string target = "/Users", std::string body = {})
    {
        requests.push_back({method, std::move(target), nullptr, std::move(body)});
        transport->send(requests.size(), requests.back(), TimePoint{});
        return requests.size();
    }
    Reply hear(ExchangeNumber number)
    {
        while (!inbox.has(number)) REQUIRE(transport->wait());
        return std::move(*inbox.take(number));
    }
    Reply ask(Method method, std::string target = "/Users", std::string body = {}) { return hear(send(method, std::move(target), std::move(body))); }

    Inbox inbox;
    std::list<Request> requests;    // a list: the transport borrows them
    std::unique_ptr<NetworkTransport> transport;
};

std::string path_of(const std::string& request) { return request.substr(request.find('/'), request.find(" HTTP") - request.find('/')); }

}  // namespace

TEST_CASE("Requests one after the other share a connection")
{
    ScriptedServer server([](Peer& peer) {
        while (!peer.read_request().empty()) peer.write(ok("{\"id\":\"1\"}"));
    });
    Line line(to(server.url()));
    for (int i = 0; i < 5; ++i) CHECK(line.ask(i % 2 ? Method::post : Method::get, "/Users", i % 2 ? "{}" : "").id() == "1");
    CHECK(server.connections() == 1);
    CHECK(line.transport->counters().connections_opened == 1);
}

TEST_CASE("A connection is not used for longer than its server says it keeps it")
{
    for (const auto& [said, connections] : {std::pair{"timeout=0", 3u}, std::pair{"timeout=60, max=5", 1u}, std::pair{"max=5", 1u}, std::pair{"timeout=soon", 1u}}) {
        CAPTURE(said);
        const std::string reply = std::string("HTTP/1.1 201 Created\r\nKeep-Alive: ") + said + "\r\nContent-Length: 10\r\n\r\n{\"id\":\"1\"}";
        ScriptedServer server([reply](Peer& peer) {
            while (!peer.read_request().empty()) peer.write(reply);
        });
        Line line(to(server.url()));
        for (int i = 0; i < 3; ++i) CHECK(line.ask(Method::post, "/Users", "{}").id() == "1");
        CHECK(line.transport->counters().connections_opened == connections);
    }
}

TEST_CASE("A reply that ends the connection is followed by a new one")
{
    for (const char* farewell : {"HTTP/1.1 201 Created\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}", "HTTP/1.0 201 Created\r\nContent-Length: 2\r\n\r\n{}",
                                 "HTTP/1.1 201 Created\r\n\r\n{}", "HTTP/1.1 201 Created\r\nContent-Length: 2\r\n\r\n{}surplus"}) {
        CAPTURE(farewell);
        ScriptedServer server([&](Peer& peer) {
            peer.read_request();
            peer.write(farewell);
        });
        Line line(to(server.url()));
        for (int i = 0; i < 3; ++i) CHECK(line.ask(Method::post, "/Users", "{}").status == 201);
        CHECK(server.connections() == 3);
        CHECK(line.transport->counters().requests_repeated == 0);
    }
}

TEST_CASE("A connection that the server closed while it was idle costs nothing, not even a POST")
{
    std::promise<void> closed;
    std::atomic<int> posts = 0;
    ScriptedServer server([&](Peer& peer) {
        if (!peer.read_request().empty()) ++posts;
        peer.write(ok("{}"));
        peer.half_close();
        if (peer.number == 1) closed.set_value();
    });
    Line line(to(server.url()));
    CHECK(line.ask(Method::post, "/Users", "{}").status == 200);
    closed.get_future().wait();
    SECTION("when the loop ran meanwhile")
    {
        std::this_thread::sleep_for(2ms);
        line.transport->poll();
    }
    SECTION("when it did not") { std::this_thread::sleep_for(2ms); }
    CHECK(line.ask(Method::post, "/Users", "{}").status == 200);
    CHECK(posts == 2);
    CHECK(line.transport->counters().requests_repeated == 0);
}

TEST_CASE("A kept connection that takes a request and hangs up: GET, PUT and DELETE are sent again, POST and PATCH are not")
{
    struct Case {
        Method method;
        bool repeated;
    };
    for (const Case c : {Case{Method::get, true}, Case{Method::put, true}, Case{Method::delete_, true}, Case{Method::post, false}, Case{Method::patch, false}}) {
        CAPTURE(to_string(c.method));
        std::atomic<int> heard = 0;
        ScriptedServer server([&](Peer& peer) {
            peer.read_request();
            peer.write(ok("{}"));
            if (!peer.read_request().empty()) ++heard;
        });
        Line line(to(server.url()));
        CHECK(line.ask(Method::get).status == 200);
        const Reply reply = line.ask(c.method, "/Users/1", "{}");
        CHECK(to_string(reply.failure) == to_string(c.repeated ? Failure::none : Failure::reset));
        CHECK(heard == 1);
        CHECK(line.transport->counters().requests_repeated == (c.repeated ? 1u : 0u));
        CHECK(server.connections() == (c.repeated ? 2 : 1));
    }
}

TEST_CASE("A request is sent again once, not for ever")
{
    ScriptedServer server([](Peer& peer) {
        peer.read_request();
        if (peer.number > 1) return;
        peer.write(ok("{}"));
        peer.read_request();
    });
    Line line(to(server.url()));
    CHECK(line.ask(Method::get).status == 200);
    CHECK(to_string(line.ask(Method::get).failure) == to_string(Failure::reset));
    CHECK(server.connections() == 2);
}

TEST_CASE("A new connection that hangs up is not tried again")
{
    ScriptedServer server([](Peer& peer) { peer.read_request(); });
    Line line(to(server.url()));
    CHECK(to_string(line.ask(Method::get).failure) == to_string(Failure::reset));
    CHECK(server.connections() == 1);
}

TEST_CASE("Half a reply on a kept connection is a failure, even for a GET")
{
    ScriptedServer server([](Peer& peer) {
        peer.read_request();
        peer.write(ok("{}"));
        peer.read_request();
        peer.write("HTTP/1.1 200 OK\r\n");
    });
    Line line(to(server.url()));
    CHECK(line.ask(Method::get).status == 200);
    CHECK(to_string(line.ask(Method::get).failure) == to_string(Failure::reset));
    CHECK(line.transport->counters().requests_repeated == 0);
}

TEST_CASE("After a failure the next request gets a connection of its own")
{
    ScriptedServer server([](Peer& peer) {
        peer.read_request();
        peer.write(peer.number % 2 ? "garbage" : "HTTP/1.1 200 OK\r\nConnection: close\r\nContent-Length: 2\r\n\r\n{}");
    });
    Line line(to(server.url()));
    for (int i = 0; i < 3; ++i) {
        CHECK(to_string(line.ask(Method::post, "/Users", "{}").failure) == to_string(Failure::not_http));
        CHECK(line.ask(Method::post, "/Users", "{}").status == 200);
    }
}

TEST_CASE("A reply that comes before the request is read to its end is a reply")
{
    ScriptedServer server([](Peer& peer) {
        peer.write("HTTP/1.1 413 Content Too Large\r\nConnection: close\r\nContent-Length: 0\r\n\r\n");
        peer.half_close();
        peer.wait_for_client_to_leave();
    });
    Line line(to(server.url()));
    CHECK(line.ask(Method::post, "/Bulk", std::string(20'000'000, 'x')).status == 413);
}

TEST_CASE("Answers in any order find their requests")
{
    constexpr int count = 8;
    std::mutex mutex;
    std::condition_variable changed;
    int arrived = 0, answered = 0;
    ScriptedServer server([&](Peer& peer) {
        const std::string path = path_of(peer.read_request());
        std::unique_lock lock(mutex);
        ++arrived;
        changed.notify_all();
        // The connection opened last answers first.
        changed.wait(lock, [&] { return arrived == count && answered == count - peer.number; });
        peer.write(ok("{\"id\":\"" + path + "\"}"));
        ++answered;
        changed.notify_all();
    });
    Line line(to(server.url()));
    for (int i = 1; i <= count; ++i) line.send(Method::get, "/Users/" + std::to_string(i));
    for (int i = 1; i <= count; ++i) CHECK(line.hear(static_cast<ExchangeNumber>(i)).id() == "/scim/Users/" + std::to_string(i));
}

TEST_CASE("No more connections are open than allowed, and the rest waits in its order")
{
    std::atomic<int> now = 0, most = 0;
    std::mutex mutex;
    std::vector<std::string> paths;
    ScriptedServer server([&](Peer& peer) {
        for (std::string request = peer.read_request(); !request.empty(); request = peer.read_request()) {
            most = std::max<int>(most, ++now);
            {
                const std::lock_guard lock(mutex);
                paths.push_back(path_of(request));
            }
            std::this_thread::sleep_for(1ms);
            --now;
            peer.write(ok("{}"));
        }
    });
    SECTION("three")
    {
        NetworkOptions options = to(server.url());
        options.max_connections = 3;
        Line line(options);
        for (int i = 0; i < 30; ++i) line.send(Method::post, "/Users", "{}");
        for (ExchangeNumber i = 1; i <= 30; ++i) CHECK(line.hear(i).status == 200);
        CHECK(most <= 3);
        CHECK(server.connections() == 3);
    }
    SECTION("one")
    {
        NetworkOptions options = to(server.url());
        options.max_connections = 1;
        Line line(options);
        for (int i = 0; i < 10; ++i) line.send(Method::post, "/" + std::to_string(i), "{}");
        for (ExchangeNumber i = 1; i <= 10; ++i) CHECK(line.hear(i).status == 200);
        CHECK(paths == std::vector<std::string>{"/scim/0", "/scim/1", "/scim/2", "/scim/3", "/scim/4", "/scim/5", "/scim/6", "/scim/7", "/scim/8", "/scim/9"});
    }
}

TEST_CASE("Connections are opened for outstanding requests only")
{
    ScriptedServer server([](Peer& peer) {
        while (!peer.read_request().empty()) peer.write(ok("{}"));
    });
    Line line(to(server.url()));
    line.send(Method::get);
    line.send(Method::get);
    line.hear(1);
    line.hear(2);
    line.ask(Method::get);
    CHECK(line.transport->counters().connections_opened == 2);
}

TEST_CASE("Time in which nobody ran the loop is not the target's")
{
    ScriptedServer server([](Peer& peer) {
        while (!peer.read_request().empty()) peer.write(ok("{}"));
    });
    Line line(to(server.url(), 100ms));
    CHECK(line.ask(Method::get).status == 200);
    const auto number = line.send(Method::get);
    std::this_thread::sleep_for(300ms);     // the engine computes
    CHECK(line.hear(number).status == 200);
}

TEST_CASE("An interrupted wait says so and loses nothing")
{
    std::promise<void> answer;
    ScriptedServer server([&](Peer& peer) {
        peer.read_request();
        answer.get_future().wait();
        peer.write(ok("{}"));
    });
    Line line(to(server.url()));
    const auto number = line.send(Method::get);
    std::thread signal([&] { line.transport->interrupt(); });
    CHECK_FALSE(line.transport->wait());
    signal.join();
    CHECK_FALSE(line.inbox.has(number));
    answer.set_value();
    CHECK(line.hear(number).status == 200);
}

TEST_CASE("A transport may be destroyed with requests on their way")
{
    ScriptedServer server([](Peer& peer) { peer.wait_for_client_to_leave(); });
    Line line(to(server.url()));
    for (int i = 0; i < 4; ++i) line.send(Method::get);
    line.transport->poll();
    line.transport.reset();
    CHECK_FALSE(line.inbox.has(1));
}

TEST_CASE("A Retry-After holds the next request back and changes no reply")
{
    std::atomic<int> count = 0;
    ScriptedServer server([&](Peer& peer) {
        while (!peer.read_request().empty())
            peer.write(++count == 1 ? "HTTP/1.1 429 Too Many Requests\r\nRetry-After: 3600\r\nContent-Length: 4\r\n\r\nslow" : ok("{}"));
    });
    NetworkOptions options = to(server.url());
    options.max_wall_wait = 50ms;
    Line line(options);
    const Reply told = line.ask(Method::post, "/Users", "{}");
    CHECK(told.status == 429);
    CHECK(told.body == "slow");
    CHECK(find_header(told.headers, "Retry-After") == "3600");
    const auto next = line.send(Method::post, "/Users", "{}");
    line.transport->poll();
    CHECK(line.transport->counters().gate.held_by_target == 1);
    CHECK(line.hear(next).status == 200);
    const GateCounters gate = line.transport->counters().gate;
    CHECK(gate.closed_by_target == 1);
    CHECK(gate.held_by_target_for > 0ms);
    CHECK(gate.held_by_rate == 0);
}

TEST_CASE("Waiting at the gate is not counted as the target's time")
{
    std::atomic<int> count = 0;
    ScriptedServer server([&](Peer& peer) {
        while (!peer.read_request().empty()) peer.write(++count == 1 ? "HTTP/1.1 503 Busy\r\nRetry-After: 60\r\nContent-Length: 0\r\n\r\n" : ok("{}"));
    });
    NetworkOptions options = to(server.url(), 100ms);
    options.max_wall_wait = 400ms;
    Line line(options);
    CHECK(line.ask(Method::get).status == 503);
    CHECK(line.ask(Method::get).status == 200);
}

TEST_CASE("The rate cap keeps the order and lets everything through")
{
    std::vector<std::string> paths;
    ScriptedServer server([&](Peer& peer) {
        for (std::string request = peer.read_request(); !request.empty(); request = peer.read_request()) {
            paths.push_back(path_of(request));
            peer.write(ok("{}"));
        }
    });
    NetworkOptions options = to(server.url());
    options.max_connections = 1;
    options.rate = 150;
    Line line(options);
    for (int i = 0; i < 6; ++i) line.send(Method::get, "/" + std::to_string(i));
    for (ExchangeNumber i = 1; i <= 6; ++i) CHECK(line.hear(i).status == 200);
    CHECK(paths == std::vector<std::string>{"/scim/0", "/scim/1", "/scim/2", "/scim/3", "/scim/4", "/scim/5"});
    CHECK(line.transport->counters().gate.held_by_rate > 0);
}
