// SPDX-License-Identifier: Apache-2.0
// What every part of the JumpCloud connector works from. Made once; immutable; stays where it is made. Internal to the JumpCloud connector.
#pragma once

#include "connectors/connector.h"
#include "connectors/jumpcloud/constants.h"
#include "connectors/jumpcloud/mapping.h"
#include "connectors/jumpcloud/settings.h"

namespace provsim {

struct JumpCloudContext {
    JumpCloudContext(JumpCloudSettings chosen, JumpCloudTable mapping, bool maps_groups)
        : settings(std::move(chosen)), table(std::move(mapping)), manages_groups(settings.manages_groups && maps_groups)
    {
    }

    JumpCloudContext(const JumpCloudContext&) = delete;

    JumpCloudSettings settings;
    JumpCloudTable table;
    bool manages_groups;
    std::uint64_t mapped = mapped_attributes(table);
    // No public trace shows JumpCloud's headers: all of them are assumed.
    Headers read_headers{{"Accept", std::string(jumpcloud_accept)}, {"User-Agent", std::string(jumpcloud_user_agent)}};
    Headers write_headers{{"Content-Type", std::string(jumpcloud_content_type)}, {"Accept", std::string(jumpcloud_accept)}, {"User-Agent", std::string(jumpcloud_user_agent)}};
};

// How objects are bound to the application: through groups (JumpCloud: user provisioning with SCIM; BoxyHQ, Bitwarden).
// A user assigned himself counts by the setting direct_assignment alone.
Entitlement jumpcloud_binding(const JumpCloudContext& context, const World& world, UserId user);
Entitlement jumpcloud_binding(const JumpCloudContext& context, const World& world, GroupId group);

// The log shows that the user was taken out of the group, or the group unbound, at some time. What was the case before the
// log begins is not known, nor whether the group was bound when he left it.
bool left_before(const World& world, GroupId group, UserId user);

}  // namespace provsim
