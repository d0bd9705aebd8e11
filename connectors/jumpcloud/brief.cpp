// SPDX-License-Identifier: Apache-2.0
#include "connectors/jumpcloud/brief.h"

#include "connectors/jumpcloud/ids.h"
#include "connectors/jumpcloud/why.h"

namespace provsim {
namespace {

using From = JumpCloudMapping::From;

std::string_view email(const View& view, UserId user)
{
    const auto mail = view.value(user, Attribute::mail);
    return mail.empty() ? view.value(user, Attribute::user_name) : mail;
}

// As captured: "tel:+1-555-555-5555". A tel: URI has no blanks (RFC 3966); hyphens in their place are assumed.
std::string tel_uri(std::string_view number)
{
    std::string uri(number.starts_with("tel:") ? "" : "tel:");
    for (const char c : number) uri.push_back(c == ' ' ? '-' : c);
    return uri;
}

// Bitwarden's account of the mapping of `active`: not suspended, and the password not expired.
bool is_active(UserState state)
{
    return is_enabled(state) && state != UserState::password_expired;
}

void take_values(const JumpCloudContext& context, Brief& brief, const View& view)
{
    const UserId user = brief.task.object.user();
    brief.desired.reserve(context.table.size());
    brief.computed.reserve(context.table.size());
    const auto compute = [&](std::string text) -> std::string_view { return brief.computed.emplace_back(std::move(text)); };
    for (std::size_t i = 0; i < context.table.size(); ++i) {
        const JumpCloudMapping& row = context.table[i];
        std::string_view value;
        switch (row.from) {
            case From::attribute: value = view.value(user, row.attribute); break;
            case From::email: value = email(view, user); break;
            case From::object_id: value = compute(jumpcloud_object_id(view.object_id(user))); break;
            case From::active: value = is_active(view.state(user)) ? "true" : "false"; break;
            case From::constant: value = row.constant; break;
        }
        if (value.empty()) continue;
        if (row.tel) value = compute(tel_uri(value));
        brief.desired.push_back({static_cast<std::uint16_t>(i), Wanted::When::always, value});
    }
    // Whoever has neither mail nor a user name cannot be looked up.
    if (brief.desired.empty() || context.table[brief.desired.front().row].target.text != "userName") brief.missing = "userName";
}

void take_link(Brief& brief, const World& world)
{
    if (const auto link = world.links.find(brief.task.object)) {
        brief.link.emplace(link->target_id);
        brief.managed = link->managed;
    }
}

// What follows once a user is known: his addition to each group that is, and the creation of those that had nobody to be made
// of. A group that was let go has a task of its own when it is bound again.
void take_groups(const JumpCloudContext& context, Brief& brief, const World& world)
{
    if (!context.manages_groups) return;
    const UserId user = brief.task.object.user();
    for (const GroupId group : world.directory.groups_of(user)) {
        const auto link = world.links.find(group);
        if ((link && !link->managed) || !jumpcloud_binding(context, world, group).in_scope()) continue;
        if (!link) brief.follows.emplace_back(Task{Action::provision, group, {}}, jumpcloud_why::members);
        else if (context.settings.sends_readded_members || !left_before(world, group, user)) brief.follows.emplace_back(Task{Action::add_member, group, user}, jumpcloud_why::bound);
    }
}

void brief_user(const JumpCloudContext& context, Brief& brief, const World& world)
{
    const View& view = world.directory;
    const UserId user = brief.task.object.user();
    brief.presence = view.presence(user);
    brief.enabled = brief.presence == Presence::present && is_enabled(view.state(user));
    brief.entitlement = jumpcloud_binding(context, world, user);
    for (const Attribute attribute : {Attribute::user_name, Attribute::mail, Attribute::display_name, Attribute::handle})
        if (brief.name.empty()) brief.name = view.value(user, attribute);
    take_link(brief, world);
    if (!brief.entitlement.in_scope()) return;
    take_values(context, brief, view);
    take_groups(context, brief, world);
}

// Members who are known in the target and have not been let go.
void take_members(Brief& brief, const World& world)
{
    for (const UserId member : world.directory.members(brief.task.object.group())) {
        const auto link = world.links.find(member);
        if (!link || !link->managed) continue;
        brief.members.push_back({member, std::string(link->target_id), world.directory.value(member, Attribute::display_name)});
    }
}

void brief_group(const JumpCloudContext& context, Brief& brief, const World& world)
{
    const View& view = world.directory;
    const GroupId group = brief.task.object.group();
    brief.presence = view.presence(group);
    brief.enabled = brief.presence == Presence::present;
    brief.entitlement = jumpcloud_binding(context, world, group);
    brief.name = view.display_name(group);
    take_link(brief, world);
    if (!is_membership(brief.task)) {
        if (brief.entitlement.in_scope()) take_members(brief, world);
        return;
    }
    // A membership that is no longer as the task has it leaves `other` empty. Whose group was unbound is still its member.
    const UserId member = brief.task.other.user();
    const bool adds = brief.task.action == Action::add_member;
    const bool leaves_unbound = !adds && (brief.why & jumpcloud_why::unbound) != 0 && !brief.entitlement.in_scope();
    if (view.is_member(group, member) != adds && !leaves_unbound) return;
    brief.other = member;
    brief.other_in_scope = jumpcloud_binding(context, world, member).in_scope();
    const auto link = world.links.find(member);
    if (link && (link->managed || !adds)) brief.other_link.emplace(link->target_id);
}

// Bound users who are not known in the target yet, by what their userName is there.
void brief_import(const JumpCloudContext& context, Brief& brief, const World& world)
{
    const View& view = world.directory;
    for (const UserId user : users_in_scope(view, world.scope)) {
        if (world.links.find(user) || !jumpcloud_binding(context, world, user).in_scope()) continue;
        const auto name = context.table.front().from == From::email ? email(view, user) : view.value(user, Attribute::user_name);
        if (!name.empty()) brief.members.push_back({user, {}, name});
    }
}

}  // namespace

Brief jumpcloud_brief(const JumpCloudContext& context, const Task& task, const World& world, Start start)
{
    Brief brief;
    brief.task = task;
    brief.why = start.why;
    brief.on_demand = start.on_demand;
    brief.memo = std::move(start.memo);
    if (task.object.is_user()) brief_user(context, brief, world);
    else if (task.object.is_group()) brief_group(context, brief, world);
    else if (task.action == Action::import_users) brief_import(context, brief, world);
    return brief;
}

}  // namespace provsim
