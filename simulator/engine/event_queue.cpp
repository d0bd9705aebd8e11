// SPDX-License-Identifier: Apache-2.0
#include "engine/event_queue.h"

#include <algorithm>

namespace provsim {

namespace {
constexpr std::size_t arity = 8;    // one cache line and a half of keys a level: fewer levels than a binary heap
}

void EventQueue::schedule(TimePoint due, Lane lane, Event event)
{
    std::uint32_t slot;
    if (free_.empty()) {
        slot = static_cast<std::uint32_t>(slab_.size());
        slab_.push_back(std::move(event));
    } else {
        slot = free_.back();
        free_.pop_back();
        slab_[slot] = std::move(event);
    }
    const Key key{due.time_since_epoch().count(), (std::uint64_t{static_cast<std::uint8_t>(lane)} << 56) | ticket_++, slot};

    std::size_t hole = heap_.size();
    heap_.push_back(key);
    while (hole > 0) {
        const std::size_t parent = (hole - 1) / arity;
        if (!key.before(heap_[parent])) break;
        heap_[hole] = heap_[parent];
        hole = parent;
    }
    heap_[hole] = key;
}

Event EventQueue::pop()
{
    const std::uint32_t slot = heap_.front().slot;
    const Key last = heap_.back();
    heap_.pop_back();
    std::size_t hole = 0;
    for (;;) {
        const std::size_t first = hole * arity + 1;
        if (first >= heap_.size()) break;
        const std::size_t end = std::min(first + arity, heap_.size());
        std::size_t least = first;
        for (std::size_t child = first + 1; child < end; ++child)
            if (heap_[child].before(heap_[least])) least = child;
        if (!heap_[least].before(last)) break;
        heap_[hole] = heap_[least];
        hole = least;
    }
    if (!heap_.empty()) heap_[hole] = last;

    free_.push_back(slot);
    return std::move(slab_[slot]);
}

}  // namespace provsim
