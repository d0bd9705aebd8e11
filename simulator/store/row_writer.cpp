// SPDX-License-Identifier: Apache-2.0
#include "store/row_writer.h"

#include <csignal>
#include <utility>

namespace provsim {
namespace {

// Signals are for the thread that runs the program.
std::thread start_without_signals(auto&& work)
{
    sigset_t all, before;
    sigfillset(&all);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    std::thread thread(std::forward<decltype(work)>(work));
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    return thread;
}

}  // namespace

RowWriter::RowWriter(SQLite::Database& database, const Redactor& redactor) : inserts_(database, redactor)
{
    thread_ = start_without_signals([this] { work(); });
}

RowWriter::~RowWriter()
{
    {
        const std::lock_guard lock(mutex_);
        stop_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void RowWriter::hand_over()
{
    if (filling_.waiting() == 0 && !filling_.now) return;
    wait();
    std::swap(filling_, writing_);
    {
        const std::lock_guard lock(mutex_);
        busy_ = true;
    }
    changed_.notify_all();
    filling_.clear();
}

void RowWriter::wait()
{
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return !busy_; });
    if (trouble_) std::rethrow_exception(trouble_);
}

void RowWriter::work()
{
    std::unique_lock lock(mutex_);
    for (;;) {
        changed_.wait(lock, [this] { return busy_ || stop_; });
        if (!busy_) return;
        lock.unlock();
        std::exception_ptr trouble;
        try {
            inserts_.write(writing_);
        } catch (...) {
            trouble = std::current_exception();
        }
        lock.lock();
        trouble_ = std::move(trouble);
        busy_ = false;
        changed_.notify_all();
    }
}

}  // namespace provsim
