// SPDX-License-Identifier: Apache-2.0
// The conversations JumpCloud has with a target, one function for each kind of task. Internal to the JumpCloud connector.
#pragma once

#include "connectors/jumpcloud/context.h"

namespace provsim {

Move jumpcloud_user(const JumpCloudContext& context, const Brief& brief, Transcript heard);
Move jumpcloud_group(const JumpCloudContext& context, const Brief& brief, Transcript heard);
Move jumpcloud_member(const JumpCloudContext& context, const Brief& brief, Transcript heard);
Move jumpcloud_activation(const JumpCloudContext& context, Transcript heard);
Move jumpcloud_import(const JumpCloudContext& context, const Brief& brief, Transcript heard);

// Ends of conversations.
Done jumpcloud_skipped(std::string_view code, std::string detail);
Done jumpcloud_failed(std::string_view code, std::string detail);
Done jumpcloud_done(LoggedAction action, std::string detail, std::vector<Modified> modified = {});
std::string jumpcloud_name(const Brief& brief);     // "User 'ada@contoso.com'"
// Why the object of a brief is not sent.
std::string why_not_sent(const Brief& brief);

}  // namespace provsim
