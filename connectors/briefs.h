// SPDX-License-Identifier: Apache-2.0
// What every provider's brief begins with.
#pragma once

#include "connectors/connector.h"

namespace provsim {

// The task and how it starts; of its object, if there is one, presence, enabled, entitlement, name and link.
Brief begin_brief(const Task& task, const World& world, Start start);
// Id and state of the task's object in the target.
void take_link(Brief& brief, const World& world);
// The other end of a reference. It counts as in scope if a cycle would provision it: disabled users are not created.
void take_other(Brief& brief, const World& world, UserId other);

}  // namespace provsim
