// SPDX-License-Identifier: Apache-2.0
// Every provider provsim can be. A line in registry.cpp and one in flavours.h, one source file and one folder of transcripts add another.
#pragma once

#include "connectors/codes.h"
#include "connectors/connector.h"
#include "connectors/facts.h"
#include "connectors/job_policy.h"
#include "connectors/settings.h"
#include "model/mapping_spec.h"

#include <memory>
#include <optional>
#include <span>
#include <string_view>

namespace provsim {

// What a connector is made from.
struct ProviderConfig {
    Settings settings;
    MappingSpecs mappings;
    const Directory& directory;         // where custom attributes have their numbers; not kept
    std::string default_domain{};       // the tenant's default verified domain; empty: it has none
};

struct Flavour {
    std::string_view name;                                             // "entra"
    std::string_view title;                                            // "Microsoft Entra ID"
    std::span<const SettingRule> settings;
    // Problems are mappings that make no sense, with their places.
    Result<std::unique_ptr<Connector>> (*make)(const ProviderConfig& config) = nullptr;
    // The cadence of its cycles: users, groups (Entra: 40 min and 20 min; see docs/decisions). 
    Duration user_cycle{};
    Duration group_cycle{};
    std::span<const Fact> facts;                                       // its constants and habits, group by group
    std::optional<Problem> (*refuse_push)(const Push& push) = nullptr; // why it cannot be pushed; nothing if it can
    std::span<const CodeNote> codes;                                   // of its provisioning log, and what to do about each
    JobPolicy (*policy)(const Settings& settings) = nullptr;           // how its job behaves; none: as a JobPolicy says by default
    bool joins_url_as_typed = false;                                   // a slash at the end of the base URL stays, so that the path has two
};

std::span<const Flavour> flavours() noexcept;
const Flavour* find_flavour(std::string_view name) noexcept;           // null if unknown

}  // namespace provsim
