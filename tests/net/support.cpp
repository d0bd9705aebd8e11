// SPDX-License-Identifier: Apache-2.0
#include "support.h"

#include <boost/asio/read_until.hpp>
#include <boost/asio/write.hpp>

#include <stdexcept>

namespace provsim::testing {

namespace net = boost::asio;
using tcp = net::ip::tcp;
using ErrorCode = boost::system::error_code;

std::string Peer::read_request()
{
    std::string bytes;
    ErrorCode ec;
    const std::size_t head = net::read_until(socket_, net::dynamic_buffer(bytes), "\r\n\r\n", ec);
    if (ec) return {};
    const auto at = bytes.find("Content-Length: ");
    const std::size_t length = at < head ? std::stoul(bytes.substr(at + 16)) : 0;
    while (bytes.size() < head + length) {
        char some[4096];
        const std::size_t n = socket_.read_some(net::buffer(some), ec);
        if (ec) return {};
        bytes.append(some, n);
    }
    return bytes;
}

bool Peer::write(std::string_view bytes)
{
    ErrorCode ec;
    net::write(socket_, net::buffer(bytes.data(), bytes.size()), ec);
    return !ec;
}

void Peer::half_close()
{
    ErrorCode ec;
    socket_.shutdown(tcp::socket::shutdown_send, ec);
}

void Peer::close()
{
    ErrorCode ec;
    socket_.shutdown(tcp::socket::shutdown_both, ec);
}

void Peer::reset()
{
    const std::lock_guard lock(ending_);
    ErrorCode ec;
    socket_.set_option(net::socket_base::linger(true, 0), ec);
    socket_.close(ec);
}

void Peer::wake()
{
    const std::lock_guard lock(ending_);
    if (socket_.is_open()) ::shutdown(socket_.native_handle(), SHUT_RDWR);
}

void Peer::wait_for_client_to_leave()
{
    char some[4096];
    ErrorCode ec;
    while (!ec) socket_.read_some(net::buffer(some), ec);
}

ScriptedServer::ScriptedServer(Script script)
    : script_(std::move(script)), acceptor_(context_, tcp::endpoint(net::ip::address_v4::loopback(), 0)),
      port_(acceptor_.local_endpoint().port()), accepting_([this] { accept(); })
{
}

void ScriptedServer::accept()
{
    for (;;) {
        ErrorCode ec;
        tcp::socket socket(context_);
        acceptor_.accept(socket, ec);
        const std::lock_guard lock(mutex_);
        if (ec || over_) return;
        Peer& peer = peers_.emplace_back(std::move(socket), ++connections_);
        threads_.emplace_back([this, &peer] {
            script_(peer);
            peer.half_close();
            peer.wait_for_client_to_leave();
        });
    }
}

ScriptedServer::~ScriptedServer()
{
    over_ = true;
    {
        net::io_context mine;   // one last connection ends the blocking accept
        tcp::socket knock(mine);
        ErrorCode ec;
        knock.connect(tcp::endpoint(net::ip::address_v4::loopback(), port_), ec);
        accepting_.join();
    }
    for (Peer& peer : peers_) peer.wake();
    for (std::thread& thread : threads_) thread.join();
}

RunningServer::RunningServer(Handler& handler, HttpServerOptions options)
{
    auto opened = HttpServer::open(loop_, handler, std::move(options));
    if (!opened) throw std::runtime_error(format_problem(opened.problems().front()));
    server_ = std::move(opened).value();
    thread_ = std::thread([this] { loop_.run(); });
}

RunningServer::~RunningServer()
{
    loop_.stop();
    thread_.join();
    server_.reset();
}

NetworkOptions to(std::string_view url, std::chrono::milliseconds timeout)
{
    NetworkOptions options;
    auto parsed = parse_base_url(url);
    if (!parsed) throw std::runtime_error(format_problem(parsed.problems().front()));
    options.url = std::move(parsed).value();
    options.authorization = bearer("very-secret-token");
    options.request_timeout = timeout;
    return options;
}

Reply ask(NetworkOptions options, Method method, std::string target, std::string body)
{
    Request request;
    request.method = method;
    request.target = std::move(target);
    request.body = std::move(body);
    auto reply = fetch(std::move(options), request);
    if (!reply) throw std::runtime_error(format_problem(reply.problems().front()));
    return std::move(reply).value();
}

std::string ok(std::string_view body)
{
    return "HTTP/1.1 200 OK\r\nContent-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

}  // namespace provsim::testing
