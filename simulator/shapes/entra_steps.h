// SPDX-License-Identifier: Apache-2.0
// The steps of one change as Entra's provisioning log tells them: import, matching, scoping, reference resolution, export.
// Their order, names and wording follow records of the service: one of 2026-07 in full (rknightion/graph2otel#165), the sample
// of provisionOnDemand, the samples of provisioningobjectsummary-list, one of elastic/integrations. Wordings that no record
// shows are assumed and marked below.
#pragma once

#include "shapes/change_facts.h"

#include <string>
#include <string_view>
#include <vector>

namespace provsim {

struct EntraStep {
    std::string_view name;          // "EntryImportAdd"
    std::string_view type;          // "import" (Graph: provisioningStepType)
    Status status = Status::success;
    std::string description;
    NamedValues details;
};

// What Entra calls the two ends of a custom application.
struct EntraNames {
    std::string source = "Microsoft Entra ID";
    std::string target = "customappsso";
    std::string application;        // the service principal's
};

std::vector<EntraStep> entra_steps(const ChangeFacts& facts, const EntraNames& names);

// What identifies the object in a log: a user's userName, a group's object id (record of 2026-07).
const std::string& reportable_identifier(const ChangeFacts& facts) noexcept;
std::string_view entra_kind(const ChangeFacts& facts) noexcept;      // "User", "Group", "ServicePrincipal" for a probe (assumed)

}  // namespace provsim
