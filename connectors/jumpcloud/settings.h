// SPDX-License-Identifier: Apache-2.0
// What is disputed about JumpCloud, or chosen by its administrator. Internal to the JumpCloud connector.
#pragma once

#include "connectors/settings.h"

#include <span>
#include <string>

namespace provsim {

std::span<const SettingRule> jumpcloud_setting_rules() noexcept;

// The rules' values, read once.
struct JumpCloudSettings {
    explicit JumpCloudSettings(const Settings& settings);

    bool deletes_unbound;           // last_binding_lost
    bool removes_unbound_members;   // unbind_members
    bool sends_readded_members;     // readd_membership
    bool resync_restores;           // group_resync_restores
    bool patches_users;             // user_update
    bool removes_by_filter;         // member_remove
    bool expiry_pushes;             // password_expired_pushes
    bool manages_groups;            // manage_groups
    bool groups_active;             // group_state
    bool direct_assignment;
    bool named_by_email;            // user_name_source
    bool retries_once;              // retry_5xx
    bool repeats_adds;              // repeat_member_adds
    unsigned max_in_flight;
    bool test_emails_null;          // test_emails
    std::string test_email;
};

}  // namespace provsim
