// SPDX-License-Identifier: Apache-2.0
// What a conversation has heard so far.
#pragma once

#include "model/exchange.h"

#include <deque>

namespace provsim {

// Replies that judge() accepted, in the order of the asks, read from the start. Cheap to copy; refers to the
// engine's storage, which does not move while the conversation lasts.
class Transcript {
public:
    explicit Transcript(const std::deque<Reply>& replies) : replies_(&replies) {}
    // The next reply, or null: it has not been heard yet, so this is where the next ask belongs.
    const Reply* next() noexcept { return at_ < replies_->size() ? &(*replies_)[at_++] : nullptr; }

private:
    const std::deque<Reply>* replies_;
    std::size_t at_ = 0;
};

}  // namespace provsim
