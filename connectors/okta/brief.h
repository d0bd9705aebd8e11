// SPDX-License-Identifier: Apache-2.0
// What a task needs to know of its source. Internal to the Okta connector.
#pragma once

#include "connectors/okta/context.h"

namespace provsim {

Brief make_okta_brief(const OktaApp& context, const Task& task, const World& world, Start start);

// How far a push in several batches has come: the memo of a write_members task that adds members behind this row.
std::string rows_done(std::uint32_t last);
std::optional<std::uint32_t> rows_done(const Brief& brief) noexcept;

}  // namespace provsim
