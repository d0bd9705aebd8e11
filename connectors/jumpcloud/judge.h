// SPDX-License-Identifier: Apache-2.0
// What JumpCloud makes of a reply. Internal to the JumpCloud connector.
#pragma once

#include "connectors/jumpcloud/context.h"

namespace provsim {

Verdict judge_jumpcloud(const JumpCloudContext& context, const Brief& brief, const Ask& ask, const Reply& reply, Attempt attempt);

}  // namespace provsim
