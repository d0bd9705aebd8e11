// SPDX-License-Identifier: Apache-2.0
// What Graph answers to provisionOnDemand: a stringKeyStringValuePair whose key and value are themselves JSON, as strings
// (Graph: synchronization-synchronizationjob-provisionondemand).
#pragma once

#include "shapes/graph_log.h"

#include <nlohmann/json_fwd.hpp>

#include <vector>

namespace provsim {

// `changes`: the entries that the push led to, the pushed object's own first; empty only if the connection test failed, of which
// `halted` and `halted_detail` then tell.
nlohmann::ordered_json provision_on_demand_response(const std::vector<ChangeFacts>& changes, std::string_view halted, std::string_view halted_detail,
                                                    const GraphSetting& setting);

}  // namespace provsim
