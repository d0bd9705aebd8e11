// SPDX-License-Identifier: Apache-2.0
// Every provider provsim can be. One line here (registry.cpp), one source file and one folder of transcripts add another.
#pragma once

#include "connectors/connector.h"
#include "connectors/job_policy.h"
#include "connectors/settings.h"

#include <memory>
#include <span>
#include <string_view>

namespace provsim {

struct Flavour {
    std::string_view name;                                             // "entra"
    std::string_view title;                                            // "Microsoft Entra ID"
    std::span<const SettingRule> settings;
    std::unique_ptr<Connector> (*make)(const Settings& settings);
    // The cadence of its cycles: users, groups (Entra: 40 min and 20 min; see docs/decisions). 
    Duration user_cycle{};
    Duration group_cycle{};
    JobPolicy (*policy)(const Settings& settings) = nullptr;           // how its job behaves; none: as a JobPolicy says by default
};

std::span<const Flavour> flavours() noexcept;
const Flavour* find_flavour(std::string_view name) noexcept;           // null if unknown

}  // namespace provsim
