// SPDX-License-Identifier: Apache-2.0
// Where answers arrive. The only door from a transport into the engine.
#pragma once

#include "model/exchange.h"

#include <cstdint>
#include <optional>
#include <unordered_map>
#include <utility>

namespace provsim {

// Numbers exchanges in the order of sending, from 1; the same in every run of the same scenario.
using ExchangeNumber = std::uint64_t;

// Holds replies until the engine's virtual clock reaches their due time. Single-threaded: a transport
// that uses threads hands its replies over on the engine's thread, inside Transport::poll or wait.
class Inbox {
public:
    void post(ExchangeNumber exchange, Reply&& reply)
    {
        if (spare_.empty()) {
            replies_.insert_or_assign(exchange, std::move(reply));
            return;
        }
        spare_.key() = exchange;
        spare_.mapped() = std::move(reply);
        auto put = replies_.insert(std::move(spare_));
        spare_ = std::move(put.node);
        if (!put.inserted) put.position->second = std::move(spare_.mapped());
    }
    bool has(ExchangeNumber exchange) const { return replies_.find(exchange) != replies_.end(); }
    // The reply to `exchange`, which is forgotten here; nothing if it has not arrived.
    std::optional<Reply> take(ExchangeNumber exchange)
    {
        auto found = replies_.extract(exchange);
        if (found.empty()) return std::nullopt;
        spare_ = std::move(found);
        return std::move(spare_.mapped());
    }

private:
    using Replies = std::unordered_map<ExchangeNumber, Reply>;
    Replies replies_;
    Replies::node_type spare_;      // the place of the reply taken last, for the next one: saves an allocation each
};

}  // namespace provsim
