// SPDX-License-Identifier: Apache-2.0
// How Okta works off what changes ask for, by its settings. Internal to the Okta connector.
#pragma once

#include "connectors/job_policy.h"
#include "connectors/settings.h"

namespace provsim {

JobPolicy okta_job_policy(const Settings& settings);
// From a change to its first request.
LatencyModel okta_start_delay() noexcept;

}  // namespace provsim
