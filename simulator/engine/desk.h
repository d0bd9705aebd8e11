// SPDX-License-Identifier: Apache-2.0
// What the parts of the engine share: the virtual clock, the queue, the wire, the observers. Internal to the engine's room.
#pragma once

#include "connectors/job_policy.h"
#include "engine/event_queue.h"
#include "model/latency.h"
#include "engine/recorder.h"
#include "engine/transport.h"
#include "ledger/fingerprint.h"

#include <vector>

namespace provsim {

struct Desk {
    Directory& directory;
    const Scope* scope;                 // as set last; what was set before lives as long as the engine
    const Connector* connector;        // as administrators have it now; a run keeps the one it began with
    Transport& transport;
    Inbox& inbox;
    Draw draw;
    LatencyModel latency;
    JobPolicy policy;

    TimePoint now{};
    EventQueue queue{};
    Fingerprint fingerprint{};
    std::vector<Recorder*> recorders{};
    ExchangeNumber exchanges = 0;       // sent so far
    std::uint64_t log_entries = 0;
    std::uint32_t runs = 0;             // begun so far

    template <class Tell>
    void tell(Tell&& tell) const
    {
        for (Recorder* recorder : recorders) tell(*recorder);
    }
};

}  // namespace provsim
