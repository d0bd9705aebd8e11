// SPDX-License-Identifier: Apache-2.0
// Writes bursts of rows on a thread of its own, while the engine fills the next. Private to this room.
// Measured: packing and inserting is a third of what an exchange costs, none of which the engine has to wait for.
#pragma once

#include "store/row_inserts.h"

#include <condition_variable>
#include <exception>
#include <mutex>
#include <thread>

namespace provsim {

// Two bursts: one being filled by the caller, one being written, so that memory stays bounded: a full burst waits for the
// one before it. The thread touches that burst and the database, and nothing else.
class RowWriter {
public:
    // The database is the writer's until wait() has returned, and again from the next hand_over() on. Both outlive the writer.
    RowWriter(SQLite::Database& database, const Redactor& redactor);
    // Waits for what was handed over; what is still being filled is dropped.
    ~RowWriter();
    RowWriter(const RowWriter&) = delete;

    RunFileRows& filling() noexcept { return filling_; }
    // Has what was filled written, and committed if `now` is set. Throws what befell a burst before (SQLite::Exception, OurBug); nothing is written after that.
    void hand_over();
    // Until everything handed over is in the file. Throws as hand_over().
    void wait();

private:
    void work();

    RowInserts inserts_;
    RunFileRows filling_, writing_;
    std::mutex mutex_;                  // of what follows, and of writing_ while `busy_`
    std::condition_variable changed_;
    bool busy_ = false, stop_ = false;
    std::exception_ptr trouble_;
    std::thread thread_;
};

}  // namespace provsim
