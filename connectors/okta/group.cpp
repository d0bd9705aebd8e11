// SPDX-License-Identifier: Apache-2.0
// One pushed group: created or linked, written, renamed, deleted. Okta: scim-20; about group push; group push operations.
#include "connectors/okta/brief.h"
#include "connectors/okta/conversation.h"
#include "connectors/okta/wire.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace provsim {
namespace {

std::string count_of_members(std::size_t count)
{
    return fmt::format("{} member{}", count, count == 1 ? "" : "s");
}

Follow rest_of_push(const Brief& brief, std::uint32_t why, std::string memo)
{
    return {Planned({Action::write_members, brief.task.object, {}}, why, std::move(memo)), okta_least_gap, okta_most_gap};
}

// The members that fit one PATCH, and whether there are others behind them.
std::span<const Member> batch_of(const OktaApp& context, const Brief& brief)
{
    return std::span(brief.members).first(std::min<std::size_t>(brief.members.size(), context.settings.group_patch_batch));
}

Done written(const Brief& brief, std::span<const Member> members)
{
    Done done = okta_done(LoggedAction::update, "Push group membership to external application: " + okta_name(brief), {{"members", "", count_of_members(members.size())}});
    if (members.size() < brief.members.size()) done.effects.emplace_back(rest_of_push(brief, OktaWhy::push, rows_done(members.back().user.index)));
    return done;
}

Done known_as(const Brief& brief, Done done, std::string_view id, std::string memo)
{
    done.effects.emplace_back(LinkTo{std::string(id), true});
    done.effects.emplace_back(rest_of_push(brief, OktaWhy::push, std::move(memo)));
    return done;
}

// POST with the members, then their list once more: PUT (parkjongmin-ddam's trace), or PATCH add (Okta blog, Flask SCIM server),
// of which an empty group has none (assumed).
Move create(const OktaApp& context, const Brief& brief, Transcript heard)
{
    const Reply* created = heard.next();
    if (!created) return okta_create_group(context, brief);
    if (created->id().empty()) return okta_failed(LoggedAction::create, "InvalidJson", "The target's answer about " + okta_name(brief) + " has no id");
    Done done = okta_done(LoggedAction::create, "Push group to external application: " + okta_name(brief) + " was created with " + count_of_members(brief.members.size()));
    if (!context.settings.patches || !brief.members.empty()) return known_as(brief, std::move(done), created->id(), {});
    done.effects.emplace_back(LinkTo{std::string(created->id()), true});
    return done;
}

// With Import Groups Okta knows the application's groups from its imports and asks nothing; a group that is in the target
// already is not in that cache here, so that it is created (that imports fill it is not simulated).
Move push_first_time(const OktaApp& context, const Brief& brief, Transcript heard)
{
    if (brief.name.empty()) return okta_failed(LoggedAction::create, "RequiredValueMissing", "the group has no name");
    if (context.settings.import_groups) return create(context, brief, heard);
    const Reply* found = heard.next();
    if (!found) return okta_match(context, brief);
    const auto list = found->list();
    if (!list || list->resources.empty()) return create(context, brief, heard);
    const auto id = string_member(list->resources.front(), "id").value_or(std::string_view{});
    if (id.empty()) return okta_failed(LoggedAction::other, "InvalidJson", "The target's answer about " + okta_name(brief) + " has no id");
    return known_as(brief, okta_done(LoggedAction::other, okta_name(brief) + " was found in the target, and linked to it"), id, std::string(okta_keeps_members));
}

// Everything at once. What a batch leaves over follows.
Move push_all(const OktaApp& context, const Brief& brief, std::string_view op, Transcript heard)
{
    if (context.settings.patches) {
        const auto batch = batch_of(context, brief);
        if (!heard.next()) return okta_patch_members(context, brief, *brief.link, op, batch);
        return written(brief, batch);
    }
    // Push now reads and writes twice (parkjongmin-ddam's trace).
    for (int round = has_reason(brief, OktaWhy::push_now) && brief.task.action == Action::write_members ? 2 : 1; round > 0; --round) {
        const Reply* read = heard.next();
        if (!read) return okta_read(context, brief, *brief.link);
        std::vector<ResourceTree> kept;
        if (brief.memo == okta_keeps_members && read->document.filled()) {
            std::unordered_set<std::string_view> ours;
            for (const Member& member : brief.members) ours.insert(member.target_id);
            json::array theirs;
            if (const auto list = member_ignoring_case(read->document.root(), "members"); list && list->get(theirs) == simdjson::SUCCESS)
                for (const json::element each : theirs)
                    if (!ours.contains(string_member(each, "value").value_or(std::string_view{}))) kept.push_back(ResourceTree::copy(each));
        }
        if (!heard.next()) return okta_put_group(context, brief, *brief.link, kept);
    }
    return written(brief, brief.members);
}

Move rename(const OktaApp& context, const Brief& brief, Transcript heard)
{
    if (!context.settings.rename_groups) return okta_skipped("RenameGroupsOff", okta_name(brief) + " has a new name, but Rename app groups is off");
    const Modified name{"displayName", "", std::string(brief.name)};
    if (!context.settings.patches) {
        Move move = push_all(context, brief, "replace", heard);
        if (auto* done = std::get_if<Done>(&move)) done->outcome.modified.push_back(name);
        return move;
    }
    if (!heard.next()) return okta_rename_group(context, brief, *brief.link);
    return okta_done(LoggedAction::update, "Rename group in external application: " + okta_name(brief), {name});
}

Move let_go(const OktaApp& context, const Brief& brief, Transcript heard)
{
    if (!brief.link) return okta_skipped("GroupNotPushed", okta_name(brief) + " is not in the target");
    if (has_reason(brief, OktaWhy::unlink_and_delete)) {
        if (!heard.next()) return okta_delete(context, brief, *brief.link);
        Done done = okta_done(LoggedAction::delete_, "Delete app group: " + okta_name(brief));
        done.effects.emplace_back(Unlink{});
        return done;
    }
    Done done = okta_done(LoggedAction::other, okta_name(brief) + " was unlinked; the group stays in the target");
    done.effects.emplace_back(Unlink{});
    return done;
}

}  // namespace

Move okta_provision_group(const OktaApp& context, const Brief& brief, Transcript heard)
{
    if (brief.held_by) return okta_failed(LoggedAction::other, "AccountTaken", "The app group that " + okta_name(brief) + " was found or created as belongs to another pushed group");
    if (!brief.enabled && has_reason(brief, OktaWhy::unlink | OktaWhy::unlink_and_delete)) return let_go(context, brief, heard);
    if (brief.presence != Presence::present && brief.link)
        return okta_skipped("SourceGroupDeleted", okta_name(brief) + " was deleted in Okta; unlink it, and delete or leave the group in the target");
    if (!brief.enabled) return okta_skipped("GroupNotPushed", okta_name(brief) + " is not pushed, or its mapping is inactive");
    if (!brief.link) return push_first_time(context, brief, heard);
    if (has_reason(brief, OktaWhy::renamed) && has_reason(brief, OktaWhy::push) && context.settings.patches && context.settings.rename_groups && !heard.next())
        return okta_rename_group(context, brief, *brief.link);
    if (has_reason(brief, OktaWhy::push)) return push_all(context, brief, "replace", heard);
    if (has_reason(brief, OktaWhy::renamed)) return rename(context, brief, heard);
    return okta_skipped("AlreadyProvisioned", okta_name(brief) + " is pushed already");
}

Move okta_write_members(const OktaApp& context, const Brief& brief, Transcript heard)
{
    if (!brief.enabled) return okta_skipped("GroupNotPushed", okta_name(brief) + " is not pushed, or its mapping is inactive");
    if (!brief.link) return okta_skipped("GroupNotLinked", okta_name(brief) + " is not in the target yet");
    const bool first = has_reason(brief, OktaWhy::push) && !has_reason(brief, OktaWhy::push_now);
    if (context.settings.patches && (first || rows_done(brief)) && brief.members.empty())
        return okta_skipped("NoMoreMembers", okta_name(brief) + " has no member left to be added");
    return push_all(context, brief, first || rows_done(brief) ? "add" : "replace", heard);
}

Move okta_change_member(const OktaApp& context, const Brief& brief, Transcript heard)
{
    const bool add = brief.task.action == Action::add_member;
    if (!brief.enabled) return okta_skipped("GroupNotPushed", okta_name(brief) + " is not pushed, or its mapping is inactive");
    if (!brief.link) return okta_skipped("GroupNotLinked", okta_name(brief) + " is not in the target yet; its first push takes its members along");
    if (!brief.other) return okta_skipped("MembershipChanged", okta_name(brief) + (add ? ": the user is no longer a member" : ": the user is a member again"));
    if (!brief.other_link) return okta_skipped("MemberNotProvisioned", okta_name(brief) + ": the user is not provisioned to the application, so that nothing is written about him");
    if (!context.settings.patches && !heard.next()) return okta_read(context, brief, *brief.link);
    if (!heard.next()) return context.settings.patches ? okta_change_members(context, brief) : okta_put_group(context, brief, *brief.link);
    return okta_done(LoggedAction::update, okta_name(brief) + (add ? ": a member was added" : ": a member was removed"),
                     {{"members", add ? "" : *brief.other_link, add ? *brief.other_link : ""}});
}

}  // namespace provsim
