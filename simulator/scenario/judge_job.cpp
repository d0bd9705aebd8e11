// SPDX-License-Identifier: Apache-2.0
#include "scenario/judge_job.h"

#include "model/check.h"
#include "scenario/describe.h"
#include "scenario/judges.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

using Kind = JobFactKind;

Json time_of(const std::optional<TimePoint>& at) { return at ? Json(format_time(*at)) : Json(); }
Json text_of(std::string_view text) { return text.empty() ? Json() : Json(std::string(text)); }

// A field of what may not be there.
template <class Part, class Tell>
Json of(const std::optional<Part>& part, Tell&& tell)
{
    return part ? Json(tell(*part)) : Json();
}

Json last(const JobStatus& s, std::uint64_t JobExecution::*count)
{
    return of(s.last, [count](const JobExecution& e) { return Json(e.*count); });
}

constexpr std::string_view states[] = {"NotRun", "Active", "Paused", "Quarantine", "Disabled"};
constexpr std::string_view reasons[] = {"EncounteredQuarantineException", "EncounteredBaseEscrowThreshold", "EncounteredTotalEscrowThreshold",
                                        "EncounteredEscrowProportionThreshold", "TooManyDeletes"};
constexpr std::string_view executions[] = {"Succeeded", "Failed", "EntryLevelErrors"};
constexpr std::string_view kinds[] = {"initial", "incremental"};

constexpr JobFact facts[] = {      // constant, because shapes are made of it before main
    {"state", Kind::word, "NotRun, Active, Paused, Quarantine, Disabled", states, [](const JobStatus& s) { return Json(std::string(to_string(s.state))); }},
    {"quarantine_reason", Kind::word, "why it is in quarantine, in Graph's words; nothing if it is not", reasons,
     [](const JobStatus& s) { return of(s.quarantine, [](const auto& q) { return std::string(to_string(q.cause.reason)); }); }},
    {"quarantine_error", Kind::text, "the error code beside the reason", {},
     [](const JobStatus& s) { return of(s.quarantine, [](const auto& q) { return q.cause.code; }); }},
    {"quarantine_began", Kind::time, "when it was imposed the last time", {},
     [](const JobStatus& s) { return of(s.quarantine, [](const auto& q) { return format_time(q.began); }); }},
    {"series_began", Kind::time, "when it was imposed first, since it was lifted", {},
     [](const JobStatus& s) { return of(s.quarantine, [](const auto& q) { return format_time(q.series_began); }); }},
    {"series_count", Kind::number, "how often it was imposed since then", {},
     [](const JobStatus& s) { return of(s.quarantine, [](const auto& q) { return q.series_count; }); }},
    {"next_attempt", Kind::time, "of the job in quarantine", {},
     [](const JobStatus& s) { return s.quarantine ? time_of(s.quarantine->next_attempt) : Json(); }},
    {"next_cycle", Kind::time, "when the next cycle is due; nothing if none is", {}, [](const JobStatus& s) { return time_of(s.next_cycle); }},
    {"cycles", Kind::number, "begun so far", {}, [](const JobStatus& s) { return Json(s.cycles); }},
    {"user_cycles", Kind::number, "of them, those of the user timer", {}, [](const JobStatus& s) { return Json(s.user_cycles); }},
    {"group_cycles", Kind::number, "of them, those of the group timer", {}, [](const JobStatus& s) { return Json(s.group_cycles); }},
    {"in_escrow", Kind::number, "objects and references that failed and wait to be tried again", {}, [](const JobStatus& s) { return Json(s.in_escrow); }},
    {"waiting_tasks", Kind::number, "tasks that failed and wait for an administrator", {}, [](const JobStatus& s) { return Json(s.waiting); }},
    {"held_deletes", Kind::number, "disables and deletions that the guard held back in the last cycle", {}, [](const JobStatus& s) { return Json(s.held_deletes); }},
    {"users", Kind::number, "users that are linked", {}, [](const JobStatus& s) { return Json(s.synchronized_users); }},
    {"groups", Kind::number, "groups that are linked", {}, [](const JobStatus& s) { return Json(s.synchronized_groups); }},
    {"escrows_pruned", Kind::flag, "an initial cycle had so many failures that they were forgotten", {}, [](const JobStatus& s) { return Json(s.escrows_pruned); }},
    {"successive_failures", Kind::number, "cycles that failed as a whole, one after the other", {}, [](const JobStatus& s) { return Json(s.successive_complete_failures); }},
    {"last_execution", Kind::word, "how the last cycle ended: Succeeded, Failed, EntryLevelErrors", executions,
     [](const JobStatus& s) { return of(s.last, [](const JobExecution& e) { return std::string(to_string(e.state)); }); }},
    {"last_kind", Kind::word, "what the last cycle was: initial or incremental", kinds,
     [](const JobStatus& s) { return of(s.last, [](const JobExecution& e) { return std::string(to_string(e.kind)); }); }},
    {"last_error", Kind::text, "the error code of the last cycle, or of the last that failed in it", {},
     [](const JobStatus& s) { return s.last ? text_of(s.last->error_code) : Json(); }},
    {"last_began", Kind::time, "when the last cycle that ended began", {}, [](const JobStatus& s) { return of(s.last, [](const JobExecution& e) { return format_time(e.began); }); }},
    {"last_ended", Kind::time, "when it ended", {}, [](const JobStatus& s) { return of(s.last, [](const JobExecution& e) { return format_time(e.ended); }); }},
    {"last_imported", Kind::number, "objects that the last cycle evaluated", {}, [](const JobStatus& s) { return last(s, &JobExecution::imported); }},
    {"last_entitled", Kind::number, "of them, those in scope", {}, [](const JobStatus& s) { return last(s, &JobExecution::entitled); }},
    {"last_exported", Kind::number, "what the last cycle wrote", {}, [](const JobStatus& s) { return last(s, &JobExecution::exported); }},
    {"last_escrowed", Kind::number, "objects that failed in the last cycle", {}, [](const JobStatus& s) { return last(s, &JobExecution::escrowed); }},
    {"steady_state", Kind::time, "when a cycle first ended with nothing left to look at", {}, [](const JobStatus& s) { return time_of(s.steady_first); }},
};

// Durations in a pattern become instants, and instants are written as the status writes them.
void place_in_time(nlohmann::ordered_json& pattern, TimePoint run_began)
{
    if (pattern.is_string()) {
        const auto& text = pattern.get_ref<const std::string&>();
        if (const auto since = parse_duration(text)) pattern = format_time(run_began + *since);
        else if (const auto at = parse_time(text)) pattern = format_time(*at);
        return;
    }
    if (pattern.is_structured())
        for (auto& part : pattern) place_in_time(part, run_began);
}

Subject subject_of(Kind kind)
{
    return kind == Kind::number ? Subject::number : kind == Kind::flag ? Subject::json : Subject::text;
}

}  // namespace

std::span<const JobFact> job_facts() noexcept
{
    return facts;
}

const JobFact* find_job_fact(std::string_view name) noexcept
{
    const auto found = std::find_if(std::begin(facts), std::end(facts), [name](const JobFact& fact) { return fact.name == name; });
    return found == std::end(facts) ? nullptr : &*found;
}

Finding judge(const JobExpectation& what, const Place& place, const Evidence& evidence)
{
    PROVSIM_CHECK(evidence.job, "there is no job to expect anything of");
    return judge_job(what, place, evidence.job->status(), evidence.run_began);
}

Finding judge_job(const JobExpectation& what, const Place& place, const JobStatus& status, TimePoint run_began)
{
    Finding finding;
    finding.place = place;
    finding.held = true;
    finding.evidence = fmt::format("the job is {}", to_string(status.state));
    if (status.quarantine) finding.evidence += fmt::format(", {}: {}", to_string(status.quarantine->cause.reason), status.quarantine->cause.message);
    for (const auto& [name, pattern] : what.conditions) {
        const JobFact* fact = find_job_fact(name);
        PROVSIM_CHECK(fact, "the loader let an unknown fact of the job through");
        Pattern wanted = pattern;
        if (fact->kind == Kind::time) place_in_time(wanted.value, run_began);
        const Json value = fact->value(status);
        const auto mismatch = Matcher(wanted, subject_of(fact->kind)).test(value.is_null() ? nullptr : &value);
        if (!mismatch) continue;
        finding.held = false;
        finding.place = pattern.place;
        finding.summary = describe(*mismatch, name);
        return finding;
    }
    finding.summary = describe(Expectation{{}, what, place});
    return finding;
}

}  // namespace provsim
