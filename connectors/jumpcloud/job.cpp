// SPDX-License-Identifier: Apache-2.0
#include "connectors/jumpcloud/job.h"

#include "connectors/jumpcloud/constants.h"

namespace provsim {

JobPolicy jumpcloud_job_policy(const Settings&)
{
    JobPolicy policy;
    policy.reacts = true;
    policy.start_delay = jumpcloud_start_delay;
    policy.failures_wait = true;        // no retry is known; a later change of the object tries anew
    // Nor is there a button for it: Directory Insights shows what failed, and that is all (assumed).
    policy.retry = AdminRetry::nothing;
    policy.thresholds.on = false;       // and no quarantine
    return policy;
}

}  // namespace provsim
