// SPDX-License-Identifier: Apache-2.0
#include "shapes/okta_events.h"

#include "model/check.h"

#include <algorithm>

namespace provsim {
namespace {

// Messages of application.provision.group.* and group_membership.*, of which the catalogue only says when they are written, are assumed.
constexpr OktaEventType types[] = {
    {"application.configuration.update", "Verify API credentials", "", "app.api.error.api.validation"},
    {"application.integration.authentication_failure", "Error authenticating", "", "app.api.error.auth"},
    {"application.lifecycle.update", "Update application", "app.app_editor.app.update", ""},
    {"application.provision.group.add", "Provision a new group on a remote application", "", "app.api.error.create.group"},
    {"application.provision.group.import", "Download a remote group", "", "app.api.error.download_groups"},
    {"application.provision.group.remove", "Remove a remote group", "", "app.api.error.delete_group"},
    {"application.provision.group.update", "Update a remote group", "", "app.api.error.update.group"},
    {"application.provision.group.verify_exists", "Verify group exists in external application", "", "app.api.error.check_group_exists"},
    {"application.provision.group_membership.add", "Assign a user to a group on a remote application", "", "app.api.error.add_group_membership"},
    {"application.provision.group_membership.remove", "Remove a user from a group on a remote application", "", "app.api.error.remove_group_membership"},
    {"application.provision.group_membership.update", "Update user group membership on a remote application", "", "app.api.error.update_group_membership"},
    {"application.provision.group_push.deactivate_mapping", "Group push deactivated mappings", "", ""},
    {"application.provision.group_push.delete_appgroup", "Group push deleted application group", "platform.group_push.delete_appgroup", ""},
    {"application.provision.group_push.mapping.app.group.renamed", "A mapped app group has been renamed because the source group was renamed",
     "app.user_management.grouppush.mapping.app.group.renamed", ""},
    {"application.provision.group_push.mapping.app.group.renamed.failed", "A mapped app group couldn't be renamed when the source group was renamed", "",
     "app.user_management.grouppush.mapping.app.group.renamed.failed"},
    {"application.provision.group_push.pushed", "A group was pushed to an app", "app.user_management.grouppush.pushed", ""},
    {"application.provision.group_push.removed", "A group was removed from an app", "app.user_management.grouppush.removed", ""},
    {"application.provision.group_push.updated", "A group was updated in an app", "app.user_management.grouppush.updated", ""},
    {"application.provision.user.deactivate", "Push user deactivation to external application", "app.user_management.deactivate_user", "app.api.error.deactivate_user"},
    {"application.provision.user.delete", "Delete app user from application", "", ""},
    {"application.provision.user.import", "Download users from external application", "", "app.api.error.download_users"},    // the catalogue has the message of another
    {"application.provision.user.push", "Push new user to external application", "app.user_management.push_new_user", "app.api.error.create_user"},
    {"application.provision.user.push_password", "Push user's password to application", "app.user_management.push_unique_password_update",
     "app.api.error.push_password_update"},
    {"application.provision.user.push_profile", "Push user's profile to external application", "app.user_management.push_profile_success",
     "app.user_management.push_profile_failure"},
    {"application.provision.user.reactivate", "Push user reactivation in external application", "app.user_management.reactivate_user", "app.api.error.reactivate_user"},
    {"application.provision.user.sync", "Sync user in external application", "app.user_management.provision_user", "app.user_management.provision_user_failed"},
    {"application.provision.user.verify_exists", "Verify user exists in external application", "app.user_management.verified_user_with_thirdparty",
     "app.api.error.check_user_exists"},
    {okta_assigned, "Add user to application membership", "app.generic.provision.assign_user_to_app", ""},
    {okta_unassigned, "Remove user's application membership", "app.generic.provision.deactivate_user_from_app", ""},
    {"application.user_membership.update", "Updated user application property", "", ""},
    {"group.application_assignment.add", "Add assigned application to group", "group.application_assignment.add", ""},
    {"group.application_assignment.remove", "Remove assigned application from group", "group.application_assignment.remove", ""},
    {"group.application_assignment.update", "Update assigned application in group", "group.application_assignment.update", ""},
    {"group.lifecycle.create", "Create Okta group", "", ""},
    {"group.lifecycle.delete", "Delete Okta group", "", ""},
    {"group.profile.update", "Okta group profile updated", "", ""},
    {"group.user_membership.add", "Add user to group membership", "core.user_group_member.user_add", ""},
    {"group.user_membership.remove", "Remove user from group membership", "core.user_group_member.user_remove", ""},
    {"system.import.download.complete", "Import download complete", "", ""},
    {"user.account.expire_password", "Expire user's Okta password", "", ""},
    {"user.account.lock", "Max sign in attempts exceeded", "core.user_auth.account_locked", ""},
    {"user.account.reset_password", "User's Okta password has been reset", "core.user.config.user_status.password_reset", ""},
    {"user.account.unlock_by_admin", "User account unlock by admin", "core.user_auth.account_unlocked_by_admin", ""},
    {"user.account.update_password", "User update password for Okta", "core.user.config.password_update.success", ""},
    {"user.account.update_profile", "Update user profile for Okta", "core.user.config.profile_update.success", ""},
    {"user.lifecycle.activate", "Activate Okta user", "core.user.config.user_activated", ""},
    {"user.lifecycle.create", "Create Okta user", "core.user.config.user_creation.success", ""},
    {"user.lifecycle.deactivate", "Deactivate Okta user", "core.user.config.user_deactivated", ""},
    {"user.lifecycle.delete.completed", "Delete Okta user completed", "core.user.config.user_status.delete.completed", ""},
    {"user.lifecycle.delete.initiated", "Delete Okta user initiated", "core.user.config.user_status.delete.initiated", ""},
    {"user.lifecycle.suspend", "Suspend Okta user", "core.user.config.user_status.suspended", ""},
    {"user.lifecycle.unsuspend", "Unsuspend Okta user", "core.user.config.user_status.unsuspended", ""},
};

// Okta tells apart why the credentials could not be verified; a target that does not let us in, and anything else.
bool refused_entry(const ChangeFacts& facts)
{
    const auto has = [&facts](std::string_view text) { return facts.detail.find(text) != std::string::npos; };
    return facts.code.find("Credential") != std::string::npos || has("401") || has("Unauthorized") || has("403") || has("Forbidden");
}

// The connection and imports. That the log says so of a test that went well, and of each page, is assumed.
OktaEvent event_of_app(const ChangeFacts& facts)
{
    const bool failed = facts.status == Status::failure;
    if (facts.task == Action::import_users) return {failed ? "application.provision.user.import" : "system.import.download.complete", OktaTargets::app};
    if (facts.task == Action::import_groups) return {failed ? "application.provision.group.import" : "system.import.download.complete", OktaTargets::app};
    if (!failed) return {"application.lifecycle.update", OktaTargets::app};
    return {refused_entry(facts) ? "application.integration.authentication_failure" : "application.configuration.update", OktaTargets::app};
}

std::string_view event_of_user(const ChangeFacts& facts)
{
    if (match_failed(facts)) return "application.provision.user.verify_exists";
    if (facts.task == Action::set_manager) return "application.provision.user.push_profile";
    switch (facts.action) {
        case LoggedAction::create: return "application.provision.user.push";
        case LoggedAction::disable:
        case LoggedAction::staged_delete: return "application.provision.user.deactivate";
        case LoggedAction::delete_: return "application.provision.user.delete";
        case LoggedAction::update:
            if (reactivates(facts)) return "application.provision.user.reactivate";
            if (changes_only(facts, "password")) return "application.provision.user.push_password";
            // What an administrator asks for, Force Sync and Provision User; a run on demand is the only sign of it in an entry.
            return facts.run_kind == RunKind::on_demand ? "application.provision.user.sync" : "application.provision.user.push_profile";
        case LoggedAction::other: break;
    }
    return facts.linked ? "application.provision.user.push_profile" : "application.provision.user.push";
}

// Members: a push that went well is group_push.updated, however it was sent (seen).
OktaEvent event_of_members(const ChangeFacts& facts)
{
    if (facts.status != Status::failure) return {"application.provision.group_push.updated", OktaTargets::app_group};
    if (facts.task == Action::write_members) return {"application.provision.group_membership.update", OktaTargets::app_group};
    return {facts.task == Action::add_member ? "application.provision.group_membership.add" : "application.provision.group_membership.remove", OktaTargets::app_member};
}

std::vector<OktaEvent> events_of_group(const ChangeFacts& facts)
{
    const bool failed = facts.status == Status::failure;
    const auto one = [](std::string_view type) { return std::vector<OktaEvent>{{type, OktaTargets::app_group}}; };
    if (match_failed(facts)) return one("application.provision.group.verify_exists");
    switch (facts.action) {
        case LoggedAction::create: return one(failed ? "application.provision.group.add" : "application.provision.group_push.pushed");
        case LoggedAction::delete_:
            if (failed) return one("application.provision.group.remove");
            return {{"application.provision.group_push.delete_appgroup", OktaTargets::app_group}, {"application.provision.group_push.removed", OktaTargets::app_group}};
        case LoggedAction::disable: return one("application.provision.group_push.deactivate_mapping");
        case LoggedAction::update:
            if (!changes_only(facts, "displayName")) break;
            return one(failed ? "application.provision.group_push.mapping.app.group.renamed.failed" : "application.provision.group_push.mapping.app.group.renamed");
        case LoggedAction::staged_delete:
        case LoggedAction::other: break;
    }
    if (!failed) return one("application.provision.group_push.updated");
    return one(facts.linked || facts.action == LoggedAction::update ? "application.provision.group.update" : "application.provision.group.add");
}

std::string_view event_of_life(LifeStep step) noexcept
{
    switch (step) {
        case LifeStep::none: break;
        case LifeStep::activated: return "user.lifecycle.activate";         // of one who was deactivated, too (Okta: user lifecycle operations)
        case LifeStep::deactivated: return "user.lifecycle.deactivate";
        case LifeStep::suspended: return "user.lifecycle.suspend";
        case LifeStep::unsuspended: return "user.lifecycle.unsuspend";
        case LifeStep::locked: return "user.account.lock";
        case LifeStep::unlocked: return "user.account.unlock_by_admin";
        case LifeStep::password_expired: return "user.account.expire_password";
        case LifeStep::password_reset: return "user.account.reset_password";
    }
    return {};
}

}  // namespace

const OktaEventType& okta_event_type(std::string_view name)
{
    const auto found = std::find_if(std::begin(types), std::end(types), [name](const OktaEventType& type) { return type.name == name; });
    PROVSIM_CHECK(found != std::end(types));
    return *found;
}

std::vector<OktaEvent> okta_events(const ChangeFacts& facts)
{
    if (!facts.object) return {event_of_app(facts)};
    if (facts.object.is_user()) return {{event_of_user(facts), OktaTargets::app_user}};
    if (is_reference(facts.task)) return {event_of_members(facts)};
    return events_of_group(facts);
}

std::vector<OktaEvent> okta_events(const DirectoryChange& change)
{
    const bool user = change.object.is_user();
    switch (change.kind) {
        case ChangeKind::user_added:
            if (change.state == UserState::staged) return {{"user.lifecycle.create", OktaTargets::user}};
            return {{"user.lifecycle.create", OktaTargets::user}, {"user.lifecycle.activate", OktaTargets::user}};
        case ChangeKind::user_updated:
        case ChangeKind::manager_changed: return {{"user.account.update_profile", OktaTargets::user}};
        case ChangeKind::user_enabled:
        case ChangeKind::user_disabled:
        case ChangeKind::state_changed: {
            const std::string_view type = event_of_life(life_step(change));
            return type.empty() ? std::vector<OktaEvent>{} : std::vector<OktaEvent>{{type, OktaTargets::user}};
        }
        case ChangeKind::password_changed: return {{"user.account.update_password", OktaTargets::user}};
        // There is no recycle bin: who is deleted has been deactivated before, and comes back by nothing. The nearest words.
        case ChangeKind::user_soft_deleted: return {{"user.lifecycle.delete.initiated", OktaTargets::user}};
        case ChangeKind::user_restored: return {{"user.lifecycle.activate", OktaTargets::user}};
        case ChangeKind::user_hard_deleted:
            if (change.was_in_bin) return {{"user.lifecycle.delete.completed", OktaTargets::user}};
            return {{"user.lifecycle.delete.initiated", OktaTargets::user}, {"user.lifecycle.delete.completed", OktaTargets::user}};
        case ChangeKind::group_added: return {{"group.lifecycle.create", OktaTargets::group}};
        case ChangeKind::group_renamed: return {{"group.profile.update", OktaTargets::group}};
        case ChangeKind::group_deleted: return {{"group.lifecycle.delete", OktaTargets::group}};
        case ChangeKind::member_added: return {{"group.user_membership.add", OktaTargets::member}};
        case ChangeKind::member_removed: return {{"group.user_membership.remove", OktaTargets::member}};
        case ChangeKind::nested_added:
        case ChangeKind::nested_removed: return {};
        case ChangeKind::assigned:
            if (user) return {{okta_assigned, OktaTargets::app_user}};
            return {{"group.application_assignment.add", OktaTargets::group_app}};
        case ChangeKind::unassigned:
            if (user) return {{okta_unassigned, OktaTargets::app_user}};
            return {{"group.application_assignment.remove", OktaTargets::group_app}};
        case ChangeKind::roles_changed:
        case ChangeKind::assignment_changed:
            if (user) return {{"application.user_membership.update", OktaTargets::app_user}};
            return {{"group.application_assignment.update", OktaTargets::group_app}};
    }
    return {};
}

}  // namespace provsim
