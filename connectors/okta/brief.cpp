// SPDX-License-Identifier: Apache-2.0
#include "connectors/okta/brief.h"

#include <algorithm>
#include <charconv>

namespace provsim {
namespace {

constexpr std::string_view password_characters = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ^&!#*%";
constexpr std::string_view behind_row = "behind row ";

void take_link(Brief& brief, const World& world)
{
    if (const auto link = world.links.find(brief.task.object)) {
        brief.link.emplace(link->target_id);
        brief.managed = link->managed;
    }
}

std::string draw_password(const Draw& draw, UserId user, std::uint64_t ordinal)
{
    std::string password;
    for (std::size_t i = 0; i < okta_password_length; ++i)
        password.push_back(password_characters[draw.below(password_characters.size(), "okta password", row(user), ordinal * okta_password_length + i)]);
    return password;
}

void take_values(const OktaApp& context, Brief& brief, const World& world, const Start& start)
{
    const UserId user = brief.task.object.user();
    const AssignmentTerms terms = has_assignment_values(world) ? okta_winner(world.directory, user).terms : AssignmentTerms{};
    brief.desired.reserve(context.users.size() + 1);
    brief.computed.reserve(context.users.size() + 1);
    for (std::size_t i = 0; i < context.users.size(); ++i) {
        const OktaMapping& mapping = context.users[i];
        const auto given = okta_assigned_value(mapping, terms);
        const auto [value, trouble] = given ? OktaMapped{*given, {}} : okta_value(mapping, world.directory, user, world.now, brief.computed);
        if (!trouble.empty()) {
            brief.trouble += (brief.trouble.empty() ? "" : "; ") + mapping.target.text + " is not sent: " + trouble;
            brief.desired.push_back({static_cast<std::uint16_t>(i), Wanted::When::if_empty, {}});      // left as the target has it
        } else if (!value.empty()) {
            brief.desired.push_back({static_cast<std::uint16_t>(i), mapping.only_on_create ? Wanted::When::on_create : Wanted::When::always, value});
        } else if (mapping.required && brief.missing.empty()) {
            brief.missing = mapping.target.text;
        }
        if (i == context.name_row) brief.name = value;
    }
    brief.desired.push_back({okta_password_row, Wanted::When::on_create, brief.computed.emplace_back(draw_password(start.draw, user, start.ordinal))});
}

// Pushed groups of somebody who is about to become known; linked or not, as that is looked at when their own tasks start.
void take_groups(Brief& brief, const World& world, UserId user)
{
    for (const GroupId group : world.directory.groups_of(user))
        if (world.pushed.status(group) == PushStatus::active) brief.members.push_back({group, {}, {}});
    std::sort(brief.members.begin(), brief.members.end(), [](const Member& a, const Member& b) { return a.user < b.user; });
}

void brief_user(const OktaApp& context, Brief& brief, const World& world, const Start& start)
{
    const View& view = world.directory;
    const UserId user = brief.task.object.user();
    brief.presence = view.presence(user);
    brief.enabled = brief.presence == Presence::present && is_pushable(view.state(user), context.settings.push_pending);
    brief.entitlement = entitlement(view, world.scope, user);
    take_link(brief, world);
    brief.guid = view.object_id(user);
    if (brief.presence != Presence::absent) {
        view.prefetch(user);
        take_values(context, brief, world, start);
    }
    for (const Attribute attribute : {Attribute::user_name, Attribute::display_name, Attribute::handle})
        if (brief.name.empty()) brief.name = view.value(user, attribute);
    if (!brief.entitlement.in_scope()) return;
    if (brief.entitlement.reason == ScopeReason::assigned && is_assigned_by_group(world, user)) brief.entitlement.reason = ScopeReason::member_of_assigned;
    if (!brief.managed || has_reason(brief, OktaWhy::assigned | OktaWhy::provision_user)) take_groups(brief, world, user);
}

// Who of the group is in the target: he is assigned to the application, which made his link (Okta: about group push).
void take_members(const OktaApp& context, Brief& brief, const World& world, std::optional<std::uint32_t> behind, std::size_t most)
{
    std::vector<UserId> members = world.directory.members(brief.task.object.group());
    std::sort(members.begin(), members.end());
    for (const UserId user : members) {
        if (behind && row(user) <= *behind) continue;
        const auto link = world.links.find(user);
        if (!link || !link->managed) continue;
        brief.members.push_back({user, std::string(link->target_id), world.directory.value(user, context.name_attribute)});
        if (brief.members.size() == most) return;
    }
}

void brief_group(const OktaApp& context, Brief& brief, const World& world, bool joins)
{
    const View& view = world.directory;
    const GroupId group = brief.task.object.group();
    brief.presence = view.presence(group);
    brief.enabled = brief.presence == Presence::present && world.pushed.status(group) == PushStatus::active;
    brief.entitlement.reason = brief.presence != Presence::present ? ScopeReason::not_in_directory : brief.enabled ? ScopeReason::assigned : ScopeReason::not_assigned;
    brief.name = view.display_name(group);
    take_link(brief, world);
    const bool membership = is_membership(brief.task);
    if (membership) {
        const UserId member = brief.task.other.user();
        if (view.is_member(group, member) == (brief.task.action == Action::add_member)) brief.other = member;
        if (const auto link = world.links.find(member); link && link->managed) brief.other_link.emplace(link->target_id);
        brief.other_in_scope = is_wanted(context, world, member);
        brief.desired.push_back({context.name_row, Wanted::When::always, view.value(member, context.name_attribute)});      // the member's "display"
    }
    if (!brief.enabled || joins || (membership && context.settings.patches)) return;
    // A PATCH takes one batch, and shows by one more member that others follow.
    const bool batch = context.settings.patches && brief.task.action == Action::write_members;
    take_members(context, brief, world, rows_done(brief), batch ? context.settings.group_patch_batch + std::size_t{1} : ~std::size_t{0});
}

// Assigned users whom an import's page may show: by their names.
void brief_import(const OktaApp& context, Brief& brief, const World& world)
{
    if (brief.task.action != Action::import_users || !context.settings.auto_confirm) return;
    for (const UserId user : users_in_scope(world.directory, world.scope))
        if (!world.links.find(user)) brief.members.push_back({user, {}, world.directory.value(user, context.name_attribute)});
}

}  // namespace

std::string rows_done(std::uint32_t last)
{
    return std::string(behind_row) + std::to_string(last);
}

std::optional<std::uint32_t> rows_done(const Brief& brief) noexcept
{
    const std::string_view memo = brief.memo;
    if (brief.task.action != Action::write_members || !memo.starts_with(behind_row) || has_reason(brief, OktaWhy::push_now)) return std::nullopt;
    std::uint32_t last = 0;
    const auto [end, error] = std::from_chars(memo.data() + behind_row.size(), memo.data() + memo.size(), last);
    return error == std::errc{} && end == memo.data() + memo.size() ? std::optional(last) : std::nullopt;
}

Brief make_okta_brief(const OktaApp& context, const Task& task, const World& world, Start start)
{
    Brief brief;
    brief.task = task;
    brief.on_demand = start.on_demand;
    brief.why = start.why;
    brief.memo = std::move(start.memo);
    if (task.object.is_user()) brief_user(context, brief, world, start);
    else if (task.object.is_group()) brief_group(context, brief, world, start.joins);
    else brief_import(context, brief, world);
    return brief;
}

}  // namespace provsim
