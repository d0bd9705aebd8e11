// SPDX-License-Identifier: Apache-2.0
#include "store/run_file_writer.h"

#include "model/check.h"
#include "model/text.h"
#include "store/changed_values.h"
#include "store/row_writer.h"

#include <SQLiteCpp/Exception.h>
#include <SQLiteCpp/Transaction.h>
#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <fstream>

namespace provsim {
namespace {

constexpr std::size_t most_bytes_waiting = 16u << 20;
constexpr const char* upsert_meta = "INSERT INTO meta VALUES(?,?) ON CONFLICT(name) DO UPDATE SET value = excluded.value";

std::string sha256(std::string_view bytes)
{
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    PROVSIM_CHECK(EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) == 1);
    std::string hex;
    for (unsigned i = 0; i < size; ++i) fmt::format_to(std::back_inserter(hex), "{:02x}", digest[i]);
    return hex;
}

Problem cannot_write(const std::filesystem::path& path, const std::string& why)
{
    return {Severity::error, "run-file", "cannot write the run file: " + why, "look at the disk and its permissions, or choose another place with --out",
            {path.string(), 0, 0}};
}

// Only what provsim itself made may be thrown away.
bool is_run_file(const std::filesystem::path& path)
{
    std::array<char, 72> head{};
    std::ifstream file(path, std::ios::binary);
    if (!file.read(head.data(), head.size())) return false;
    std::uint32_t id = 0;
    for (std::size_t i = 68; i < 72; ++i) id = id << 8 | static_cast<unsigned char>(head[i]);
    return std::string_view(head.data(), 15) == "SQLite format 3" && id == static_cast<std::uint32_t>(run_file_application_id);
}

}  // namespace

struct RunFileWriter::State {
    State(const std::filesystem::path& where, RunFileOptions given, const Directory& source)
        : path(where), options(std::move(given)), directory(source), redactor(options.secrets),
          // One thread: SQLite's own locks would cost every bound value two of them.
          database(path.string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE | SQLite::OPEN_NOMUTEX)
    {
    }

    void prepare(const RunFileHeader& header)
    {
        // The page size is fixed by the first table; larger pages cost a fifth less CPU.
        database.exec("PRAGMA page_size = 16384");
        database.exec("PRAGMA journal_mode = WAL");
        database.exec("PRAGMA synchronous = NORMAL");
        database.exec(fmt::format("PRAGMA application_id = {}", run_file_application_id));
        database.exec(fmt::format("PRAGMA user_version = {}", run_file_version));
        SQLite::Transaction transaction(database);
        database.exec(run_file_tables());
        database.exec(run_file_views());
        writer = std::make_unique<RowWriter>(database, redactor);
        const bool replayable = options.level != RecordLevel::summary && header.reproducible;
        meta("format", "provsim-run/1");
        meta("version", header.version);
        meta("scenario", header.scenario_name);
        meta("profile", header.profile);
        meta("target_kind", header.target_kind);
        meta("target", header.target);
        meta("seed", std::to_string(header.seed));
        meta("clock_start", format_time(header.clock_start));
        meta("wall_began", header.wall_began);
        meta("record", std::string(to_string(options.level)));
        meta("replies", options.store_replies && options.level != RecordLevel::summary ? "stored" : "not stored");
        meta("replayable", replayable ? "yes" : "no");
        meta("reproducible", header.reproducible ? "yes" : "no");
        Insert scenario(database, "INSERT INTO scenario VALUES(?,?,?)");
        const std::string digest = sha256(header.scenario_bytes), bytes(redactor.clean(header.scenario_bytes, scratch));
        scenario.add(header.scenario_file).add_blob(bytes).add(digest).run();
        transaction.commit();
    }

    void meta(const char* name, const std::string& value)
    {
        const std::string key = name, cleaned(redactor.clean(value, scratch));
        Insert(database, upsert_meta).add(key).add(cleaned).run();
    }

    // Names an object once, when it is first met. A hard-deleted object has lost its names by then; `name` is what the log has.
    void meet(ObjectRef object, std::string_view name)
    {
        if (!object) return;
        auto& met = object.is_user() ? met_users : met_groups;
        if (met.size() <= object.index) met.resize(object.index + 1 + object.index / 2);
        if (met[object.index]) return;
        met[object.index] = true;
        ObjectRow& row = rows().objects.next();
        row.object = object;
        row.name = redactor.clean(object_name(directory, object), scratch);
        std::string_view display = object.is_user() ? directory.value(object.user(), Attribute::user_name) : directory.display_name(object.group());
        if (display.empty()) display = name;
        row.display_name = redactor.clean(display, scratch);
        row.object_id = provsim::to_string(directory.object_id(object));
        const auto full = object.is_user() ? directory.value(object.user(), Attribute::display_name) : std::string_view{};
        row.full_name = full.empty() ? std::string_view(row.display_name) : redactor.clean(full, scratch);
    }

    RunFileRows& rows() { return writer->filling(); }

    // The number of the block that holds the reply.
    std::uint64_t keep(ExchangeNumber number, const Reply& reply)
    {
        BlockRow* block = rows().blocks.last();
        if (!block || block->bytes.size() >= reply_block_bytes) {
            block = &rows().blocks.next();
            block->number = ++blocks;
            block->bytes.clear();
        }
        const std::size_t before = block->bytes.size();
        append_reply(block->bytes, number, reply);
        rows().bytes += block->bytes.size() - before;
        return block->number;
    }

    void keep(const Change& change, Position position)
    {
        DirectoryChangeRow& row = rows().directory_changes.next();
        row.position = position;
        row.edit = edits;
        row.kind = change.kind;
        row.object = change.object;
        row.other = change.other;
        row.state = change.object.is_user() ? directory.state(change.object.user()) : UserState::active;
        row.changed.clear();
        append_modified(row.changed, changed_values(directory, change), redactor, scratch);
        meet(change.object, {});
        meet(change.other, {});
    }

    void hand_over_if_full()
    {
        if (rows().waiting() >= options.burst || rows().bytes >= most_bytes_waiting) writer->hand_over();
    }

    void hand_over_now()
    {
        rows().now = true;
        writer->hand_over();
    }

    void clean_into(std::string& out, std::string_view text) { out = redactor.clean(text, scratch); }

    std::filesystem::path path;
    RunFileOptions options;
    const Directory& directory;
    Redactor redactor;
    SQLite::Database database;
    std::unique_ptr<RowWriter> writer;      // goes before the database
    std::vector<bool> met_users, met_groups;
    std::string scratch;
    std::uint64_t edits = 0, blocks = 0;
    bool finished = false;
    std::optional<Problem> trouble;
};

RunFileWriter::RunFileWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}

Result<std::unique_ptr<RunFileWriter>> RunFileWriter::create(const std::filesystem::path& path, const RunFileHeader& header,
                                                             RunFileOptions options, const Directory& directory)
{
    std::error_code error;
    if (std::filesystem::exists(path, error)) {
        const Place place{path.string(), 0, 0};
        if (!is_run_file(path))
            return Problem{Severity::error, "run-file", "the file is there already and is no run file of provsim", "choose another name for the run file", place};
        if (!options.replace) return Problem{Severity::error, "run-file", "there is a run file of that name already", "choose another name, or remove it", place};
        for (const char* beside : {"", "-wal", "-shm", "-journal"}) std::filesystem::remove(path.string() + beside, error);
    }
    try {
        auto state = std::make_unique<State>(path, std::move(options), directory);
        state->prepare(header);
        return std::unique_ptr<RunFileWriter>(new RunFileWriter(std::move(state)));
    } catch (const SQLite::Exception& e) {
        return cannot_write(path, e.what());
    }
}

RunFileWriter::~RunFileWriter()
{
    flush();
}

template <class Work>
void RunFileWriter::guarded(Work&& work)
{
    if (state_->trouble || state_->finished) return;
    try {
        work(*state_);
    } catch (const SQLite::Exception& e) {
        state_->trouble = cannot_write(state_->path, e.what());
    }
}

const std::optional<Problem>& RunFileWriter::trouble() const noexcept
{
    return state_->trouble;
}

bool RunFileWriter::keeps_rows() const noexcept
{
    return state_->options.level != RecordLevel::summary;
}

void RunFileWriter::flush()
{
    guarded([](State& s) {
        s.hand_over_now();
        s.writer->wait();
    });
}

void RunFileWriter::edited(const Edit& edit, TimePoint at, Position from, Position to)
{
    if (!keeps_rows()) return;
    guarded([&](State& s) {
        ChangeRow& row = s.rows().changes.next();
        row.number = ++s.edits;
        row.at = at;
        row.from = from;
        row.to = to;
        s.clean_into(row.edit, describe(edit));
        const ChangeLog& log = s.directory.changes();
        for (Position p = from; p < std::min(to, log.head()); ++p) s.keep(log[p], p);
        s.hand_over_if_full();
    });
}

void RunFileWriter::exchanged(const ExchangeRecord& record)
{
    if (!keeps_rows()) return;
    guarded([&](State& s) {
        ExchangeRow& row = s.rows().exchanges.next();
        row.number = record.number;
        row.run = record.run;
        row.task = record.task;
        row.intent = record.ask.intent;
        row.method = record.ask.request.method;
        row.failure = record.reply.failure;
        row.accepted = record.accepted;
        row.status = record.reply.status;
        row.attempt = record.attempt;
        row.sent = record.sent;
        row.took = record.answered - record.sent;
        s.clean_into(row.target, record.ask.request.target);
        row.body.clear();
        if (s.options.level == RecordLevel::full) {
            row.body = s.redactor.clean_body(record.ask.request.body, s.scratch);
            s.rows().bytes += row.body.size();
        }
        row.block = s.options.store_replies ? s.keep(record.number, record.reply) : 0;
        s.meet(record.task.object, {});
        s.meet(record.task.other, {});
        s.hand_over_if_full();
    });
}

void RunFileWriter::logged(const LogEntry& entry)
{
    if (!keeps_rows()) return;
    guarded([&](State& s) {
        LogRow& row = s.rows().log.next();
        row.number = entry.number;
        row.run = entry.run;
        row.requests = entry.requests;
        row.task = entry.task;
        row.status = entry.outcome.status;
        row.action = entry.outcome.action;
        row.entitlement = entry.entitlement;
        row.began = entry.began;
        row.ended = entry.ended;
        row.head = entry.head;
        row.code = entry.outcome.code;
        s.clean_into(row.detail, entry.outcome.detail);
        s.clean_into(row.target_id, entry.target_id);
        row.facts = pack_facts({entry.presence, entry.enabled, entry.linked, entry.last});
        row.matching = entry.matching;
        row.filter.clear();
        row.saw.clear();
        if (!entry.entitlement.filter.passed()) {
            s.clean_into(row.filter, describe(*entry.entitlement.filter.failed));
            s.clean_into(row.saw, entry.entitlement.filter.saw);
        }
        row.modified.clear();
        append_modified(row.modified, entry.outcome.modified, s.redactor, s.scratch);
        s.meet(entry.task.object, entry.name);
        s.meet(entry.task.other, {});
        if (entry.entitlement.through != no_group) s.meet(entry.entitlement.through, {});
        s.hand_over_if_full();
    });
}

void RunFileWriter::run_ended(const RunInfo& run)
{
    guarded([&](State& s) {
        s.meet(run.pushed, {});
        RunInfo& row = s.rows().runs.next();
        row = run;
        s.clean_into(row.halted_detail, run.halted_detail);
        s.hand_over_now();
    });
}

void RunFileWriter::job_changed(JobState state, std::string_view why, TimePoint at)
{
    guarded([&](State& s) {
        JobRow& row = s.rows().jobs.next();
        row.at = at;
        row.state = state;
        s.clean_into(row.why, why);
    });
}

void RunFileWriter::finding(const RecordedFinding& finding)
{
    guarded([&](State& s) {
        RecordedFinding& row = s.rows().findings.next();
        row = finding;
        for (auto [to, from] : {std::pair{&row.step, &finding.step}, {&row.name, &finding.name}, {&row.summary, &finding.summary}, {&row.evidence, &finding.evidence}})
            s.clean_into(*to, *from);
    });
}

void RunFileWriter::finish(const RunFileEnd& end)
{
    guarded([&](State& s) {
        s.hand_over_now();
        s.writer->wait();
        s.writer.reset();
        SQLite::Transaction transaction(s.database);
        s.meta("exit_code", std::to_string(end.exit_code));
        s.meta("fingerprint", end.fingerprint);
        s.meta("virtual_end", format_time(end.virtual_end));
        s.meta("wall_ms", std::to_string(end.wall.count()));
        if (!end.not_begun.empty()) s.meta("not_begun", end.not_begun);
        if (!end.quarantine_reason.empty()) s.meta("quarantine_reason", end.quarantine_reason);
        if (end.next_attempt) s.meta("next_attempt", format_time(*end.next_attempt));
        if (end.escrows_pruned) s.meta("escrows_pruned", "yes");
        s.meta("in_escrow", std::to_string(end.in_escrow));
        s.meta("finished", "yes");
        s.database.exec(run_file_indexes());
        transaction.commit();
        // Back to a rollback journal, which is gone when nothing is written: one file to pass on.
        s.database.exec("PRAGMA wal_checkpoint(TRUNCATE)");
        s.database.exec("PRAGMA journal_mode = DELETE");
        s.finished = true;
    });
}

}  // namespace provsim
