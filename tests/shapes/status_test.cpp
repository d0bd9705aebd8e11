// SPDX-License-Identifier: Apache-2.0
// The job as Graph gives it.
#include "shapes/graph_status.h"
#include "tests/shapes/samples.h"

namespace provsim {
namespace {

RunInfo cycle(std::uint32_t number, std::uint64_t created = 0, std::uint64_t failed = 0, std::string halted = {})
{
    RunInfo run;
    run.number = number;
    run.kind = number == 1 ? RunKind::initial : RunKind::incremental;
    run.users = true;
    run.began = sample_time + minutes{40} * (number - 1);
    run.ended = run.began + seconds{2};
    run.created = created;
    run.failed = failed;
    run.halted = std::move(halted);
    if (!run.halted.empty()) run.halted_detail = "the target refuses the token";
    return run;
}

}  // namespace

TEST_CASE("A job that never ran says so")
{
    const Json status = synchronization_status(JobFacts(), {}, graph_setting());
    CHECK(status["code"] == "NotRun");
    CHECK(status["lastExecution"].is_null());
    CHECK(status["quarantine"].is_null());
    CHECK(status["steadyStateFirstAchievedTime"] == "0001-01-01T00:00:00Z");
    CHECK(keys(status).dump()
          == R"(["code","countSuccessiveCompleteFailures","escrowsPruned","steadyStateFirstAchievedTime","steadyStateLastAchievedTime","troubleshootingUrl","lastExecution",)"
             R"("lastSuccessfulExecution","lastSuccessfulExecutionWithExports","progress","quarantine","synchronizedEntryCountByType"])");
}

TEST_CASE("The last execution, the last without error and the last that exported are three different cycles")
{
    JobFacts job;
    job.add({sample_time, JobState::active, "started"});
    job.add(cycle(1, 2));
    job.add(cycle(2));
    job.add(cycle(3, 0, 1));
    ChangeFacts entry = created_user();
    job.add(entry);
    entry.object = UserId{1};
    entry.scope = ScopeReason::not_assigned;
    entry.target_id.clear();
    job.add(entry);
    entry.run = 3;
    entry.status = Status::failure;
    job.add(entry);
    const Json status = synchronization_status(job, {}, graph_setting());
    CHECK(status["code"] == "Active");
    CHECK(status["lastExecution"]["state"] == "EntryLevelErrors");
    CHECK(status["lastExecution"]["countEscrowed"] == 1);
    CHECK(status["lastSuccessfulExecution"]["activityIdentifier"] == graph_setting().ids.cycle(2));
    const Json& exported = status["lastSuccessfulExecutionWithExports"];
    CHECK(exported["activityIdentifier"] == graph_setting().ids.cycle(1));
    CHECK(exported["countExported"] == 2);
    CHECK(exported["countImported"] == 2);
    CHECK(exported["countEntitledForProvisioning"] == 1);
    CHECK(exported["state"] == "Succeeded");
    CHECK(exported["error"].is_null());
    CHECK(status["steadyStateFirstAchievedTime"] == format_time(cycle(1).ended));
    CHECK(status["steadyStateLastAchievedTime"] == format_time(cycle(2).ended));
    CHECK(status["synchronizedEntryCountByType"].dump() == R"([{"key":"User","value":1}])");
}

TEST_CASE("A job in quarantine says since when, how often it was tried and why; a lifted one says nothing of it")
{
    JobFacts job;
    job.add({sample_time, JobState::active, "started"});
    job.add({sample_time + seconds{1}, JobState::quarantine, "Unauthorized: an earlier one"});
    job.add({sample_time + seconds{2}, JobState::active, "a cycle completed"});
    CHECK(synchronization_status(job, {}, graph_setting())["quarantine"].is_null());
    const std::string why = "SystemForCrossDomainIdentityManagementCredentialValidationFailure: the target refuses the token";
    for (const int i : {1, 2}) {
        job.add(cycle(static_cast<std::uint32_t>(i), 0, 0, "SystemForCrossDomainIdentityManagementCredentialValidationFailure"));
        job.add({sample_time + hours{i}, JobState::quarantine, why});
    }
    JobOutlook outlook;
    outlook.next_attempt = sample_time + hours{12};
    const Json status = synchronization_status(job, outlook, graph_setting());
    CHECK(status["code"] == "Quarantine");
    CHECK(status["countSuccessiveCompleteFailures"] == 2);
    CHECK(status["lastExecution"]["state"] == "Failed");
    CHECK(status["lastExecution"]["countEscrowed"] == 0);
    CHECK(status["lastExecution"]["error"]["code"] == "SystemForCrossDomainIdentityManagementCredentialValidationFailure");
    const Json& quarantine = status["quarantine"];
    CHECK(quarantine["reason"] == "EncounteredQuarantineException");
    CHECK(quarantine["seriesCount"] == 2);
    CHECK(quarantine["seriesBegan"] == format_time(sample_time + hours{1}));
    CHECK(quarantine["currentBegan"] == format_time(sample_time + hours{2}));
    CHECK(quarantine["nextAttempt"] == format_time(sample_time + hours{12}));
    CHECK(quarantine["error"]["message"] == "the target refuses the token");
}

TEST_CASE("Work on changes is no cycle, unless a timer began it")
{
    JobFacts job;
    RunInfo burst = cycle(1);
    burst.kind = RunKind::on_change;
    burst.users = burst.groups = false;
    job.add(burst);
    CHECK(job.cycles().empty());
    burst.number = 2;
    burst.users = true;
    job.add(burst);
    ChangeFacts entry = created_user();
    entry.run = 2;
    for (const Action action : {Action::provision, Action::write_members, Action::delete_disabled}) {
        entry.task = action;
        job.add(entry);
    }
    entry.object = {};
    entry.task = Action::import_users;
    job.add(entry);
    REQUIRE(job.cycles().size() == 1);
    CHECK(job.cycles()[0].objects == 2);
    CHECK(job.cycles()[0].references == 1);
    CHECK(synchronization_status(job, {}, graph_setting())["lastExecution"]["countImportedDeltas"] == 2);
}

TEST_CASE("The job itself has its id, its schedule and its status; given up, its schedule is disabled")
{
    JobFacts job;
    job.add({sample_time, JobState::active, "started"});
    const Json active = synchronization_job(job, {}, graph_setting());
    CHECK(active["id"] == graph_setting().ids.job());
    CHECK(active["templateId"] == "scim");
    CHECK(active["schedule"].dump() == R"({"expiration":null,"interval":"PT40M","state":"Active"})");
    job.add({sample_time, JobState::quarantine, "X: y"});
    job.add({sample_time, JobState::disabled, "28 days in quarantine"});
    const Json gone = synchronization_job(job, {}, graph_setting());
    CHECK(gone["schedule"]["state"] == "Disabled");
    CHECK(gone["status"]["code"] == "Quarantine");
    CHECK(gone["status"]["quarantine"]["error"]["code"] == "X");
}

}  // namespace provsim
