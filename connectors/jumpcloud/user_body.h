// SPDX-License-Identifier: Apache-2.0
// Bodies of a user's requests: composed for a POST, merged into the target's own representation for a PUT. Internal to the
// JumpCloud connector.
#pragma once

#include "connectors/jumpcloud/context.h"
#include "connectors/resource_tree.h"

#include <string>
#include <vector>

namespace provsim {

// The attributes that have a value, in the table's order, all of it as captured: the enterprise schema is always listed.
std::string jumpcloud_create_body(const JumpCloudContext& context, const Brief& brief);

// What the target has, with JumpCloud's values in it.
struct JumpCloudMerge {
    ResourceTree resource = ResourceTree::object();
    std::vector<std::uint16_t> rows;        // that changed something
    std::vector<Modified> modified;         // the same, for the log
};
// All of the mapping. What has no value is taken out; lists stay, empty if need be.
JumpCloudMerge merge_jumpcloud_user(const JumpCloudContext& context, const Brief& brief, json::element resource, std::string_view id);
// `active` false alone.
JumpCloudMerge deactivate_jumpcloud_user(const JumpCloudContext& context, json::element resource, std::string_view id);
// The same changes as operations; nothing but a setting knows JumpCloud to send them (assumed).
std::string jumpcloud_patch_body(const JumpCloudContext& context, JumpCloudMerge& merge);

// The user of the connection test, with the captured values.
std::string jumpcloud_test_user_body(std::string_view email);
std::string jumpcloud_test_user_update(const JumpCloudSettings& settings, std::string_view id, bool active);

}  // namespace provsim
