// SPDX-License-Identifier: Apache-2.0
// What a task's conversation needs to know of the source. Internal to the JumpCloud connector.
#pragma once

#include "connectors/jumpcloud/context.h"

namespace provsim {

Brief jumpcloud_brief(const JumpCloudContext& context, const Task& task, const World& world, Start start);

}  // namespace provsim
