// SPDX-License-Identifier: Apache-2.0
#include "store/run_file_reader.h"

#include "store/reply_block.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Statement.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <fstream>

namespace provsim {
namespace {

Problem problem(const std::filesystem::path& path, std::string code, std::string what, std::string remedy)
{
    return {Severity::error, std::move(code), std::move(what), std::move(remedy), {path.string(), 0, 0}};
}

Problem damaged(const std::filesystem::path& path, std::string_view how)
{
    return problem(path, "run-file-damaged", fmt::format("the run file is damaged: {}", how), "run the scenario again");
}

std::optional<Problem> check_before_opening(const std::filesystem::path& path, const ReaderLimits& limits)
{
    std::error_code error;
    if (!std::filesystem::is_regular_file(path, error)) return problem(path, "no-run-file", "there is no such file", "");
    std::array<char, 16> magic{};
    std::ifstream file(path, std::ios::binary);
    if (!file.read(magic.data(), magic.size()) || std::string_view(magic.data(), 15) != "SQLite format 3")
        return problem(path, "not-a-run-file", "this is not a run file of provsim", "give a file that `provsim run` saved");
    if (std::filesystem::file_size(path, error) > limits.most_bytes)
        return problem(path, "run-file-size", fmt::format("the run file is larger than {} bytes", limits.most_bytes), "record less, with --record summary or log");
    return std::nullopt;
}

std::string text(const SQLite::Statement& row, int column)
{
    // getString() would stop at no NUL, and gives an empty text for NULL.
    return row.getColumn(column).getString();
}

std::int64_t number(const SQLite::Statement& row, int column)
{
    return row.getColumn(column).getInt64();
}

TimePoint time(const SQLite::Statement& row, int column)
{
    return TimePoint(Duration(number(row, column)));
}

// A number from the file as one of ours; what is out of range becomes the last, so that no foreign file makes an
// enumerator that does not exist.
template <class Enum>
Enum word(const SQLite::Statement& row, int column, Enum last)
{
    const std::int64_t value = number(row, column);
    return value < 0 || value > static_cast<std::int64_t>(last) ? last : static_cast<Enum>(value);
}

ObjectRef object(std::int64_t key)
{
    ObjectRef out;
    out.kind = key >> 32 == 1 ? ObjectKind::user : key >> 32 == 2 ? ObjectKind::group : ObjectKind::none;
    out.index = static_cast<std::uint32_t>(key);
    return out;
}

// What pack_facts() made; what it cannot have made becomes the last of each, as word() does.
EntryFacts unpack_facts(std::int64_t packed)
{
    const std::int64_t last = packed >> 4;
    return {static_cast<Presence>(std::min<std::int64_t>(packed & 3, static_cast<std::int64_t>(Presence::soft_deleted))), (packed & 4) != 0, (packed & 8) != 0,
            last < 0 || last > static_cast<std::int64_t>(Intent::import) ? Intent::member : static_cast<Intent>(last)};
}

std::uint32_t small(const SQLite::Statement& row, int column)
{
    return static_cast<std::uint32_t>(number(row, column));
}

}  // namespace

struct RunFileReader::State {
    explicit State(const std::filesystem::path& where) : path(where), database(path.string(), SQLite::OPEN_READONLY) {}
    std::filesystem::path path;
    mutable SQLite::Database database;
    // The block that was unpacked last: replies are mostly asked for in their order.
    mutable std::int64_t block = 0;
    mutable std::string replies;
};

RunFileReader::RunFileReader(std::unique_ptr<State> state) : state_(std::move(state)) {}
RunFileReader::RunFileReader(RunFileReader&&) noexcept = default;
RunFileReader::~RunFileReader() = default;

template <class Work>
auto RunFileReader::guarded(Work&& work) const -> Result<decltype(work())>
{
    try {
        return work();
    } catch (const SQLite::Exception& e) {
        return damaged(state_->path, e.what());
    }
}

Result<RunFileReader> RunFileReader::open(const std::filesystem::path& path, ReaderLimits limits)
{
    if (auto wrong = check_before_opening(path, limits)) return *wrong;
    try {
        auto state = std::make_unique<State>(path);
        SQLite::Database& database = state->database;
        // A foreign schema may hold views and triggers that call functions; nothing of it is to run with our rights.
        database.exec("PRAGMA trusted_schema = OFF");
        database.exec("PRAGMA cell_size_check = ON");
        database.exec("PRAGMA query_only = ON");
        if (database.execAndGet("PRAGMA application_id").getInt() != run_file_application_id)
            return problem(path, "not-a-run-file", "this is a SQLite database, but not a run file of provsim", "give a file that `provsim run` saved");
        const int version = database.execAndGet("PRAGMA user_version").getInt();
        if (version != run_file_version)
            return problem(path, "run-file-version", fmt::format("the run file has version {}, this provsim reads version {}", version, run_file_version),
                           version > run_file_version ? "read it with a newer provsim" : "read it with the provsim that wrote it, or run the scenario again");
        const std::string verdict = database.execAndGet("PRAGMA quick_check(1)").getString();
        if (verdict != "ok") return damaged(path, verdict);
        return RunFileReader(std::move(state));
    } catch (const SQLite::Exception& e) {
        return damaged(path, e.what());
    }
}

std::string RunFileReader::meta(std::string_view name) const
{
    const auto value = guarded([&] {
        SQLite::Statement row(state_->database, "SELECT value FROM meta WHERE name = ?");
        row.bind(1, std::string(name));
        return row.executeStep() ? text(row, 0) : std::string();
    });
    return value ? value.value() : std::string();
}

Result<std::string> RunFileReader::scenario() const
{
    return guarded([&] { return state_->database.execAndGet("SELECT bytes FROM scenario").getString(); });
}

Result<std::vector<RecordedRun>> RunFileReader::runs() const
{
    return guarded([&] {
        std::vector<RecordedRun> runs;
        SQLite::Statement row(state_->database,
            "SELECT number, kind, users, groups, user_cycle, group_cycle, began, ended, head, pushed, overrun, tasks, requests, writes, created, updated, "
            "disabled, deleted, members_added, members_removed, skipped, failed, halted, halted_detail, (SELECT name FROM object WHERE key = pushed) "
            "FROM cycle ORDER BY number");
        while (row.executeStep()) {
            RecordedRun& run = runs.emplace_back();
            RunInfo& info = run.info;
            info.number = small(row, 0);
            info.kind = word(row, 1, RunKind::on_change);
            info.users = number(row, 2) != 0;
            info.groups = number(row, 3) != 0;
            info.user_cycle = small(row, 4);
            info.group_cycle = small(row, 5);
            info.began = time(row, 6);
            info.ended = time(row, 7);
            info.head = static_cast<Position>(number(row, 8));
            info.pushed = object(number(row, 9));
            info.overrun = Duration(number(row, 10));
            int column = 11;
            for (std::uint64_t* counter : {&info.tasks, &info.requests, &info.writes, &info.created, &info.updated, &info.disabled, &info.deleted,
                                           &info.members_added, &info.members_removed, &info.skipped, &info.failed})
                *counter = static_cast<std::uint64_t>(number(row, column++));
            info.halted = text(row, 22);
            info.halted_detail = text(row, 23);
            run.pushed = text(row, 24);
        }
        return runs;
    });
}

Result<std::vector<RecordedFinding>> RunFileReader::findings() const
{
    return guarded([&] {
        std::vector<RecordedFinding> findings;
        SQLite::Statement row(state_->database, "SELECT step, name, held, summary, evidence, file, line, column FROM expectation ORDER BY rowid");
        while (row.executeStep())
            findings.push_back({text(row, 0), text(row, 1), number(row, 2) != 0, text(row, 3), text(row, 4),
                                {text(row, 5), row.getColumn(6).getInt(), row.getColumn(7).getInt()}});
        return findings;
    });
}

Result<std::vector<RecordedJobState>> RunFileReader::job_states() const
{
    return guarded([&] {
        std::vector<RecordedJobState> states;
        SQLite::Statement row(state_->database, "SELECT at, state, why FROM job ORDER BY rowid");
        while (row.executeStep()) states.push_back({time(row, 0), word(row, 1, JobState::paused), text(row, 2)});
        return states;
    });
}

Result<std::vector<RecordedChange>> RunFileReader::changes() const
{
    return guarded([&] {
        std::vector<RecordedChange> changes;
        SQLite::Statement row(state_->database, "SELECT at, first, past, edit FROM change ORDER BY number");
        while (row.executeStep())
            changes.push_back({time(row, 0), static_cast<Position>(number(row, 1)), static_cast<Position>(number(row, 2)), text(row, 3)});
        return changes;
    });
}

Result<std::size_t> RunFileReader::log(const LogFilter& filter, const std::function<bool(const RecordedEntry&)>& tell) const
{
    return guarded([&] {
        // NULL as a parameter means that it does not matter.
        SQLite::Statement row(state_->database,
            "SELECT l.number, l.cycle, l.task, l.status, l.action, o.name, o.display_name, (SELECT name FROM object WHERE key = l.other), l.code, l.detail, "
            "l.target_id, l.modified, l.began, l.ended, l.requests, (SELECT kind FROM cycle WHERE number = l.cycle), l.object, o.object_id, "
            "(SELECT object_id FROM object WHERE key = l.other), l.scope, (SELECT name FROM object WHERE key = l.through), l.filter, l.saw, l.matching, l.facts, o.full_name, l.head "
            "FROM step_log l LEFT JOIN object o ON o.key = l.object "
            "WHERE (?1 IS NULL OR l.object IN (SELECT key FROM object WHERE name = ?1 OR display_name = ?1 COLLATE NOCASE)) "
            "AND (?2 IS NULL OR l.status = ?2) AND (?3 IS NULL OR l.action = ?3) AND (?4 IS NULL OR l.cycle = ?4) AND (?5 IS NULL OR l.ended >= ?5) ORDER BY l.number");
        if (filter.identity) row.bind(1, *filter.identity);
        if (filter.status) row.bind(2, static_cast<std::int64_t>(*filter.status));
        if (filter.action) row.bind(3, static_cast<std::int64_t>(*filter.action));
        if (filter.run) row.bind(4, static_cast<std::int64_t>(*filter.run));
        if (filter.since) row.bind(5, static_cast<std::int64_t>(filter.since->time_since_epoch().count()));
        std::size_t told = 0;
        while (row.executeStep()) {
            RecordedEntry entry;
            entry.number = static_cast<std::uint64_t>(number(row, 0));
            entry.run = small(row, 1);
            entry.task = word(row, 2, Action::import_groups);
            entry.status = word(row, 3, Status::warning);
            entry.action = word(row, 4, LoggedAction::staged_delete);
            entry.object = text(row, 5);
            entry.display_name = text(row, 6);
            entry.other = text(row, 7);
            entry.code = text(row, 8);
            entry.detail = text(row, 9);
            entry.target_id = text(row, 10);
            entry.modified = text(row, 11);
            entry.began = time(row, 12);
            entry.ended = time(row, 13);
            entry.requests = small(row, 14);
            entry.run_kind = word(row, 15, RunKind::on_change);
            entry.ref = object(number(row, 16));
            entry.object_id = text(row, 17);
            entry.other_id = text(row, 18);
            entry.scope = word(row, 19, ScopeReason::nested_in_assigned);
            entry.through = text(row, 20);
            entry.filter = text(row, 21);
            entry.saw = text(row, 22);
            entry.matching = text(row, 23);
            entry.facts = unpack_facts(number(row, 24));
            entry.full_name = text(row, 25);
            entry.head = static_cast<Position>(number(row, 26));
            ++told;
            if (!tell(entry)) break;
        }
        return told;
    });
}

Result<std::size_t> RunFileReader::directory_changes(const std::function<bool(const RecordedDirectoryChange&)>& tell) const
{
    return guarded([&] {
        SQLite::Statement row(state_->database,
            "SELECT d.position, c.at, d.kind, d.object, d.other, o.name, o.display_name, o.full_name, o.object_id, m.name, m.display_name, m.full_name, m.object_id, "
            "d.state, d.changed, c.edit, d.edit FROM directory_change d JOIN change c ON c.number = d.edit LEFT JOIN object o ON o.key = d.object "
            "LEFT JOIN object m ON m.key = d.other ORDER BY d.position");
        std::size_t told = 0;
        while (row.executeStep()) {
            RecordedDirectoryChange change;
            change.position = static_cast<Position>(number(row, 0));
            change.at = time(row, 1);
            change.kind = word(row, 2, ChangeKind::assignment_changed);
            change.ref = object(number(row, 3));
            change.other_ref = object(number(row, 4));
            int column = 5;
            for (std::string* name : {&change.object, &change.display_name, &change.full_name, &change.object_id, &change.other, &change.other_display_name,
                                      &change.other_full_name, &change.other_id})
                *name = text(row, column++);
            change.state = word(row, 13, UserState::deactivated);
            change.changed = text(row, 14);
            change.edit = text(row, 15);
            change.edit_number = static_cast<std::uint64_t>(number(row, 16));
            ++told;
            if (!tell(change)) break;
        }
        return told;
    });
}

Result<std::size_t> RunFileReader::exchanges(std::optional<std::uint32_t> run, const std::function<bool(const RecordedExchange&)>& tell) const
{
    return guarded([&] {
        SQLite::Statement row(state_->database,
            "SELECT number, cycle, task, (SELECT name FROM object WHERE key = object), (SELECT name FROM object WHERE key = other), intent, method, target, "
            "status, failure, accepted, attempt, sent, took FROM exchange WHERE ?1 IS NULL OR cycle = ?1 ORDER BY number");
        if (run) row.bind(1, static_cast<std::int64_t>(*run));
        std::size_t told = 0;
        while (row.executeStep()) {
            RecordedExchange exchange;
            exchange.number = static_cast<ExchangeNumber>(number(row, 0));
            exchange.run = small(row, 1);
            exchange.task = word(row, 2, Action::import_groups);
            exchange.object = text(row, 3);
            exchange.other = text(row, 4);
            exchange.intent = word(row, 5, Intent::import);
            exchange.method = word(row, 6, Method::delete_);
            exchange.target = text(row, 7);
            exchange.status = static_cast<int>(number(row, 8));
            exchange.failure = word(row, 9, Failure::too_large);
            exchange.accepted = number(row, 10) != 0;
            exchange.attempt = small(row, 11);
            exchange.sent = time(row, 12);
            exchange.took = Duration(number(row, 13));
            ++told;
            if (!tell(exchange)) break;
        }
        return told;
    });
}

Result<std::optional<StoredReply>> RunFileReader::reply(ExchangeNumber exchange) const
{
    bool unreadable = false;
    auto found = guarded([&]() -> std::optional<StoredReply> {
        SQLite::Statement row(state_->database, "SELECT e.block, r.bytes FROM exchange e LEFT JOIN response r ON r.block = e.block AND e.block <> ?2 WHERE e.number = ?1");
        row.bind(1, static_cast<std::int64_t>(exchange));
        row.bind(2, state_->block);
        if (!row.executeStep() || row.isColumnNull(0)) return std::nullopt;
        if (number(row, 0) != state_->block) {
            state_->replies = unpack_block(text(row, 1)).value_or(std::string());
            state_->block = number(row, 0);
        }
        auto reply = find_reply(state_->replies, exchange);
        unreadable = !reply;
        return reply;
    });
    if (found && unreadable) return damaged(state_->path, fmt::format("the reply to exchange {} cannot be unpacked", exchange));
    return found;
}

Result<std::optional<std::string>> RunFileReader::request_body(ExchangeNumber exchange) const
{
    return guarded([&]() -> std::optional<std::string> {
        SQLite::Statement row(state_->database, "SELECT body FROM request WHERE number = ?");
        row.bind(1, static_cast<std::int64_t>(exchange));
        if (!row.executeStep()) return std::nullopt;
        return text(row, 0);
    });
}

Result<std::optional<std::string>> RunFileReader::created_with(const RecordedEntry& entry) const
{
    if (!finished()) return std::optional<std::string>();       // the indexes come with the end: each look would read the whole table
    return guarded([&]() -> std::optional<std::string> {
        SQLite::Statement row(state_->database,
            "SELECT r.body FROM exchange e JOIN request r ON r.number = e.number WHERE e.object = ? AND e.cycle = ? AND e.intent = ? ORDER BY e.number DESC LIMIT 1");
        row.bind(1, static_cast<std::int64_t>(entry.ref.key()));
        row.bind(2, static_cast<std::int64_t>(entry.run));
        row.bind(3, static_cast<std::int64_t>(Intent::create));
        if (!row.executeStep()) return std::nullopt;
        return text(row, 0);
    });
}

}  // namespace provsim
