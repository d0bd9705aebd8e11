// SPDX-License-Identifier: Apache-2.0
// What Entra makes of an answer. Internal to the Entra connector.
#pragma once

#include "connectors/entra/context.h"

namespace provsim {

Verdict judge_reply(const EntraContext& context, const Brief& brief, const Ask& ask, const Reply& reply, Attempt attempt);

}  // namespace provsim
