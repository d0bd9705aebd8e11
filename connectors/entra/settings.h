// SPDX-License-Identifier: Apache-2.0
// What is disputed about Entra, or chosen by its administrator. Internal to the Entra connector.
#pragma once

#include "connectors/settings.h"

#include <span>

namespace provsim {

std::span<const SettingRule> entra_setting_rules() noexcept;

// The rules' values, read once.
struct EntraSettings {
    explicit EntraSettings(const Settings& settings);

    bool get_after_match;
    unsigned max_in_flight, max_in_flight_per_group;
    bool optscim;                   // aadOptscim062020
    bool on_demand_ignores_flag;
    bool flag_single_pathless;
    bool on_demand_provisions_only;
    bool clear_manager;
    bool send_case_only_changes;
    bool honor_retry_after;
    bool soft_delete_supported;
    bool delete_unassigned;
};

}  // namespace provsim
