// SPDX-License-Identifier: Apache-2.0
// The GUIDs that Graph's shapes are full of, drawn from the run's seed: the same run has the same ids.
#pragma once

#include "model/random.h"

#include <cstdint>
#include <string>

namespace provsim {

class GraphIds {
public:
    explicit GraphIds(std::uint64_t seed) noexcept : draw_(seed) {}

    std::string tenant() const { return id("graph-tenant"); }
    std::string service_principal() const { return id("graph-service-principal"); }
    std::string application() const { return id("graph-application"); }
    std::string source_system() const { return id("graph-source-system"); }
    std::string target_system() const { return id("graph-target-system"); }
    std::string cycle(std::uint32_t run) const { return id("graph-cycle", run); }               // one a run
    std::string change(std::uint64_t entry) const { return id("graph-change", entry); }         // one an entry of the log
    std::string activity(std::uint64_t entry) const { return id("graph-activity", entry); }
    // template, tenant without hyphens, service principal (Graph: synchronization-synchronizationjob)
    std::string job() const;

private:
    std::string id(std::string_view purpose, std::uint64_t object = 0) const { return to_string(draw_guid(draw_, purpose, object)); }
    Draw draw_;
};

}  // namespace provsim
