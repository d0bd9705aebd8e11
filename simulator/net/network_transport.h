// SPDX-License-Identifier: Apache-2.0
// Sends requests to a real target: HTTP/1.1 over TCP or TLS, keep-alive, one thread.
#pragma once

#include "engine/transport.h"
#include "model/result.h"
#include "net/network_options.h"
#include "net/wire_gate.h"

#include <cstdint>
#include <memory>

namespace boost::asio {
class io_context;
}

namespace provsim {

struct NetworkCounters {
    std::uint64_t connections_opened = 0;
    std::uint64_t requests_repeated = 0;    // sent a second time on a new connection, see below
    GateCounters gate;
};

// What it does
//  - Opens connections as requests are outstanding, at most options.max_connections; further requests queue in the
//    order of sending. Answers are posted as they arrive, in any order.
//  - Follows no redirects, decodes no content, keeps no cookies: the reply is what the target said.
//  - Whatever the target does, each send ends in exactly one reply or failure. Limits: options.request_timeout from the
//    moment a request gets a connection (queueing behind others or behind the gate is not the target's time), 64 KiB of
//    headers, 64 MiB of body. Time in which nobody ran poll() or wait() is not counted either.
//  - Name lookup: once, all addresses are tried in turn; looked up again after no address accepted a connection.
//  - A closed gate (options.rate, Retry-After of 429 and 503) delays sending in wall time, and nothing else.
//
// Repeating
//  A server may close a kept connection at the moment the next request is sent on it. Such a request is sent once more, on
//  a new connection, if not one byte of a reply had arrived and either its method is idempotent (RFC 9110 9.2.2: GET,
//  PUT, DELETE) or the connection accepted not one byte of it. A POST or PATCH of which bytes were accepted is not
//  repeated: a server may have acted on it, and a second create would be provsim's doing (RFC 9110 9.2.2 allows no
//  automatic repeat there); it ends as Failure::reset.
//
// Threads: one. Everything, the constructor included, happens on the caller's thread; only name lookup uses a
// thread of Asio's, and destruction waits for a lookup that is under way. Allocates no timer per request.
class NetworkTransport final : public Transport {
public:
    // Problems: certificates that cannot be read, an authorization that is no header value, max_connections of 0.
    // `inbox` outlives the transport.
    static Result<std::unique_ptr<NetworkTransport>> open(NetworkOptions options, Inbox& inbox);
    ~NetworkTransport() override;

    void send(ExchangeNumber number, const Request& request, TimePoint now) override;
    void poll() override;
    bool wait() override;

    // Makes the wait() that runs now, or else the next one, return false. For handlers that run on context(), such as a
    // boost::asio::signal_set's; also safe from another thread, but not from a raw POSIX signal handler.
    void interrupt();
    // The loop that poll() and wait() run. The owner may put other work on it (signals, a pacer, a console); such
    // objects are destroyed before the transport.
    boost::asio::io_context& context() noexcept;

    NetworkCounters counters() const noexcept;

private:
    class Pool;
    explicit NetworkTransport(std::unique_ptr<Pool> pool);
    std::unique_ptr<Pool> pool_;
};

}  // namespace provsim
