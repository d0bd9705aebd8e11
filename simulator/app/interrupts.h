// SPDX-License-Identifier: Apache-2.0
// Ctrl-C and SIGTERM: the run stops at the next event, the run file is closed whole. A second signal ends at once.
#pragma once

#include "engine/pacer.h"

#include <csignal>
#include <functional>
#include <memory>

namespace boost::asio {
class io_context;
}

namespace provsim {

// While one lives, SIGINT and SIGTERM are caught. One at a time. `wake` is called on `loop` when a signal came, to end
// whatever waits there; `loop` outlives this.
class Interrupts {
public:
    Interrupts(boost::asio::io_context& loop, std::function<void()> wake);
    ~Interrupts();
    Interrupts(const Interrupts&) = delete;

    int signal() const noexcept;    // the signal that came, or 0

private:
    struct Loop;
    std::unique_ptr<Loop> loop_;
    struct sigaction old_int_{}, old_term_{};
};

// Asks before every move of the clock whether somebody wants to stop, then asks the pacer behind it.
class InterruptiblePacer final : public Pacer {
public:
    explicit InterruptiblePacer(std::unique_ptr<Pacer> inner) : inner_(std::move(inner)) {}
    bool advance(TimePoint from, TimePoint to) override;

private:
    std::unique_ptr<Pacer> inner_;
};

}  // namespace provsim
