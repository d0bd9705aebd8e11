// SPDX-License-Identifier: Apache-2.0
// The provisioning log as Microsoft Graph gives it, provisioningObjectSummary (GET /auditLogs/provisioning), and as the portal
// downloads it, three CSV files joined by the change id.
#pragma once

#include "connectors/codes.h"
#include "shapes/entra_steps.h"
#include "shapes/graph_ids.h"

#include <nlohmann/json_fwd.hpp>

#include <span>
#include <string>

namespace provsim {

struct GraphSetting {
    GraphIds ids;
    EntraNames names;
    std::span<const CodeNote> codes;    // for errorCategory and recommendedAction
};

// Field names as of v1.0 in 2026; errorInformation is null unless the change failed, as in a record of 2026-07.
nlohmann::ordered_json provisioning_object_summary(const ChangeFacts& facts, const GraphSetting& setting);

// provisioningStatusInfo.errorInformation of a failure; null for the rest.
nlohmann::ordered_json error_information(const ChangeFacts& facts, const GraphSetting& setting);

// The names of the three files are documented (Entra: howto-analyze-provisioning-logs); what stands at the head of their
// columns is not: Graph's field names (assumed).
struct LogCsv {
    std::string entries, steps, modified;       // lines with their ends
};
inline constexpr std::string_view log_csv_files[] = {"ProvisioningLogs.csv", "ProvisioningLogs_ProvisioningSteps.csv", "ProvisioningLogs_ModifiedProperties.csv"};
LogCsv log_csv_heads();
LogCsv log_csv_rows(const ChangeFacts& facts, const GraphSetting& setting);
// RFC 4180: quoted if it has to be.
std::string csv_field(std::string_view text);

}  // namespace provsim
