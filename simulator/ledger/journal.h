// SPDX-License-Identifier: Apache-2.0
// The run so far, in memory, for expectations and reports to ask. Keeps only what it was asked to keep.
#pragma once

#include "engine/recorder.h"

#include <cstdint>
#include <string>
#include <vector>

namespace provsim {

enum class JournalDepth : std::uint8_t {
    counters,   // totals, the job's state and its runs (waiting for a cycle's end needs them): else nothing grows
    rows,       // edits, log entries and one row an exchange
    bodies,     // request bodies too
};

class Journal final : public Recorder {
public:
    struct Exchange {
        ExchangeNumber number = 0;
        std::uint32_t run = 0;
        Task task;
        Intent intent{};
        Method method{};
        int status = 0;             // 0: see failure
        Failure failure{};
        bool accepted = true;
        TimePoint sent{}, answered{};
        std::string target;         // path and query as sent
        std::string body;           // depth bodies only
    };
    struct Entry {
        std::uint64_t number = 0;
        std::uint32_t run = 0;
        RunKind run_kind{};
        Task task;
        Status status{};
        LoggedAction action{};
        std::string code, detail;
        std::vector<Modified> modified;
        TimePoint began{}, ended{};
        Position head = 0;
        std::uint32_t requests = 0;
        std::string target_id;
        Entitlement entitlement;
    };
    struct EditRow {
        Edit edit;
        TimePoint at{};
        Position from = 0, to = 0;  // the changes it made: [from, to)
    };

    explicit Journal(JournalDepth depth) : depth_(depth) {}

    JournalDepth depth() const { return depth_; }
    const std::vector<Exchange>& exchanges() const { return exchanges_; }   // in the order of their replies
    const std::vector<Entry>& entries() const { return entries_; }
    const std::vector<EditRow>& edits() const { return edits_; }
    const std::vector<RunInfo>& runs() const { return runs_; }      // ended ones
    const RunInfo* find_run(std::uint32_t number) const;            // ended or still going (counters not final); null if unknown
    JobState job() const { return job_; }

    // Totals over the whole run, kept at every depth.
    struct Totals { std::uint64_t requests = 0, writes = 0, failed_requests = 0, replies_2xx = 0, log_entries = 0; };
    const Totals& totals() const { return totals_; }

    void edited(const Edit&, TimePoint, Position, Position) override;
    void run_began(const RunInfo&) override;
    void exchanged(const ExchangeRecord&) override;
    void logged(const LogEntry&) override;
    void run_ended(const RunInfo&) override;
    void job_changed(JobState, std::string_view, TimePoint) override;

private:
    JournalDepth depth_;
    std::vector<Exchange> exchanges_;
    std::vector<Entry> entries_;
    std::vector<EditRow> edits_;
    std::vector<RunInfo> runs_, open_runs_;
    Totals totals_;
    JobState job_ = JobState::not_run;
};

}  // namespace provsim
