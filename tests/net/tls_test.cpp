// SPDX-License-Identifier: Apache-2.0
#include "certificates.h"
#include "support.h"

#include "tests/catch.h"

#include <fstream>

using namespace provsim;
using namespace provsim::testing;
using namespace std::chrono_literals;

namespace {

struct Echo final : Handler {
    Response handle(const Request& request, std::string_view authorization, TimePoint) override
    {
        return {200, {}, "{\"id\":\"" + request.target + " " + std::string(authorization) + "\"}"};
    }
};

HttpServerOptions with(const Certificates& certificates, const std::string& name)
{
    HttpServerOptions options;
    options.base_path = "/scim";
    options.certificate_file = certificates.file(name + ".pem");
    options.key_file = certificates.file(name + ".key");
    return options;
}

}  // namespace

TEST_CASE("A certificate is accepted if it is signed by a known CA, valid now, and for this host")
{
    const Certificates certificates;
    struct Case {
        const char* server;
        const char* known_ca;       // "" = the system's
        bool insecure;
        const char* host;
        const char* refused;        // part of the reason; "" = accepted
    };
    const std::vector<Case> cases = {
        {"good", "ca.pem", false, "127.0.0.1", ""},
        {"good", "ca.pem", false, "localhost", ""},
        {"good", "", false, "127.0.0.1", "unable to get local issuer certificate"},
        {"good", "other_ca.pem", false, "127.0.0.1", "unable to get local issuer certificate"},
        {"elsewhere", "ca.pem", false, "localhost", "hostname mismatch"},
        {"elsewhere", "ca.pem", false, "127.0.0.1", "IP address mismatch"},
        {"expired", "ca.pem", false, "127.0.0.1", "certificate has expired"},
        {"good", "", true, "127.0.0.1", ""},
        {"elsewhere", "", true, "localhost", ""},
        {"expired", "", true, "127.0.0.1", ""},
    };
    for (const Case& c : cases) {
        CAPTURE(c.server, c.known_ca, c.insecure, c.host);
        Echo echo;
        RunningServer server(echo, with(certificates, c.server));
        NetworkOptions options = to("https://" + std::string(c.host) + ":" + std::to_string(server.port()) + "/scim");
        if (*c.known_ca) options.ca_file = certificates.file(c.known_ca);
        options.insecure = c.insecure;
        const Reply reply = ask(options);
        if (*c.refused) {
            CHECK(to_string(reply.failure) == to_string(Failure::tls));
            CHECK_THAT(reply.failure_detail, Catch::Matchers::ContainsSubstring(c.refused));
        } else {
            CHECK(reply.failure_detail == "");
            CHECK(reply.id() == "/Users Bearer very-secret-token");
        }
    }
}

TEST_CASE("Many requests over many TLS connections come back as over plain ones")
{
    const Certificates certificates;
    Echo echo;
    RunningServer server(echo, with(certificates, "good"));
    NetworkOptions options = to(server.url());
    options.ca_file = certificates.file("ca.pem");
    options.max_connections = 4;
    Inbox inbox;
    auto transport = NetworkTransport::open(options, inbox);
    REQUIRE(transport.ok());
    std::list<Request> requests;
    constexpr ExchangeNumber count = 200;
    for (ExchangeNumber i = 1; i <= count; ++i) {
        requests.push_back({Method::post, "/" + std::to_string(i), nullptr, std::string(i * 50, 'x')});
        transport.value()->send(i, requests.back(), TimePoint{});
    }
    for (ExchangeNumber i = 1; i <= count; ++i) {
        while (!inbox.has(i)) REQUIRE(transport.value()->wait());
        CHECK(inbox.take(i)->id() == "/" + std::to_string(i) + " Bearer very-secret-token");
    }
    CHECK(transport.value()->counters().connections_opened == 4);
}

TEST_CASE("A server that speaks no TLS, or hangs up in the handshake, is a TLS failure")
{
    ScriptedServer plain([](Peer& peer) { peer.write("HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\n\r\n"); });
    CHECK(to_string(ask(to("https" + plain.url().substr(4))).failure) == to_string(Failure::tls));
    ScriptedServer silent([](Peer& peer) { peer.half_close(); });
    CHECK(to_string(ask(to("https" + silent.url().substr(4))).failure) == to_string(Failure::tls));
}

TEST_CASE("A handshake that never ends runs into the timeout")
{
    ScriptedServer server([](Peer& peer) { peer.wait_for_client_to_leave(); });
    CHECK(to_string(ask(to("https" + server.url().substr(4), 200ms)).failure) == to_string(Failure::timeout));
}

TEST_CASE("Plain HTTP to a TLS port is a failure in words")
{
    const Certificates certificates;
    Echo echo;
    RunningServer server(echo, with(certificates, "good"));
    const Reply reply = ask(to("http" + server.url().substr(5)));
    CHECK(reply.status == 0);
    CHECK_FALSE(reply.failure_detail.empty());
}

TEST_CASE("Certificate files that cannot be used are the user's mistake, named before anything is sent")
{
    const Certificates certificates;
    std::ofstream(certificates.file("empty.pem")) << "nothing here\n";
    for (const char* name : {"missing.pem", "empty.pem"}) {
        NetworkOptions options = to("https://127.0.0.1:1/");
        options.ca_file = certificates.file(name);
        Inbox inbox;
        const auto opened = NetworkTransport::open(options, inbox);
        REQUIRE_FALSE(opened.ok());
        CHECK(opened.problems().front().code == "tls");
    }
    Echo echo;
    boost::asio::io_context loop;
    HttpServerOptions mixed = with(certificates, "good");
    mixed.key_file = certificates.file("ca.key");
    CHECK_FALSE(HttpServer::open(loop, echo, mixed).ok());
}
