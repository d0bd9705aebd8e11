// SPDX-License-Identifier: Apache-2.0
// One user: looked up, created, updated, deactivated or deleted. A lookup decides whether somebody new is created or updated
// (JumpCloud: custom SCIM identity management integration, user_lookup_provision); who is known is read by id, merged and PUT
// (Paul-E/scim-v2-rust, a captured body with what only the target has).
#include "connectors/jumpcloud/codes.h"
#include "connectors/jumpcloud/conversation.h"
#include "connectors/jumpcloud/user_body.h"
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

std::string_view value_of(const JumpCloudContext& context, const Brief& brief, std::string_view target)
{
    for (const Wanted& wanted : brief.desired)
        if (context.table[wanted.row].target.text == target) return wanted.value;
    return {};
}

// He is known as `id` from now on, and his groups get him next.
Done settled(const Brief& brief, Done done, std::string_view id, bool new_link)
{
    if (!new_link && brief.managed) return done;
    done.effects.emplace_back(LinkTo{std::string(id), true});
    for (const Planned& next : brief.follows) done.effects.emplace_back(Follow{next, Duration{0}, Duration{0}});
    return done;
}

// The write that ends an update, and what the log says of it.
Move write(const JumpCloudContext& context, const Brief& brief, std::string_view id, JumpCloudMerge merge, bool disables, Transcript heard)
{
    const bool patch = context.settings.patches_users;
    if (patch && merge.rows.empty()) return jumpcloud_skipped(code::unchanged, jumpcloud_name(brief) + " is in the target as in JumpCloud");
    if (!heard.next()) {
        std::string body = patch ? jumpcloud_patch_body(context, merge) : merge.resource.dump();
        return ask_jumpcloud_write(context, patch ? Method::patch : Method::put, disables ? Intent::disable : Intent::update, ObjectKind::user, brief.task.object, id, std::move(body));
    }
    return jumpcloud_done(disables ? LoggedAction::disable : LoggedAction::update, jumpcloud_name(brief) + (disables ? " was deactivated" : " was updated"),
                          std::move(merge.modified));
}

// `read`: what the target has of him.
Move update(const JumpCloudContext& context, const Brief& brief, std::string_view id, const Reply& read, Transcript heard, bool new_link)
{
    if (!read.document.filled()) return unreadable(brief, code::user_update);
    JumpCloudMerge merge = merge_jumpcloud_user(context, brief, read.document.root(), id);
    const auto active_row = static_cast<std::uint16_t>(context.table.size() - 1);
    const bool active_differs = !merge.rows.empty() && merge.rows.back() == active_row;
    if (brief.why == why::expiry && !new_link && brief.managed && !active_differs)
        return jumpcloud_skipped(code::unchanged, jumpcloud_name(brief) + " is as active in the target as in JumpCloud");
    const bool disables = active_differs && value_of(context, brief, "active") == "false";
    Move move = write(context, brief, id, std::move(merge), disables, heard);
    if (auto* done = std::get_if<Done>(&move)) return settled(brief, std::move(*done), id, new_link);
    if (new_link) std::get<Ask>(move).claims = id;
    return move;
}

Move matched(const JumpCloudContext& context, const Brief& brief, std::string_view id, Transcript heard)
{
    const Reply* read = heard.next();
    if (!read) {
        Ask ask = ask_jumpcloud_read(context, ObjectKind::user, brief.task.object, id);
        ask.claims = id;
        return ask;
    }
    if (read->status == 404) return jumpcloud_failed(code::user_update, jumpcloud_name(brief) + " is found in the target, but cannot be read there");
    return update(context, brief, id, *read, heard, true);
}

Move unknown(const JumpCloudContext& context, const Brief& brief, Transcript heard)
{
    if (!brief.entitlement.in_scope()) return jumpcloud_skipped(code::not_bound, why_not_sent(brief));
    if (!brief.enabled) return jumpcloud_skipped(code::not_active, why_not_sent(brief) + "; who is staged or suspended is not created");
    if (!brief.missing.empty()) return jumpcloud_skipped(code::no_user_name, jumpcloud_name(brief) + " has no value for " + std::string(brief.missing));
    const Reply* found = heard.next();
    if (!found) return ask_jumpcloud_lookup(context, ObjectKind::user, value_of(context, brief, "userName"));
    if (found->status != 404) {
        const auto list = found->list();
        if (!list) return unreadable(brief, code::user_lookup);
        if (list->total_results > 1 || list->resources.size() > 1)
            return jumpcloud_failed(code::user_lookup, fmt::format("{} users of the target match {}, so that none is written",
                                                                   std::max<std::size_t>(list->total_results, list->resources.size()), jumpcloud_name(brief)));
        if (!list->resources.empty()) {
            const auto id = string_member(list->resources.front(), "id").value_or(std::string_view{});
            return id.empty() ? Move(unreadable(brief, code::user_lookup)) : matched(context, brief, id, heard);
        }
    }
    const Reply* created = heard.next();
    if (!created) return ask_jumpcloud_create(context, ObjectKind::user, jumpcloud_create_body(context, brief));
    if (created->id().empty()) return unreadable(brief, code::user_create);
    return settled(brief, jumpcloud_done(LoggedAction::create, jumpcloud_name(brief) + " was created"), created->id(), true);
}

// No group binds him any more, or he is deleted in JumpCloud.
Move let_go(const JumpCloudContext& context, const Brief& brief, Transcript heard)
{
    const bool gone = brief.presence == Presence::absent;
    if (!brief.managed) {
        Done done = jumpcloud_skipped(code::not_bound, why_not_sent(brief) + "; the target was told so before");
        if (gone) done.effects.emplace_back(Unlink{});
        return done;
    }
    const Reply* first = heard.next();
    if (context.settings.deletes_unbound) {
        if (!first) return ask_jumpcloud_delete(context, ObjectKind::user, brief.task.object, *brief.link);
        Done done = jumpcloud_done(LoggedAction::delete_, jumpcloud_name(brief) + (first->status == 404 ? " was gone from the target already" : " was deleted"));
        done.effects.emplace_back(Unlink{});
        return done;
    }
    if (!first) return ask_jumpcloud_read(context, ObjectKind::user, brief.task.object, *brief.link);
    if (first->status == 404) {
        Done done = jumpcloud_skipped(code::not_in_app, jumpcloud_name(brief) + " is gone from the target, so that there is nobody to deactivate");
        done.effects.emplace_back(Unlink{});
        return done;
    }
    if (!first->document.filled()) return unreadable(brief, code::user_deprovision);
    Move move = write(context, brief, *brief.link, deactivate_jumpcloud_user(context, first->document.root(), *brief.link), true, heard);
    if (auto* done = std::get_if<Done>(&move)) {
        if (gone) done->effects.emplace_back(Unlink{});
        else done->effects.emplace_back(LinkTo{*brief.link, false});
    }
    return move;
}

Move known(const JumpCloudContext& context, const Brief& brief, Transcript heard)
{
    if (!brief.entitlement.in_scope()) return let_go(context, brief, heard);
    if (brief.managed && brief.why == why::unbound)
        return jumpcloud_skipped(code::unchanged, jumpcloud_name(brief) + " is bound to the application again, before anything was sent");
    if (!brief.missing.empty()) return jumpcloud_skipped(code::no_user_name, jumpcloud_name(brief) + " has no value for " + std::string(brief.missing));
    const Reply* read = heard.next();
    if (!read) return ask_jumpcloud_read(context, ObjectKind::user, brief.task.object, *brief.link);
    if (read->status != 404) return update(context, brief, *brief.link, *read, heard, false);
    // Gone from the target: looked up, and created anew (assumed).
    Move move = unknown(context, brief, heard);
    if (auto* done = std::get_if<Done>(&move)) done->effects.emplace(done->effects.begin(), Unlink{});
    return move;
}

}  // namespace

Move jumpcloud_user(const JumpCloudContext& context, const Brief& brief, Transcript heard)
{
    if (brief.held_by)
        return jumpcloud_failed(code::user_create, "The user of the target that " + jumpcloud_name(brief) + " was found as, or created as, belongs to another user of JumpCloud already");
    return brief.link ? known(context, brief, heard) : unknown(context, brief, heard);
}

}  // namespace provsim
