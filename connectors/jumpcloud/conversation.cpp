// SPDX-License-Identifier: Apache-2.0
#include "connectors/jumpcloud/conversation.h"

namespace provsim {

Done jumpcloud_skipped(std::string_view code, std::string detail)
{
    return {{Status::skipped, LoggedAction::other, code, std::move(detail), {}}, {}};
}

Done jumpcloud_failed(std::string_view code, std::string detail)
{
    return {{Status::failure, LoggedAction::other, code, std::move(detail), {}}, {}};
}

Done jumpcloud_done(LoggedAction action, std::string detail, std::vector<Modified> modified)
{
    return {{Status::success, action, {}, std::move(detail), std::move(modified)}, {}};
}

std::string jumpcloud_name(const Brief& brief)
{
    std::string text(brief.task.object.is_group() ? "Group '" : "User '");
    text += brief.name;
    text += '\'';
    return text;
}

std::string why_not_sent(const Brief& brief)
{
    const auto name = jumpcloud_name(brief);
    if (brief.presence != Presence::present) return name + " is deleted in JumpCloud";
    if (brief.entitlement.reason == ScopeReason::filtered_out || brief.entitlement.ignored()) return name + " does not pass " + describe(brief.entitlement.filter);
    if (brief.entitlement.in_scope()) return name + " is not active in JumpCloud";
    if (brief.task.object.is_group()) return name + " is not bound to the application, or not active";
    return name + " is in no active group that is bound to the application";
}

}  // namespace provsim
