// SPDX-License-Identifier: Apache-2.0
#include "connectors/entra/conversation.h"

#include "connectors/entra/wire.h"

namespace provsim {

Wish wish(const EntraContext& context, const Brief& brief) noexcept
{
    if (brief.entitlement.ignored()) return Wish::leave;
    const bool in_scope = brief.entitlement.in_scope();
    if (brief.task.object.is_group()) return in_scope ? Wish::keep : Wish::remove;
    if (in_scope && brief.enabled) return Wish::keep;

    // Provision on demand can disable users who were unassigned, but nobody who is disabled or deleted in the directory
    // (Entra: provision-on-demand, known limitations).
    const bool unassigned = brief.presence == Presence::present && !in_scope;
    if (brief.on_demand && !unassigned) return Wish::leave;

    // A user disabled because he was unassigned is no longer managed: no DELETE follows (Entra: how-provisioning-works).
    const bool managed = brief.managed;
    if (brief.presence == Presence::absent) return managed || context.settings.delete_unassigned ? Wish::remove : Wish::forget;
    if (!in_scope && !managed) return Wish::leave;
    if (!context.settings.soft_delete_supported) return Wish::remove;
    return in_scope ? Wish::keep : Wish::disable;   // the mapping of `active` says False in both
}

Move probe(const EntraContext& context, const Brief& brief, Transcript heard)
{
    if (!heard.next()) return ask_probe(context, brief);
    return Done{};
}

Done skipped(std::string_view code, std::string detail)
{
    return {{Status::skipped, LoggedAction::other, code, std::move(detail), {}}, {}};
}

Done failed(LoggedAction action, std::string_view code, std::string detail)
{
    return {{Status::failure, action, code, std::move(detail), {}}, {}};
}

Done succeeded(LoggedAction action, std::string detail, std::vector<Modified> modified)
{
    return {{Status::success, action, {}, std::move(detail), std::move(modified)}, {}};
}

std::string quoted_name(const Brief& brief)
{
    std::string text(brief.task.object.is_group() ? "Group '" : "User '");
    text += brief.name;
    text += '\'';
    return text;
}

}  // namespace provsim
