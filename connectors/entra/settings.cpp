// SPDX-License-Identifier: Apache-2.0
#include "connectors/entra/settings.h"

namespace provsim {
namespace {

constexpr std::string_view true_false[] = {"true", "false"};
constexpr std::string_view false_true[] = {"false", "true"};
constexpr std::string_view path_pathless[] = {"path", "pathless"};
constexpr std::string_view on_demand_choices[] = {"provision_and_update", "provision_only"};
constexpr std::string_view manager_choices[] = {"send_empty", "silent"};
constexpr std::string_view case_choices[] = {"ignore", "send"};
constexpr std::string_view soft_delete_choices[] = {"supported", "unsupported"};
constexpr std::string_view unassign_choices[] = {"never", "on_hard_delete"};

constexpr std::string_view expression_choices[] = {"part", "whole"};

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
    {"manager_clear", "send_empty", manager_choices, 0, 0, "a manager removed in the directory is replaced by \"\" in the target, or left", "observed",
     "better-auth changelog, SCIM-SDK pull request 653"},
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
      clear_manager(settings.text("manager_clear") == "send_empty"),
      send_case_only_changes(settings.text("case_only_change") == "send"),
      honor_retry_after(settings.flag("honor_retry_after")),
      soft_delete_supported(settings.text("target_soft_delete") == "supported"),
      delete_unassigned(settings.text("delete_after_unassign") == "on_hard_delete")
{
}

}  // namespace provsim
