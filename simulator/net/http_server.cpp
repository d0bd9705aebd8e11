// SPDX-License-Identifier: Apache-2.0
#include "net/http_server.h"

#include "net/http_session.h"
#include "net/tls.h"

#include <boost/asio/ip/v6_only.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace provsim {

class HttpServer::Listener final : public HttpSession::Site, public std::enable_shared_from_this<Listener> {
public:
    Listener(net::io_context& loop, Handler& handler, HttpServerOptions options, std::unique_ptr<net::ssl::context> tls)
        : handler_(handler), options_(std::move(options)), tls_(std::move(tls)), ip4_(loop), ip6_(loop), timer_(loop), pause_(loop)
    {
        request_timeout = options_.request_timeout;
        idle_timeout = options_.idle_timeout;
        base_path = options_.base_path;
        while (!base_path.empty() && base_path.back() == '/') base_path.pop_back();
        tick_ = std::clamp<WallSpan>(std::min(request_timeout, idle_timeout) / 10, std::chrono::milliseconds(5), std::chrono::seconds(1));
    }

    ErrorCode listen()
    {
        // Any free port has to be free in both families; a few tries find one.
        ErrorCode ec;
        for (int tries = 0; tries < 8; ++tries) {
            ec = bind(ip4_, {net::ip::address_v4::loopback(), options_.port});
            if (ec) return ec;
            ec = bind(ip6_, {net::ip::address_v6::loopback(), port()});
            const bool no_ip6 = ec == net::error::address_family_not_supported || ec == boost::system::errc::address_not_available;
            if (!ec || no_ip6) return {};
            if (options_.port != 0) return ec;
        }
        return ec;
    }

    void start()
    {
        accept(ip4_);
        if (ip6_.is_open()) accept(ip6_);
        sweep_later();
    }

    void stop()
    {
        stopped_ = true;
        ErrorCode ignored;
        ip4_.close(ignored);
        ip6_.close(ignored);
        timer_.cancel();
        pause_.cancel();
        for (HttpSession* session : sessions_) session->close();
    }

    std::uint16_t port() const
    {
        ErrorCode ignored;
        return ip4_.local_endpoint(ignored).port();
    }
    std::string url() const { return fmt::format("{}://127.0.0.1:{}{}", tls_ ? "https" : "http", port(), base_path); }

    Response answer(Request&& request, std::string_view authorization) override
    {
        return handler_.handle(request, authorization, options_.now ? options_.now() : TimePoint{});
    }
    void left(HttpSession& session) override { sessions_.erase(&session); }

private:
    static ErrorCode bind(TcpAcceptor& acceptor, const net::ip::tcp::endpoint& endpoint)
    {
        ErrorCode ec;
        acceptor.close(ec);
        acceptor.open(endpoint.protocol(), ec);
        if (ec) return ec;
        acceptor.set_option(net::socket_base::reuse_address(true), ec);
        if (endpoint.protocol() == net::ip::tcp::v6()) acceptor.set_option(net::ip::v6_only(true), ec);
        acceptor.bind(endpoint, ec);
        if (!ec) acceptor.listen(net::socket_base::max_listen_connections, ec);
        ErrorCode ignored;
        if (ec) acceptor.close(ignored);
        return ec;
    }

    void accept(TcpAcceptor& acceptor)
    {
        acceptor.async_accept([me = shared_from_this(), &acceptor](ErrorCode ec, TcpSocket socket) {
            if (me->stopped_) return;
            if (ec) return me->accept_later(acceptor);
            if (me->sessions_.size() < me->options_.max_connections) {
                auto session = HttpSession::make(std::move(socket), me, me->tls_.get());
                me->sessions_.insert(session.get());
                session->start();
            }
            me->accept(acceptor);
        });
    }

    // Out of file descriptors, most likely: trying again at once would spin.
    void accept_later(TcpAcceptor& acceptor)
    {
        pause_.expires_after(std::chrono::milliseconds(100));
        pause_.async_wait([me = shared_from_this(), &acceptor](ErrorCode) {
            if (!me->stopped_) me->accept(acceptor);
        });
    }

    void sweep_later()
    {
        timer_.expires_after(tick_);
        timer_.async_wait([me = shared_from_this()](ErrorCode ec) {
            if (ec || me->stopped_) return;
            const WallTime now = std::chrono::steady_clock::now();
            for (HttpSession* session : me->sessions_) session->expire(now);    // ends no session before its handlers ran
            me->sweep_later();
        });
    }

    Handler& handler_;
    const HttpServerOptions options_;
    const std::unique_ptr<net::ssl::context> tls_;
    TcpAcceptor ip4_, ip6_;
    WallTimer timer_, pause_;
    WallSpan tick_{};
    std::unordered_set<HttpSession*> sessions_;
    bool stopped_ = false;
};

HttpServer::HttpServer(std::shared_ptr<Listener> listener) : listener_(std::move(listener)) {}
HttpServer::~HttpServer() { listener_->stop(); }

Result<std::unique_ptr<HttpServer>> HttpServer::open(net::io_context& loop, Handler& handler, HttpServerOptions options)
{
    std::unique_ptr<net::ssl::context> tls;
    if (!options.certificate_file.empty() || !options.key_file.empty()) {
        auto opened = open_tls_server(options.certificate_file, options.key_file);
        if (!opened) return opened.problems();
        tls = std::move(opened).value();
    }
    const auto port = options.port;
    auto listener = std::make_shared<Listener>(loop, handler, std::move(options), std::move(tls));
    if (const ErrorCode ec = listener->listen())
        return Problem{Severity::error, "port", fmt::format("port {} of this machine cannot be listened on: {}", port, ec.message()),
                       "choose another, or 0 for any free one", {}};
    listener->start();
    return std::unique_ptr<HttpServer>(new HttpServer(std::move(listener)));
}

std::uint16_t HttpServer::port() const noexcept { return listener_->port(); }
std::string HttpServer::url() const { return listener_->url(); }

}  // namespace provsim
