// SPDX-License-Identifier: Apache-2.0
#include "connectors/entra/brief.h"

#include "connectors/briefs.h"

namespace provsim {
namespace {

// A default stands in on creation only; under mapping type None it fills whatever is empty (Entra: customize-application-attributes;
// settings.md).
void take_default(Brief& brief, const AttributeMapping& mapping, std::uint16_t row)
{
    const bool alone = std::holds_alternative<FromNothing>(mapping.source) && !mapping.only_on_create;
    if (mapping.default_value) brief.desired.push_back({row, alone ? Wanted::When::if_empty : Wanted::When::on_create, *mapping.default_value});
    else if (mapping.required && brief.missing.empty()) brief.missing = mapping.target.text;
}

void take_values(const EntraContext& context, Brief& brief, const World& world, Draw draw, std::uint64_t ordinal)
{
    const MappingTable& table = context.table(brief.task.object.kind);
    const SourceObject from{world.directory, brief.task.object, !(brief.entitlement.in_scope() && brief.enabled), world.now, draw, ordinal, context.default_domain};
    brief.desired.reserve(table.size());
    brief.computed.reserve(computed_values(table));
    for (std::size_t i = 0; i < table.size(); ++i) {
        const AttributeMapping& mapping = table[i];
        const auto row = static_cast<std::uint16_t>(i);
        if (brief.on_demand && mapping.is_role()) continue;     // Entra: provision-on-demand, known limitations
        const Evaluated got = evaluate(mapping.source, from, brief.computed);
        if (got.kind == Evaluated::Kind::value) {
            brief.desired.push_back({row, mapping.only_on_create ? Wanted::When::on_create : Wanted::When::always, got.text});
        } else if (got.kind == Evaluated::Kind::nothing) {
            take_default(brief, mapping, row);
        } else if (got.kind == Evaluated::Kind::failed) {
            brief.trouble += (brief.trouble.empty() ? "" : "; ") + mapping.target.text + " is not sent: " + std::string(got.text);
        }
    }
}

void brief_user(const EntraContext& context, Brief& brief, const World& world, Draw draw, std::uint64_t ordinal)
{
    const View& view = world.directory;
    const UserId user = brief.task.object.user();
    if (brief.task.action == Action::provision) view.prefetch(user);
    brief.presence = view.presence(user);
    brief.enabled = brief.presence == Presence::present && view.enabled(user);
    brief.entitlement = entitlement(view, world.scope, user);
    for (const Attribute attribute : {Attribute::user_name, Attribute::display_name, Attribute::handle})
        if (brief.name.empty()) brief.name = view.value(user, attribute);
    take_link(brief, world);
    if (brief.presence == Presence::absent) return;
    if (const UserId manager = view.manager(user); manager != no_user) take_other(brief, world, manager);
    if (brief.task.action == Action::provision) take_values(context, brief, world, draw, ordinal);
}

void brief_group(const EntraContext& context, Brief& brief, const World& world, Draw draw, std::uint64_t ordinal)
{
    const View& view = world.directory;
    const GroupId group = brief.task.object.group();
    brief.presence = view.presence(group);
    brief.enabled = brief.presence == Presence::present;
    brief.entitlement = entitlement(view, world.scope, group);
    brief.name = view.display_name(group);
    take_link(brief, world);
    if (brief.task.action == Action::provision) {
        // The log says of a group that it is nested, though that entitles it to nothing.
        if (brief.entitlement.reason == ScopeReason::not_assigned) brief.entitlement.through = assigned_parent(view, group);
        if (brief.presence == Presence::present) take_values(context, brief, world, draw, ordinal);
        return;
    }
    // A membership that is no longer as the task has it leaves `other` empty.
    const UserId member = brief.task.other.user();
    if (view.is_member(group, member) == (brief.task.action == Action::add_member)) take_other(brief, world, member);
}

}  // namespace

Brief make_brief(const EntraContext& context, const Task& task, const World& world, Start start)
{
    Brief brief;
    brief.task = task;
    brief.on_demand = start.on_demand;
    brief.memo = std::move(start.memo);
    if (task.object.is_user()) brief_user(context, brief, world, start.draw, start.ordinal);
    else if (task.object.is_group()) brief_group(context, brief, world, start.draw, start.ordinal);
    else brief.guid = draw_guid(start.draw, "probe", static_cast<std::uint64_t>(task.action), start.ordinal);
    return brief;
}

}  // namespace provsim
