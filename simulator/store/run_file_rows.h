// SPDX-License-Identifier: Apache-2.0
// Rows on their way into a run file: a burst of them in memory, filled on the engine's thread. Private to this room.
#pragma once

#include "store/reply_block.h"
#include "store/run_file.h"

#include <cstdint>
#include <string>
#include <vector>

namespace provsim {

// A list whose elements are kept for the next burst, so that their strings need no new memory.
template <class Row>
class Burst {
public:
    Row& next()
    {
        if (size_ == rows_.size()) rows_.emplace_back();
        return rows_[size_++];
    }
    void clear() { size_ = 0; }
    std::size_t size() const { return size_; }
    Row* last() { return size_ == 0 ? nullptr : &rows_[size_ - 1]; }
    auto begin() const { return rows_.begin(); }
    auto end() const { return rows_.begin() + static_cast<std::ptrdiff_t>(size_); }

private:
    std::vector<Row> rows_;
    std::size_t size_ = 0;
};

struct ExchangeRow {
    ExchangeNumber number = 0;
    std::uint32_t run = 0;
    Task task;
    Intent intent{};
    Method method{};
    Failure failure{};
    bool accepted = true;
    int status = 0;
    unsigned attempt = 1;
    TimePoint sent{};
    Duration took{0};
    std::uint64_t block = 0;            // that holds the reply; 0: not kept
    std::string target, body;
};

struct LogRow {
    std::uint64_t number = 0;
    std::uint32_t run = 0, requests = 0;
    Task task;
    Status status{};
    LoggedAction action{};
    Entitlement entitlement;
    TimePoint began{}, ended{};
    Position head = 0;
    unsigned facts = 0;                 // as pack_facts()
    std::string code, detail, target_id, modified, matching;
    std::string filter, saw;            // the clause that left the object out, and what it saw
};

struct ChangeRow {
    std::uint64_t number = 0;
    TimePoint at{};
    Position from = 0, to = 0;
    std::string edit;
};

// One change of the directory that an edit made.
struct DirectoryChangeRow {
    Position position = 0;
    std::uint64_t edit = 0;             // ChangeRow::number
    ChangeKind kind{};
    ObjectRef object, other;
    UserState state{};                  // of a user, afterwards
    std::string changed;                // the new values, as `modified` of a log entry
};

struct ObjectRow {
    ObjectRef object;
    std::string name, display_name, object_id, full_name;
};

struct JobRow {
    TimePoint at{};
    JobState state{};
    std::string why;
};

// Replies, laid out by append_reply.
struct BlockRow {
    std::uint64_t number = 0;           // from 1, over the whole run
    std::string bytes;
};

struct RunFileRows {
    Burst<ExchangeRow> exchanges;
    Burst<BlockRow> blocks;
    Burst<LogRow> log;
    Burst<ChangeRow> changes;
    Burst<DirectoryChangeRow> directory_changes;
    Burst<ObjectRow> objects;
    Burst<RunInfo> runs;
    Burst<JobRow> jobs;
    Burst<RecordedFinding> findings;
    std::size_t bytes = 0;              // of long texts waiting
    bool now = false;                   // not to wait for others before they are committed

    std::size_t waiting() const
    {
        return exchanges.size() + log.size() + changes.size() + directory_changes.size() + objects.size() + runs.size() + jobs.size() + findings.size();
    }
    void clear()
    {
        exchanges.clear();
        blocks.clear();
        log.clear();
        changes.clear();
        directory_changes.clear();
        objects.clear();
        runs.clear();
        jobs.clear();
        findings.clear();
        bytes = 0;
        now = false;
    }
};

}  // namespace provsim
