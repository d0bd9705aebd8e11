// SPDX-License-Identifier: Apache-2.0
// The sandbox behind TCP, answering out of order: each connection has a thread that waits a random while between acting
// on a request and answering it.
#pragma once

#include "target/sandbox.h"

#include <boost/asio/ip/tcp.hpp>

#include <atomic>
#include <cstdint>
#include <list>
#include <mutex>
#include <string>
#include <thread>

namespace provsim {

class ShufflingServer {
public:
    ShufflingServer(std::uint64_t seed, unsigned longest_pause_ms);
    ~ShufflingServer();
    std::string url() const;
    // Replies that left before the reply to a request that arrived earlier: proof that the order was shuffled.
    unsigned overtaken() const { return overtaken_; }

private:
    void accept();
    void serve(boost::asio::ip::tcp::socket socket, std::uint64_t seed);

    Sandbox sandbox_;
    std::mutex sandbox_lock_;
    std::uint64_t arrived_ = 0;                 // under the lock
    std::atomic<std::uint64_t> last_answered_{0};
    std::atomic<unsigned> overtaken_{0};
    std::atomic<bool> stopping_{false};
    std::uint64_t seed_;
    unsigned longest_pause_ms_;
    boost::asio::io_context loop_;
    boost::asio::ip::tcp::acceptor acceptor_;
    std::list<std::thread> connections_;
    std::thread acceptance_;
};

}  // namespace provsim
