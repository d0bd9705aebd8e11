// SPDX-License-Identifier: Apache-2.0
// What every part of the Entra connector works from. Made once; immutable; stays where it is made. Internal to the Entra connector.
#pragma once

#include "connectors/connector.h"
#include "connectors/entra/constants.h"
#include "connectors/entra/mapping.h"
#include "connectors/entra/post_body.h"
#include "connectors/entra/settings.h"

namespace provsim {

struct EntraContext {
    EntraContext(EntraSettings chosen, MappingTables mappings, std::string domain)
        : settings(chosen), default_domain(std::move(domain)), maps_manager(mappings.manager), maps_members(mappings.members), maps_groups(mappings.groups_enabled),
          user_actions(std::move(mappings.user_actions)), group_actions(std::move(mappings.group_actions)),
          users(std::move(mappings.users)), groups(std::move(mappings.groups))
    {
    }

    EntraContext(const EntraContext&) = delete;

    EntraSettings settings;
    std::string default_domain;         // what DefaultDomain() yields
    bool maps_manager, maps_members, maps_groups;
    ObjectMapping user_actions, group_actions;
    MappingTable users, groups;
    std::vector<std::uint16_t> user_matching = matching_rows(users);
    std::vector<std::uint16_t> group_matching = matching_rows(groups);
    PostBody user_post{users, ObjectKind::user};
    PostBody group_post{groups, ObjectKind::group, settings.group_legacy_schema};
    // Microsoft's service sends no User-Agent and no Accept (kortix-ai/suna#7297); ADSCIMVersion is on every request, its
    // value "5.0" as seen in 2019 (azure-docs#21660).
    Headers read_headers{{std::string(entra_version_header), std::string(entra_version)}};
    Headers write_headers{{"Content-Type", std::string(entra_content_type)}, {std::string(entra_version_header), std::string(entra_version)}};

    const MappingTable& table(ObjectKind kind) const noexcept { return kind == ObjectKind::group ? groups : users; }
    // Rows of the table that objects are matched by, in the order of precedence.
    const std::vector<std::uint16_t>& matching(ObjectKind kind) const noexcept { return kind == ObjectKind::group ? group_matching : user_matching; }
    // What is done to objects of the target: by the setting `actions`, and by the mapping of their kind (Graph: flowTypes).
    bool creates(const Brief& brief) const noexcept { return settings.creates && actions(brief).create; }
    bool updates(const Brief& brief) const noexcept { return settings.updates && actions(brief).update; }
    bool deletes(const Brief& brief) const noexcept { return settings.deletes && actions(brief).remove; }
    const ObjectMapping& actions(const Brief& brief) const noexcept { return brief.task.object.is_group() ? group_actions : user_actions; }
    // Provision on demand does not know the flag (Entra: application-provisioning-config-problem-scim-compatibility).
    bool optscim(const Brief& brief) const noexcept { return settings.optscim && !(brief.on_demand && settings.on_demand_ignores_flag); }
};

}  // namespace provsim
