// SPDX-License-Identifier: Apache-2.0
// Which tasks a cycle or a push consists of. Internal to the Entra connector.
#pragma once

#include "connectors/entra/context.h"

#include <memory>

namespace provsim {

std::unique_ptr<TaskCursor> plan_cycle(const EntraContext& context, const CycleDue& due, const World& world);
std::unique_ptr<TaskCursor> plan_push(const EntraContext& context, const Push& push, const World& world);

}  // namespace provsim
