// SPDX-License-Identifier: Apache-2.0
// One group: taken over or created with its members, renamed, deleted; or left as it is (JumpCloud: considerations of group
// management). Members are added one by one by tasks that follow.
#include "connectors/jumpcloud/codes.h"
#include "connectors/jumpcloud/conversation.h"
#include "connectors/jumpcloud/why.h"
#include "connectors/jumpcloud/wire.h"

#include <fmt/format.h>

namespace provsim {
namespace {

namespace code = jumpcloud_code;
namespace why = jumpcloud_why;

Done unreadable(const Brief& brief, std::string_view which)
{
    return jumpcloud_failed(which, "The target's answer about " + jumpcloud_name(brief) + " cannot be used");
}

void add_members(const Brief& brief, Done& done)
{
    for (const Member& member : brief.members)
        done.effects.emplace_back(Follow{Planned({Action::add_member, brief.task.object, member.user}, why::bound), Duration{0}, Duration{0}});
}

// A re-sync of a group that was lost brings its members back, or not (setting group_resync_restores).
bool takes_members(const JumpCloudContext& context, const Brief& brief)
{
    return context.settings.resync_restores || (brief.why & why::resync) == 0;
}

Done take_over(const JumpCloudContext& context, const Brief& brief, std::string_view id)
{
    Done done = jumpcloud_done(LoggedAction::other, jumpcloud_name(brief) + " is in the target already and is taken over");
    done.effects.emplace_back(LinkTo{std::string(id), true});
    if (takes_members(context, brief)) add_members(brief, done);
    return done;
}

Move unknown(const JumpCloudContext& context, const Brief& brief, Transcript heard)
{
    if (!brief.entitlement.in_scope()) return jumpcloud_skipped(code::not_bound, why_not_sent(brief));
    if (brief.members.empty()) return jumpcloud_skipped(code::empty_group, jumpcloud_name(brief) + " has no member in the target, and empty groups are not created");
    const Reply* found = heard.next();
    if (!found) return ask_jumpcloud_lookup(context, ObjectKind::group, brief.name);
    if (found->status != 404) {
        const auto list = found->list();
        if (!list) return unreadable(brief, code::group_create);
        if (list->total_results > 1 || list->resources.size() > 1)
            return jumpcloud_failed(code::group_create, fmt::format("{} groups of the target match {}, so that none is written",
                                                                    std::max<std::size_t>(list->total_results, list->resources.size()), jumpcloud_name(brief)));
        if (!list->resources.empty()) {
            const auto id = string_member(list->resources.front(), "id").value_or(std::string_view{});
            return id.empty() ? unreadable(brief, code::group_create) : take_over(context, brief, id);
        }
    }
    const bool with_members = takes_members(context, brief);
    const Reply* created = heard.next();
    if (!created) return ask_jumpcloud_group_create(context, brief, with_members);
    if (created->id().empty()) return unreadable(brief, code::group_create);
    Done done = jumpcloud_done(LoggedAction::create, jumpcloud_name(brief) + " was created");
    const auto count = brief.members.size();
    if (with_members) done.outcome.modified.push_back({"members", {}, fmt::format("{} member{}", count, count == 1 ? "" : "s")});
    done.effects.emplace_back(LinkTo{std::string(created->id()), true});
    return done;
}

Move let_go(const JumpCloudContext& context, const Brief& brief, Transcript heard)
{
    if (brief.presence == Presence::present) {
        Done done = jumpcloud_skipped(code::not_bound, why_not_sent(brief) + "; it stays in the target as it is");
        if (brief.managed) done.effects.emplace_back(LinkTo{*brief.link, false});
        return done;
    }
    Done done = jumpcloud_skipped(code::not_bound, jumpcloud_name(brief) + " is deleted in JumpCloud, after it was unbound; it stays in the target as it is");
    if (brief.managed && (brief.why & why::unbound) == 0) {
        const Reply* deleted = heard.next();
        if (!deleted) return ask_jumpcloud_delete(context, ObjectKind::group, brief.task.object, *brief.link);
        done = jumpcloud_done(LoggedAction::delete_, jumpcloud_name(brief) + (deleted->status == 404 ? " was gone from the target already" : " was deleted"));
    }
    done.effects.emplace_back(Unlink{});
    return done;
}

// Whether the members of a group that is known are added one by one: on a re-sync; when it is bound again; and when somebody
// joined it before it was known.
bool adds_members(const JumpCloudContext& context, const Brief& brief)
{
    if ((brief.why & why::resync) != 0 && context.settings.resync_restores) return true;
    if ((brief.why & why::members) != 0) return true;
    return (brief.why & why::bound) != 0 && context.settings.sends_readded_members;
}

Move known(const JumpCloudContext& context, const Brief& brief, Transcript heard)
{
    if (!brief.entitlement.in_scope()) return let_go(context, brief, heard);
    bool renames = (brief.why & why::renamed) != 0;
    std::string had;
    if ((brief.why & (why::resync | why::bound)) != 0) {
        const Reply* read = heard.next();       // assumed: something must tell that the target lost the group
        if (!read) return ask_jumpcloud_read(context, ObjectKind::group, brief.task.object, *brief.link);
        if (read->status == 404) {
            Move move = unknown(context, brief, heard);
            if (auto* done = std::get_if<Done>(&move)) done->effects.emplace(done->effects.begin(), Unlink{});
            return move;
        }
        if (!read->document.filled()) return unreadable(brief, code::group_update);
        had = string_member(read->document.root(), "displayName").value_or(std::string_view{});
        renames = had != brief.name;
    }
    if (renames && !heard.next()) return ask_jumpcloud_rename(context, brief.task.object, *brief.link, brief.name);
    const bool adds = adds_members(context, brief);
    Done done = jumpcloud_skipped(code::unchanged, jumpcloud_name(brief) + " is in the target already");
    if (adds && !renames) done = jumpcloud_done(LoggedAction::other, jumpcloud_name(brief) + " is in the target already; its members are added again");
    if (renames) {
        done = jumpcloud_done(LoggedAction::update, jumpcloud_name(brief) + " was renamed");
        done.outcome.modified.push_back({"displayName", had, std::string(brief.name)});
    }
    if (!brief.managed) done.effects.emplace_back(LinkTo{*brief.link, true});
    if (adds) add_members(brief, done);
    return done;
}

}  // namespace

Move jumpcloud_group(const JumpCloudContext& context, const Brief& brief, Transcript heard)
{
    if (!context.manages_groups) return jumpcloud_skipped(code::groups_not_managed, jumpcloud_name(brief) + " is not sent: groups are not managed (setting manage_groups)");
    if (brief.held_by)
        return jumpcloud_failed(code::group_create, "The group of the target that " + jumpcloud_name(brief) + " was found as belongs to another group of JumpCloud already");
    return brief.link ? known(context, brief, heard) : unknown(context, brief, heard);
}

}  // namespace provsim
