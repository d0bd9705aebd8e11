// SPDX-License-Identifier: Apache-2.0
// Why a job is in quarantine, since when, and when it is tried again.
#pragma once

#include "connectors/job_policy.h"
#include "model/time.h"

#include <optional>
#include <string>
#include <string_view>

namespace provsim {

// Graph: synchronizationQuarantine. (Unknown, QuarantinedOnDemand and IngestionInterrupted have no rule here.)
enum class QuarantineReason : std::uint8_t { exception, base_threshold, total_threshold, proportion_threshold, too_many_deletes };
std::string_view to_string(QuarantineReason reason) noexcept;      // "EncounteredQuarantineException", ...

// What put it there: the reason, and the error that stands beside it.
struct QuarantineCause {
    QuarantineReason reason = QuarantineReason::exception;
    std::string code, message;
};

// Settings.md `quarantine_backoff`: 6, 12 and 24 h after the quarantine began, then every 24 h until day 28, when the job is
// disabled (Entra: application-provisioning-quarantine-status); or 5 minutes after each imposition, doubled, at most 24 h. A
// completed cycle lifts it. A series are the impositions from one lifting to the next (Graph: synchronizationQuarantine).
class Quarantine {
public:
    explicit Quarantine(Backoff backoff = Backoff::ladder) : backoff_(backoff) {}

    bool in_force() const noexcept { return series_began_.has_value(); }
    // In force only:
    TimePoint began() const noexcept { return *series_began_; }         // the series
    TimePoint imposed() const noexcept { return imposed_; }             // the last time
    std::optional<TimePoint> next_attempt() const noexcept { return next_; }
    const QuarantineCause& cause() const noexcept { return cause_; }
    std::string reason() const;                                         // for people: the cause in a line
    unsigned attempts() const noexcept { return attempts_; }            // impositions since it began, the first included

    // A cycle failed as a whole. Returns when to try next, always later than now; nothing if the 28 days are over.
    std::optional<TimePoint> impose(TimePoint now, QuarantineCause cause);
    void lift();

private:
    Backoff backoff_;
    std::optional<TimePoint> series_began_, next_;
    TimePoint imposed_{};
    QuarantineCause cause_;
    unsigned attempts_ = 0;
};

}  // namespace provsim
