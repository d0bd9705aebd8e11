// SPDX-License-Identifier: Apache-2.0
// Reads a run file, also one that somebody else sent: read-only, checked before anything in it is believed.
#pragma once

#include "model/result.h"
#include "store/run_file.h"

#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

struct RecordedRun {
    RunInfo info;
    std::string pushed;     // "user:ada"
};

struct RecordedEntry {
    std::uint64_t number = 0;
    std::uint32_t run = 0;
    Action task{};
    Status status{};
    LoggedAction action{};
    std::string object, display_name, other;    // "user:ada", "ada@acme.test", "group:engineers"
    std::string code, detail, target_id;
    std::string modified;                       // JSON as Graph's modifiedProperties; empty if none
    TimePoint began{}, ended{};
    std::uint32_t requests = 0;
    RunKind run_kind{};
    ObjectRef ref;                              // the object, in the directory of the run
    std::string object_id, other_id;            // GUIDs in the directory
    ScopeReason scope{};
    std::string full_name;                      // displayName in the directory
    std::string through;                        // "group:engineers"
    std::string filter, saw;                    // the clause that left it out, and the value that it saw
    std::string matching;                       // the attribute it was matched by
    EntryFacts facts;
    Position head = 0;                          // it saw the directory's changes below this position
};

// An edit of the directory. [from, to) are its changes in the directory's change log.
struct RecordedChange {
    TimePoint at{};
    Position from = 0, to = 0;
    std::string edit;       // "group.add engineers <- alan"
};

// A change of the directory, and the edit it came from.
struct RecordedDirectoryChange {
    Position position = 0;
    std::uint64_t edit_number = 0;              // of edits, from 1
    TimePoint at{};
    ChangeKind kind{};
    ObjectRef ref, other_ref;
    std::string object, display_name, full_name, object_id;                     // as RecordedEntry has them
    std::string other, other_display_name, other_full_name, other_id;           // the member, the new manager
    UserState state{};                          // of a user, afterwards
    std::string changed;                        // as RecordedEntry::modified: the new values
    std::string edit;                           // "user.suspend ada"
};

// A change of the job's state.
struct RecordedJobState {
    TimePoint at{};
    JobState state{};
    std::string why;
};

struct RecordedExchange {
    ExchangeNumber number = 0;
    std::uint32_t run = 0;
    Action task{};
    std::string object, other;
    Intent intent{};
    Method method{};
    std::string target;
    int status = 0;
    Failure failure{};
    bool accepted = true;
    unsigned attempt = 1;
    TimePoint sent{};
    Duration took{0};
};

struct LogFilter {
    std::optional<std::string> identity{};      // "user:ada", or a userName or displayName (ignoring ASCII case)
    std::optional<Status> status{};
    std::optional<LoggedAction> action{};
    std::optional<std::uint32_t> run{};
    std::optional<TimePoint> since{};           // ended then or later
};

struct ReaderLimits {
    std::uint64_t most_bytes = std::uint64_t{8} << 30;
};

// Everything but open() may find damage that the first check did not see; it then comes back as a Problem.
class RunFileReader {
public:
    // Problems: no such file, not a run file, of a newer version, too large, damaged.
    static Result<RunFileReader> open(const std::filesystem::path& path, ReaderLimits limits = {});
    RunFileReader(RunFileReader&&) noexcept;
    ~RunFileReader();

    // "seed", "scenario", "profile", "fingerprint", ... (the writer's list); empty if it is not there.
    std::string meta(std::string_view name) const;
    bool finished() const { return meta("finished") == "yes"; }
    bool replayable() const { return meta("replayable") == "yes"; }

    Result<std::string> scenario() const;                                   // the file's bytes, without secrets
    Result<std::vector<RecordedRun>> runs() const;
    Result<std::vector<RecordedFinding>> findings() const;
    Result<std::vector<RecordedJobState>> job_states() const;
    Result<std::vector<RecordedChange>> changes() const;
    // Tells rows in order until `tell` returns false. The number of rows told.
    Result<std::size_t> log(const LogFilter& filter, const std::function<bool(const RecordedEntry&)>& tell) const;
    Result<std::size_t> directory_changes(const std::function<bool(const RecordedDirectoryChange&)>& tell) const;
    Result<std::size_t> exchanges(std::optional<std::uint32_t> run, const std::function<bool(const RecordedExchange&)>& tell) const;
    Result<std::optional<StoredReply>> reply(ExchangeNumber number) const;  // nothing if it was not stored
    Result<std::optional<std::string>> request_body(ExchangeNumber number) const;
    // The body of the POST that an entry is about; nothing if bodies were not recorded, or the run is not finished.
    Result<std::optional<std::string>> created_with(const RecordedEntry& entry) const;

private:
    struct State;
    explicit RunFileReader(std::unique_ptr<State> state);
    template <class Work> auto guarded(Work&& work) const -> Result<decltype(work())>;
    std::unique_ptr<State> state_;
};

}  // namespace provsim
