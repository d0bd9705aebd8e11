// SPDX-License-Identifier: Apache-2.0
// References between objects: a user's manager, a group's members. They are written by the target's ids, so both ends must
// be linked. An end that is in scope and not linked yet is tried again in each later pass; one that is not entitled is
// dropped (Entra: known-issues; how-provisioning-works, reference attributes).
#include "connectors/entra/conversation.h"
#include "connectors/entra/wire.h"

namespace provsim {
namespace {

constexpr std::string_view unresolved = "UnableToResolveReferenceAttributeValue";

// A spawned task's memo: what the user's own conversation saw. Never empty, so that a task without memo knows it must read.
constexpr char saw_none = '-', saw = '=';

Done without(std::string_view code, const Brief& brief, std::string_view why)
{
    return skipped(code, quoted_name(brief) + std::string(why));
}

Done later(const Brief& brief, std::string_view why)
{
    Done done = without(unresolved, brief, why);
    // A push is one occasion; the cycles have their own memory of what is still to be linked.
    if (!brief.on_demand) done.effects.emplace_back(Defer{});
    return done;
}

// Dropped until a restart (Entra: known-issues), unless it is to be tried again.
Done not_entitled(const EntraContext& context, const Brief& brief, std::string_view why)
{
    return context.settings.retry_not_entitled ? later(brief, why) : without(unresolved, brief, why);
}

Done switched_off(const Brief& brief, std::string_view what)
{
    return without("EntrySynchronizationSkipped", brief, std::string(what) + ", as updates are switched off (setting actions)");
}

Modified change(std::string_view name, std::string_view had, std::string_view wanted)
{
    return {std::string(name), std::string(had), std::string(wanted)};
}

Move write_manager(const EntraContext& context, const Brief& brief, std::string_view had, Transcript heard)
{
    const std::string_view wanted = brief.other ? std::string_view(*brief.other_link) : std::string_view{};
    if (had == wanted) return without("RedundantExport", brief, ": the manager is the same in the source and the target");
    if (!context.updates(brief)) return switched_off(brief, ": the manager is not written");
    if (wanted.empty() && context.settings.manager_clear == EntraSettings::ManagerClear::silent)
        return without("EntrySynchronizationSkipped", brief, ": a manager removed in the directory is not removed in the target");
    if (!heard.next()) return ask_manager(context, brief, wanted, had);
    return succeeded(LoggedAction::update, quoted_name(brief) + (wanted.empty() ? ": the manager was removed" : ": the manager was set"),
                     {change(entra_manager_path, had, wanted)});
}

}  // namespace

std::optional<Spawn> manager_to_follow(const EntraContext& context, const Brief& brief, std::string_view had, bool was_linked)
{
    if (!context.maps_manager || !context.updates(brief)) return std::nullopt;
    if (brief.other) {
        if (brief.other_link && *brief.other_link == had) return std::nullopt;
    } else if (had.empty() || !was_linked || context.settings.manager_clear == EntraSettings::ManagerClear::silent) {
        // A manager the target had before Entra knew the user is nothing that was removed in the directory (assumed).
        return std::nullopt;
    }
    std::string memo(1, had.empty() ? saw_none : saw);
    memo += had;
    return Spawn{{Action::set_manager, brief.task.object, {}}, Phase::managers, std::move(memo)};
}

Move set_manager(const EntraContext& context, const Brief& brief, Transcript heard)
{
    if (!brief.link) return without("NotEffectivelyEntitled", brief, " is not provisioned, so that no manager can be set");
    if (wish(context, brief) != Wish::keep) return without("NotEffectivelyEntitled", brief, " is not provisioned any more, so that no manager is set");
    if (brief.other && !brief.other_link) {
        if (brief.other_in_scope) return later(brief, ": the manager is not provisioned yet");
        return not_entitled(context, brief, ": the manager is not in scope");
    }
    if (!brief.memo.empty()) return write_manager(context, brief, std::string_view(brief.memo).substr(1), heard);
    const Reply* read = heard.next();
    if (!read) return ask_read(context, brief, *brief.link);
    const auto had = read->document.filled() ? read_manager(read->document.root()) : std::string_view{};
    return write_manager(context, brief, had, heard);
}

Move change_member(const EntraContext& context, const Brief& brief, Transcript heard)
{
    const bool add = brief.task.action == Action::add_member;
    if (!brief.other)
        return without("EntrySynchronizationSkipped", brief, add ? ": the user is no longer a member" : ": the user is a member again");
    if (!brief.entitlement.in_scope()) return without("NotEffectivelyEntitled", brief, " is not in scope, so that its members are not written");
    if (add) {
        if (!brief.link) return later(brief, " is not provisioned yet, nor are its members");
        if (!brief.other_link && brief.other_in_scope) return later(brief, ": the member is not provisioned yet");
        if (!brief.other_link && brief.entitlement.reason == ScopeReason::nested_in_assigned)
            return not_entitled(context, brief, ": the member is skipped, because nested groups are not flattened: only direct members of assigned groups are provisioned");
        if (!brief.other_link) return not_entitled(context, brief, ": the member is not in scope, or disabled");
    } else {
        if (!brief.link) return without(unresolved, brief, " is not provisioned");
        if (!brief.other_link) return without(unresolved, brief, ": the former member is not provisioned");
    }
    if (!context.updates(brief)) return switched_off(brief, ": the members are not written");
    const Reply* changed = heard.next();
    if (!changed) return ask_member(context, brief);
    if (changed->status == 409) {   // the addition is sent again in each cycle (Microsoft Q&A 471809, SimpleIdServer#245)
        Done done = failed(LoggedAction::update, "Conflict", quoted_name(brief) + ": the target answered 409 to a member who was added: " + changed->error_text());
        done.effects.emplace_back(Defer{});
        return done;
    }
    return succeeded(LoggedAction::update, quoted_name(brief) + (add ? ": a member was added" : ": a member was removed"),
                     {add ? change("members", {}, *brief.other_link) : change("members", *brief.other_link, {})});
}

}  // namespace provsim
