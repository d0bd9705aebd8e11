// SPDX-License-Identifier: Apache-2.0
#include "net/http_session.h"

#include "net/request_head.h"

#include <boost/beast/http/status.hpp>
#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace provsim {
namespace {

constexpr std::size_t read_size = 16 * 1024;
constexpr std::size_t buffer_limit = request_header_limit + 2 * read_size;
constexpr auto linger = std::chrono::seconds(2);
constexpr std::size_t linger_bytes = 2 * request_body_limit;

template <class Stream>
class SessionOver final : public HttpSession {
public:
    static constexpr bool tls = std::is_same_v<Stream, TlsStream>;

    SessionOver(TcpSocket&& socket, std::shared_ptr<Site> site, net::ssl::context*) requires(!tls)
        : HttpSession(std::move(site)), stream_(std::move(socket)) {}
    SessionOver(TcpSocket&& socket, std::shared_ptr<Site> site, net::ssl::context* context) requires tls
        : HttpSession(std::move(site)), stream_(std::move(socket), *context) {}

private:
    TcpSocket& socket() noexcept override
    {
        if constexpr (tls) return stream_.next_layer();
        else return stream_;
    }
    auto self() { return std::static_pointer_cast<SessionOver>(shared_from_this()); }

    void start_handshake() override
    {
        if constexpr (tls)
            stream_.async_handshake(net::ssl::stream_base::server, [me = self()](ErrorCode ec) { me->on_handshaken(ec); });
        else on_handshaken({});
    }
    void start_stream_read() override
    {
        stream_.async_read_some(read_space(), [me = self()](ErrorCode ec, std::size_t n) { me->on_read(ec, n); });
    }
    void start_write() override
    {
        net::async_write(stream_, net::buffer(out_), [me = self()](ErrorCode ec, std::size_t) { me->on_written(ec); });
    }

    Stream stream_;
};

// The part of a request target below `base`, or nothing. "/scim/v2?x" is "/?x" below "/scim/v2"; "/scim/v2x" is not below it.
std::optional<std::string> below(std::string_view target, std::string_view base)
{
    if (target.substr(0, 7) == "http://" || target.substr(0, 8) == "https://") {   // RFC 9112 3.2.2: has to be accepted
        const auto path = target.find('/', target.find("://") + 3);
        target = path == std::string_view::npos ? "/" : target.substr(path);
    }
    if (target.substr(0, base.size()) != base) return std::nullopt;
    target.remove_prefix(base.size());
    if (!target.empty() && target.front() == '/') return std::string(target);
    if (target.empty() || target.front() == '?') return "/" + std::string(target);
    return std::nullopt;
}

Response scim_error(int status, std::string_view detail)
{
    Response out;
    out.status = status;
    out.body = fmt::format(R"({{"schemas":["urn:ietf:params:scim:api:messages:2.0:Error"],"status":"{}","detail":"{}"}})", status, detail);
    return out;
}

}  // namespace

std::shared_ptr<HttpSession> HttpSession::make(TcpSocket&& socket, std::shared_ptr<Site> site, net::ssl::context* tls)
{
    if (tls) return std::make_shared<SessionOver<TlsStream>>(std::move(socket), std::move(site), tls);
    return std::make_shared<SessionOver<TcpSocket>>(std::move(socket), std::move(site), nullptr);
}

HttpSession::HttpSession(std::shared_ptr<Site> site) : site_(std::move(site)), in_(buffer_limit) { in_.reserve(read_size); }
HttpSession::~HttpSession() { site_->left(*this); }

net::mutable_buffer HttpSession::read_space()
{
    if (state_ == State::leaving) in_.clear();
    return in_.prepare(std::min(read_size, in_.max_size() - in_.size()));
}

void HttpSession::enter(State state, WallSpan at_most)
{
    state_ = state;
    deadline_ = std::chrono::steady_clock::now() + at_most;
}

void HttpSession::start()
{
    ErrorCode ignored;
    socket().set_option(net::ip::tcp::no_delay(true), ignored);
    enter(State::handshaking, site_->request_timeout);
    start_handshake();
}

void HttpSession::start_read()
{
    if (reading_) return;   // the one that was pending when a request took too long
    reading_ = true;
    start_stream_read();
}

void HttpSession::on_handshaken(const ErrorCode& error)
{
    if (state_ != State::handshaking) return;
    if (error) return close();
    await_request();
}

void HttpSession::await_request()
{
    parser_.emplace();
    parser_->eager(true);
    parser_->header_limit(request_header_limit);
    parser_->body_limit(request_body_limit);
    told_to_go_on_ = false;
    if (in_.size() > 0) {       // a client that does not wait for replies (pipelining) is served in order
        enter(State::reading, site_->request_timeout);
        return parse();
    }
    enter(State::waiting, site_->idle_timeout);
    start_read();
}

void HttpSession::on_read(const ErrorCode& error, std::size_t bytes)
{
    reading_ = false;
    if (state_ == State::closed || state_ == State::writing) return;    // writing: too late, the 408 is on its way
    if (error) return close();      // nobody is left to be told
    if (state_ == State::leaving) {
        thrown_away_ += bytes;
        if (thrown_away_ > linger_bytes) return close();
        return start_read();
    }
    if (state_ == State::waiting) enter(State::reading, site_->request_timeout);    // of the whole request: dripping wins nothing
    in_.commit(bytes);
    parse();
}

void HttpSession::parse()
{
    for (;;) {
        ErrorCode ec;
        const std::size_t used = parser_->put(in_.data(), ec);
        in_.consume(used);
        if (ec == http::error::header_limit) return refuse(431, "more than 64 KiB of headers");
        if (ec == http::error::body_limit) return refuse(413, "more than 8 MiB of body");
        if (ec && ec != http::error::need_more) return refuse(400, "not an HTTP/1.1 request");
        if (parser_->is_done()) return respond();
        if (in_.size() >= buffer_limit - read_size) return refuse(431, "more than 64 KiB of headers");
        if (ec == http::error::need_more || in_.size() == 0 || used == 0) break;
    }
    if (parser_->is_header_done() && !told_to_go_on_ && beast::iequals(parser_->get()[http::field::expect], "100-continue")) {
        told_to_go_on_ = true;
        out_ = "HTTP/1.1 100 Continue\r\n\r\n";
        state_ = State::going_on;
        return start_write();
    }
    start_read();
}

void HttpSession::respond()
{
    auto& message = parser_->get();
    keep_ = message.keep_alive();
    const auto method = parse_method({message.method_string().data(), message.method_string().size()});
    if (!method) {
        Response refusal = scim_error(405, "GET, POST, PUT, PATCH and DELETE are understood");
        refusal.headers.push_back({"Allow", "GET, POST, PUT, PATCH, DELETE"});
        return write(refusal, keep_);
    }
    Request request;
    auto target = below({message.target().data(), message.target().size()}, site_->base_path);
    if (!target) return write(scim_error(404, "nothing is served outside the base path"), keep_);
    request.method = *method;
    request.target = std::move(*target);
    request.body = std::move(message.body());
    headers_.clear();
    std::string_view authorization;
    for (const auto& field : message.base()) {
        const std::string_view value(field.value().data(), field.value().size());
        switch (field.name()) {
            case http::field::authorization: authorization = value; break;
            case http::field::host:
            case http::field::content_length:
            case http::field::connection: break;
            default: headers_.push_back({std::string(field.name_string()), std::string(value)});
        }
    }
    request.headers = &headers_;
    write(site_->answer(std::move(request), authorization), keep_);
}

void HttpSession::refuse(int status, std::string_view detail)
{
    keep_ = false;
    write(scim_error(status, detail), false);
}

void HttpSession::write(const Response& response, bool keep)
{
    keep_ = keep;
    for (const Header& header : response.headers)
        if (!fits_header_line(header.name) || !fits_header_line(header.value))
            return write(scim_error(500, "the handler set a header that is none"), keep);
    const bool bodyless = response.status == 204 || response.status == 304;     // RFC 9110 6.4.1
    const auto reason = http::obsolete_reason(http::int_to_status(static_cast<unsigned>(response.status)));
    const bool old_client = parser_->is_header_done() && parser_->get().version() < 11;

    out_.clear();
    auto to = std::back_inserter(out_);
    fmt::format_to(to, "HTTP/1.1 {} {}\r\n", response.status, std::string_view(reason.data(), reason.size()));
    for (const Header& header : response.headers) out_.append(header.name).append(": ").append(header.value).append("\r\n");
    if (!bodyless) {
        if (!response.body.empty() && find_header(response.headers, "Content-Type").empty())
            out_.append("Content-Type: application/scim+json;charset=utf-8\r\n");
        fmt::format_to(to, "Content-Length: {}\r\n", response.body.size());
    }
    if (!keep_) out_.append("Connection: close\r\n");
    else if (old_client) out_.append("Connection: keep-alive\r\n");
    out_.append("\r\n");
    if (!bodyless) out_.append(response.body);
    enter(State::writing, site_->request_timeout);
    start_write();
}

void HttpSession::on_written(const ErrorCode& error)
{
    if (state_ == State::closed) return;
    if (error) return close();
    if (state_ == State::going_on) {
        state_ = State::reading;
        return start_read();
    }
    if (keep_) return await_request();
    // Closing while the client still sends would reset the connection and take our last reply with it.
    ErrorCode ignored;
    socket().shutdown(net::ip::tcp::socket::shutdown_send, ignored);
    enter(State::leaving, linger);
    start_read();
}

void HttpSession::expire(WallTime now)
{
    if (now < deadline_ || state_ == State::closed) return;
    if (state_ != State::reading) return close();
    refuse(408, "the request did not arrive in time");
}

void HttpSession::close() noexcept
{
    state_ = State::closed;
    ErrorCode ignored;
    socket().close(ignored);
}

}  // namespace provsim
