// SPDX-License-Identifier: Apache-2.0
#include "connectors/entra/settings.h"

namespace provsim {
namespace {

constexpr std::string_view true_false[] = {"true", "false"};
constexpr std::string_view false_true[] = {"false", "true"};
constexpr std::string_view path_pathless[] = {"path", "pathless"};
constexpr std::string_view on_demand_choices[] = {"provision_and_update", "provision_only"};
constexpr std::string_view manager_choices[] = {"send_empty", "silent", "path_filter"};
constexpr std::string_view case_choices[] = {"ignore", "send"};
constexpr std::string_view soft_delete_choices[] = {"supported", "unsupported"};
constexpr std::string_view unassign_choices[] = {"never", "on_hard_delete"};

constexpr std::string_view expression_choices[] = {"part", "whole"};

constexpr std::string_view missing_choices[] = {"fail", "rematch_on_delta", "rematch_on_reassign"};
constexpr std::string_view action_choices[] = {"create", "update", "delete"};
constexpr std::string_view none_choice[] = {"none"};
constexpr std::string_view not_entitled_choices[] = {"drop", "retry"};
constexpr std::string_view nested_choices[] = {"skip", "create"};
constexpr std::string_view phase_choices[] = {"users_groups_references", "mixed_references"};
constexpr std::string_view boolean_choices[] = {"strings", "json"};
// Of the job.
constexpr std::string_view escrow_choices[] = {"doubling", "ladder"};
constexpr std::string_view quarantine_choices[] = {"ladder", "doubling"};
constexpr std::string_view anchor_choices[] = {"start", "end"};
constexpr std::string_view restart_choices[] = {"now", "next_tick"};
constexpr std::string_view guard_choices[] = {"off", "hold_all", "send_up_to_threshold"};
constexpr std::string_view duration_choices[] = {"latency", "published"};
constexpr std::string_view on_off[] = {"on", "off"};

constexpr SettingRule rules[] = {
    {"get_after_match", "true", true_false, 0, 0, "a user or group found by its matching attribute is read by id before it is compared",
     "observed", "scim-for-keycloak issue 107"},
    {"max_in_flight", "5", {}, 1, 100, "conversations with the target that a cycle keeps open at once", "observed", "SCIM-SDK issue 646"},
    {"max_in_flight_per_group", "5", {}, 1, 100, "of them, member changes of one group", "observed", "SCIM-SDK issue 646, scimmy issue 79"},
    {"aadOptscim062020", "false", false_true, 0, 0, "the tenant URL carries the flag for RFC-conforming PATCH bodies", "documented",
     "Entra: application-provisioning-config-problem-scim-compatibility"},
    {"on_demand_ignores_flag", "true", true_false, 0, 0, "provision on demand sends the older PATCH bodies whatever the flag says", "assumed",
     "Entra: application-provisioning-config-problem-scim-compatibility says that the flag does not work with it, not what is sent"},
    {"flag_single_attribute", "path", path_pathless, 0, 0, "with the flag, a PATCH of one plain attribute names it in \"path\", or not", "documented",
     "Entra: application-provisioning-config-problem-scim-compatibility"},
    {"on_demand", "provision_and_update", on_demand_choices, 0, 0,
     "what provision on demand does about objects that are linked already: what a cycle would, or nothing", "documented",
     "Entra: provision-on-demand; provision_only: Swimlane's account of it"},
    {"manager_clear", "send_empty", manager_choices, 0, 0, "a manager removed in the directory is replaced by \"\" in the target, left there, or removed by a filter on his id", "observed",
     "better-auth changelog, SCIM-SDK pull request 653; path_filter: scim-patch issue 453"},
    {"case_only_change", "ignore", case_choices, 0, 0, "whether a difference of case alone is sent; attributes that are caseExact always are",
     "documented", "Entra: customize-application-attributes, caseExact"},
    {"honor_retry_after", "false", false_true, 0, 0, "a 429 or 503 with Retry-After is tried again within the cycle", "observed",
     "feedback.azure.com 38354572; disputed by Microsoft Q&A 2284725"},
    {"target_soft_delete", "supported", soft_delete_choices, 0, 0, "unsupported: DELETE where \"active\" false would be sent", "documented",
     "Entra: how-provisioning-works"},
    {"delete_after_unassign", "never", unassign_choices, 0, 0, "a user unassigned earlier is deleted in the target when he is hard-deleted, or not",
     "staff", "Microsoft Q&A 5646806; Entra: how-provisioning-works can be read both ways"},
    // Read where the scope is, by the loader of scenarios.
    {"default_access_entitled", "true", true_false, 0, 0, "whether an assignment by default access, without a role of the application, entitles", "documented",
     "Entra: how-provisioning-works; since 2020-04-16 it does"},
    {"filter_expressions", "part", expression_choices, 0, 0, "whether an expression of a scoping filter matches any part of a value, or must match the whole",
     "assumed", ".NET's Regex.IsMatch; the patterns of Entra: define-conditional-rules-for-provisioning-user-accounts could be meant either way"},

    // What a conversation does, and which tasks a cycle has.
    {"missing_anchor", "fail", missing_choices, 0, 0,
     "a linked entry that the target no longer has: a failure until a Full restart; matched anew as soon as its object is looked at again; or only after it left the scope and came back",
     "documented", "Entra: howto-analyze-provisioning-logs, InvalidAnchor; the others: TIM Flow's account of it"},
    {"skip_out_of_scope_deletions", "false", false_true, 0, 0,
     "whoever is unassigned, filtered out, deleted softly or barred from signing in is left alone in the target", "documented",
     "Entra: skip-out-of-scope-deletions; that soft deletion and sign-in count: settings.md"},
    {"actions", "create, update, delete", action_choices, 0, 0, "what is done to objects of the target; disabling is an update", "documented",
     "Entra: customize-application-attributes, target object actions", true},
    {"delete_days_after_disable", "none", none_choice, 1, 3650, "days after which a user disabled for having left the scope is deleted in the target", "observed",
     "TIM Flow's account of it: 30"},
    {"reference_not_entitled", "drop", not_entitled_choices, 0, 0,
     "a member or manager who is out of scope: forgotten until a restart, or tried again in each pass", "documented", "Entra: known-issues"},
    // Read where the scope is, by the loader of scenarios.
    {"nested_group_objects", "skip", nested_choices, 0, 0, "a group inside an assigned group: left out, or created as a group whose members are not provisioned through it",
     "documented", "Entra: how-provisioning-works; create: TIM Flow's account of it"},
    {"members_per_patch", "1", {}, 1, 1000, "member changes of one kind that go into one PATCH of a group", "observed", "SCIM-SDK issue 646, scimmy issue 79"},
    {"phase_order", "users_groups_references", phase_choices, 0, 0, "users before groups, or both mixed by object id; references come last either way", "assumed",
     "Entra: how-provisioning-works, which says no more than that memberships come last"},
    {"redundant_member_adds", "false", false_true, 0, 0, "after a removal every remaining member is added once more", "observed", "bitwarden/server, PatchGroupCommand.cs"},
    {"group_legacy_schema", "false", false_true, 0, 0, "a new group carries Microsoft's own second schema, and no members", "documented",
     "Entra: use-scim-to-provision-users-and-groups, create group"},
    {"member_ref_null", "false", false_true, 0, 0, "members are written with \"$ref\": null, as years ago", "documented",
     "Entra: use-scim-to-provision-users-and-groups, add and remove members"},
    {"patch_booleans", "strings", boolean_choices, 0, 0, "booleans of a PATCH without the flag: \"False\", or false", "observed",
     "rancher issue 52996, ssoready issue 155; json: Entra: use-scim-to-provision-users-and-groups, disable user"},
    // How the job keeps its cycles: connectors/entra/job.cpp reads these.
    {"escrow_backoff", "doubling", escrow_choices, 0, 0,
     "when a failed object is tried again: in the next cycle, then at doubled intervals up to 24 h, or 6, 12 and 24 h after its first failure and daily; for 28 days",
     "assumed", "Entra: how-provisioning-works says less and less often; Microsoft Q&A 623752 exponential; the intervals are not published"},
    {"quarantine_backoff", "ladder", quarantine_choices, 0, 0,
     "when a job in quarantine is tried again: 6, 12 and 24 h after it began, then daily, or after 5 minutes, doubling to 24 h; to day 28",
     "documented", "Entra: application-provisioning-quarantine-status; doubling: nextAttempt of a sample in Graph's provisioning tutorial"},
    {"interval_anchor", "start", anchor_choices, 0, 0, "whether the interval between cycles counts from the start or from the end of the one before",
     "assumed", "Graph: synchronizationSchedule says between iterations"},
    {"restart_starts", "now", restart_choices, 0, 0, "a restarted job begins its initial cycle at once, or when its next cycle is due", "assumed",
     "Microsoft Graph: synchronizationJob restart; next_tick: an integrator's account of it"},
    {"delete_guard", "off", guard_choices, 0, 0,
     "accidental deletion prevention: once a cycle has more disables and deletions than delete_threshold, all of them are held back, or those beyond it",
     "documented", "Entra: accidental-deletions; which of them are held back is not said"},
    {"delete_threshold", "500", {}, 1, 10'000'000, "disables and deletions of users and groups that one cycle may have, if delete_guard is on", "documented",
     "Entra: accidental-deletions; Graph: QuarantineTooManyDeletesThreshold"},
    {"cycle_duration", "latency", duration_choices, 0, 0,
     "how long a cycle takes: what its requests take, or 0.01 to 0.08 minutes for each object it evaluates, one after the other", "documented",
     "Entra: application-provisioning-when-will-provisioning-finish-specific-user"},
    {"quarantine_thresholds", "on", on_off, 0, 0,
     "quarantine once 40 % of 5,000 or more objects failed, or over 40,000 are in escrow, or 60,000 with references", "documented",
     "Entra: application-provisioning-quarantine-status"},
};

}  // namespace

std::span<const SettingRule> entra_setting_rules() noexcept
{
    return rules;
}

EntraSettings::EntraSettings(const Settings& settings)
    : get_after_match(settings.flag("get_after_match")),
      max_in_flight(static_cast<unsigned>(settings.number("max_in_flight"))),
      max_in_flight_per_group(static_cast<unsigned>(settings.number("max_in_flight_per_group"))),
      optscim(settings.flag("aadOptscim062020")),
      on_demand_ignores_flag(settings.flag("on_demand_ignores_flag")),
      flag_single_pathless(settings.text("flag_single_attribute") == "pathless"),
      on_demand_provisions_only(settings.text("on_demand") == "provision_only"),
      manager_clear(settings.text("manager_clear") == "silent"        ? ManagerClear::silent
                    : settings.text("manager_clear") == "path_filter" ? ManagerClear::path_filter
                                                                      : ManagerClear::send_empty),
      send_case_only_changes(settings.text("case_only_change") == "send"),
      honor_retry_after(settings.flag("honor_retry_after")),
      soft_delete_supported(settings.text("target_soft_delete") == "supported"),
      delete_unassigned(settings.text("delete_after_unassign") == "on_hard_delete"),
      missing_anchor(settings.text("missing_anchor") == "rematch_on_delta"      ? MissingAnchor::rematch_on_delta
                     : settings.text("missing_anchor") == "rematch_on_reassign" ? MissingAnchor::rematch_on_reassign
                                                                                : MissingAnchor::fail),
      skip_out_of_scope_deletions(settings.flag("skip_out_of_scope_deletions")),
      creates(settings.has("actions", "create")),
      updates(settings.has("actions", "update")),
      deletes(settings.has("actions", "delete")),
      retry_not_entitled(settings.text("reference_not_entitled") == "retry"),
      members_per_patch(static_cast<unsigned>(settings.number("members_per_patch"))),
      mixed_phases(settings.text("phase_order") == "mixed_references"),
      redundant_member_adds(settings.flag("redundant_member_adds")),
      group_legacy_schema(settings.flag("group_legacy_schema")),
      member_ref_null(settings.flag("member_ref_null")),
      json_booleans(settings.text("patch_booleans") == "json")
{
    if (settings.text("delete_days_after_disable") != "none") delete_after_disable = hours{24} * settings.number("delete_days_after_disable");
}

}  // namespace provsim
