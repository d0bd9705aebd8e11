// SPDX-License-Identifier: Apache-2.0
#include "connectors/briefs.h"

namespace provsim {

Brief begin_brief(const Task& task, const World& world, Start start)
{
    Brief brief;
    brief.task = task;
    brief.on_demand = start.on_demand;
    brief.why = start.why;
    brief.memo = std::move(start.memo);
    if (!task.object) return brief;
    const View& view = world.directory;
    const bool group = task.object.is_group();
    brief.presence = view.presence(task.object);
    brief.enabled = brief.presence == Presence::present && (group || view.enabled(task.object.user()));
    brief.entitlement = group ? entitlement(view, world.scope, task.object.group()) : entitlement(view, world.scope, task.object.user());
    if (group) brief.name = view.display_name(task.object.group());
    for (const Attribute attribute : {Attribute::user_name, Attribute::display_name, Attribute::handle})
        if (!group && brief.name.empty()) brief.name = view.value(task.object.user(), attribute);
    take_link(brief, world);
    return brief;
}

void take_link(Brief& brief, const World& world)
{
    if (const auto link = world.links.find(brief.task.object)) {
        brief.link.emplace(link->target_id);
        brief.managed = link->managed;
    }
}

void take_other(Brief& brief, const World& world, UserId other)
{
    brief.other = other;
    if (const auto link = world.links.find(other)) brief.other_link.emplace(link->target_id);
    brief.other_in_scope = world.directory.enabled(other) && entitlement(world.directory, world.scope, other).in_scope();
}

}  // namespace provsim
