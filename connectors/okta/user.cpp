// SPDX-License-Identifier: Apache-2.0
// One user: found or created, updated, given a password, deactivated, brought back. Okta: scim-20, unless a line says otherwise.
#include "connectors/okta/conversation.h"
#include "connectors/okta/wire.h"

#include <fmt/format.h>

#include <charconv>

namespace provsim {
namespace {

bool says_inactive(const Reply& reply)
{
    if (!reply.document.filled()) return false;
    const auto active = member_ignoring_case(reply.document.root(), "active");
    return active && active->is_bool() && !bool(*active);
}

bool is_inactive(json::element resource)
{
    const auto active = member_ignoring_case(resource, "active");
    return active && active->is_bool() && !bool(*active);
}

Done unreadable(const Brief& brief)
{
    return okta_failed(LoggedAction::other, "InvalidJson", "The target's answer about " + okta_name(brief) + " is no SCIM resource");
}

unsigned retries_so_far(const Brief& brief)
{
    unsigned count = 0;
    if (has_reason(brief, OktaWhy::inactive_reply)) std::from_chars(brief.memo.data(), brief.memo.data() + brief.memo.size(), count);
    return count;
}

// The job is rescheduled when the target calls somebody inactive whom it was just given; how often is assumed.
void watch_state(const OktaApp& context, const Brief& brief, Done& done, const Reply& last)
{
    if (!context.settings.reschedule_inactive || !says_inactive(last)) return;
    const unsigned count = retries_so_far(brief) + 1;
    if (count > okta_most_inactive_retries) {
        done.outcome.status = Status::failure;
        done.outcome.code = "StillInactive";
        done.outcome.detail += "; the target still answers that the user is inactive";
        return;
    }
    done.outcome.status = Status::warning;
    done.outcome.detail += "; the target answers that the user is inactive, so the job is rescheduled";
    done.effects.emplace_back(Follow{Planned({Action::provision, brief.task.object, {}}, OktaWhy::inactive_reply, std::to_string(count)), okta_inactive_retry, okta_inactive_retry});
}

// Somebody who came into the application joins its pushed groups a while later (parkjongmin-ddam's and Timothy-itayi's traces).
Done known_as(const OktaApp& context, const Brief& brief, Done done, std::string_view id, const Reply& last)
{
    done.effects.emplace_back(LinkTo{std::string(id), true});
    for (const Member& group : brief.members)
        done.effects.emplace_back(Follow{Planned({Action::add_member, group.user, brief.task.object}), okta_least_group_delay, okta_most_group_delay});
    watch_state(context, brief, done, last);
    return done;
}

Move create(const OktaApp& context, const Brief& brief, Transcript heard)
{
    const Reply* created = heard.next();
    if (!created) return okta_create_user(context, brief);
    if (created->id().empty()) return unreadable(brief);
    return known_as(context, brief, okta_done(LoggedAction::create, "Push new user to external application: " + okta_name(brief) + " was created"), created->id(), *created);
}

Move activate(const OktaApp& context, const Brief& brief, std::string_view id, Transcript heard)
{
    const Reply* patched = heard.next();
    if (!patched) return okta_patch_active(context, brief, id, true);
    return known_as(context, brief, okta_done(LoggedAction::update, "Reactivate user in external application: " + okta_name(brief), {{"active", "false", "true"}}), id, *patched);
}

// An account that the target has: it is read, and the application's profile is written into it.
Move take_over(const OktaApp& context, const Brief& brief, std::string_view id, json::element found, Transcript heard)
{
    if (context.settings.patches && context.settings.reactivate != OktaSettings::Reactivate::read_put_patch && is_inactive(found))
        return activate(context, brief, id, heard);
    const Reply* read = heard.next();
    if (!read) return okta_read(context, brief, id);
    if (!read->document.filled() || !read->document.root().is_object()) return unreadable(brief);
    const json::element resource = read->document.root();
    OktaPut what;
    if (!context.settings.patches) what.active = true;
    const Reply* last = heard.next();
    if (!last) return okta_put_user(context, brief, id, resource, what);
    auto changes = okta_changes(context, brief, resource, what);
    if (context.settings.patches && is_inactive(resource)) {
        last = heard.next();
        if (!last) return okta_patch_active(context, brief, id, true);
        changes.push_back({"active", "false", "true"});
    }
    return known_as(context, brief, okta_done(LoggedAction::update, okta_name(brief) + " was found in the target, and linked to it", std::move(changes)), id, *last);
}

// Nobody but userName is asked for, once; whoever is found first is taken (assumed of several).
Move match(const OktaApp& context, const Brief& brief, Transcript heard)
{
    const Reply* found = heard.next();
    if (!found) return okta_match(context, brief);
    const auto list = found->list();
    if (!list || list->resources.empty()) return create(context, brief, heard);     // 404 says the same as an empty list
    const json::element resource = list->resources.front();
    const auto id = string_member(resource, "id").value_or(std::string_view{});
    if (id.empty()) return unreadable(brief);
    Move move = take_over(context, brief, id, resource, heard);
    if (auto* ask = std::get_if<Ask>(&move)) ask->claims = id;
    return move;
}

Move come_in(const OktaApp& context, const Brief& brief, Transcript heard)
{
    if (!context.settings.creates) return okta_skipped("CreateUsersOff", okta_name(brief) + " was assigned, but Create Users is off; when it is on, use Provision User");
    if (!brief.missing.empty()) return okta_failed(LoggedAction::create, "RequiredValueMissing", okta_name(brief) + " has no value for " + std::string(brief.missing) + ", which the application requires");
    bool named = false;
    for (const Wanted& wanted : brief.desired) named = named || (wanted.row == context.name_row && !is_left_alone(wanted));
    if (!named) return okta_failed(LoggedAction::create, "RequiredValueMissing", okta_name(brief) + " has no user name for the application");
    if (context.settings.patches && context.settings.reactivate == OktaSettings::Reactivate::patch && brief.link) return activate(context, brief, *brief.link, heard);
    return match(context, brief, heard);
}

Move push_password(const OktaApp& context, const Brief& brief, Transcript heard)
{
    if (!context.settings.sync_password) return okta_skipped("SyncPasswordOff", okta_name(brief) + " has a new password, but Sync Password is off");
    const std::vector<Modified> changes{{"password", "", "********"}};
    if (context.settings.patches) {
        if (!heard.next()) return okta_patch_password(context, brief, *brief.link);
        return okta_done(LoggedAction::update, "Push user's password to external application: " + okta_name(brief), changes);
    }
    const Reply* read = heard.next();
    if (!read) return okta_read(context, brief, *brief.link);
    if (!read->document.filled() || !read->document.root().is_object()) return unreadable(brief);
    if (!heard.next()) return okta_put_user(context, brief, *brief.link, read->document.root(), {false, std::nullopt, true});
    return okta_done(LoggedAction::update, "Push user's password to external application: " + okta_name(brief), changes);
}

Move push_profile(const OktaApp& context, const Brief& brief, Transcript heard)
{
    const bool password = has_reason(brief, OktaWhy::password) && context.settings.sync_password;
    if (!context.settings.updates) {
        if (password) return push_password(context, brief, heard);
        return okta_skipped("UpdateUsersOff", okta_name(brief) + " has changed, but Update User Attributes is off");
    }
    const Reply* read = heard.next();
    if (!read) return okta_read(context, brief, *brief.link);
    if (!read->document.filled() || !read->document.root().is_object()) return unreadable(brief);
    const OktaPut what{true, std::nullopt, password && !context.settings.patches};
    if (!heard.next()) return okta_put_user(context, brief, *brief.link, read->document.root(), what);
    if (password && context.settings.patches && !heard.next()) return okta_patch_password(context, brief, *brief.link);
    auto changes = okta_changes(context, brief, read->document.root(), what);
    if (password && context.settings.patches) changes.push_back({"password", "", "********"});
    return okta_done(LoggedAction::update, "Push user's profile update to external application: " + okta_name(brief), std::move(changes));
}

// Once more, because the target had answered that he is inactive.
Move look_again(const OktaApp& context, const Brief& brief, Transcript heard)
{
    const Reply* read = heard.next();
    if (!read) return okta_read(context, brief, *brief.link);
    if (!read->document.filled() || !read->document.root().is_object()) return unreadable(brief);
    if (!is_inactive(read->document.root())) return okta_skipped("AlreadyProvisioned", okta_name(brief) + " is active in the target by now");
    const Reply* written = heard.next();
    if (!written) {
        if (context.settings.patches) return okta_patch_active(context, brief, *brief.link, true);
        return okta_put_user(context, brief, *brief.link, read->document.root(), {true, true, false});
    }
    Done done = okta_done(LoggedAction::update, "Reactivate user in external application: " + okta_name(brief), {{"active", "false", "true"}});
    watch_state(context, brief, done, *written);
    return done;
}

Done gone(const Brief& brief)
{
    Done done = okta_done(LoggedAction::disable, okta_name(brief) + " is not in the target any more; his assignment is removed");
    done.effects.emplace_back(Unlink{});
    return done;
}

Move deactivate(const OktaApp& context, const Brief& brief, Transcript heard)
{
    if (!context.settings.deactivates) {
        Done done = okta_skipped("DeactivateUsersOff", okta_name(brief) + " may no longer use the application, but Deactivate Users is off: the account stays, and this is not made up for later");
        done.effects.emplace_back(LinkTo{*brief.link, false});
        return done;
    }
    if (context.settings.deletes) {
        if (!heard.next()) return okta_delete(context, brief, *brief.link);
        Done done = okta_done(LoggedAction::delete_, "Delete user in external application: " + okta_name(brief));
        done.effects.emplace_back(Unlink{});
        return done;
    }
    std::vector<Modified> changes{{"active", "true", "false"}};
    if (context.settings.patches) {
        const Reply* patched = heard.next();
        if (!patched) return okta_patch_active(context, brief, *brief.link, false);
        if (patched->status == 404) return gone(brief);
    } else {
        const Reply* read = heard.next();
        if (!read) return okta_read(context, brief, *brief.link);
        if (read->status == 404) return gone(brief);
        if (!read->document.filled() || !read->document.root().is_object()) return unreadable(brief);
        const OktaPut what{false, false, false};
        const Reply* written = heard.next();
        if (!written) return okta_put_user(context, brief, *brief.link, read->document.root(), what);
        if (written->status == 404) return gone(brief);
        changes = okta_changes(context, brief, read->document.root(), what);
    }
    Done done = okta_done(LoggedAction::disable, "Push user deactivation to external application: " + okta_name(brief), std::move(changes));
    done.effects.emplace_back(LinkTo{*brief.link, false});
    return done;
}

Done not_wanted(const Brief& brief)
{
    const bool assigned = brief.entitlement.in_scope();
    if (!brief.link) {
        if (assigned) return okta_skipped("UserNotActive", okta_name(brief) + " is staged or deactivated in Okta, and not provisioned");
        return okta_skipped("NotAssigned", okta_name(brief) + " is not assigned to the application, and not provisioned");
    }
    return okta_skipped("NotAssigned", okta_name(brief) + " is no user of the application any more; nothing is sent about him");
}

}  // namespace

Move okta_provision_user(const OktaApp& context, const Brief& brief, Transcript heard)
{
    if (brief.held_by)      // assumed: Okta's own words are not known
        return okta_failed(LoggedAction::other, "AccountTaken", "The account that " + okta_name(brief) + " was found or created as belongs to another user of the application");
    if (brief.entitlement.ignored()) return okta_skipped("NotAssigned", okta_name(brief) + " is left out by the input " + describe(brief.entitlement.filter));
    if (okta_deactivates(brief)) return deactivate(context, brief, heard);
    if (!is_wanted(brief)) return not_wanted(brief);
    if (brief.link && brief.managed) {
        // Let go and taken back before anything was sent: he is provisioned like somebody new.
        const bool anew = has_reason(brief, OktaWhy::assigned) && has_reason(brief, OktaWhy::unassigned);
        if (anew) return come_in(context, brief, heard);
        if (has_reason(brief, OktaWhy::profile | OktaWhy::forced)) return push_profile(context, brief, heard);
        if (has_reason(brief, OktaWhy::password)) return push_password(context, brief, heard);
        if (has_reason(brief, OktaWhy::inactive_reply)) return look_again(context, brief, heard);
        return okta_skipped("AlreadyProvisioned", okta_name(brief) + " is provisioned already");
    }
    // Okta: OIN QA test C9293. The directory keeps the assignment; Okta would have removed it with the deactivation.
    if (brief.link && brief.entitlement.reason == ScopeReason::assigned && !has_reason(brief, OktaWhy::assigned | OktaWhy::provision_user))
        return okta_skipped("AssignAgain", okta_name(brief) + " lost the assignment with the deactivation; only who is assigned by a group comes back by himself: unassign and assign the user again");
    return come_in(context, brief, heard);
}

}  // namespace provsim
