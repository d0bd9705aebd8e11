// SPDX-License-Identifier: Apache-2.0
#include "app/recorded_facts.h"

#include "connectors/registry.h"

#include <charconv>
#include <set>

namespace provsim {

ChangeFacts recorded_facts(const RecordedEntry& entry, const RunFileReader* file)
{
    ChangeFacts facts;
    facts.number = entry.number;
    facts.run = entry.run;
    facts.run_kind = entry.run_kind;
    facts.task = entry.task;
    facts.status = entry.status;
    facts.action = entry.action;
    facts.object = entry.ref;
    facts.name = entry.display_name;
    facts.display_name = entry.full_name;
    facts.object_id = entry.object_id;
    facts.other = entry.other;
    facts.other_id = entry.other_id;
    facts.code = entry.code;
    facts.detail = entry.detail;
    facts.target_id = entry.target_id;
    facts.scope = entry.scope;
    facts.through = entry.through;
    facts.filter = entry.filter;
    facts.saw = entry.saw;
    facts.presence = entry.facts.presence;
    facts.enabled = entry.facts.enabled;
    facts.linked = entry.facts.linked;
    facts.matching = entry.matching;
    facts.last = entry.facts.last;
    facts.modified = read_modified(entry.modified);
    facts.began = entry.began;
    facts.ended = entry.ended;
    if (file && entry.action == LoggedAction::create && facts.modified.empty())
        if (const auto body = file->created_with(entry); body && body.value()) facts.modified = modified_by_create(*body.value());
    return facts;
}

std::uint64_t recorded_seed(const RunFileReader& file)
{
    std::uint64_t seed = 0;
    const std::string text = file.meta("seed");
    std::from_chars(text.data(), text.data() + text.size(), seed);
    return seed;
}

Result<std::vector<DirectoryChange>> recorded_changes(const RunFileReader& file)
{
    std::vector<DirectoryChange> changes;
    std::set<std::uint64_t> bin;
    const auto told = file.directory_changes([&](const RecordedDirectoryChange& recorded) {
        DirectoryChange& change = changes.emplace_back();
        change.number = recorded.position;
        change.edit_number = recorded.edit_number;
        change.at = recorded.at;
        change.kind = recorded.kind;
        change.edit = recorded.edit;
        change.state = recorded.state;
        change.object = recorded.ref;
        change.handle = recorded.object;
        change.name = recorded.display_name;
        change.display_name = recorded.full_name;
        change.object_id = recorded.object_id;
        change.other = recorded.other_ref;
        change.other_handle = recorded.other;
        change.other_name = recorded.other_display_name;
        change.other_display_name = recorded.other_full_name;
        change.other_id = recorded.other_id;
        change.changed = read_modified(recorded.changed);
        if (change.kind == ChangeKind::user_soft_deleted) bin.insert(change.object.key());
        if (change.kind == ChangeKind::user_restored || change.kind == ChangeKind::user_hard_deleted) change.was_in_bin = bin.erase(change.object.key()) > 0;
        return true;
    });
    if (!told) return told.problems();
    return changes;
}

GraphSetting graph_setting(const RunFileReader& file)
{
    const Flavour* provider = find_flavour(file.meta("profile"));
    GraphSetting setting{GraphIds(recorded_seed(file)), {}, provider ? provider->codes : std::span<const CodeNote>()};
    setting.names.application = file.meta("scenario");
    return setting;
}

Result<JobFacts> recorded_job(const RunFileReader& file)
{
    JobFacts job;
    const auto runs = file.runs();
    if (!runs) return runs.problems();
    for (const RecordedRun& run : runs.value()) job.add(run.info);
    const auto states = file.job_states();
    if (!states) return states.problems();
    for (const RecordedJobState& state : states.value()) job.add({state.at, state.state, state.why});
    const auto told = file.log({}, [&job](const RecordedEntry& entry) {
        job.add(recorded_facts(entry, nullptr));
        return true;
    });
    if (!told) return told.problems();
    return job;
}

std::optional<Duration> recorded_interval(const JobFacts& job)
{
    std::optional<TimePoint> before;
    std::optional<Duration> shortest;
    for (const ExecutionFacts& cycle : job.cycles()) {
        if (!cycle.run.users) continue;
        if (before) shortest = std::min(shortest.value_or(Duration::max()), cycle.run.began - *before);
        before = cycle.run.began;
    }
    return shortest;
}

std::string no_log_hint(const RunFileReader& file)
{
    return file.meta("record") == "summary" ? "the run was recorded with --record summary, which keeps no log; run it again with --record log or full" : "";
}

}  // namespace provsim
