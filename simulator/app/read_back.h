// SPDX-License-Identifier: Apache-2.0
// The two ways of reading a target back outside virtual time: asking the handler in this process, or the network.
#pragma once

#include "model/handler.h"
#include "net/fetch.h"
#include "scenario/evaluate.h"

#include <functional>
#include <string>

namespace provsim {

class HandlerReader final : public TargetReader {
public:
    // `now` gives the virtual time a handler is told.
    HandlerReader(Handler& handler, std::string authorization, std::function<TimePoint()> now)
        : handler_(handler), authorization_(std::move(authorization)), now_(std::move(now)) {}
    Reply read(const Request& request) override { return read_reply(handler_.handle(request, authorization_, now_()), reader_); }

private:
    Handler& handler_;
    std::string authorization_;
    std::function<TimePoint()> now_;
    JsonReader reader_;
};

class NetworkReader final : public TargetReader {
public:
    explicit NetworkReader(Fetcher fetcher) : fetcher_(std::move(fetcher)) {}
    Reply read(const Request& request) override { return fetcher_.fetch(Request(request)); }

private:
    Fetcher fetcher_;
};

}  // namespace provsim
