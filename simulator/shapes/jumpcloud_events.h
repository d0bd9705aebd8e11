// SPDX-License-Identifier: Apache-2.0
// JumpCloud's Directory Insights: the events of service "directory", as POST /insights/directory/v1/events lists them. Fields are
// those of its schema (JumpCloud: Directory Insights API, Directory Attributes); which event is written when is JumpCloud's
// (Identity Management using a Custom SCIM Integration, "SCIM DI Events"). What the directory writes about itself follows records
// of 2023-06 (SEKOIA-IO/documentation). No record of a provisioning event is public: how one is put together is assumed.
#pragma once

#include "shapes/change_facts.h"
#include "shapes/directory_change.h"
#include "shapes/graph_status.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace provsim {

// Drawn from the run's seed: the same run has the same ids.
class JumpcloudIds {
public:
    explicit JumpcloudIds(std::uint64_t seed) noexcept : draw_(seed) {}

    std::string organization() const { return id("jumpcloud-organization"); }
    std::string application() const { return id("jumpcloud-application"); }
    std::string integration() const { return id("jumpcloud-integration"); }     // idm_client_id
    std::string administrator() const { return id("jumpcloud-administrator"); }
    std::string import(std::uint32_t run) const { return id("jumpcloud-import", run); }
    std::string entry_event(std::uint64_t entry) const { return to_string(draw_guid(draw_, "jumpcloud-entry", entry)); }
    std::string state_event(TimePoint at) const { return to_string(draw_guid(draw_, "jumpcloud-state", static_cast<std::uint64_t>(at.time_since_epoch().count()))); }
    std::string change_event(Position change) const { return id("jumpcloud-change", change); }

private:
    std::string id(std::string_view purpose, std::uint64_t object = 0) const;
    Draw draw_;
};

struct JumpcloudSetting {
    JumpcloudIds ids;
    std::string application;            // its name
};

// None or one. Nothing is written of what was left alone, of a look-up or a page of an import that went well.
std::vector<nlohmann::ordered_json> jumpcloud_events(const ChangeFacts& facts, const JumpcloudSetting& setting);
// None, if JumpCloud has nothing like it (a group inside a group).
std::vector<nlohmann::ordered_json> jumpcloud_events(const DirectoryChange& change, const JumpcloudSetting& setting);
// Provisioning that an administrator stops is an integration deactivated; that it goes on is told by the test of its connection.
std::vector<nlohmann::ordered_json> jumpcloud_events(const StateChange& change, const JumpcloudSetting& setting);

}  // namespace provsim
