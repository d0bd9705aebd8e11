// SPDX-License-Identifier: Apache-2.0
// The conversations Okta has with a target, one function for each kind of task. Internal to the Okta connector.
#pragma once

#include "connectors/okta/context.h"

namespace provsim {

Move okta_provision_user(const OktaApp& context, const Brief& brief, Transcript heard);
Move okta_provision_group(const OktaApp& context, const Brief& brief, Transcript heard);
Move okta_write_members(const OktaApp& context, const Brief& brief, Transcript heard);
Move okta_change_member(const OktaApp& context, const Brief& brief, Transcript heard);
Move okta_test_connection(const OktaApp& context, const Brief& brief, Transcript heard);
Move okta_import(const OktaApp& context, const Brief& brief, Transcript heard);

// What is left of a pushed group to be written behind its creation or its being linked: a task of its own, so that the link is kept
// whatever becomes of it. This memo says that the target's own members stay.
inline constexpr std::string_view okta_keeps_members = "linked";

// Whether the user's account is to be taken from him: he is known and may no longer use the application.
bool okta_deactivates(const Brief& brief) noexcept;
// What ends a request for somebody's deactivation, or a group's deletion, even if it is answered 404.
bool okta_may_be_gone(const Brief& brief, const Ask& ask) noexcept;

// Ends of conversations.
Done okta_skipped(std::string_view code, std::string detail);
Done okta_failed(LoggedAction action, std::string_view code, std::string detail);
Done okta_done(LoggedAction action, std::string detail, std::vector<Modified> modified = {});
std::string okta_name(const Brief& brief);          // "User ada@example.com"

}  // namespace provsim
