// SPDX-License-Identifier: Apache-2.0
// One connection to our server: reads a request, has it answered, writes the reply, and again.
#pragma once

#include "model/exchange.h"
#include "net/asio.h"
#include "net/wire_gate.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace provsim {

inline constexpr std::uint32_t request_header_limit = 64 * 1024;
inline constexpr std::uint64_t request_body_limit = 8ull * 1024 * 1024;

class HttpSession : public std::enable_shared_from_this<HttpSession> {
public:
    // What sessions need from the server. Shared: it lives until the last session is gone.
    class Site {
    public:
        virtual ~Site() = default;
        virtual Response answer(Request&& request, std::string_view authorization) = 0;
        virtual void left(HttpSession& session) = 0;    // from the session's destructor

        WallSpan request_timeout{};
        WallSpan idle_timeout{};
        std::string base_path;
    };

    // `tls` null = plain; otherwise it outlives the session.
    static std::shared_ptr<HttpSession> make(TcpSocket&& socket, std::shared_ptr<Site> site, net::ssl::context* tls);
    virtual ~HttpSession();
    HttpSession(const HttpSession&) = delete;
    HttpSession& operator=(const HttpSession&) = delete;

    void start();
    void expire(WallTime now);
    void close() noexcept;

protected:
    explicit HttpSession(std::shared_ptr<Site> site);

    virtual TcpSocket& socket() noexcept = 0;
    virtual void start_handshake() = 0;
    virtual void start_stream_read() = 0;
    virtual void start_write() = 0;

    void on_handshaken(const ErrorCode& error);
    void on_read(const ErrorCode& error, std::size_t bytes);
    void on_written(const ErrorCode& error);
    net::mutable_buffer read_space();
    std::string out_;

private:
    // waiting: between requests; reading: within one; going_on: writes "100 Continue"; writing: the reply;
    // leaving: the last reply is out, what the client still sends is thrown away so that it can read it.
    enum class State : std::uint8_t { handshaking, waiting, reading, going_on, writing, leaving, closed };

    void start_read();
    void await_request();
    void parse();
    void respond();
    void refuse(int status, std::string_view detail);
    void write(const Response& response, bool keep);
    void enter(State state, WallSpan at_most);

    std::shared_ptr<Site> site_;
    State state_ = State::handshaking;
    WallTime deadline_{};
    beast::flat_buffer in_;
    std::optional<http::request_parser<http::string_body>> parser_;
    Headers headers_;
    bool reading_ = false;
    bool keep_ = true;
    bool told_to_go_on_ = false;
    std::size_t thrown_away_ = 0;
};

}  // namespace provsim
