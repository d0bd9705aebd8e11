// SPDX-License-Identifier: Apache-2.0
// One user or one group: matched, created, updated, disabled or deleted.
#include "connectors/entra/conversation.h"
#include "connectors/entra/wire.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

constexpr std::string_view incompatible = "SystemForCrossDomainIdentityManagementServiceIncompatible";

std::string why_not(const Brief& brief)
{
    const auto name = quoted_name(brief);
    if (brief.entitlement.ignored()) return name + " is ignored, because it does not pass the input " + describe(brief.entitlement.filter);
    if (brief.presence == Presence::absent) return name + " is no longer in the directory";
    if (brief.presence == Presence::soft_deleted) return name + " is deleted, but can still be restored";
    if (brief.entitlement.reason == ScopeReason::filtered_out) return name + " does not pass " + describe(brief.entitlement.filter);
    if (brief.entitlement.reason == ScopeReason::without_role) return name + " is assigned without a role of the application, which is required (default_access_entitled)";
    if (!brief.entitlement.in_scope()) return name + " is not assigned to the application";
    return name + " is disabled, and disabled users are not created";     // Entra: known-issues
}

Done not_entitled(const Brief& brief)
{
    return skipped("NotEffectivelyEntitled", why_not(brief));
}

Done redundant(const Brief& brief)
{
    return skipped("RedundantExport", "The state of " + quoted_name(brief) + " is the same in the source and the target");
}

Done unreadable(const Brief& brief)
{
    return failed(LoggedAction::other, incompatible, "The target's answer about " + quoted_name(brief) + " is no SCIM resource");
}

const Wanted* find_row(const Brief& brief, std::uint16_t row)
{
    const auto found = std::find_if(brief.desired.begin(), brief.desired.end(), [row](const Wanted& wanted) { return wanted.row == row; });
    return found == brief.desired.end() ? nullptr : &*found;
}

// The conversation's end, once the target is as the source says: what is remembered, and whether the manager follows.
Move settled(const EntraContext& context, const Brief& brief, Done done, std::string_view id, json::element resource)
{
    if (!brief.link || !brief.managed) done.effects.emplace_back(LinkTo{std::string(id), true});
    if (brief.task.object.is_user())
        if (auto follow = manager_to_follow(context, brief, read_manager(resource), brief.link.has_value())) done.effects.emplace_back(std::move(*follow));
    return done;
}

// `resource`: the target's, as just read.
Move keep(const EntraContext& context, const Brief& brief, std::string_view id, json::element resource, Transcript heard)
{
    const auto found = differences(context, brief, resource);
    if (found.empty()) return settled(context, brief, redundant(brief), id, resource);
    if (!heard.next()) return ask_update(context, brief, id, found);
    const MappingTable& table = context.table(brief.task.object.kind);
    const bool disabled = std::any_of(found.begin(), found.end(), [&](const Difference& d) {
        return table[d.row].is_active() && is_false(d.wanted);
    });
    Done done = succeeded(disabled ? LoggedAction::disable : LoggedAction::update, quoted_name(brief) + (disabled ? " was disabled" : " was updated"),
                          modified(context, brief, found));
    return settled(context, brief, std::move(done), id, resource);
}

// Left scope, or in the recycle bin: `active` false and nothing else (Entra: how-provisioning-works).
Move disable(const EntraContext& context, const Brief& brief, json::element resource, Transcript heard)
{
    const auto found = deprovisioning_difference(context, brief, resource);
    if (!found.empty() && !heard.next()) return ask_update(context, brief, *brief.link, found);
    Done done = found.empty() ? redundant(brief)
                              : succeeded(LoggedAction::disable, quoted_name(brief) + " was disabled", modified(context, brief, found));
    // A user in the recycle bin stays managed: his hard deletion is still to be sent.
    if (brief.presence == Presence::present) done.effects.emplace_back(LinkTo{*brief.link, false});
    return done;
}

Move remove(const EntraContext& context, const Brief& brief, Transcript heard)
{
    const Reply* read = heard.next();       // a GET comes before every write (Microsoft Q&A 1195656)
    if (!read) return ask_read(context, brief, *brief.link);
    if (read->status != 404 && !heard.next()) return ask_delete(context, brief, *brief.link);
    Done done = succeeded(LoggedAction::delete_, quoted_name(brief) + (read->status == 404 ? " was gone from the target already" : " was deleted"));
    done.effects.emplace_back(Unlink{});
    return done;
}

Move known(const EntraContext& context, const Brief& brief, Transcript heard)
{
    const Wish wanted = wish(context, brief);
    if (wanted == Wish::forget) {
        Done done = skipped("NotEffectivelyEntitled", why_not(brief));
        done.effects.emplace_back(Unlink{});
        return done;
    }
    if (wanted == Wish::leave && brief.on_demand && brief.managed && !brief.entitlement.ignored())
        return skipped("NotEffectivelyEntitled", quoted_name(brief) + " is disabled or deleted in the directory, on which provision on demand does not act");
    if (wanted == Wish::leave) return not_entitled(brief);
    if (brief.on_demand && context.settings.on_demand_provisions_only)
        return skipped("EntrySynchronizationSkipped", quoted_name(brief) + " is in the target already; provision on demand neither updates nor deletes");
    if (wanted == Wish::remove) return remove(context, brief, heard);

    const Reply* read = heard.next();
    if (!read) return ask_read(context, brief, *brief.link);
    if (!read->document.filled()) return unreadable(brief);
    if (wanted == Wish::disable) return disable(context, brief, read->document.root(), heard);
    return keep(context, brief, *brief.link, read->document.root(), heard);
}

Move matched(const EntraContext& context, const Brief& brief, json::element match, Transcript heard)
{
    const auto id = string_member(match, "id").value_or(std::string_view{});
    if (id.empty()) return unreadable(brief);
    if (brief.on_demand && context.settings.on_demand_provisions_only) {
        Done done = skipped("EntrySynchronizationSkipped", quoted_name(brief) + " is in the target already; provision on demand does not update");
        done.effects.emplace_back(LinkTo{std::string(id), true});
        return done;
    }
    if (!context.settings.get_after_match) return keep(context, brief, id, match, heard);
    const Reply* read = heard.next();
    if (!read) return ask_read(context, brief, id);
    if (!read->document.filled()) return unreadable(brief);
    return keep(context, brief, id, read->document.root(), heard);
}

// Sent only for what is active and in scope, so that `active` is always true here.
Move create(const EntraContext& context, const Brief& brief, Transcript heard)
{
    const Reply* created = heard.next();
    if (!created) return ask_create(context, brief);
    if (created->id().empty()) return unreadable(brief);
    return settled(context, brief, succeeded(LoggedAction::create, quoted_name(brief) + " was created"), created->id(), created->document.root());
}

Move unknown(const EntraContext& context, const Brief& brief, Transcript heard)
{
    const bool wanted = brief.entitlement.in_scope() && (brief.task.object.is_group() || brief.enabled);
    if (!wanted) return not_entitled(brief);
    if (!brief.missing.empty())     // Graph: attributeDefinition.required; that nothing is sent: behaviours, row KN3
        return skipped("MandatoryFieldsMissing", quoted_name(brief) + " has no value for " + std::string(brief.missing) + ", which the mapping marks as required");
    bool asked = false;
    for (const std::uint16_t row : context.matching(brief.task.object.kind)) {
        const Wanted* value = find_row(brief, row);
        if (!value) continue;
        asked = true;
        const Reply* found = heard.next();
        if (!found) return ask_match(context, brief, *value);
        const auto list = found->list();
        if (!list) return unreadable(brief);
        if (list->total_results > 1 || list->resources.size() > 1)
            return failed(LoggedAction::other, "DuplicateTargetEntries",
                          fmt::format("{} entries of the target match {}, so that none is written",
                                      std::max<std::size_t>(list->total_results, list->resources.size()), quoted_name(brief)));
        if (!list->resources.empty()) return matched(context, brief, list->resources.front(), heard);
    }
    if (!asked)     // Entra: customize-application-attributes, matching attributes
        return skipped("ImportSkipped", quoted_name(brief) + " has no value for an attribute that objects are matched by");
    return create(context, brief, heard);
}

}  // namespace

Move provision(const EntraContext& context, const Brief& brief, Transcript heard)
{
    return brief.link ? known(context, brief, heard) : unknown(context, brief, heard);
}

}  // namespace provsim
