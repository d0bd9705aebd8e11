// SPDX-License-Identifier: Apache-2.0
// A provision on demand in the portal's five steps, each with what it decided and why.
#pragma once

#include "app/terminal.h"
#include "connectors/codes.h"
#include "shapes/change_facts.h"

#include <span>
#include <string>
#include <vector>

namespace provsim {

// Keeps what a push did: one push is small. `directory` outlives it.
class PushRecord final : public Recorder {
public:
    struct Sent { Task task; Intent intent; std::string request, answer, body, reply; };
    struct Entry { Task task; ChangeFacts facts; };

    explicit PushRecord(const Directory& directory) : directory_(directory) {}
    void run_began(const RunInfo& info) override { watching_ = info.kind == RunKind::on_demand; }
    void exchanged(const ExchangeRecord& record) override;
    void logged(const LogEntry& entry) override;
    void run_ended(const RunInfo& info) override;

    const std::vector<Sent>& sent() const noexcept { return sent_; }
    const std::vector<Entry>& entries() const noexcept { return entries_; }
    std::vector<ChangeFacts> changes() const;           // of objects, in order
    const RunInfo& run() const noexcept { return run_; }
    bool failed() const noexcept;

private:
    const Directory& directory_;
    std::vector<Sent> sent_;
    std::vector<Entry> entries_;
    RunInfo run_;
    bool watching_ = false;
};

void print_five_steps(const Terminal& out, const PushRecord& record, ObjectRef pushed, const Directory& directory, std::span<const CodeNote> notes);

}  // namespace provsim
