// SPDX-License-Identifier: Apache-2.0
// A run file's rows as the vendors' shapes want them.
#pragma once

#include "shapes/directory_change.h"
#include "shapes/graph_status.h"
#include "store/run_file_reader.h"

namespace provsim {

// `file`: asked for the values of a created object, if they were recorded. Null: they are not wanted.
ChangeFacts recorded_facts(const RecordedEntry& entry, const RunFileReader* file);

// The seed that ids are drawn from.
std::uint64_t recorded_seed(const RunFileReader& file);

// The ids of this run, the application named as its scenario, and the codes of its provider.
GraphSetting graph_setting(const RunFileReader& file);

// What happened to the directory, in order.
Result<std::vector<DirectoryChange>> recorded_changes(const RunFileReader& file);

// What the run says of its job. Reads the whole log.
Result<JobFacts> recorded_job(const RunFileReader& file);
// The time between its user cycles; nothing if there were not two.
std::optional<Duration> recorded_interval(const JobFacts& job);

// What to say when a run file holds no log; empty if it does.
std::string no_log_hint(const RunFileReader& file);

}  // namespace provsim
