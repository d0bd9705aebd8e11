// SPDX-License-Identifier: Apache-2.0
// What a task needs to know of its source. Internal to the Entra connector.
#pragma once

#include "connectors/entra/context.h"

namespace provsim {

Brief make_brief(const EntraContext& context, const Task& task, const World& world, Start start);

}  // namespace provsim
