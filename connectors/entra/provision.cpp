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
    if (!brief.entitlement.in_scope() && brief.entitlement.through != no_group)
        return name + " is only nested in an assigned group; nested groups are not flattened, so that neither it nor its members are provisioned";
    if (!brief.entitlement.in_scope()) return name + " is not assigned to the application";
    if (brief.link) return name + " is disabled in the directory";
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

Done no_longer_there(const Brief& brief)
{
    return failed(LoggedAction::other, "InvalidAnchor", "The entry of " + quoted_name(brief) + " created or matched earlier no longer exists in the target");
}

const Wanted* find_row(const Brief& brief, std::uint16_t row)
{
    const auto found = std::find_if(brief.desired.begin(), brief.desired.end(), [row](const Wanted& wanted) { return wanted.row == row; });
    return found == brief.desired.end() ? nullptr : &*found;
}

Done switched_off(const Brief& brief, std::string_view what)
{
    return skipped("EntrySynchronizationSkipped", quoted_name(brief) + std::string(what) + " (setting actions)");
}

// Of a user: the deletion that follows his being disabled.
Task deletion_of(const Brief& brief)
{
    return {Action::delete_disabled, brief.task.object, {}};
}

// How the object stands before the conversation asks for it.
enum class Known : bool { no, yes };    // no: no link, or one that is forgotten

// The conversation's end, once the target is as the source says: what is remembered, and whether the manager follows.
Move settled(const EntraContext& context, const Brief& brief, Done done, std::string_view id, json::element resource, Known before)
{
    if (before == Known::no || !brief.managed) done.effects.emplace_back(LinkTo{std::string(id), true});
    if (brief.task.object.is_user()) {
        if (context.settings.delete_after_disable) done.effects.emplace_back(Later{deletion_of(brief), std::nullopt});
        if (auto follow = manager_to_follow(context, brief, read_manager(resource), before == Known::yes)) done.effects.emplace_back(std::move(*follow));
    }
    return done;
}

// `resource`: the target's, as just read.
Move keep(const EntraContext& context, const Brief& brief, std::string_view id, json::element resource, Transcript heard, Known before)
{
    const auto found = differences(context, brief, resource);
    if (found.empty()) return settled(context, brief, redundant(brief), id, resource, before);
    if (!context.updates(brief)) return settled(context, brief, switched_off(brief, " differs in the target; updates are switched off"), id, resource, before);
    if (!heard.next()) return ask_update(context, brief, id, found);
    const MappingTable& table = context.table(brief.task.object.kind);
    const bool disabled = std::any_of(found.begin(), found.end(), [&](const Difference& d) {
        return table[d.row].is_active() && is_false(d.wanted);
    });
    Done done = succeeded(disabled ? LoggedAction::disable : LoggedAction::update, quoted_name(brief) + (disabled ? " was disabled" : " was updated"),
                          modified(context, brief, found));
    return settled(context, brief, std::move(done), id, resource, before);
}

// Left scope, or in the recycle bin: `active` false and nothing else (Entra: how-provisioning-works).
Move disable(const EntraContext& context, const Brief& brief, json::element resource, Transcript heard)
{
    const auto found = deprovisioning_difference(context, brief, resource);
    if (!found.empty() && !context.updates(brief)) return switched_off(brief, " is not disabled; updates are switched off");
    if (!found.empty() && !heard.next()) return ask_update(context, brief, *brief.link, found);
    Done done = found.empty() ? redundant(brief)
                              : succeeded(LoggedAction::disable, quoted_name(brief) + " was disabled", modified(context, brief, found));
    // A user in the recycle bin stays managed: his hard deletion is still to be sent.
    if (brief.presence == Presence::present) done.effects.emplace_back(LinkTo{*brief.link, false});
    if (context.settings.delete_after_disable) done.effects.emplace_back(Later{deletion_of(brief), context.settings.delete_after_disable});
    return done;
}

Move remove(const EntraContext& context, const Brief& brief, Transcript heard)
{
    const Reply* read = heard.next();       // a GET comes before every write (Microsoft Q&A 1195656)
    if (!read) return ask_read(context, brief, *brief.link);
    if (read->status != 404 && !heard.next()) return ask_delete(context, brief, *brief.link);
    Done done = succeeded(LoggedAction::delete_, quoted_name(brief) + (read->status == 404 ? " was gone from the target already" : " was deleted"));
    done.effects.emplace_back(Unlink{});
    if (context.settings.delete_after_disable && brief.task.action == Action::provision) done.effects.emplace_back(Later{deletion_of(brief), std::nullopt});
    return done;
}

Move unknown(const EntraContext& context, const Brief& brief, Transcript heard);

// A linked entry that the target has no more. Without a setting that says otherwise, nothing is created in its place.
Move missing(const EntraContext& context, const Brief& brief, Transcript heard)
{
    if (!rematches(context, brief)) return no_longer_there(brief);
    Move move = unknown(context, brief, heard);
    if (auto* done = std::get_if<Done>(&move)) done->effects.emplace(done->effects.begin(), Unlink{});
    return move;
}

// Why nothing is sent about somebody who is linked.
Done left_alone(const EntraContext& context, const Brief& brief)
{
    Done done = not_entitled(brief);
    if (context.settings.skip_out_of_scope_deletions) {
        done.outcome.detail += "; the entry in the target is left alone (setting skip_out_of_scope_deletions)";
        // As one who was disabled because he was unassigned: until he is back, nothing follows (assumed).
        if (brief.managed && brief.presence == Presence::present && !brief.entitlement.in_scope()) done.effects.emplace_back(LinkTo{*brief.link, false});
    } else if (!context.deletes(brief)) {
        done.outcome.detail += "; deletions are switched off (setting actions)";
    }
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
    const bool has_its_say = wanted == Wish::leave && brief.managed && !brief.entitlement.ignored();
    if (has_its_say && (context.settings.skip_out_of_scope_deletions || !context.deletes(brief))) return left_alone(context, brief);
    if (has_its_say && brief.on_demand)
        return skipped("NotEffectivelyEntitled", quoted_name(brief) + " is disabled or deleted in the directory, on which provision on demand does not act");
    if (wanted == Wish::leave) return not_entitled(brief);
    if (brief.on_demand && context.settings.on_demand_provisions_only)
        return skipped("EntrySynchronizationSkipped", quoted_name(brief) + " is in the target already; provision on demand neither updates nor deletes");
    if (wanted == Wish::remove) return remove(context, brief, heard);

    const Reply* read = heard.next();
    if (!read) return ask_read(context, brief, *brief.link);
    if (read->status == 404) return missing(context, brief, heard);
    if (!read->document.filled()) return unreadable(brief);
    if (wanted == Wish::disable) return disable(context, brief, read->document.root(), heard);
    return keep(context, brief, *brief.link, read->document.root(), heard, Known::yes);
}

Move take_over(const EntraContext& context, const Brief& brief, std::string_view id, json::element match, Transcript heard)
{
    if (brief.on_demand && context.settings.on_demand_provisions_only) {
        Done done = skipped("EntrySynchronizationSkipped", quoted_name(brief) + " is in the target already; provision on demand does not update");
        done.effects.emplace_back(LinkTo{std::string(id), true});
        return done;
    }
    if (!context.settings.get_after_match) return keep(context, brief, id, match, heard, Known::no);
    const Reply* read = heard.next();
    if (!read) return ask_read(context, brief, id);
    if (read->status == 404) return no_longer_there(brief);     // it is listed, and cannot be read
    if (!read->document.filled()) return unreadable(brief);
    return keep(context, brief, id, read->document.root(), heard, Known::no);
}

Move matched(const EntraContext& context, const Brief& brief, json::element match, Transcript heard)
{
    const auto id = string_member(match, "id").value_or(std::string_view{});
    if (id.empty()) return unreadable(brief);
    Move move = take_over(context, brief, id, match, heard);
    if (auto* ask = std::get_if<Ask>(&move)) ask->claims = id;
    return move;
}

// Sent only for what is active and in scope, so that `active` is always true here.
Move create(const EntraContext& context, const Brief& brief, Transcript heard)
{
    if (!context.creates(brief)) return switched_off(brief, " is not in the target; creations are switched off");
    const Reply* created = heard.next();
    if (!created) return ask_create(context, brief);
    if (created->id().empty()) return unreadable(brief);
    return settled(context, brief, succeeded(LoggedAction::create, quoted_name(brief) + " was created"), created->id(), created->document.root(), Known::no);
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
    if (brief.held_by)      // Entra: howto-analyze-provisioning-logs
        return failed(LoggedAction::other, "DuplicateSourceEntries",
                      "The entry of the target that " + quoted_name(brief) + " was found as, or created as, belongs to another object of the directory already");
    return brief.link ? known(context, brief, heard) : unknown(context, brief, heard);
}

// The days counted since he was disabled are over.
Move delete_disabled(const EntraContext& context, const Brief& brief, Transcript heard)
{
    if (!brief.link) return skipped("NotEffectivelyEntitled", quoted_name(brief) + " is not in the target any more");
    if (brief.entitlement.in_scope()) return skipped("NotEffectivelyEntitled", quoted_name(brief) + " is in scope again, so that he is not deleted");
    if (!context.deletes(brief)) return switched_off(brief, " is not deleted; deletions are switched off");
    return remove(context, brief, heard);
}

}  // namespace provsim
