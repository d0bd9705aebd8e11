// SPDX-License-Identifier: Apache-2.0
// How JumpCloud's work waits and fails. Internal to the JumpCloud connector.
#pragma once

#include "connectors/job_policy.h"
#include "connectors/settings.h"

namespace provsim {

JobPolicy jumpcloud_job_policy(const Settings& settings);

}  // namespace provsim
