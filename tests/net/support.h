// SPDX-License-Identifier: Apache-2.0
// Both ends of the wire for the tests of this room: a server that does whatever a script says, and a client to ask with.
#pragma once

#include "net/fetch.h"
#include "net/http_server.h"
#include "net/network_transport.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <atomic>
#include <condition_variable>
#include <functional>
#include <future>
#include <list>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

namespace provsim::testing {

// The server's end of one connection, with blocking calls. Calls on a connection that is gone do nothing.
class Peer {
public:
    Peer(boost::asio::ip::tcp::socket&& socket, int count) : number(count), socket_(std::move(socket)) {}

    std::string read_request();             // the head and as much body as it declares; empty when the client hung up
    bool write(std::string_view bytes);     // false when the client hung up
    void half_close();                      // says FIN, keeps reading
    void close();                           // FIN after everything written
    void reset();
    void wake();        // whoever waits in it; from another thread                           // RST
    void wait_for_client_to_leave();

    const int number;                       // connections count from 1

private:
    friend class ScriptedServer;
    boost::asio::ip::tcp::socket socket_;
    std::mutex ending_;     // of closing the socket, and waking who waits in it
};

// Runs `script` for each connection, on a thread of its own, on a port of its own of 127.0.0.1.
class ScriptedServer {
public:
    using Script = std::function<void(Peer&)>;
    explicit ScriptedServer(Script script);
    ~ScriptedServer();      // hangs up on everybody and waits for the scripts

    std::uint16_t port() const { return port_; }
    std::string url() const { return "http://127.0.0.1:" + std::to_string(port_) + "/scim"; }
    int connections() const { return connections_; }

private:
    void accept();
    Script script_;
    boost::asio::io_context context_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::uint16_t port_;
    std::atomic<int> connections_ = 0;
    std::atomic<bool> over_ = false;
    std::mutex mutex_;
    std::list<Peer> peers_;
    std::vector<std::thread> threads_;
    std::thread accepting_;
};

// A Handler behind the real server, on a thread.
class RunningServer {
public:
    RunningServer(Handler& handler, HttpServerOptions options);
    ~RunningServer();
    std::uint16_t port() const { return server_->port(); }
    std::string url() const { return server_->url(); }

private:
    boost::asio::io_context loop_{1};
    std::unique_ptr<HttpServer> server_;
    std::thread thread_;
};

// Options for a test's target: a timeout that is long enough to mean "it hangs".
NetworkOptions to(std::string_view url, std::chrono::milliseconds timeout = std::chrono::seconds(20));
// One request on a connection of its own.
Reply ask(NetworkOptions options, Method method = Method::get, std::string target = "/Users", std::string body = {});

// "HTTP/1.1 200 OK" with that body and its length.
std::string ok(std::string_view body);

}  // namespace provsim::testing
