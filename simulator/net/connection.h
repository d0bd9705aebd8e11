// SPDX-License-Identifier: Apache-2.0
// One connection to the target, from its opening to its end: one exchange at a time, HTTP/1.1, plain or TLS.
#pragma once

#include "engine/inbox.h"
#include "net/asio.h"
#include "net/tls.h"
#include "net/wire_gate.h"

#include <array>
#include <cstddef>
#include <memory>
#include <memory_resource>
#include <optional>
#include <string>

namespace provsim {

inline constexpr std::uint32_t reply_header_limit = 64 * 1024;
inline constexpr std::uint64_t reply_body_limit = 64ull * 1024 * 1024;

// The exchange a connection is busy with, as its owner keeps track of it.
struct Flight {
    ExchangeNumber number = 0;
    bool idempotent = false;    // RFC 9110 9.2.2: GET, PUT, DELETE
    WallTime deadline{};
};

// How an exchange ended.
struct ExchangeEnd {
    Failure failure = Failure::none;
    std::string detail;
    Response response;          // meaningful when failure == none
    // For a decision about sending the same bytes again; meaningful when failure == reset.
    bool reused = false;        // the connection had carried a whole exchange before this one
    bool sent_nothing = false;  // not one byte of the request was accepted
    bool heard_nothing = false; // not one byte of a reply arrived
};

// Life: open() once; then any number of rounds of { fill out(), send() }. Every round ends in exactly one
// Owner::landed(). The read starts when the write is done, because by then a fast server's answer is there: started earlier,
// it costs each request a recv for nothing. So nothing is pending on an idle connection, and its owner asks
// surely_open_for_more() before using it again. Handlers hold the connection by shared_ptr; the owner is a plain
// reference and outlives the io_context's last run.
class Connection : public std::enable_shared_from_this<Connection> {
public:
    class Owner {
    public:
        // The exchange is over. If connection.open_for_more(), the next may be sent from within this call.
        virtual void landed(Connection& connection, ExchangeEnd&& end) = 0;

    protected:
        ~Owner() = default;
    };

    // `tls` null = plain TCP; otherwise it outlives the connection.
    static std::shared_ptr<Connection> make(net::io_context& context, Owner& owner, TlsClient* tls);
    virtual ~Connection() = default;
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    // Connects to the first endpoint that accepts, makes the TLS handshake and sends out(). An address that does not
    // answer gets its share of the time until the flight's deadline (expire() moves on to the next).
    void open(Endpoints endpoints, WallTime now);
    // Sends out(). The connection is idle.
    void send();
    // The whole request; stays untouched until the exchange is over.
    std::string& out() noexcept { return out_; }

    // True when the last exchange left the connection able to take a next request.
    bool open_for_more() const noexcept { return state_ == State::idle; }
    // The same, asking the socket whether the peer has hung up or said something unasked since: one system call.
    bool surely_open_for_more();
    // Called about every tick: acts when a deadline has passed.
    void expire(WallTime now, const std::string& timeout_text);
    void close() noexcept;

    Flight flight;
    WallTime idle_since{};      // set by the owner when it puts the connection aside
    WallSpan idle_limit{};      // the same: idle longer than this, it is not used again

protected:
    enum class State : std::uint8_t { fresh, connecting, handshaking, idle, busy, closed };

    explicit Connection(Owner& owner);

    virtual TcpSocket& socket() noexcept = 0;
    virtual void start_connect(const net::ip::tcp::endpoint& endpoint) = 0;
    virtual void start_handshake() = 0;     // plain: goes straight on to on_ready
    virtual void start_write() = 0;
    virtual void start_read() = 0;
    virtual std::string tls_text(const ErrorCode& error) = 0;

    // `attempt` tells a connect that was given up from the one that runs now.
    void on_connected(const ErrorCode& error, unsigned attempt);
    void on_handshaken(const ErrorCode& error);
    void on_written(const ErrorCode& error, std::size_t bytes);
    void on_read(const ErrorCode& error, std::size_t bytes);

    net::mutable_buffer read_space();
    std::string out_;
    unsigned attempt_ = 0;

private:
    void next_endpoint(WallTime now);
    void listen();
    void parse();
    void peer_closed(const ErrorCode& error);
    void complete();
    void fail(Failure failure, std::string detail);
    void fresh_parser();

    Owner& owner_;
    State state_ = State::fresh;
    beast::flat_buffer in_;
    // Headers of a reply, as the parser keeps them: in a room of their own, cleared from reply to reply.
    std::array<std::byte, 2048> header_room_;
    std::pmr::monotonic_buffer_resource header_memory_{header_room_.data(), header_room_.size()};
    std::optional<http::response_parser<http::string_body, std::pmr::polymorphic_allocator<char>>> parser_;
    Endpoints endpoints_;
    std::size_t endpoint_ = 0;
    WallTime connect_deadline_{};
    bool writing_ = false;
    bool reading_ = false;
    bool heard_ = false;            // a byte of the current exchange's reply
    bool reused_ = false;
    std::size_t written_ = 0;
};

}  // namespace provsim
