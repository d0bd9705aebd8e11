// SPDX-License-Identifier: Apache-2.0
// Okta's requests, byte by byte. Internal to the Okta connector.
#pragma once

#include "connectors/okta/context.h"
#include "connectors/resource_tree.h"

#include <span>

namespace provsim {

// What a PUT makes of the resource that was read.
struct OktaPut {
    bool profile = true;                        // the mapped attributes
    std::optional<bool> active;                 // none: as it was
    bool password = false;
};

Ask okta_page(const OktaApp& context, std::string_view endpoint, std::uint64_t start, std::uint64_t count, Intent intent);
Ask okta_plain_get(const OktaApp& context, std::string_view path);          // /Schemas
Ask okta_match(const OktaApp& context, const Brief& brief);                 // a user by userName, a group by displayName
Ask okta_read(const OktaApp& context, const Brief& brief, std::string_view id);
Ask okta_delete(const OktaApp& context, const Brief& brief, std::string_view id);

Ask okta_create_user(const OktaApp& context, const Brief& brief);
Ask okta_put_user(const OktaApp& context, const Brief& brief, std::string_view id, json::element read, const OktaPut& what);
Ask okta_patch_active(const OktaApp& context, const Brief& brief, std::string_view id, bool active);
Ask okta_patch_password(const OktaApp& context, const Brief& brief, std::string_view id);
// What that PUT changes, for the log; the password is not shown.
std::vector<Modified> okta_changes(const OktaApp& context, const Brief& brief, json::element read, const OktaPut& what);

Ask okta_create_group(const OktaApp& context, const Brief& brief);
// `kept`: members that the target has and Okta does not, when a group is linked.
Ask okta_put_group(const OktaApp& context, const Brief& brief, std::string_view id, const std::vector<ResourceTree>& kept = {});
Ask okta_rename_group(const OktaApp& context, const Brief& brief, std::string_view id);
// One operation, "add" or "replace", on these members.
Ask okta_patch_members(const OktaApp& context, const Brief& brief, std::string_view id, std::string_view op, std::span<const Member> members);
// The memberships of this task and of those that share its request.
Ask okta_change_members(const OktaApp& context, const Brief& brief);

}  // namespace provsim
