// SPDX-License-Identifier: Apache-2.0
// The words of the provisioning log: JumpCloud's event types for what failed, provsim's own for what was left undone (JumpCloud
// writes no event then). Internal to the JumpCloud connector.
#pragma once

#include "connectors/codes.h"

#include <span>

namespace provsim {

std::span<const CodeNote> jumpcloud_codes() noexcept;

namespace jumpcloud_code {

// JumpCloud: custom SCIM identity management integration; Directory Insights.
inline constexpr std::string_view user_lookup = "user_lookup_provision";
inline constexpr std::string_view user_create = "user_create_provision";
inline constexpr std::string_view user_update = "user_update_provision";
inline constexpr std::string_view user_deprovision = "user_deprovision";
inline constexpr std::string_view user_delete = "user_delete_provision";
inline constexpr std::string_view group_create = "group_create_provision";
inline constexpr std::string_view group_update = "group_update_provision";
inline constexpr std::string_view group_delete = "group_delete_provision";
inline constexpr std::string_view activate = "integration_activate";
inline constexpr std::string_view import = "user_import";

inline constexpr std::string_view not_bound = "not_bound";
inline constexpr std::string_view not_active = "not_active";
inline constexpr std::string_view no_user_name = "no_user_name";
inline constexpr std::string_view empty_group = "empty_group";
inline constexpr std::string_view groups_not_managed = "groups_not_managed";
inline constexpr std::string_view not_in_app = "not_in_app";
inline constexpr std::string_view unchanged = "unchanged";

}  // namespace jumpcloud_code

}  // namespace provsim
