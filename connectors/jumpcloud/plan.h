// SPDX-License-Identifier: Apache-2.0
// Which tasks follow from what happened. Internal to the JumpCloud connector.
#pragma once

#include "connectors/jumpcloud/context.h"

#include <memory>

namespace provsim {

std::unique_ptr<TaskCursor> jumpcloud_plan(const JumpCloudContext& context, const Trigger& trigger, const World& world);

// JumpCloud has no provision on demand, and no button to synchronise (Ory: JumpCloud).
std::optional<Problem> refuse_jumpcloud_push(const Push& push);

}  // namespace provsim
