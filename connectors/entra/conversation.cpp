// SPDX-License-Identifier: Apache-2.0
#include "connectors/entra/conversation.h"

#include "connectors/entra/wire.h"

namespace provsim {

namespace {

// Before what the administrator has switched off.
Wish natural_wish(const EntraContext& context, const Brief& brief) noexcept
{
    if (brief.entitlement.ignored()) return Wish::leave;
    const bool in_scope = brief.entitlement.in_scope();
    if (brief.task.object.is_group()) {
        if (in_scope) return Wish::keep;
        return brief.presence == Presence::absent && !brief.managed ? Wish::forget : Wish::remove;
    }
    if (in_scope && brief.enabled) return Wish::keep;

    // Provision on demand can disable users who were unassigned, but nobody who is disabled or deleted in the directory
    // (Entra: provision-on-demand, known limitations).
    const bool unassigned = brief.presence == Presence::present && !in_scope;
    if (brief.on_demand && !unassigned) return Wish::leave;

    // A user disabled because he was unassigned is no longer managed: no DELETE follows (Entra: how-provisioning-works).
    const bool managed = brief.managed;
    if (brief.presence == Presence::absent) {
        if (managed || context.settings.delete_unassigned) return Wish::remove;
        return context.settings.delete_after_disable ? Wish::leave : Wish::forget;      // his days are being counted
    }
    if (!in_scope && !managed) return Wish::leave;
    if (!context.settings.soft_delete_supported) return Wish::remove;
    return in_scope ? Wish::keep : Wish::disable;   // the mapping of `active` says False in both
}

}  // namespace

Wish wish(const EntraContext& context, const Brief& brief) noexcept
{
    const Wish wanted = natural_wish(context, brief);
    const bool gone = brief.presence == Presence::absent;
    const bool entitled = brief.entitlement.in_scope() && brief.enabled;
    if (context.settings.skip_out_of_scope_deletions && !gone && !entitled) return Wish::leave;
    if (wanted == Wish::remove && !context.deletes(brief)) return gone ? Wish::forget : Wish::leave;
    return wanted;
}

bool rematches(const EntraContext& context, const Brief& brief) noexcept
{
    switch (context.settings.missing_anchor) {
        case EntraSettings::MissingAnchor::fail: return false;
        case EntraSettings::MissingAnchor::rematch_on_delta: return true;
        // Who is out of scope is forgotten, who was and is back is matched anew.
        case EntraSettings::MissingAnchor::rematch_on_reassign: return !brief.managed || wish(context, brief) != Wish::keep;
    }
    return false;
}

Move probe(const EntraContext& context, const Brief& brief, Transcript heard)
{
    if (!heard.next()) return ask_probe(context, brief);
    return Done{};
}

}  // namespace provsim
