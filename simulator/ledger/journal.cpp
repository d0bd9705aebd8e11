// SPDX-License-Identifier: Apache-2.0
#include "ledger/journal.h"

#include <algorithm>

namespace provsim {
namespace {

auto find_number(std::vector<RunInfo>& runs, std::uint32_t number)
{
    return std::find_if(runs.begin(), runs.end(), [number](const RunInfo& run) { return run.number == number; });
}

}  // namespace

const RunInfo* Journal::find_run(std::uint32_t number) const
{
    for (const RunInfo& run : open_runs_)
        if (run.number == number) return &run;
    // Runs end nearly in the order in which they began, and people ask about late ones.
    for (auto run = runs_.rbegin(); run != runs_.rend(); ++run)
        if (run->number == number) return &*run;
    return nullptr;
}

void Journal::edited(const Edit& edit, TimePoint at, Position from, Position to)
{
    if (depth_ == JournalDepth::counters) return;
    edits_.push_back({edit, at, from, to});
}

void Journal::run_began(const RunInfo& run)
{
    open_runs_.push_back(run);
}

void Journal::run_ended(const RunInfo& run)
{
    if (const auto open = find_number(open_runs_, run.number); open != open_runs_.end()) open_runs_.erase(open);
    runs_.push_back(run);
}

void Journal::exchanged(const ExchangeRecord& record)
{
    const Request& request = record.ask.request;
    ++totals_.requests;
    if (request.method != Method::get) ++totals_.writes;
    if (record.reply.success()) ++totals_.replies_2xx;
    // What counts as failed is the connector's judgement: a 404 that it asked for is none.
    if (!record.accepted) ++totals_.failed_requests;
    if (depth_ == JournalDepth::counters) return;

    Exchange& row = exchanges_.emplace_back();
    row.number = record.number;
    row.run = record.run;
    row.task = record.task;
    row.intent = record.ask.intent;
    row.method = request.method;
    row.status = record.reply.status;
    row.failure = record.reply.failure;
    row.accepted = record.accepted;
    row.sent = record.sent;
    row.answered = record.answered;
    row.target = request.target;
    if (depth_ == JournalDepth::bodies) row.body = request.body;
}

void Journal::logged(const LogEntry& entry)
{
    ++totals_.log_entries;
    if (depth_ == JournalDepth::counters) return;

    Entry& row = entries_.emplace_back();
    row.number = entry.number;
    row.run = entry.run;
    row.run_kind = entry.run_kind;
    row.task = entry.task;
    row.status = entry.outcome.status;
    row.action = entry.outcome.action;
    row.code = entry.outcome.code;
    row.detail = entry.outcome.detail;
    row.modified = entry.outcome.modified;
    row.began = entry.began;
    row.ended = entry.ended;
    row.head = entry.head;
    row.requests = entry.requests;
    row.target_id = entry.target_id;
    row.entitlement = entry.entitlement;
}

void Journal::job_changed(JobState state, std::string_view, TimePoint)
{
    job_ = state;
}

}  // namespace provsim
