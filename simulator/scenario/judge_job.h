// SPDX-License-Identifier: Apache-2.0
// What can be expected of the job: one table for the judge, the loader and the JSON Schema.
#pragma once

#include "ledger/job_status.h"
#include "scenario/matcher.h"

#include <span>
#include <string_view>

namespace provsim {

enum class JobFactKind : std::uint8_t {
    word,       // one of a few
    text,
    number,
    flag,
    time,       // an instant; a pattern may give it as a duration since the run began
};

struct JobFact {
    std::string_view name;              // "quarantine_reason"
    JobFactKind kind;
    std::string_view about;             // for people
    std::span<const std::string_view> words;    // kind word: those there are
    Json (*value)(const JobStatus&);    // null if there is none; times as format_time writes them
};

// An expectation held against a status. Durations in it count from `run_began`.
Finding judge_job(const JobExpectation& what, const Place& place, const JobStatus& status, TimePoint run_began);

std::span<const JobFact> job_facts() noexcept;
const JobFact* find_job_fact(std::string_view name) noexcept;       // null if unknown

}  // namespace provsim
