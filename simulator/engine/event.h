// SPDX-License-Identifier: Apache-2.0
// What can be due. Events are data; the engine decides what they do.
#pragma once

#include "connectors/connector.h"
#include "engine/inbox.h"
#include "model/edit.h"

#include <cstdint>
#include <variant>

namespace provsim {

// The order of events within one instant. Faults are set before edits, edits are seen by the pushes and cycles
// of their instant, and checks look at the outcome of everything else.
enum class Lane : std::uint8_t { fault, edit, delivery, push, cycle, check };

struct EditDue { Edit edit; };
struct PurgeDue { UserId user; TimePoint soft_deleted_at; };    // 30 days in the recycle bin are over, unless restored meanwhile
struct Delivered { std::uint32_t run = 0; std::uint32_t conversation = 0; ExchangeNumber exchange = 0; };
struct RetryDue { std::uint32_t run = 0; std::uint32_t conversation = 0; };
struct PaceDue { std::uint32_t run = 0; };                      // a run may take up its next object
struct PushDue { Push push; };
struct WorkDue {};                                              // something of the backlog, or an import, may be due
struct BeatDue { std::uint64_t number = 0; };                   // a timer of the job; void unless it is the last that was scheduled

using Event = std::variant<Delivered, RetryDue, PaceDue, BeatDue, PushDue, WorkDue, EditDue, PurgeDue>;

}  // namespace provsim
