// SPDX-License-Identifier: Apache-2.0
// How requests leave. Loopback (a Handler in this process), network and faults are all transports.
#pragma once

#include "engine/inbox.h"

namespace provsim {

class Transport {
public:
    virtual ~Transport() = default;

    // Starts the exchange and returns at once; never calls back. Exactly one reply or failure is posted to the
    // inbox for each send: by the time send returns (loopback), or during a later poll() or wait() (network).
    // `request` stays where it is, unchanged, until its reply has been posted. `number` is unique within the
    // transport's life. `now` is virtual time, for the handler behind a loopback.
    virtual void send(ExchangeNumber number, const Request& request, TimePoint now) = 0;

    // Lets arrived answers into the inbox without waiting.
    virtual void poll() {}
    // Blocks until at least one more answer has been let into the inbox. Only called while one is outstanding;
    // returns within the request timeout (wall time) because a timeout is an answer too. Returns false
    // when it was interrupted (a signal) and no answer came.
    virtual bool wait() { return false; }
};

}  // namespace provsim
