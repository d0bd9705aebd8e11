// SPDX-License-Identifier: Apache-2.0
// The queue of due events: an 8-ary heap of 24-byte keys over a slab of events.
#pragma once

#include "engine/event.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace provsim {

class EventQueue {
public:
    // (due, lane, order of scheduling) is a total order, so every run pops the same events in the same order.
    void schedule(TimePoint due, Lane lane, Event event);
    bool empty() const noexcept { return heap_.empty(); }
    std::size_t size() const noexcept { return heap_.size(); }
    TimePoint next_due() const noexcept { return TimePoint{Duration{heap_.front().due}}; }      // not empty
    const Event& next() const noexcept { return slab_[heap_.front().slot]; }                    // not empty
    Lane next_lane() const noexcept { return static_cast<Lane>(heap_.front().order >> 56); }    // not empty
    Event pop();                                                                                // not empty

private:
    struct Key {
        std::int64_t due;           // milliseconds
        std::uint64_t order;        // lane in the top byte, then the ticket
        std::uint32_t slot;
        bool before(const Key& other) const noexcept { return due != other.due ? due < other.due : order < other.order; }
    };
    std::vector<Key> heap_;
    std::vector<Event> slab_;
    std::vector<std::uint32_t> free_;
    std::uint64_t ticket_ = 0;
};

}  // namespace provsim
