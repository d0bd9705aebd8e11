// SPDX-License-Identifier: Apache-2.0
// Plays a story against the sandbox, in this process, and lets it come to rest.
#pragma once

#include "connectors/registry.h"
#include "engine/engine.h"
#include "engine/faults.h"
#include "engine/loopback.h"
#include "target/sandbox.h"
#include "tests/properties/witness.h"

#include <memory>
#include <optional>
#include <string>

namespace provsim::properties {

class Theatre {
public:
    explicit Theatre(const Story& story);

    void play();            // every event of the story
    // All faults are cleared, a disabled job is started; then time runs until nothing is left to do, or what is left is
    // tried once a day in vain. False if the job did work in a cycle that should have had none.
    bool heal();
    bool restart();         // the same after a restart of the job, which keeps its links
    bool begin_anew();      // the same with a new job that knows nothing, for the same directory and target

    const Engine& engine() const { return *engine_; }
    const Witness& witness() const { return *witness_; }
    Witness& witness() { return *witness_; }
    const LinkTable& links() const { return engine_->job().memory().links; }
    const Traits& traits() const { return connector_->traits(); }
    TargetState target() { return read_target(sandbox_, engine_->now()); }
    // What scenario/read_back, the judge of scenarios, finds of which `found` says nothing: it forgives more.
    std::vector<std::string> second_opinion(const std::vector<Difference>& found);
    Picture source() const { return take_picture(directory_, story_, engine_->now()); }

private:
    const Story& story_;
    Directory directory_;
    Scope scope_;
    std::unique_ptr<Connector> connector_;
    Inbox inbox_;
    Sandbox sandbox_;
    LoopbackTransport wire_{sandbox_, inbox_};
    FaultTransport faults_{wire_, inbox_};
    SkipPacer pacer_;
    std::optional<Witness> witness_;
    std::unique_ptr<Engine> engine_;

    void raise_curtain(TimePoint at);
    bool settle();
    void demand(const Demand& demand);
    void meddle(const Meddle& meddle);
    std::string id_of(const std::string& name, ObjectKind kind) const;      // in the target; empty if not linked
};

}  // namespace provsim::properties
