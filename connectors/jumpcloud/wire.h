// SPDX-License-Identifier: Apache-2.0
// JumpCloud's requests. Internal to the JumpCloud connector.
#pragma once

#include "connectors/jumpcloud/context.h"

namespace provsim {

// `attribute eq "value"`, all but letters, digits and "-._~" as %XX (assumed: no query string of JumpCloud's is published).
Ask ask_jumpcloud_lookup(const JumpCloudContext& context, ObjectKind kind, std::string_view value);
Ask ask_jumpcloud_read(const JumpCloudContext& context, ObjectKind kind, ObjectRef object, std::string_view id);
Ask ask_jumpcloud_create(const JumpCloudContext& context, ObjectKind kind, std::string body);
// PUT or PATCH; the body of a PUT holds `id`, and the span of it is found there.
Ask ask_jumpcloud_write(const JumpCloudContext& context, Method method, Intent intent, ObjectKind kind, ObjectRef object, std::string_view id, std::string body);
Ask ask_jumpcloud_delete(const JumpCloudContext& context, ObjectKind kind, ObjectRef object, std::string_view id);
Ask ask_jumpcloud_page(const JumpCloudContext& context, std::size_t start_index);

// A group with its members, all in one (the form is assumed).
Ask ask_jumpcloud_group_create(const JumpCloudContext& context, const Brief& brief, bool with_members);
Ask ask_jumpcloud_rename(const JumpCloudContext& context, ObjectRef group, std::string_view id, std::string_view name);
Ask ask_jumpcloud_member(const JumpCloudContext& context, bool add, ObjectRef group, std::string_view group_id, ObjectRef user, std::string_view user_id);

}  // namespace provsim
