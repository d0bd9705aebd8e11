// SPDX-License-Identifier: Apache-2.0
#include "connectors/jumpcloud/settings.h"

namespace provsim {
namespace {

constexpr std::string_view false_true[] = {"false", "true"};
constexpr std::string_view true_false[] = {"true", "false"};
constexpr std::string_view lost_choices[] = {"deactivate", "delete"};
constexpr std::string_view unbind_choices[] = {"leave", "remove"};
constexpr std::string_view readd_choices[] = {"sent", "not_sent"};
constexpr std::string_view update_choices[] = {"put", "patch"};
constexpr std::string_view remove_choices[] = {"value_array", "path_filter"};
constexpr std::string_view state_choices[] = {"active", "inactive"};
constexpr std::string_view direct_choices[] = {"ignore", "allow"};
constexpr std::string_view emails_choices[] = {"null", "list"};
constexpr std::string_view name_choices[] = {"email", "username"};

constexpr SettingRule rules[] = {
    {"manage_groups", "false", false_true, 0, 0, "\"Enable management of User Groups and Group Membership in this application\" is ticked", "documented",
     "JumpCloud: custom SCIM identity management integration; off until it is ticked: Cloudflare One"},
    {"test_email", "testuser@example.com", {}, 0, 0, "Test User Email: nobody in the target may have it yet, and each test needs a new one where users cannot be deleted",
     "documented", "JumpCloud: custom SCIM identity management integration; the default is provsim's"},
    {"test_emails", "null", emails_choices, 0, 0, "what \"emails\" is in the test user's update; servers that validate a request refuse null, and so cannot be activated", "observed",
     "Paul-E/scim-v2-rust, a captured body, whose place in the test is inferred; list: the address that the test user was created with (assumed)"},
    {"last_binding_lost", "deactivate", lost_choices, 0, 0,
     "a user who is in no bound group any more, or deleted in JumpCloud: \"active\" false, or DELETE", "assumed",
     "JumpCloud: custom SCIM identity management integration lists user_deprovision and user_delete_provision and does not say which is when; delete: Swimlane's account of it"},
    {"unbind_members", "leave", unbind_choices, 0, 0, "members of a group that is unbound stay in it in the target, or are removed from it one by one", "documented",
     "JumpCloud: considerations of group management (the group is left as it is); remove: Swimlane's account of it"},
    {"readd_membership", "sent", readd_choices, 0, 0,
     "who was taken out of a group, or lost it, and comes back to it is added to it again in the target, or only by a re-sync of the group", "assumed",
     "nothing is published; not_sent: Swimlane's account of it"},
    {"group_resync_restores", "true", true_false, 0, 0, "a group that is re-synced has its members added again", "observed", "Swimlane's account of it"},
    {"user_update", "put", update_choices, 0, 0, "users are updated by a PUT of the whole, or by a PATCH of what differs", "observed",
     "Paul-E/scim-v2-rust, three captured bodies; nobody has published a PATCH of a user, so that its form is assumed"},
    {"member_remove", "value_array", remove_choices, 0, 0,
     "a member is removed by a value beside the path \"members\", or by a path with a filter (RFC 7644)", "observed",
     "UniMoni: SSO setup with JumpCloud, one sentence; BoxyHQ Jackson reads both"},
    {"password_expired_pushes", "false", false_true, 0, 0,
     "a password that expires has \"active\" false sent; otherwise that is only seen when something else is sent", "assumed",
     "Bitwarden: JumpCloud SCIM integration has the expression (not suspended and not password_expired), not what makes it travel"},
    {"group_state", "active", state_choices, 0, 0, "the groups bound to the application are active in JumpCloud; members of inactive ones are not sent", "observed",
     "Swimlane's account of it: user and group must both be active"},
    {"direct_assignment", "ignore", direct_choices, 0, 0, "users assigned themselves, and not through a group, travel", "documented",
     "BoxyHQ, Bitwarden: users are bound through groups; allow: JumpCloud's API, POST /users/{id}/associations"},
    {"user_name_source", "email", name_choices, 0, 0, "what userName carries; JumpCloud's email is the directory's mail, or userName where that is empty", "observed",
     "Paul-E/scim-v2-rust, captured bodies; username: JumpCloud's tables of catalogue applications"},
    {"retry_5xx", "false", false_true, 0, 0, "a request that is answered by a server error, or not at all, is sent once more a minute later", "assumed", "no retry is published"},
    {"repeat_member_adds", "false", false_true, 0, 0, "any change of a group sends an addition for each member again", "assumed",
     "Infisical pull request 2138 says that JumpCloud tends to repeat them, not when"},
    {"max_in_flight", "1", {}, 1, 100, "conversations with the target at once", "assumed", "nothing is published"},
};

}  // namespace

std::span<const SettingRule> jumpcloud_setting_rules() noexcept
{
    return rules;
}

JumpCloudSettings::JumpCloudSettings(const Settings& settings)
    : deletes_unbound(settings.text("last_binding_lost") == "delete"),
      removes_unbound_members(settings.text("unbind_members") == "remove"),
      sends_readded_members(settings.text("readd_membership") == "sent"),
      resync_restores(settings.flag("group_resync_restores")),
      patches_users(settings.text("user_update") == "patch"),
      removes_by_filter(settings.text("member_remove") == "path_filter"),
      expiry_pushes(settings.flag("password_expired_pushes")),
      manages_groups(settings.flag("manage_groups")),
      groups_active(settings.text("group_state") == "active"),
      direct_assignment(settings.text("direct_assignment") == "allow"),
      named_by_email(settings.text("user_name_source") == "email"),
      retries_once(settings.flag("retry_5xx")),
      repeats_adds(settings.flag("repeat_member_adds")),
      max_in_flight(static_cast<unsigned>(settings.number("max_in_flight"))),
      test_emails_null(settings.text("test_emails") == "null"),
      test_email(settings.text("test_email"))
{
}

}  // namespace provsim
