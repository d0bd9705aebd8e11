// SPDX-License-Identifier: Apache-2.0
// Test Connection, which Activate and the saving of settings repeat. Certain is that a test user is created and updated, that a
// group is created, updated and deleted if groups are managed, and that the user is deleted or, where that is not supported,
// deactivated (JumpCloud: custom SCIM identity management integration). Order, lookups and the group's bodies are assumed.
#include "connectors/jumpcloud/codes.h"
#include "connectors/jumpcloud/conversation.h"
#include "connectors/jumpcloud/user_body.h"
#include "connectors/jumpcloud/wire.h"

namespace provsim {
namespace {

Done unusable()
{
    return jumpcloud_failed(jumpcloud_code::activate, std::string(jumpcloud_activation_problem) + ": the target's answer cannot be used");
}

// The asks of the group's part; nothing once it is over.
std::optional<Move> test_group(const JumpCloudContext& context, Transcript& heard, std::string_view user_id)
{
    if (!heard.next()) return ask_jumpcloud_lookup(context, ObjectKind::group, jumpcloud_test_group);
    Brief group;
    group.name = jumpcloud_test_group;
    const Reply* created = heard.next();
    if (!created) return ask_jumpcloud_group_create(context, group, false);
    const auto id = created->id();
    if (id.empty()) return unusable();
    if (!heard.next()) return ask_jumpcloud_rename(context, {}, id, jumpcloud_test_group_renamed);
    if (!heard.next()) return ask_jumpcloud_member(context, true, {}, id, {}, user_id);
    if (!heard.next()) return ask_jumpcloud_delete(context, ObjectKind::group, {}, id);
    return std::nullopt;
}

}  // namespace

Move jumpcloud_activation(const JumpCloudContext& context, Transcript heard)
{
    const std::string_view email = context.settings.test_email;
    if (!heard.next()) return ask_jumpcloud_lookup(context, ObjectKind::user, email);
    const Reply* created = heard.next();
    if (!created) return ask_jumpcloud_create(context, ObjectKind::user, jumpcloud_test_user_body(email));
    const auto id = created->id();
    if (id.empty()) return unusable();
    if (!heard.next()) return ask_jumpcloud_read(context, ObjectKind::user, {}, id);
    if (!heard.next()) return ask_jumpcloud_write(context, Method::put, Intent::update, ObjectKind::user, {}, id, jumpcloud_test_user_update(context.settings, id, true));
    if (context.manages_groups)
        if (auto move = test_group(context, heard, id)) return std::move(*move);
    const Reply* deleted = heard.next();
    if (!deleted) return ask_jumpcloud_delete(context, ObjectKind::user, {}, id);
    if (deleted->success()) return jumpcloud_done(LoggedAction::other, "Identity management is active; nothing of the connection test remains in the target");
    if (!heard.next()) return ask_jumpcloud_write(context, Method::put, Intent::disable, ObjectKind::user, {}, id, jumpcloud_test_user_update(context.settings, id, false));
    return jumpcloud_done(LoggedAction::other, "Identity management is active; the target does not delete users, so that the test user " + context.settings.test_email
                                                   + " stays in it, deactivated, until somebody removes it; the next test needs another test_email");
}

}  // namespace provsim
