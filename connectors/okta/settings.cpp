// SPDX-License-Identifier: Apache-2.0
#include "connectors/okta/settings.h"

namespace provsim {
namespace {

constexpr std::string_view true_false[] = {"true", "false"};
constexpr std::string_view false_true[] = {"false", "true"};
constexpr std::string_view template_choices[] = {"aiw", "oin", "oin_put_override"};
constexpr std::string_view push_choices[] = {"full_app_profile", "changed_only"};
constexpr std::string_view empty_choices[] = {"omit", "empty_text", "null"};
constexpr std::string_view reactivate_choices[] = {"match_read_put_patch", "match_patch", "patch"};
constexpr std::string_view inactive_choices[] = {"reschedule", "ignore"};
constexpr std::string_view token_choices[] = {"bearer", "raw"};
constexpr std::string_view schedule_choices[] = {"never", "hourly", "daily", "weekly"};
constexpr std::string_view apply_choices[] = {"create_and_update", "create"};

constexpr SettingRule rules[] = {
    {"template", "aiw", template_choices, 0, 0,
     "what the application was made from: the App Integration Wizard (all changes by PUT), a catalogue template (PATCH for state, password and groups), or one switched to PUT",
     "documented", "Okta: scim-20; concepts/scim/faqs"},
    {"create_users", "true", true_false, 0, 0, "To App: Create Users; a new application has it off, here it has been set up", "documented", "Okta: scim-provisioning-integration-connect"},
    {"update_users", "true", true_false, 0, 0, "To App: Update User Attributes; off in a new application", "documented", "Okta: scim-provisioning-integration-connect"},
    {"deactivate_users", "true", true_false, 0, 0,
     "To App: Deactivate Users; off in a new application, and what happens while it is off is never made up for", "documented",
     "Okta: scim-provisioning-integration-connect; not made up for: Timothy-itayi/okta-iam-lifecycle-lab"},
    {"sync_password", "false", false_true, 0, 0, "To App: Sync Password; a changed password is pushed", "documented", "Okta: scim-20; that the body is replace {password}: assumed"},
    {"profile_push", "full_app_profile", push_choices, 0, 0, "what a profile push writes into the resource it has read: every mapped attribute, or those that changed", "observed",
     "parkjongmin-ddam's trace of an AIW application; changed_only: Okta: scim-20 can be read so"},
    {"empty_value", "omit", empty_choices, 0, 0, "what becomes of an attribute in the target when its source has no value any more", "assumed",
     "Okta: OIN QA test C9337 asks only that it causes no error"},
    {"reactivate", "match_read_put_patch", reactivate_choices, 0, 0, "how a catalogue application brings an inactive user back", "observed",
     "published log of a catalogue application (PUT, then PATCH); the order of the reads: assumed"},
    {"reply_inactive", "reschedule", inactive_choices, 0, 0, "what a target's \"active\": false means in the answer about somebody just provisioned", "observed",
     "implementers' accounts; how often and when it is tried again: assumed"},
    {"max_429", "10", {}, 1, 11, "requests sent in all while a target answers 429 (11: the same page read as ten retries)", "documented", "Okta: concepts/scim, rate limiting"},
    {"token_header", "bearer", token_choices, 0, 0, "the Authorization header: \"Bearer \" and the token, or the token as it is (Header Auth templates)", "documented",
     "Okta: scim-provisioning-integration-connect; raw: Okta blog, Flask SCIM server"},
    {"import_groups", "true", true_false, 0, 0, "whether groups are imported; without, a group is looked for by its name before it is created", "observed",
     "parkjongmin-ddam's trace (on), Timothy-itayi/okta-iam-lifecycle-lab (off)"},
    {"import_user_schema", "false", false_true, 0, 0, "a catalogue application reads /ResourceTypes and /Schemas when its settings are saved", "documented",
     "Okta: submit-oin-app, protocol properties; release notes 2026.05"},
    {"rename_groups", "true", true_false, 0, 0, "a pushed group is renamed in the target when it is in Okta", "documented", "Okta: OIN QA tests C9313 and C9314"},
    {"group_name_with_members", "false", false_true, 0, 0, "a catalogue application's membership PATCH begins with the group's name", "documented",
     "Okta: scim-20 says so of each membership update; its samples, and others', lack it"},
    {"group_patch_batch", "100", {}, 100, 1000, "membership changes that go into one PATCH", "documented", "okta/okta-developer-docs#2105"},
    {"push_pending_users", "false", false_true, 0, 0, "staged users are provisioned too", "documented",
     "Okta: management API, PUSH_PENDING_USERS; metabase#48276 saw them created, Timothy-itayi/okta-iam-lifecycle-lab did not"},
    {"push_without_password", "false", false_true, 0, 0, "new users are sent without the placeholder password", "documented", "Okta: management API, PUSH_NEW_USERS_WITHOUT_PASSWORD"},
    {"exclude_username_update", "false", false_true, 0, 0, "a profile push leaves the userName as the target has it", "documented", "Okta: management API, EXCLUDE_USERNAME_UPDATE_ON_PROFILE_PUSH"},
    {"import_schedule", "never", schedule_choices, 0, 0, "how often users are imported by themselves", "documented", "Okta: concepts/scim/faqs"},
    {"auto_confirm_exact", "true", true_false, 0, 0, "an imported user who is an assigned one by his userName is linked to him without being asked about", "documented",
     "Okta: app-provisioning-connection, autoConfirmExactMatch"},
    {"apply_on", "create_and_update", apply_choices, 0, 0,
     "when the default mappings apply; with `create` a change of an attribute triggers nothing. A fresh AIW application shows Create, guides ask for Create and update", "observed",
     "parkjongmin-ddam's trace of a fresh AIW application; vendors' guides"},
    {"max_in_flight", "5", {}, 1, 100, "tasks that are under way at once", "assumed", "devforum.okta.com 33791, a question nobody answered"},
    {"deprovision_delete", "false", false_true, 0, 0, "granular deprovisioning: DELETE where a user would be deactivated", "assumed",
     "Okta: event types, application.provision.user.delete (2026.07); nothing describes it"},
    {"retry_group_5xx", "true", true_false, 0, 0, "a group push that a target answers with 5xx, or not at all, is tried once more by itself after 5 minutes", "assumed",
     "Okta: event types, mapping.update.or.delete.failed says it will be retried"},
};

}  // namespace

std::span<const SettingRule> okta_setting_rules() noexcept
{
    return rules;
}

Duration okta_import_every(const Settings& settings)
{
    const auto word = settings.text("import_schedule");
    return word == "hourly" ? hours{1} : word == "daily" ? hours{24} : word == "weekly" ? hours{24 * 7} : hours{0};
}

OktaSettings::OktaSettings(const Settings& settings)
    : patches(settings.text("template") == "oin"),
      creates(settings.flag("create_users")),
      updates(settings.flag("update_users")),
      deactivates(settings.flag("deactivate_users")),
      sync_password(settings.flag("sync_password")),
      changed_only(settings.text("profile_push") == "changed_only"),
      empty_value(settings.text("empty_value") == "empty_text" ? Empty::text : settings.text("empty_value") == "null" ? Empty::null : Empty::omit),
      reactivate(settings.text("reactivate") == "match_patch" ? Reactivate::match_patch
                 : settings.text("reactivate") == "patch"     ? Reactivate::patch
                                                              : Reactivate::read_put_patch),
      reschedule_inactive(settings.text("reply_inactive") == "reschedule"),
      max_429(static_cast<unsigned>(settings.number("max_429"))),
      import_groups(settings.flag("import_groups")),
      import_user_schema(settings.flag("import_user_schema") && settings.text("template") != "aiw"),
      rename_groups(settings.flag("rename_groups")),
      name_with_members(settings.flag("group_name_with_members")),
      group_patch_batch(static_cast<unsigned>(settings.number("group_patch_batch"))),
      push_pending(settings.flag("push_pending_users")),
      without_password(settings.flag("push_without_password")),
      exclude_username(settings.flag("exclude_username_update")),
      auto_confirm(settings.flag("auto_confirm_exact")),
      max_in_flight(static_cast<unsigned>(settings.number("max_in_flight"))),
      deletes(settings.flag("deprovision_delete")),
      retry_group_5xx(settings.flag("retry_group_5xx")),
      apply_on_create(settings.text("apply_on") == "create")
{
}

}  // namespace provsim
