// SPDX-License-Identifier: Apache-2.0
#include "support.h"

#include "tests/catch.h"

#include <boost/asio/connect.hpp>
#include <boost/asio/read.hpp>
#include <boost/asio/write.hpp>

using namespace provsim;
using namespace provsim::testing;
using namespace std::chrono_literals;
namespace net = boost::asio;

namespace {

// Says what it was asked. "/empty" answers 204, "/bad" sets a header with a line end in it.
struct Mirror final : Handler {
    Response handle(const Request& request, std::string_view authorization, TimePoint now) override
    {
        if (request.target == "/empty") return {204, {}, ""};
        if (request.target == "/bad") return {200, {{"Location", "a\r\nX-Injected: 1"}}, ""};
        std::string headers;
        for (const Header& header : *request.headers) headers += header.name + "=" + header.value + ";";
        Response out{201, {{"Location", "/x"}}, ""};
        out.body = std::string(to_string(request.method)) + " " + request.target + " [" + std::string(authorization) + "] [" + headers + "] " +
                   format_time(now) + " " + (request.body.size() > 100 ? std::to_string(request.body.size()) : request.body);
        return out;
    }
};

HttpServerOptions below(std::string base_path)
{
    HttpServerOptions options;
    options.base_path = std::move(base_path);
    options.now = [] { return *parse_time("2026-03-02T09:00:00Z"); };
    return options;
}

// Sends `bytes`, hangs up its own half if asked to, and returns everything until the server hangs up.
std::string talk(std::uint16_t port, const std::string& bytes, bool half_close = false)
{
    net::io_context context;
    net::ip::tcp::socket socket(context);
    socket.connect({net::ip::address_v4::loopback(), port});
    boost::system::error_code ec;
    net::write(socket, net::buffer(bytes), ec);
    if (half_close) socket.shutdown(net::ip::tcp::socket::shutdown_send, ec);
    std::string heard;
    net::read(socket, net::dynamic_buffer(heard), ec);
    return heard;
}

std::string get(const std::string& target, const std::string& headers = "Connection: close\r\n")
{
    return "GET " + target + " HTTP/1.1\r\nHost: h\r\n" + headers + "\r\n";
}

std::string first_line(const std::string& reply) { return reply.substr(0, reply.find("\r\n")); }
std::string body(const std::string& reply) { return reply.substr(reply.find("\r\n\r\n") + 4); }

}  // namespace

TEST_CASE("The handler is told path, headers, authorization, body and time")
{
    Mirror mirror;
    RunningServer server(mirror, below("/scim/v2/"));
    const std::string reply = talk(server.port(),
                                   "PATCH /scim/v2/Users/1?a=b HTTP/1.1\r\nHost: h\r\nAuthorization: Bearer t\r\nContent-Type: application/scim+json\r\n"
                                   "Content-Length: 2\r\nConnection: close\r\n\r\n{}");
    CHECK(first_line(reply) == "HTTP/1.1 201 Created");
    CHECK(reply.find("\r\nLocation: /x\r\n") != std::string::npos);
    CHECK(reply.find("\r\nContent-Type: application/scim+json;charset=utf-8\r\n") != std::string::npos);
    CHECK(reply.find("\r\nConnection: close\r\n") != std::string::npos);
    CHECK(body(reply) == "PATCH /Users/1?a=b [Bearer t] [Content-Type=application/scim+json;] 2026-03-02T09:00:00Z {}");
}

TEST_CASE("Only what lies below the base path is the handler's")
{
    Mirror mirror;
    RunningServer server(mirror, below("/scim/v2"));
    struct Case {
        const char* target;
        const char* below;      // "" = 404
    };
    for (const Case c : {Case{"/scim/v2/Users", "GET /Users "}, Case{"/scim/v2", "GET / "}, Case{"/scim/v2/", "GET / "},
                         Case{"/scim/v2?a", "GET /?a "}, Case{"http://h:1/scim/v2/Users", "GET /Users "}, Case{"/", ""},
                         Case{"/scim", ""}, Case{"/scim/v2x/Users", ""}, Case{"/other", ""}}) {
        CAPTURE(c.target);
        const std::string reply = talk(server.port(), get(c.target));
        if (*c.below) CHECK_THAT(body(reply), Catch::Matchers::StartsWith(c.below));
        else CHECK(first_line(reply) == "HTTP/1.1 404 Not Found");
    }
}

TEST_CASE("What is no good request is answered as a SCIM error, and the connection ends where it cannot go on")
{
    Mirror mirror;
    HttpServerOptions options = below("/scim");
    options.request_timeout = 150ms;
    RunningServer server(mirror, options);
    struct Case {
        const char* says;
        std::string bytes;
        const char* status;
    };
    const std::vector<Case> cases = {
        {"garbage", "hello\r\n\r\n", "400"},
        {"a TLS hello", std::string("\x16\x03\x01\x02\x00\x01\x00\x01\r\n\r\n", 12), "400"},
        {"a bad length", "POST /scim/Users HTTP/1.1\r\nContent-Length: x\r\n\r\n", "400"},
        {"HEAD", "HEAD /scim/Users HTTP/1.1\r\nConnection: close\r\n\r\n", "405"},
        {"an unknown method", "BREW /scim/Users HTTP/1.1\r\nConnection: close\r\n\r\n", "405"},
        {"endless headers", "GET /scim/Users HTTP/1.1\r\nX: " + std::string(200'000, 'x'), "431"},
        {"a body declared too large", "POST /scim/Users HTTP/1.1\r\nContent-Length: 9000000\r\n\r\n", "413"},
        {"a body that is too large", "POST /scim/Users HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\n900000\r\n" + std::string(0x900000, 'x'), "413"},
        {"half a head", "GET /scim/Us", "408"},
        {"half a body", "POST /scim/Users HTTP/1.1\r\nContent-Length: 10\r\n\r\n{", "408"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.says);
        const std::string reply = talk(server.port(), c.bytes);
        CHECK_THAT(first_line(reply), Catch::Matchers::StartsWith(std::string("HTTP/1.1 ") + c.status));
        CHECK_THAT(body(reply), Catch::Matchers::ContainsSubstring(std::string("\"status\":\"") + c.status));
    }
}

TEST_CASE("A client that says nothing, or leaves in the middle, is let go")
{
    Mirror mirror;
    HttpServerOptions options = below("");
    options.idle_timeout = 100ms;
    RunningServer server(mirror, options);
    CHECK(talk(server.port(), "").empty());
    CHECK(talk(server.port(), "POST /Users HTTP/1.1\r\nContent-Length: 10\r\n\r\n{", true).empty());
    CHECK(first_line(talk(server.port(), get("/Users"))) == "HTTP/1.1 201 Created");
}

TEST_CASE("Requests that come without waiting are answered in their order")
{
    Mirror mirror;
    RunningServer server(mirror, below(""));
    const std::string reply = talk(server.port(), get("/1", "") + "POST /2 HTTP/1.1\r\nContent-Length: 3\r\n\r\nabc" + get("/3"));
    const auto first = reply.find("GET /1 "), second = reply.find("POST /2 "), third = reply.find("GET /3 ");
    CHECK(first < second);
    CHECK(second < third);
    CHECK(third != std::string::npos);
}

TEST_CASE("HTTP/1.0 clients are answered, and kept if they ask for it")
{
    Mirror mirror;
    RunningServer server(mirror, below(""));
    CHECK_THAT(body(talk(server.port(), "GET /1 HTTP/1.0\r\n\r\n")), Catch::Matchers::StartsWith("GET /1 "));
    const std::string kept = talk(server.port(), "GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /2 HTTP/1.0\r\n\r\n");
    CHECK(kept.find("Connection: keep-alive") != std::string::npos);
    CHECK(kept.find("GET /2 ") != std::string::npos);
}

TEST_CASE("A client that asks first is told to go on")
{
    Mirror mirror;
    RunningServer server(mirror, below(""));
    net::io_context context;
    net::ip::tcp::socket socket(context);
    socket.connect({net::ip::address_v4::loopback(), server.port()});
    net::write(socket, net::buffer(std::string("POST /Users HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 3\r\nConnection: close\r\n\r\n")));
    std::string interim(25, ' ');
    net::read(socket, net::buffer(interim));
    CHECK(interim == "HTTP/1.1 100 Continue\r\n\r\n");
    net::write(socket, net::buffer(std::string("abc")));
    std::string reply;
    boost::system::error_code ec;
    net::read(socket, net::dynamic_buffer(reply), ec);
    CHECK(first_line(reply) == "HTTP/1.1 201 Created");
}

TEST_CASE("204 has neither body nor length; a handler cannot smuggle a header in")
{
    Mirror mirror;
    RunningServer server(mirror, below(""));
    const std::string empty = talk(server.port(), get("/empty"));
    CHECK(first_line(empty) == "HTTP/1.1 204 No Content");
    CHECK(empty.find("Content-") == std::string::npos);
    const std::string bad = talk(server.port(), get("/bad"));
    CHECK(first_line(bad) == "HTTP/1.1 500 Internal Server Error");
    CHECK(bad.find("X-Injected") == std::string::npos);
}

TEST_CASE("The server is reached over IPv6 too where the machine has it, and nowhere else than on loopback")
{
    Mirror mirror;
    RunningServer server(mirror, below(""));
    const Reply reply = ask(to("http://[::1]:" + std::to_string(server.port())));
    // A machine without IPv6 has nobody there; anything but these two would be wrong.
    CHECK((reply.status == 201 || reply.failure == Failure::refused));
    CHECK(ask(to("http://127.0.0.1:" + std::to_string(server.port()))).status == 201);
}

TEST_CASE("A port that is taken is named with the remedy")
{
    Mirror mirror;
    RunningServer server(mirror, below(""));
    net::io_context loop;
    HttpServerOptions options = below("");
    options.port = server.port();
    const auto second = HttpServer::open(loop, mirror, options);
    REQUIRE_FALSE(second.ok());
    CHECK(second.problems().front().code == "port");
    CHECK(second.problems().front().what.find(std::to_string(server.port())) != std::string::npos);
}

TEST_CASE("Too many connections are turned away, not served badly")
{
    Mirror mirror;
    HttpServerOptions options = below("");
    options.max_connections = 1;
    RunningServer server(mirror, options);
    net::io_context context;
    net::ip::tcp::socket first(context);
    first.connect({net::ip::address_v4::loopback(), server.port()});
    net::write(first, net::buffer(get("/1", "")));
    char some[1];
    net::read(first, net::buffer(some));    // it is certainly being served now
    CHECK(talk(server.port(), "").empty());
    CHECK(talk(server.port(), "").empty());
}

TEST_CASE("Large requests and small ones go through on one connection")
{
    Mirror mirror;
    RunningServer server(mirror, below("/scim"));
    auto fetcher = Fetcher::open(to(server.url()));
    REQUIRE(fetcher.ok());
    for (const std::size_t size : {0u, 200u, 5'000'000u, 101u}) {
        const Reply reply = fetcher.value().fetch({Method::put, "/Users/1", nullptr, std::string(size, 'x')});
        CHECK(reply.status == 201);
        CHECK_THAT(reply.body, Catch::Matchers::EndsWith(size ? " " + std::to_string(size) : "Z "));
    }
    CHECK(fetcher.value().transport().counters().connections_opened == 1);
}
