// SPDX-License-Identifier: Apache-2.0
// What is disputed about Okta, or chosen by its administrator. Internal to the Okta connector.
#pragma once

#include "connectors/settings.h"
#include "model/time.h"

#include <span>

namespace provsim {

std::span<const SettingRule> okta_setting_rules() noexcept;
// How long from one scheduled import to the next; 0: never.
Duration okta_import_every(const Settings& settings);

// The rules' values, read once.
struct OktaSettings {
    explicit OktaSettings(const Settings& settings);

    bool patches;                   // an OIN template; otherwise everything is a PUT
    bool creates, updates, deactivates;
    bool sync_password;
    bool changed_only;              // profile_push
    enum class Empty : std::uint8_t { omit, text, null } empty_value;
    enum class Reactivate : std::uint8_t { read_put_patch, match_patch, patch } reactivate;
    bool reschedule_inactive;       // reply_inactive
    unsigned max_429;
    bool import_groups, import_user_schema, rename_groups, name_with_members;
    unsigned group_patch_batch;
    bool push_pending, without_password, exclude_username;
    bool auto_confirm;
    unsigned max_in_flight;
    bool deletes;                   // deprovision_delete
    bool retry_group_5xx;
    bool apply_on_create;           // apply_on: the default rows trigger no update
};

}  // namespace provsim
