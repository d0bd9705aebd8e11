// SPDX-License-Identifier: Apache-2.0
// How Entra's job keeps its cycles, by its settings. Internal to the Entra connector.
#pragma once

#include "connectors/job_policy.h"
#include "connectors/settings.h"

namespace provsim {

JobPolicy entra_job_policy(const Settings& settings);

}  // namespace provsim
