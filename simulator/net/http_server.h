// SPDX-License-Identifier: Apache-2.0
// Puts a Handler (the sandbox, the control API) behind a port of this machine.
#pragma once

#include "model/handler.h"
#include "model/result.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace boost::asio {
class io_context;
}

namespace provsim {

struct HttpServerOptions {
    std::uint16_t port = 0;                         // 0 = any free one, see port()
    std::string base_path;                          // "/scim/v2"; empty = everything is the handler's
    std::function<TimePoint()> now;                 // what the handler is told; empty = the epoch
    std::chrono::milliseconds request_timeout{30'000};  // wall time for a request to arrive whole, and for its reply to leave
    std::chrono::milliseconds idle_timeout{75'000};     // wall time a kept connection may lie idle
    std::size_t max_connections = 512;              // further ones are closed as they come
    std::string certificate_file, key_file;         // PEM; both empty = plain HTTP. For tests of HTTPS.
};

// HTTP/1.1 with keep-alive, on 127.0.0.1 and [::1] only (IPv6 is left out where the machine has none). One thread: whoever runs
// `loop`; the handler is called there, one request at a time.
//
// What the handler gets: the path below base_path with its query, the headers but Host, Authorization, Content-Length and
// Connection (valid during the call), the body, and the value of Authorization.
// What it answers is sent with Content-Length added, and Content-Type: application/scim+json (RFC 7644 3.1) if there is a body
// and it set no type. Methods other than GET, POST, PUT, PATCH and DELETE never reach it.
//
// Answered here, as SCIM errors (RFC 7644 3.12): 404 outside base_path, 405, 400 for what is no HTTP, 408 for a request that
// does not arrive in time, 413 above 8 MiB of body, 431 above 64 KiB of headers.
class HttpServer {
public:
    // Listens when it returns. Problems: code "port" (taken, not allowed), "tls" (files).
    static Result<std::unique_ptr<HttpServer>> open(boost::asio::io_context& loop, Handler& handler, HttpServerOptions options);
    // Closes everything. On the loop's thread, or while nobody runs the loop. `loop` and `handler` are still alive then.
    ~HttpServer();
    HttpServer(const HttpServer&) = delete;
    HttpServer& operator=(const HttpServer&) = delete;

    std::uint16_t port() const noexcept;
    std::string url() const;    // "http://127.0.0.1:7644/scim/v2"

private:
    class Listener;
    explicit HttpServer(std::shared_ptr<Listener> listener);
    std::shared_ptr<Listener> listener_;
};

}  // namespace provsim
