// SPDX-License-Identifier: Apache-2.0
#include "connectors/okta/job.h"

#include "connectors/okta/constants.h"
#include "connectors/okta/settings.h"

namespace provsim {

// 1.5, 1.8 and 9.4 seconds were measured (Timothy-itayi's trace); a log-normal distribution with a median of 1.2 s and 10 s at 95 %
// is assumed.
LatencyModel okta_start_delay() noexcept
{
    return {milliseconds{300}, milliseconds{1200}, seconds{10}, seconds{20}};
}

// Whether an administrator may send a task again is the same for all of them here. Of a deactivation that failed Okta offers no more
// than "Mark complete" (parkjongmin-ddam's second part), but that is a reason of a user's task, which is not told apart.
JobPolicy okta_job_policy(const Settings& settings)
{
    JobPolicy policy;
    policy.reacts = true;
    policy.start_delay = okta_start_delay();
    policy.least_gap = okta_least_gap;
    policy.most_gap = okta_most_gap;
    policy.failures_wait = true;
    policy.retry = AdminRetry::all_but_deactivations;
    policy.import_every = okta_import_every(settings);
    policy.thresholds.on = false;       // Okta has no quarantine
    return policy;
}

}  // namespace provsim
