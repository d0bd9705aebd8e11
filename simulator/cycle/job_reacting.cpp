// SPDX-License-Identifier: Apache-2.0
// What a job does for a provider that reacts to changes.
#include "cycle/job.h"

namespace provsim {

void Job::noticed(Position, Position) {}
void Job::act(const AdminAct&) {}
std::size_t Job::retry_waiting(ObjectRef) { return 0; }
std::size_t Job::drop_waiting(ObjectRef) { return 0; }
void Job::apply_push_rules() {}

}  // namespace provsim
