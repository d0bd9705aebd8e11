// SPDX-License-Identifier: Apache-2.0
// Whatever a server does, a request ends in one plain reply or failure.
#include "support.h"

#include "tests/catch.h"

using namespace provsim;
using namespace provsim::testing;
using namespace std::chrono_literals;

namespace {

const std::string head = "HTTP/1.1 200 OK\r\n";

// The server reads the request, says `bytes`, and closes.
Reply after(const std::string& bytes)
{
    ScriptedServer server([&](Peer& peer) {
        peer.read_request();
        peer.write(bytes);
    });
    return ask(to(server.url()));
}

// The server says `beginning`, then `more` for as long as anybody listens.
Reply after_endless(const std::string& beginning, const std::string& more, std::chrono::milliseconds timeout = 60s)
{
    ScriptedServer server([&](Peer& peer) {
        peer.read_request();
        std::string many;
        while (many.size() < 60'000) many += more;
        for (bool listening = peer.write(beginning); listening;) listening = peer.write(many);
    });
    return ask(to(server.url(), timeout));
}

}  // namespace

TEST_CASE("What a server sends before it closes decides what was heard")
{
    struct Case {
        const char* says;
        std::string bytes;
        Failure failure;
        int status = 0;
        std::string body = {};
    };
    const std::vector<Case> cases = {
        {"nothing", "", Failure::reset},
        {"half a header", head + "Content-Le", Failure::reset},
        {"half a status line", "HTT", Failure::reset},
        {"half a body", head + "Content-Length: 10\r\n\r\nabc", Failure::reset},
        {"half a chunked body", head + "Transfer-Encoding: chunked\r\n\r\n5\r\nabcde\r\n", Failure::reset},
        {"an interim response only", "HTTP/1.1 100 Continue\r\n\r\n", Failure::reset},
        {"another protocol", "SSH-2.0-OpenSSH_9.2\r\n", Failure::not_http},
        {"a TLS alert", std::string("\x15\x03\x01\x00\x02\x02\x46", 7), Failure::not_http},
        {"HTML without a status line", "<html><body>It works!</body></html>", Failure::not_http},
        {"HTTP/2 in plain text", std::string("\x00\x00\x12\x04\x00\x00\x00\x00\x00", 9), Failure::not_http},
        {"a version that is none", "HTTP/9.9 200 OK\r\n\r\n", Failure::not_http},
        {"a status that is none", "HTTP/1.1 OK\r\n\r\n", Failure::not_http},
        {"a header without a colon", head + "nonsense\r\n\r\n", Failure::not_http},
        {"two lengths", head + "Content-Length: 2\r\nContent-Length: 3\r\n\r\nabc", Failure::not_http},
        {"a length that is none", head + "Content-Length: many\r\n\r\nabc", Failure::not_http},
        {"a chunk size that is none", head + "Transfer-Encoding: chunked\r\n\r\nxyz\r\nabc", Failure::not_http},
        {"a change of protocol", "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n", Failure::not_http},
        {"a length beyond the limit", head + "Content-Length: 99999999999\r\n\r\nabc", Failure::too_large},
        {"a chunk beyond the limit", head + "Transfer-Encoding: chunked\r\n\r\nfffffffffff\r\nabc", Failure::too_large},

        {"HTML", "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 15\r\n\r\n<html>hi</html>", Failure::none, 200, "<html>hi</html>"},
        {"a body without a length", head + "\r\nup to the end", Failure::none, 200, "up to the end"},
        {"HTTP/1.0", "HTTP/1.0 200 OK\r\n\r\nold", Failure::none, 200, "old"},
        {"an empty body", head + "Content-Length: 0\r\n\r\n", Failure::none, 200, ""},
        {"204", "HTTP/1.1 204 No Content\r\n\r\n", Failure::none, 204, ""},
        {"no reason phrase", "HTTP/1.1 201 \r\nContent-Length: 2\r\n\r\n{}", Failure::none, 201, "{}"},
        {"more than it declared", head + "Content-Length: 3\r\n\r\nabcdef", Failure::none, 200, "abc"},
        {"chunks", head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;extension=1\r\nde\r\n0\r\nTrailer: x\r\n\r\n", Failure::none, 200, "abcde"},
        {"100 Continue first", "HTTP/1.1 100 Continue\r\n\r\n" + head + "Content-Length: 2\r\n\r\nok", Failure::none, 200, "ok"},
        {"early hints twice", "HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 103 Early Hints\r\n\r\n" + ok("ok"), Failure::none, 200, "ok"},
        {"a redirect", "HTTP/1.1 301 Moved\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n", Failure::none, 301, ""},
        {"500", "HTTP/1.1 500 Oops\r\nContent-Length: 4\r\n\r\noops", Failure::none, 500, "oops"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.says);
        const Reply reply = after(c.bytes);
        CHECK(to_string(reply.failure) == to_string(c.failure));
        CHECK(reply.status == c.status);
        CHECK(reply.body == c.body);
        CHECK(reply.failure_detail.empty() == (c.failure == Failure::none));
    }
}

TEST_CASE("Headers arrive as they were sent, in their order")
{
    const Reply reply = after(head + "X-One: 1\r\netag: W/\"2\"\r\nContent-Length: 0\r\nX-Two:   spaced  \r\n\r\n");
    REQUIRE(reply.headers.size() == 4);
    CHECK(reply.headers[0].name == "X-One");
    CHECK(reply.headers[1].name == "etag");
    CHECK(find_header(reply.headers, "ETag") == "W/\"2\"");
    CHECK(find_header(reply.headers, "x-two") == "spaced");
}

TEST_CASE("A request carries Host, Authorization, the connector's headers and Content-Length, and nothing else")
{
    std::promise<std::string> seen;
    ScriptedServer server([&](Peer& peer) {
        seen.set_value(peer.read_request());
        peer.write(ok("{}"));
    });
    const Headers headers{{"Content-Type", "application/scim+json; charset=utf-8"}};
    const Request request{Method::post, "/Users?a=b+c", &headers, "{\"a\":1}"};
    REQUIRE(fetch(to(server.url() + "/v2/?aadOptscim062020"), request).value().status == 200);
    CHECK(seen.get_future().get() ==
          "POST /scim/v2/Users?a=b+c HTTP/1.1\r\n"
          "Host: 127.0.0.1:" + std::to_string(server.port()) + "\r\n"
          "Authorization: Bearer very-secret-token\r\n"
          "Content-Type: application/scim+json; charset=utf-8\r\n"
          "Content-Length: 7\r\n\r\n{\"a\":1}");
}

TEST_CASE("A GET has no Content-Length, an empty PUT says 0")
{
    std::vector<std::string> seen;
    for (const Method method : {Method::get, Method::put, Method::delete_}) {
        std::promise<std::string> one;
        ScriptedServer server([&](Peer& peer) {
            one.set_value(peer.read_request());
            peer.write(ok(""));
        });
        ask(to(server.url()), method);
        seen.push_back(one.get_future().get());
    }
    CHECK(seen[0].find("Content-Length") == std::string::npos);
    CHECK(seen[1].find("Content-Length: 0\r\n") != std::string::npos);
    CHECK(seen[2].find("Content-Length") == std::string::npos);
}

TEST_CASE("Nobody at the port is a refused connection")
{
    std::uint16_t port = 0;
    {
        ScriptedServer server([](Peer&) {});
        port = server.port();
    }
    CHECK(ask(to("http://127.0.0.1:" + std::to_string(port))).failure == Failure::refused);
    // A name with several addresses: all of them are tried before it is given up.
    CHECK(ask(to("http://localhost:" + std::to_string(port))).failure == Failure::refused);
}

TEST_CASE("A name with two addresses is reached at the one that answers")
{
    ScriptedServer server([](Peer& peer) {      // on 127.0.0.1 only; localhost may be ::1 first
        peer.read_request();
        peer.write(ok("{}"));
    });
    CHECK(ask(to("http://localhost:" + std::to_string(server.port()))).status == 200);
}

TEST_CASE("A name without an address is unresolved")
{
    // A label of more than 63 characters is refused without asking anybody.
    const Reply reply = ask(to("http://" + std::string(70, 'a') + ".test/scim"));
    CHECK(to_string(reply.failure) == to_string(Failure::unresolved));
}

TEST_CASE("A connection that is reset is a reset, whatever came before")
{
    for (const char* bytes : {"", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"}) {
        ScriptedServer server([&](Peer& peer) {
            peer.read_request();
            peer.write(bytes);
            peer.reset();
        });
        CHECK(to_string(ask(to(server.url())).failure) == to_string(Failure::reset));
    }
}

TEST_CASE("A server that half-closes before it answers has not answered")
{
    ScriptedServer server([](Peer& peer) {
        peer.half_close();
        peer.wait_for_client_to_leave();
    });
    CHECK(to_string(ask(to(server.url()), Method::post, "/Users", "{}").failure) == to_string(Failure::reset));
}

TEST_CASE("A server that never answers runs into the timeout")
{
    ScriptedServer server([](Peer& peer) { peer.wait_for_client_to_leave(); });
    const Reply reply = ask(to(server.url(), 200ms));
    CHECK(to_string(reply.failure) == to_string(Failure::timeout));
}

TEST_CASE("The timeout is for the whole reply: a drip does not extend it")
{
    for (const std::string& bytes : {head + std::string(5000, 'X'), head + "Content-Length: 5000\r\n\r\n" + std::string(5000, 'x')}) {
        ScriptedServer server([&](Peer& peer) {
            peer.read_request();
            for (const char c : bytes) {
                if (!peer.write({&c, 1})) return;
                std::this_thread::sleep_for(3ms);
            }
        });
        CHECK(to_string(ask(to(server.url(), 300ms)).failure) == to_string(Failure::timeout));
    }
}

TEST_CASE("A drip that ends in time is a reply")
{
    const std::string bytes = "HTTP/1.1 100 Continue\r\n\r\n" + head + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n";
    ScriptedServer server([&](Peer& peer) {
        peer.read_request();
        for (const char c : bytes) peer.write({&c, 1});
    });
    CHECK(ask(to(server.url())).body == "abcde");
}

TEST_CASE("Endless answers are cut off at the limits")
{
    CHECK(to_string(after_endless(head, "X-Filler: abcdefghijklmnop\r\n").failure) == to_string(Failure::too_large));
    CHECK(to_string(after_endless(head + "X-Filler: ", "abcdefghijklmnop").failure) == to_string(Failure::too_large));
    CHECK(to_string(after_endless("HTTP/1.1 200 ", "OK").failure) == to_string(Failure::too_large));
    CHECK(to_string(after_endless(head + "\r\n", "abcdefghijklmnop").failure) == to_string(Failure::too_large));
    const std::string chunk = "400\r\n" + std::string(1024, 'x') + "\r\n";
    CHECK(to_string(after_endless(head + "Transfer-Encoding: chunked\r\n\r\n", chunk).failure) == to_string(Failure::too_large));
    CHECK(to_string(after_endless(head + "Transfer-Encoding: chunked\r\n\r\n1;", "abcdefghijklmnop").failure) == to_string(Failure::too_large));
    CHECK(to_string(after_endless(head + "Transfer-Encoding: chunked\r\n\r\n0\r\nT: ", "abcdefghijklmnop").failure) == to_string(Failure::too_large));
    CHECK(to_string(after_endless("", "abcdefghijklmnop").failure) == to_string(Failure::not_http));
    CHECK(to_string(after_endless("", "HTTP/1.1 100 Continue\r\n\r\n", 400ms).failure) == to_string(Failure::timeout));
}

TEST_CASE("A body of the limit's size is still a reply")
{
    const std::string body(64u * 1024 * 1024, 'x');
    CHECK(after(ok(body)).body == body);
}

TEST_CASE("The secret is in no failure, not even when the server sends it back")
{
    ScriptedServer echo([](Peer& peer) { peer.write(peer.read_request()); });
    ScriptedServer tls_less([](Peer& peer) { peer.read_request(); });
    for (const Reply& reply : {ask(to(echo.url())), ask(to(tls_less.url())), ask(to("https" + tls_less.url().substr(4), 300ms))}) {
        CHECK(reply.failure != Failure::none);
        CHECK(reply.failure_detail.find("very-secret-token") == std::string::npos);
    }
}

TEST_CASE("A token with a line end in it is refused without being shown")
{
    NetworkOptions options = to("http://127.0.0.1:1/");
    options.authorization = bearer("secret\r\nX-Other: 1");
    Inbox inbox;
    const auto opened = NetworkTransport::open(options, inbox);
    REQUIRE_FALSE(opened.ok());
    CHECK(format_problem(opened.problems().front()).find("secret") == std::string::npos);
}
