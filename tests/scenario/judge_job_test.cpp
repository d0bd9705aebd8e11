// SPDX-License-Identifier: Apache-2.0
// What is expected of the job, held against a status.
#include "scenario/describe.h"
#include "scenario/judge_job.h"
#include "tests/catch.h"

using namespace provsim;

namespace {

const TimePoint began = *parse_time("2026-03-02T09:00:00Z");

JobStatus quarantined()
{
    JobStatus status;
    status.state = JobState::quarantine;
    status.cycles = 3;
    status.quarantine = JobStatus::QuarantineView{{QuarantineReason::exception, "Unauthorized", "the target answered 401"}, began + seconds{1}, began, 2,
                                                  began + minutes{5}};
    status.last = JobExecution{};
    status.last->state = ExecutionState::failed;
    status.last->error_code = "Unauthorized";
    return status;
}

Finding judged(nlohmann::ordered_json conditions, const JobStatus& status = quarantined())
{
    JobExpectation what;
    int line = 0;
    for (const auto& [name, value] : conditions.items()) what.conditions.emplace_back(name, Pattern{value, {"a.yaml", ++line, 1}});
    return judge_job(what, {"a.yaml", 99, 1}, status, began);
}

}  // namespace

TEST_CASE("Each condition on the job must hold; the finding is about the first that does not")
{
    CHECK(judged({{"state", "Quarantine"}, {"series_count", 2}, {"cycles", {{"gte", 3}}}, {"last_execution", "Failed"}, {"last_error", "Unauthorized"}}).held);
    const Finding missed = judged({{"state", "Quarantine"}, {"cycles", 4}, {"series_count", 9}});
    CHECK_FALSE(missed.held);
    CHECK(missed.summary == "cycles: expected 4 (number), got 3 (number)");
    CHECK(missed.evidence == "the job is Quarantine, EncounteredQuarantineException: the target answered 401");
    CHECK(missed.place.line == 2);
}

TEST_CASE("A time of the job may be written as a duration since the clock's start, or as a time")
{
    CHECK(judged({{"next_attempt", "5m"}, {"series_began", "0s"}}).held);
    CHECK(judged({{"next_attempt", "2026-03-02T09:05:00Z"}}).held);
    CHECK(judged({{"next_attempt", "2026-03-02T10:05:00+01:00"}}).held);
    CHECK(judged({{"next_attempt", {{"gt", "4m59s"}, {"lt", "2026-03-02T09:05:01Z"}}}}).held);
    CHECK_FALSE(judged({{"next_attempt", {{"gt", "5m"}}}}).held);
    CHECK(judged({{"quarantine_began", "1s"}}).held);
}

TEST_CASE("What the job does not have is nothing: it neither equals a value nor fails exists: false")
{
    const JobStatus idle;
    CHECK(judged({{"state", "NotRun"}, {"quarantine_reason", {{"exists", false}}}, {"next_cycle", {{"exists", false}}}, {"last_kind", {{"exists", false}}}}, idle).held);
    CHECK_FALSE(judged({{"quarantine_reason", "TooManyDeletes"}}, idle).held);
    CHECK_FALSE(judged({{"last_imported", 0}}, idle).held);
    CHECK(judged({{"escrows_pruned", false}, {"in_escrow", 0}}, idle).held);
}

TEST_CASE("Every word that the job's facts can have is one that the loader lets through")
{
    for (const JobFact& fact : job_facts()) {
        CHECK(find_job_fact(fact.name) == &fact);
        CHECK((fact.kind == JobFactKind::word) == !fact.words.empty());
    }
    const auto words = find_job_fact("state")->words;
    for (const auto state : {JobState::not_run, JobState::active, JobState::quarantine, JobState::disabled, JobState::paused})
        CHECK(std::find(words.begin(), words.end(), to_string(state)) != words.end());
    const auto reasons = find_job_fact("quarantine_reason")->words;
    for (const auto reason : {QuarantineReason::exception, QuarantineReason::base_threshold, QuarantineReason::total_threshold, QuarantineReason::proportion_threshold,
                              QuarantineReason::too_many_deletes})
        CHECK(std::find(reasons.begin(), reasons.end(), to_string(reason)) != reasons.end());
    const auto executions = find_job_fact("last_execution")->words;
    for (const auto state : {ExecutionState::succeeded, ExecutionState::failed, ExecutionState::entry_level_errors})
        CHECK(std::find(executions.begin(), executions.end(), to_string(state)) != executions.end());
}

TEST_CASE("An expectation of the job is told in a line")
{
    const Expectation expectation{{}, JobExpectation{{{"state", {"Active", {}}}, {"cycles", {3, {}}}}}, {}};
    CHECK(describe(expectation) == "job: state Active cycles 3");
}

TEST_CASE("Failed tasks that wait for an administrator are counted apart from those that come again by themselves")
{
    JobStatus status;
    status.waiting = 2;
    CHECK(judged({{"waiting_tasks", 2}, {"in_escrow", 0}}, status).held);
    CHECK(judged({{"waiting_tasks", {{"gt", 2}}}}, status).summary.find("waiting_tasks") == 0);
}
