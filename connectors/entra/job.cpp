// SPDX-License-Identifier: Apache-2.0
#include "connectors/entra/job.h"

#include <fmt/format.h>

namespace provsim {
namespace {

Backoff backoff(std::string_view word)
{
    return word == "ladder" ? Backoff::ladder : Backoff::doubling;
}

DeleteGuard guard(std::string_view word)
{
    return word == "hold_all" ? DeleteGuard::hold_all : word == "send_up_to_threshold" ? DeleteGuard::send_up_to_threshold : DeleteGuard::off;
}

// As seen in 1Password/scim-examples#82 and Microsoft Q&A 1185756; the ending for who is given up is assumed.
std::string retry_note(unsigned retried, std::optional<TimePoint> next)
{
    const std::string so_far = fmt::format("This operation was retried {} times. It will ", retried);
    return so_far + (next ? "be retried again after this date: " + format_time(*next) + " UTC" : "not be retried again");
}

}  // namespace

JobPolicy entra_job_policy(const Settings& settings)
{
    JobPolicy policy;
    policy.escrow = backoff(settings.text("escrow_backoff"));
    policy.quarantine = backoff(settings.text("quarantine_backoff"));
    policy.interval_from_end = settings.text("interval_anchor") == "end";
    policy.restart_waits = settings.text("restart_starts") == "next_tick";
    policy.delete_guard = guard(settings.text("delete_guard"));
    policy.delete_threshold = static_cast<std::uint64_t>(settings.number("delete_threshold"));
    if (settings.text("cycle_duration") == "published") {
        // 0.01 and 0.08 minutes an object (Entra: application-provisioning-when-will-provisioning-finish-specific-user).
        policy.least_object_cost = milliseconds{600};
        policy.most_object_cost = milliseconds{4800};
    }
    policy.thresholds.on = settings.text("quarantine_thresholds") == "on";
    policy.retry_note = retry_note;
    return policy;
}

}  // namespace provsim
