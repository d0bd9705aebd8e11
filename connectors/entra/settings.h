// SPDX-License-Identifier: Apache-2.0
// What is disputed about Entra, or chosen by its administrator. Internal to the Entra connector.
#pragma once

#include "connectors/settings.h"
#include "model/time.h"

#include <optional>
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
    enum class ManagerClear : std::uint8_t { send_empty, silent, path_filter } manager_clear;
    bool send_case_only_changes;
    bool honor_retry_after;
    bool soft_delete_supported;
    bool delete_unassigned;

    enum class MissingAnchor : std::uint8_t { fail, rematch_on_delta, rematch_on_reassign } missing_anchor;
    bool skip_out_of_scope_deletions;
    bool creates, updates, deletes;                     // actions
    std::optional<Duration> delete_after_disable;       // delete_days_after_disable
    bool retry_not_entitled;                            // reference_not_entitled
    unsigned members_per_patch;
    bool mixed_phases;                                  // phase_order
    bool redundant_member_adds;
    bool group_legacy_schema;
    bool member_ref_null;
    bool json_booleans;                                 // patch_booleans
};

}  // namespace provsim
