// SPDX-License-Identifier: Apache-2.0
// Asks a target something and waits for the answer: for reading it back outside virtual time, and for `provsim check`.
#pragma once

#include "net/network_transport.h"

#include <memory>

namespace provsim {

// Blocking requests one after the other over one kept connection. Same machinery, limits and failures as
// NetworkTransport; one thread.
class Fetcher {
public:
    static Result<Fetcher> open(NetworkOptions options);

    // The reply or the failure. An interrupt() of transport() ends it early as Failure::timeout, "interrupted".
    Reply fetch(const Request& request);
    NetworkTransport& transport() noexcept { return *transport_; }

private:
    explicit Fetcher(std::unique_ptr<Inbox> inbox, std::unique_ptr<NetworkTransport> transport)
        : inbox_(std::move(inbox)), transport_(std::move(transport)) {}

    std::unique_ptr<Inbox> inbox_;      // its address stays when the Fetcher moves
    std::unique_ptr<NetworkTransport> transport_;
    ExchangeNumber last_ = 0;
};

// One request over a connection of its own.
Result<Reply> fetch(NetworkOptions options, const Request& request);

}  // namespace provsim
