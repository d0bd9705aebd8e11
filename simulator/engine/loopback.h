// SPDX-License-Identifier: Apache-2.0
// A transport to a Handler in this process: the reply is there when send returns.
#pragma once

#include "engine/transport.h"
#include "model/handler.h"

#include <string>

namespace provsim {

// Refers to the handler and the inbox, which outlive it. `authorization` is the header's value, as a network
// transport would send it ("Bearer ..."), or empty.
class LoopbackTransport final : public Transport {
public:
    LoopbackTransport(Handler& handler, Inbox& inbox, std::string authorization = {})
        : handler_(handler), inbox_(inbox), authorization_(std::move(authorization)) {}

    void send(ExchangeNumber number, const Request& request, TimePoint now) override
    {
        inbox_.post(number, read_reply(handler_.handle(request, authorization_, now), reader_));
    }

private:
    Handler& handler_;
    Inbox& inbox_;
    std::string authorization_;
    JsonReader reader_;
};

}  // namespace provsim
