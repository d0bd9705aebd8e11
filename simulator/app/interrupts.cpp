// SPDX-License-Identifier: Apache-2.0
#include "app/interrupts.h"

#include "net/asio.h"

#include <boost/asio/io_context.hpp>
#include <boost/asio/posix/stream_descriptor.hpp>

#include <fcntl.h>
#include <unistd.h>

namespace provsim {

namespace {

volatile std::sig_atomic_t caught = 0;
int wake_pipe[2] = {-1, -1};

// Only async-signal-safe calls. The second signal of a person who has lost patience ends the program.
void on_signal(int number)
{
    if (caught) _exit(128 + number);
    caught = number;
    if (wake_pipe[1] >= 0) (void)!write(wake_pipe[1], "x", 1);
}

}  // namespace

// The handler writes a byte into a pipe that the loop reads.
struct Interrupts::Loop {
    Loop(boost::asio::io_context& loop, std::function<void()> wake) : descriptor(loop, wake_pipe[0])
    {
        descriptor.async_read_some(boost::asio::buffer(&byte, 1), [wake = std::move(wake)](auto error, std::size_t) {
            if (!error) wake();
        });
    }
    boost::asio::posix::stream_descriptor descriptor;   // closes the reading end
    char byte = 0;
};

Interrupts::Interrupts(boost::asio::io_context& loop, std::function<void()> wake)
{
    caught = 0;
    if (pipe2(wake_pipe, O_NONBLOCK | O_CLOEXEC) == 0) loop_ = std::make_unique<Loop>(loop, std::move(wake));
    struct sigaction action{};
    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, &old_int_);
    sigaction(SIGTERM, &action, &old_term_);
}

Interrupts::~Interrupts()
{
    sigaction(SIGINT, &old_int_, nullptr);
    sigaction(SIGTERM, &old_term_, nullptr);
    loop_.reset();
    if (wake_pipe[1] >= 0) close(wake_pipe[1]);
    wake_pipe[0] = wake_pipe[1] = -1;
}

int Interrupts::signal() const noexcept
{
    return caught;
}

bool InterruptiblePacer::advance(TimePoint from, TimePoint to)
{
    return !caught && inner_->advance(from, to) && !caught;
}

}  // namespace provsim
