// SPDX-License-Identifier: Apache-2.0
// Graph: synchronization-synchronizationstatus, synchronization-synchronizationtaskexecution, synchronization-synchronizationquarantine.
#include "shapes/graph_status.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace provsim {
namespace {

using Json = nlohmann::ordered_json;

constexpr const char* never = "0001-01-01T00:00:00Z";       // as Graph writes a time that has not come

Json error_json(std::string_view code, std::string_view message)
{
    return {{"code", code}, {"message", message}, {"tenantActionable", true}};
}

// "Code: detail", as the job's state has it.
Json error_of(const std::string& why)
{
    const auto colon = why.find(": ");
    return colon == std::string::npos ? error_json("", why) : error_json(why.substr(0, colon), why.substr(colon + 2));
}

Json execution_json(const ExecutionFacts& e, const JobOutlook& outlook, bool last, const GraphSetting& setting)
{
    const RunInfo& run = e.run;
    const std::uint64_t escrowed = last && outlook.escrowed ? *outlook.escrowed : e.failed;
    const bool incremental = run.kind != RunKind::initial;
    return {{"activityIdentifier", setting.ids.cycle(run.number)},
            {"countEntitled", e.entitled},
            {"countEntitledForProvisioning", e.entitled},
            {"countEscrowed", escrowed},
            {"countEscrowedRaw", escrowed},
            {"countExported", e.exported()},
            {"countExports", e.exported() + e.failed},
            {"countImported", e.objects},
            {"countImportedDeltas", incremental ? e.objects : 0},
            {"countImportedReferenceDeltas", incremental ? e.references : 0},
            {"state", !e.complete() ? "Failed" : run.failed > 0 ? "EntryLevelErrors" : "Succeeded"},
            {"timeBegan", format_time(run.began)},
            {"timeEnded", format_time(run.ended)},
            {"error", e.complete() ? Json() : error_json(run.halted, run.halted_detail)}};
}

template <class Fits>
Json last_that(const JobFacts& job, const JobOutlook& outlook, const GraphSetting& setting, Fits fits)
{
    const auto& cycles = job.cycles();
    const auto found = std::find_if(cycles.rbegin(), cycles.rend(), fits);
    return found == cycles.rend() ? Json() : execution_json(*found, outlook, found == cycles.rbegin(), setting);
}

// A job that was given up for good stays in quarantine; its schedule says that it is disabled (assumed).
std::string_view code_of(JobState state) noexcept
{
    return state == JobState::disabled ? to_string(JobState::quarantine) : to_string(state);
}

// Graph: Active, Disabled, Paused. A job in quarantine still has its schedule.
std::string_view schedule_state(JobState state) noexcept
{
    const std::string_view word = to_string(state);
    return word == "Disabled" || word == "Paused" ? word : "Active";
}

Json quarantine_json(const JobFacts& job, const JobOutlook& outlook)
{
    const auto series = job.quarantine();
    if (series.empty()) return {};
    return {{"currentBegan", format_time(series.back().at)},
            {"nextAttempt", outlook.next_attempt ? Json(format_time(*outlook.next_attempt)) : Json()},
            {"reason", outlook.quarantine_reason},
            {"seriesBegan", format_time(series.front().at)},
            {"seriesCount", series.size()},
            {"error", error_of(series.back().why)}};
}

}  // namespace

void JobFacts::add(const RunInfo& run)
{
    const bool cycle_due = run.users || run.groups;
    if (run.kind == RunKind::on_demand || (run.kind == RunKind::on_change && !cycle_due)) return;
    ExecutionFacts& cycle = cycles_.emplace_back();
    cycle.run = run;
}

void JobFacts::add(const ChangeFacts& entry)
{
    if (!entry.object) return;
    const auto cycle = std::lower_bound(cycles_.begin(), cycles_.end(), entry.run, [](const ExecutionFacts& e, std::uint32_t number) { return e.run.number < number; });
    if (cycle != cycles_.end() && cycle->run.number == entry.run) {
        const bool own = !is_reference(entry.task);
        ++(own ? cycle->objects : cycle->references);
        if (own && entry.in_scope()) ++cycle->entitled;
        if (entry.status == Status::failure) ++cycle->failed;
    }
    auto& known = known_[entry.object.is_user() ? 0 : 1];
    if (known.size() <= entry.object.index) known.resize(entry.object.index + 1);
    const bool deleted = entry.action == LoggedAction::delete_ && entry.status == Status::success;
    if (deleted || !entry.target_id.empty()) known[entry.object.index] = !deleted && entry.code != "InvalidAnchor";
}

void JobFacts::add(StateChange change)
{
    states_.push_back(std::move(change));
}

std::vector<StateChange> JobFacts::quarantine() const
{
    auto first = states_.end(), last = states_.end();
    while (last != states_.begin() && std::prev(last)->state == JobState::disabled) --last;
    for (first = last; first != states_.begin() && std::prev(first)->state == JobState::quarantine;) --first;
    return {first, last};
}

unsigned JobFacts::failures_in_a_row() const noexcept
{
    unsigned count = 0;
    for (auto cycle = cycles_.rbegin(); cycle != cycles_.rend() && !cycle->complete(); ++cycle) ++count;
    return count;
}

std::uint64_t JobFacts::in_target(ObjectKind kind) const noexcept
{
    const auto& known = known_[kind == ObjectKind::user ? 0 : 1];
    return static_cast<std::uint64_t>(std::count(known.begin(), known.end(), true));
}

Json synchronization_status(const JobFacts& job, const JobOutlook& outlook, const GraphSetting& setting)
{
    // Steady: no more changes to process. A cycle that completes without failure has processed all it knew of.
    Json first = never, latest = never;
    for (const ExecutionFacts& cycle : job.cycles()) {
        if (!cycle.successful()) continue;
        if (first == never) first = format_time(cycle.run.ended);
        latest = format_time(cycle.run.ended);
    }
    Json counts = Json::array();
    for (const ObjectKind kind : {ObjectKind::user, ObjectKind::group})
        if (const auto count = job.in_target(kind)) counts.push_back({{"key", kind == ObjectKind::user ? "User" : "Group"}, {"value", count}});
    return {{"code", code_of(job.state())},
            {"countSuccessiveCompleteFailures", job.failures_in_a_row()},
            {"escrowsPruned", outlook.escrows_pruned},
            {"steadyStateFirstAchievedTime", std::move(first)},
            {"steadyStateLastAchievedTime", std::move(latest)},
            {"troubleshootingUrl", ""},
            {"lastExecution", last_that(job, outlook, setting, [](const ExecutionFacts&) { return true; })},
            {"lastSuccessfulExecution", last_that(job, outlook, setting, [](const ExecutionFacts& e) { return e.successful(); })},
            {"lastSuccessfulExecutionWithExports", last_that(job, outlook, setting, [](const ExecutionFacts& e) { return e.successful() && e.exported() > 0; })},
            {"progress", Json::array()},
            {"quarantine", quarantine_json(job, outlook)},
            {"synchronizedEntryCountByType", std::move(counts)}};
}

Json synchronization_job(const JobFacts& job, const JobOutlook& outlook, const GraphSetting& setting)
{
    const auto every = std::chrono::duration_cast<minutes>(outlook.interval).count();
    return {{"id", setting.ids.job()},
            {"templateId", "scim"},
            {"schedule", {{"expiration", nullptr}, {"interval", fmt::format("PT{}M", every)}, {"state", schedule_state(job.state())}}},
            {"status", synchronization_status(job, outlook, setting)},
            {"synchronizationJobSettings",
             {{{"name", "AzureIngestionAttributeOptimization"}, {"value", "False"}}, {{"name", "LookaheadQueryEnabled"}, {"value", "False"}}}}};
}

}  // namespace provsim
