// SPDX-License-Identifier: Apache-2.0
// Writes a run file while the run goes on.
#pragma once

#include "model/result.h"
#include "store/run_file.h"

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

struct RunFileOptions {
    RecordLevel level = RecordLevel::log;
    bool store_replies = false;             // for a target outside this process: replay cannot ask it again
    std::vector<std::string> secrets;       // their values never get into the file; each is written as ***
    bool replace = false;                   // an existing run file may be replaced; anything else never is
    std::size_t burst = 256;               // rows kept in memory before they are handed to the thread that writes them
};

// Rows wait in memory, are handed in bursts to a thread of the writer's own, and are committed there, about 4096 at a time and
// at each run's end. A process that is killed leaves a readable file with all that was committed. While it is open there is a
// -wal file beside it; finish() makes it one file. A full disk or the like does not stop the run: writing ends and trouble()
// says why, at the latest after flush() or finish(). Used from one thread. `directory` outlives the writer.
class RunFileWriter final : public Recorder {
public:
    static Result<std::unique_ptr<RunFileWriter>> create(const std::filesystem::path& path, const RunFileHeader& header,
                                                         RunFileOptions options, const Directory& directory);
    // Without finish() the file stays readable, but says that the run did not come to its end.
    ~RunFileWriter() override;

    void edited(const Edit& edit, TimePoint at, Position from, Position to) override;
    void exchanged(const ExchangeRecord& record) override;
    void logged(const LogEntry& entry) override;
    void run_ended(const RunInfo& run) override;
    void job_changed(JobState state, std::string_view why, TimePoint at) override;

    void finding(const RecordedFinding& finding);
    void flush();       // until everything so far is in the file
    // Writes what waits, makes the indexes, closes. Nothing may be recorded afterwards.
    void finish(const RunFileEnd& end);

    const std::optional<Problem>& trouble() const noexcept;

private:
    struct State;
    explicit RunFileWriter(std::unique_ptr<State> state);
    template <class Work> void guarded(Work&& work);
    bool keeps_rows() const noexcept;
    std::unique_ptr<State> state_;
};

}  // namespace provsim
