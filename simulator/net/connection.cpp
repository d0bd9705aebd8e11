// SPDX-License-Identifier: Apache-2.0
#include "net/connection.h"

#include "model/check.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <cstring>

namespace provsim {
namespace {

// One read takes a whole ordinary reply: default growth (512 bytes first) costs a second recv for 1 KB.
constexpr std::size_t read_size = 16 * 1024;
// The parser consumes bodies as they come; only headers, a chunk's extension or a trailer can pile up here.
constexpr std::size_t buffer_limit = reply_header_limit + 2 * read_size;

// Either kind of stream behind the same calls. Concrete types, because this is the path that repeats.
template <class Stream>
class ConnectionOver final : public Connection {
public:
    static constexpr bool tls = std::is_same_v<Stream, TlsStream>;

    ConnectionOver(net::io_context& context, Owner& owner, TlsClient*) requires(!tls)
        : Connection(owner), stream_(context) {}
    ConnectionOver(net::io_context& context, Owner& owner, TlsClient* client) requires tls
        : Connection(owner), client_(client), stream_(context.get_executor(), client->context()) {}

private:
    TcpSocket& socket() noexcept override
    {
        if constexpr (tls) return stream_.next_layer();
        else return stream_;
    }
    auto self() { return std::static_pointer_cast<ConnectionOver>(shared_from_this()); }

    void start_connect(const net::ip::tcp::endpoint& endpoint) override
    {
        socket().async_connect(endpoint, [me = self(), attempt = attempt_](ErrorCode ec) { me->on_connected(ec, attempt); });
    }
    void start_handshake() override
    {
        if constexpr (tls) {
            client_->prepare(stream_);
            stream_.async_handshake(net::ssl::stream_base::client, [me = self()](ErrorCode ec) { me->on_handshaken(ec); });
        } else {
            on_handshaken({});
        }
    }
    void start_write() override
    {
        net::async_write(stream_, net::buffer(out_), [me = self()](ErrorCode ec, std::size_t n) { me->on_written(ec, n); });
    }
    void start_read() override
    {
        stream_.async_read_some(read_space(), [me = self()](ErrorCode ec, std::size_t n) { me->on_read(ec, n); });
    }
    std::string tls_text([[maybe_unused]] const ErrorCode& error) override
    {
        if constexpr (tls) return tls_failure_text(stream_, error);
        else return {};
    }

    TlsClient* client_ = nullptr;
    Stream stream_;
};

bool is_tls_error(const ErrorCode& error)
{
    return error.category() == net::error::get_ssl_category() ||
           (error.category() == net::ssl::error::get_stream_category() && error != net::ssl::error::stream_truncated);
}

std::pair<Failure, std::string> describe_parse_error(const ErrorCode& error)
{
    if (error == http::error::header_limit) return {Failure::too_large, "more than 64 KiB of headers"};
    if (error == http::error::body_limit) return {Failure::too_large, "more than 64 MiB of body"};
    return {Failure::not_http, error.message()};
}

}  // namespace

std::shared_ptr<Connection> Connection::make(net::io_context& context, Owner& owner, TlsClient* tls)
{
    if (tls) return std::make_shared<ConnectionOver<TlsStream>>(context, owner, tls);
    return std::make_shared<ConnectionOver<TcpSocket>>(context, owner, nullptr);
}

Connection::Connection(Owner& owner) : owner_(owner), in_(buffer_limit) { in_.reserve(read_size); }

net::mutable_buffer Connection::read_space()
{
    return in_.prepare(std::min(read_size, in_.max_size() - in_.size()));
}

void Connection::fresh_parser()
{
    parser_.reset();
    header_memory_.release();
    parser_.emplace(std::piecewise_construct, std::make_tuple(), std::make_tuple(std::pmr::polymorphic_allocator<char>(&header_memory_)));
    parser_->eager(true);
    parser_->header_limit(reply_header_limit);
    parser_->body_limit(reply_body_limit);
}

// Opening ---------------------------------------------------------------------------------------------------------

void Connection::open(Endpoints endpoints, WallTime now)
{
    PROVSIM_CHECK(state_ == State::fresh && !endpoints.empty());
    endpoints_ = std::move(endpoints);
    state_ = State::connecting;
    next_endpoint(now);
}

void Connection::next_endpoint(WallTime now)
{
    const auto addresses_left = static_cast<WallSpan::rep>(endpoints_.size() - endpoint_);
    connect_deadline_ = now + (flight.deadline - now) / addresses_left;
    ErrorCode ignored;
    socket().close(ignored);
    ++attempt_;
    start_connect(endpoints_[endpoint_]);
}

void Connection::on_connected(const ErrorCode& error, unsigned attempt)
{
    if (state_ != State::connecting || attempt != attempt_) return;
    if (error) {
        if (++endpoint_ < endpoints_.size()) return next_endpoint(std::chrono::steady_clock::now());
        return fail(Failure::refused, error.message());
    }
    ErrorCode ignored;
    socket().set_option(net::ip::tcp::no_delay(true), ignored);
    state_ = State::handshaking;
    start_handshake();
}

void Connection::on_handshaken(const ErrorCode& error)
{
    if (state_ != State::handshaking) return;
    if (error) return fail(Failure::tls, tls_text(error));
    state_ = State::idle;
    send();
}

// One exchange ----------------------------------------------------------------------------------------------------

void Connection::send()
{
    PROVSIM_CHECK(state_ == State::idle);
    state_ = State::busy;
    heard_ = false;
    written_ = 0;
    writing_ = true;
    fresh_parser();
    start_write();
    // A server may refuse a large request before it has read it, and then read no more.
    if (out_.size() > read_size) listen();
}

void Connection::listen()
{
    if (reading_) return;
    reading_ = true;
    start_read();
}

void Connection::on_written(const ErrorCode& error, std::size_t bytes)
{
    writing_ = false;
    if (state_ != State::busy) return;
    written_ = bytes;
    if (error && bytes == 0 && !heard_) return fail(Failure::reset, "the connection was closed before the request was sent");
    // If bytes were refused, the server may have said why before it hung up (a 413, say).
    listen();
}

void Connection::on_read(const ErrorCode& error, std::size_t bytes)
{
    reading_ = false;
    if (state_ != State::busy) return;
    in_.commit(bytes);
    if (bytes > 0) {
        heard_ = true;
        parse();
        if (state_ != State::busy) return;
    }
    if (error) return peer_closed(error);
    listen();
}

void Connection::parse()
{
    for (;;) {
        if (!parser_->got_some()) {
            // Say so at once: the parser itself waits for a whole header, which garbage may never have.
            const std::size_t n = std::min<std::size_t>(5, in_.size());
            if (std::memcmp(in_.data().data(), "HTTP/", n) != 0)
                return fail(Failure::not_http, "the answer does not begin like an HTTP response");
        }
        ErrorCode ec;
        const std::size_t used = parser_->put(in_.data(), ec);
        in_.consume(used);
        if (ec && ec != http::error::need_more) {
            auto [failure, detail] = describe_parse_error(ec);
            return fail(failure, std::move(detail));
        }
        if (parser_->is_done()) {
            const unsigned status = parser_->get().result_int();
            if (status >= 200) return complete();
            if (status == 101) return fail(Failure::not_http, "the server switched to another protocol");
            fresh_parser();     // RFC 9110 15.2: any number of interim responses may come before the final one
            if (in_.size() == 0) return;
            continue;
        }
        if (in_.size() >= buffer_limit - read_size) return fail(Failure::too_large, "more than 64 KiB of headers");
        if (ec == http::error::need_more || in_.size() == 0 || used == 0) return;
    }
}

void Connection::peer_closed(const ErrorCode& error)
{
    if (is_tls_error(error)) return fail(Failure::tls, tls_text(error));
    const bool orderly = error == net::error::eof;
    if (!heard_) return fail(Failure::reset, "the connection was closed before a reply");
    if (orderly && parser_->is_header_done() && parser_->need_eof()) {
        ErrorCode ec;
        parser_->put_eof(ec);       // a body without a length ends with the connection (RFC 9112 6.3)
        if (!ec && parser_->is_done()) return complete();
    }
    fail(Failure::reset, parser_->is_header_done() ? "the connection was closed in the middle of the body"
                                                   : "the connection was closed in the middle of the headers");
}

void Connection::complete()
{
    ExchangeEnd end;
    const bool keep = parser_->keep_alive() && !parser_->need_eof();
    auto& message = parser_->get();
    end.response.status = static_cast<int>(message.result_int());
    end.response.headers.reserve(static_cast<std::size_t>(std::distance(message.begin(), message.end())));
    for (const auto& field : message.base())
        end.response.headers.push_back({std::string(field.name_string()), std::string(field.value())});
    end.response.body = std::move(message.body());
    // Bytes behind the declared end belong to nothing; a reply that came before the request was
    // written leaves the connection in the middle of a message. Neither connection is used again.
    if (keep && in_.size() == 0 && !writing_ && written_ == out_.size()) {
        state_ = State::idle;
        reused_ = true;
    } else {
        close();
    }
    owner_.landed(*this, std::move(end));
}

void Connection::fail(Failure failure, std::string detail)
{
    ExchangeEnd end;
    end.failure = failure;
    end.detail = std::move(detail);
    end.reused = reused_;
    end.sent_nothing = written_ == 0 && !writing_;
    end.heard_nothing = !heard_;
    close();
    owner_.landed(*this, std::move(end));
}

// Ending ----------------------------------------------------------------------------------------------------------

bool Connection::surely_open_for_more()
{
    if (state_ != State::idle) return false;
    // Readable is as bad as closed: bytes that came unasked would pass for the beginning of the next reply.
    pollfd peer{socket().native_handle(), POLLIN | POLLRDHUP, 0};
    return ::poll(&peer, 1, 0) == 0;
}

void Connection::expire(WallTime now, const std::string& timeout_text)
{
    if (state_ == State::idle || state_ == State::closed || state_ == State::fresh) return;
    if (now >= flight.deadline) return fail(Failure::timeout, timeout_text);
    if (state_ == State::connecting && now >= connect_deadline_ && endpoint_ + 1 < endpoints_.size()) {
        ++endpoint_;
        next_endpoint(now);
    }
}

void Connection::close() noexcept
{
    state_ = State::closed;
    ErrorCode ignored;
    socket().close(ignored);
}

}  // namespace provsim
