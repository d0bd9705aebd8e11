// SPDX-License-Identifier: Apache-2.0
// What every part of the Okta connector works from. Made once; immutable; stays where it is made. Internal to the Okta connector.
#pragma once

#include "connectors/connector.h"
#include "connectors/okta/assignment.h"
#include "connectors/okta/constants.h"
#include "connectors/okta/mapping.h"
#include "connectors/okta/settings.h"
#include "connectors/okta/why.h"

namespace provsim {

struct OktaApp {
    OktaApp(OktaSettings chosen, OktaMappingTable mappings) : settings(chosen), users(std::move(mappings)) {}
    OktaApp(const OktaApp&) = delete;

    OktaSettings settings;
    OktaMappingTable users;
    std::uint16_t name_row = user_name_row(users);
    Attribute name_attribute = user_name_attribute(users);
    std::uint64_t triggers = triggering_attributes(users);
    std::uint64_t assignable = assignable_attributes(users);
    // In the order they were seen in (okta-blog-archive pull requests 1956 and 2022), but for what the transport adds and for
    // Accept-Encoding: compressed answers cannot be read here.
    Headers read_headers{{"User-Agent", std::string(okta_user_agent)}, {"Accept", std::string(okta_accept)}, {"Accept-Charset", std::string(okta_accept_charset)}};
    Headers write_headers{{"User-Agent", std::string(okta_user_agent)},
                          {"Accept", std::string(okta_accept)},
                          {"Accept-Charset", std::string(okta_accept_charset)},
                          {"Content-Type", std::string(okta_content_type)}};
};

// A new user's password, and the one that is pushed: an element of Brief::desired that belongs to no row.
inline constexpr std::uint16_t okta_password_row = 0xFFFF;

// An element of Brief::desired whose mapping could not be evaluated.
inline bool is_left_alone(const Wanted& wanted) noexcept { return wanted.when == Wanted::When::if_empty; }

inline bool has_reason(const Brief& brief, std::uint32_t reasons) noexcept { return (brief.why & reasons) != 0; }

// A user of the application: assigned to it, and in a state in which Okta provisions (Brief::enabled).
inline bool is_wanted(const Brief& brief) noexcept { return brief.entitlement.in_scope() && brief.enabled; }

// Who may be pushed. Suspended, locked and expired users keep their assignments and their accounts (Okta: scim-20).
constexpr bool is_pushable(UserState state, bool push_pending) noexcept
{
    return state != UserState::deactivated && (state != UserState::staged || push_pending);
}
inline bool is_wanted(const OktaApp& context, const World& world, UserId user) noexcept
{
    return entitlement(world.directory, world.scope, user).in_scope() && is_pushable(world.directory.state(user), context.settings.push_pending);
}
// Whether a group assigns him, so that his assignment outlives a deactivation (Okta: OIN QA test C9293).
inline bool is_assigned_by_group(const World& world, UserId user)
{
    if (world.scope.mode == ScopeMode::all) return true;
    for (const GroupId group : world.directory.groups_of(user))
        if (world.directory.assigned(group)) return true;
    return false;
}
// Whether any assignment sets attributes. Where everybody is in scope, whoever is assigned or not, nothing is made of it (assumed).
inline bool has_assignment_values(const World& world) noexcept
{
    return world.scope.mode == ScopeMode::assigned && world.directory.assignments_carry_terms();
}
inline bool is_provisioned(const World& world, ObjectRef object) noexcept
{
    const auto link = world.links.find(object);
    return link && link->managed;
}

}  // namespace provsim
