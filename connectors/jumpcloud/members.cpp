// SPDX-License-Identifier: Apache-2.0
// One user in one group: a PATCH of its own, never read back.
#include "connectors/jumpcloud/codes.h"
#include "connectors/jumpcloud/conversation.h"
#include "connectors/jumpcloud/why.h"
#include "connectors/jumpcloud/wire.h"

namespace provsim {
namespace {

namespace code = jumpcloud_code;

// Why nothing is sent; an empty code if something is.
Done reason_to_skip(const JumpCloudContext& context, const Brief& brief)
{
    const auto name = jumpcloud_name(brief);
    const bool add = brief.task.action == Action::add_member;
    if (!context.manages_groups) return jumpcloud_skipped(code::groups_not_managed, name + ": groups are not managed (setting manage_groups)");
    if (!brief.other) return jumpcloud_skipped(code::unchanged, name + (add ? ": the user is no longer a member" : ": the user is a member again"));
    const bool leaves_unbound = !add && (brief.why & jumpcloud_why::unbound) != 0;
    if (!brief.entitlement.in_scope() && !leaves_unbound) return jumpcloud_skipped(code::not_bound, why_not_sent(brief));
    if (!brief.link) return jumpcloud_skipped(code::not_in_app, name + " is not in the target");
    if (add && !brief.other_in_scope) return jumpcloud_skipped(code::not_bound, name + ": the member is in no active group that is bound to the application");
    if (!brief.other_link) return jumpcloud_skipped(code::not_in_app, name + ": the member is not in the target, or deactivated there");
    return {};
}

}  // namespace

Move jumpcloud_member(const JumpCloudContext& context, const Brief& brief, Transcript heard)
{
    Done skipped = reason_to_skip(context, brief);
    if (!skipped.outcome.code.empty()) return skipped;
    const bool add = brief.task.action == Action::add_member;
    if (!heard.next()) return ask_jumpcloud_member(context, add, brief.task.object, *brief.link, brief.other, *brief.other_link);
    std::vector<Modified> modified{add ? Modified{"members", {}, *brief.other_link} : Modified{"members", *brief.other_link, {}}};
    return jumpcloud_done(LoggedAction::update, jumpcloud_name(brief) + (add ? ": a member was added" : ": a member was removed"), std::move(modified));
}

}  // namespace provsim
