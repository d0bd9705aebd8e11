// SPDX-License-Identifier: Apache-2.0
#include "tests/catch.h"
#include "tests/store/run_of_one.h"

#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>
#include <SQLiteCpp/Column.h>
#include <signal.h>
#include <sys/wait.h>

#include <fstream>
#include <sstream>

using namespace provsim;

namespace {

std::unique_ptr<RunFileWriter> create(const std::filesystem::path& path, RunFileOptions options, const RunOfOne& run)
{
    auto made = RunFileWriter::create(path, RunOfOne::header(), std::move(options), run.directory);
    REQUIRE(made);
    return std::move(made).value();
}

RunFileReader open(const std::filesystem::path& path)
{
    auto opened = RunFileReader::open(path);
    INFO((opened ? std::string() : opened.problems().front().what));
    REQUIRE(opened);
    return std::move(opened).value();
}

std::string refusal(const std::filesystem::path& path, ReaderLimits limits = {})
{
    const auto opened = RunFileReader::open(path, limits);
    REQUIRE_FALSE(opened);
    return opened.problems().front().what;
}

std::string bytes_of(const std::filesystem::path& path)
{
    std::ifstream file(path, std::ios::binary);
    std::ostringstream out;
    out << file.rdbuf();
    return out.str();
}

RunFileOptions level(RecordLevel given, bool replies = false)
{
    RunFileOptions options;
    options.level = given;
    options.store_replies = replies;
    return options;
}

std::size_t entries(const RunFileReader& reader, const LogFilter& filter = {})
{
    const auto told = reader.log(filter, [](const RecordedEntry&) { return true; });
    REQUIRE(told);
    return told.value();
}

std::size_t exchanges(const RunFileReader& reader)
{
    const auto told = reader.exchanges({}, [](const RecordedExchange&) { return true; });
    REQUIRE(told);
    return told.value();
}

}  // namespace

TEST_CASE("A finished run is one file that tells the whole story")
{
    const Folder folder;
    const RunOfOne run;
    {
        auto writer = create(folder / "a.provsim", level(RecordLevel::full, true), run);
        writer->edited(DisableUser{"ada"}, RunOfOne::start, 2, 3);
        run.exchange(*writer, 1, R"({"userName":"ada@acme.test"})", run.reply_body(1));
        LogEntry entry = run.entry(1);
        entry.outcome.modified.push_back({"title", "", "Analyst \"first class\""});
        writer->logged(entry);
        entry = run.entry(2);
        entry.outcome = {Status::failure, LoggedAction::update, "EntryConflict", "409: uniqueness", {}};
        entry.task = {Action::add_member, run.engineers, run.ada};
        writer->logged(entry);
        RunInfo info = RunOfOne::run(1);
        info.halted = "InvalidCredentials";
        info.pushed = run.ada;
        writer->run_ended(info);
        writer->job_changed(JobState::active, "started", RunOfOne::start);
        writer->finding({"initial", "", true, "1 exchange fits", "1 exchange", {"joiner.provsim.yaml", 12, 9}});
        writer->finish({0, "a1b2", RunOfOne::start + hours{4}, milliseconds{900}});
        CHECK_FALSE(writer->trouble());
    }
    CHECK(folder.files() == 1);

    const RunFileReader reader = open(folder / "a.provsim");
    CHECK(reader.finished());
    CHECK(reader.replayable());
    CHECK(reader.meta("seed") == "7");
    CHECK(reader.meta("scenario") == "Joiner");
    CHECK(reader.meta("profile") == "entra");
    CHECK(reader.meta("fingerprint") == "a1b2");
    CHECK(reader.meta("record") == "full");
    CHECK(reader.meta("nothing of the kind").empty());
    CHECK(reader.scenario().value() == RunOfOne::header().scenario_bytes);

    const auto runs = reader.runs();
    REQUIRE(runs);
    REQUIRE(runs.value().size() == 1);
    CHECK(runs.value()[0].info.requests == 5);
    CHECK(runs.value()[0].info.halted == "InvalidCredentials");
    CHECK(runs.value()[0].pushed == "user:ada");

    std::vector<RecordedEntry> log;
    REQUIRE(reader.log({}, [&](const RecordedEntry& entry) { log.push_back(entry); return true; }));
    REQUIRE(log.size() == 2);
    CHECK(log[0].object == "user:ada");
    CHECK(log[0].display_name == "ada@acme.test");
    CHECK(log[0].modified == R"([{"displayName":"title","oldValue":null,"newValue":"Analyst \"first class\""}])");
    CHECK(log[0].ended == RunOfOne::start + milliseconds{120});
    CHECK(log[1].object == "group:engineers");
    CHECK(log[1].other == "user:ada");
    CHECK(log[1].code == "EntryConflict");

    std::vector<RecordedExchange> wire;
    REQUIRE(reader.exchanges(1, [&](const RecordedExchange& exchange) { wire.push_back(exchange); return true; }));
    REQUIRE(wire.size() == 1);
    CHECK(wire[0].target == "/Users");
    CHECK(wire[0].method == Method::post);
    CHECK(wire[0].status == 201);
    CHECK(wire[0].took == milliseconds{50});
    CHECK(reader.request_body(1).value() == R"({"userName":"ada@acme.test"})");

    const auto findings = reader.findings();
    REQUIRE(findings);
    REQUIRE(findings.value().size() == 1);
    CHECK(findings.value()[0].held);
    CHECK(findings.value()[0].place.line == 12);
}

TEST_CASE("The log is asked by identity, status, action and run")
{
    const Folder folder;
    const RunOfOne run;
    auto writer = create(folder / "a.provsim", level(RecordLevel::log), run);
    for (std::uint64_t number = 1; number <= 6; ++number) {
        LogEntry entry = run.entry(number);
        entry.run = number <= 4 ? 1 : 2;
        if (number % 2 == 0) entry.task.object = run.engineers;
        if (number == 3) entry.outcome.status = Status::failure;
        if (number == 5) entry.outcome.action = LoggedAction::disable;
        writer->logged(entry);
    }
    writer->finish({});
    const RunFileReader reader = open(folder / "a.provsim");
    CHECK(entries(reader) == 6);
    CHECK(entries(reader, {.identity = "user:ada"}) == 3);
    CHECK(entries(reader, {.identity = "ADA@acme.test"}) == 3);
    CHECK(entries(reader, {.identity = "user:eve"}) == 0);
    CHECK(entries(reader, {.status = Status::failure}) == 1);
    CHECK(entries(reader, {.action = LoggedAction::disable}) == 1);
    CHECK(entries(reader, {.run = 2}) == 2);
    CHECK(entries(reader, {.identity = "user:ada", .run = 1}) == 2);
    std::size_t seen = 0;
    CHECK(reader.log({}, [&](const RecordedEntry&) { return ++seen < 2; }).value() == 2);
}

TEST_CASE("The levels of recording keep what they promise")
{
    const Folder folder;
    const RunOfOne run;
    for (const RecordLevel given : {RecordLevel::summary, RecordLevel::log, RecordLevel::full}) {
        const auto path = folder / std::string(to_string(given));
        auto writer = create(path, level(given, true), run);
        run.exchange(*writer, 1, "the request", run.reply_body(1));
        writer->logged(run.entry(1));
        writer->run_ended(RunOfOne::run(1));
        writer->finish({});
        const RunFileReader reader = open(path);
        const bool rows = given != RecordLevel::summary;
        CHECK(reader.replayable() == rows);
        CHECK(reader.runs().value().size() == 1);
        CHECK(exchanges(reader) == (rows ? 1u : 0u));
        CHECK(entries(reader) == (rows ? 1u : 0u));
        CHECK(reader.reply(1).value().has_value() == rows);
        CHECK(reader.request_body(1).value().has_value() == (given == RecordLevel::full));
    }
}

TEST_CASE("Replies come back as they were heard, before and after the dictionary is learnt")
{
    const Folder folder;
    RunOfOne run;
    constexpr std::uint64_t count = 1500;
    RunFileOptions options = level(RecordLevel::log, true);
    options.burst = 128;
    auto writer = create(folder / "a.provsim", options, run);
    for (std::uint64_t number = 1; number <= count; ++number) run.exchange(*writer, number, "", run.reply_body(number));
    const std::string odd("\0\xFF not JSON \0", 13);
    run.exchange(*writer, count + 1, "", odd);
    Ask ask;
    writer->exchanged({count + 2, 1, Task{}, ask, no_reply(Failure::tls, "certificate has expired"), {}, {}, 1, false});
    writer->finish({});

    const RunFileReader reader = open(folder / "a.provsim");
    for (const std::uint64_t number : {std::uint64_t{1}, std::uint64_t{127}, std::uint64_t{700}, count}) {
        const auto reply = reader.reply(number);
        REQUIRE(reply);
        REQUIRE(reply.value());
        CHECK(reply.value()->body == run.reply_body(number));
        CHECK(reply.value()->status == 201);
        REQUIRE(reply.value()->headers.size() == 2);
        CHECK(reply.value()->headers[1].value == "W/\"1\"");
    }
    CHECK(reader.reply(count + 1).value()->body == odd);
    CHECK(reader.reply(count + 2).value()->failure == Failure::tls);
    CHECK(reader.reply(count + 2).value()->failure_detail == "certificate has expired");
    CHECK_FALSE(reader.reply(count + 3).value());

    const SQLite::Database database((folder / "a.provsim").string());
    SQLite::Statement row(database, "SELECT count(*) FILTER (WHERE dictionary IS NULL), count(*), avg(length(bytes)) FROM response");
    REQUIRE(row.executeStep());
    CHECK(row.getColumn(0).getInt() < 400 + 128);       // a dictionary was learnt
    CHECK(row.getColumn(2).getDouble() < 150);
}

TEST_CASE("An exchange with its reply costs at most 350 bytes")
{
    const Folder folder;
    const RunOfOne run;
    constexpr std::uint64_t count = 20'000;
    auto writer = create(folder / "a.provsim", level(RecordLevel::log, true), run);
    for (std::uint64_t number = 1; number <= count; ++number) run.exchange(*writer, number, "", run.reply_body(number), number % 2 ? Method::get : Method::post);
    writer->finish({});
    CHECK(std::filesystem::file_size(folder / "a.provsim") / count <= 350);
}

TEST_CASE("Secrets never get into the file, in any spelling")
{
    const Folder folder;
    const RunOfOne run;
    const std::string secret = "s3cr\"t/token";
    RunFileOptions options = level(RecordLevel::full, true);
    options.secrets = {secret, ""};
    RunFileHeader header = RunOfOne::header();
    header.scenario_bytes = "bearer: 's3cr\"t/token'\n";
    auto made = RunFileWriter::create(folder / "a.provsim", header, options, run.directory);
    REQUIRE(made);
    auto& writer = *made.value();
    Ask ask;
    ask.request.target = "/Users?token=s3cr%22t%2Ftoken&again=s3cr%22t%2ftoken";
    ask.request.body = R"({"note":"s3cr\"t/token","password":"hunter2","Password" : "p\"2"})";
    Reply reply;
    reply.headers = {{"X-Echo", secret}, {"Set-Cookie", "session=42"}};
    reply.body = "You sent s3cr\"t/token";
    writer.exchanged({1, 1, Task{}, ask, reply, {}, {}, 1, true});
    LogEntry entry = run.entry(1);
    entry.outcome.detail = "the target said " + secret;
    entry.outcome.modified.push_back({"title", "", secret});
    writer.logged(entry);
    writer.edited(UpdateUser{"ada", {{"title", secret}}}, {}, 0, 1);
    writer.finding({"step", "", false, secret, secret, {}});
    writer.finish({});

    const std::string bytes = bytes_of(folder / "a.provsim");
    for (const char* spelling : {"s3cr\"t/token", "s3cr\\\"t/token", "s3cr%22t", "hunter2", "p\\\"2"}) CHECK(bytes.find(spelling) == std::string::npos);
    const RunFileReader reader = open(folder / "a.provsim");
    const auto heard = reader.reply(1).value();
    REQUIRE(heard);
    CHECK(heard->body == "You sent ***");
    CHECK(heard->headers[0].value == "***");
    CHECK(heard->headers[1].value == "***");
    CHECK(reader.request_body(1).value() == R"({"note":"***","password":"***","Password" : "***"})");
    CHECK(reader.scenario().value() == "bearer: '***'\n");
}

TEST_CASE("A process that is killed leaves a readable file with what was written")
{
    const Folder folder;
    const RunOfOne run;
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        auto made = RunFileWriter::create(folder / "a.provsim", RunOfOne::header(), level(RecordLevel::log, true), run.directory);
        if (!made) _exit(1);
        for (std::uint64_t number = 1; number <= 700; ++number) run.exchange(*made.value(), number, "", run.reply_body(number));
        made.value()->run_ended(RunOfOne::run(1));                            // this run is written
        for (std::uint64_t number = 701; number <= 900; ++number) run.exchange(*made.value(), number, "", run.reply_body(number));   // these wait
        kill(getpid(), SIGKILL);
        _exit(1);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFSIGNALED(status));
    REQUIRE(WTERMSIG(status) == SIGKILL);

    const RunFileReader reader = open(folder / "a.provsim");
    CHECK_FALSE(reader.finished());
    CHECK(reader.meta("seed") == "7");
    CHECK(reader.runs().value().size() == 1);
    CHECK(exchanges(reader) == 700);
    CHECK(reader.reply(700).value()->body == run.reply_body(700));
}

TEST_CASE("A file that is no run file is refused with its reason")
{
    const Folder folder;
    const RunOfOne run;
    CHECK(refusal(folder / "nothing") == "there is no such file");
    std::ofstream(folder / "text") << "provsim: 1\n";
    CHECK(refusal(folder / "text") == "this is not a run file of provsim");
    {
        SQLite::Database other((folder / "other").string(), SQLite::OPEN_READWRITE | SQLite::OPEN_CREATE);
        other.exec("CREATE TABLE a(b)");
    }
    CHECK(refusal(folder / "other") == "this is a SQLite database, but not a run file of provsim");

    create(folder / "a.provsim", level(RecordLevel::log), run)->finish({});
    CHECK(refusal(folder / "a.provsim", {.most_bytes = 1000}) == "the run file is larger than 1000 bytes");
    {
        SQLite::Database newer((folder / "a.provsim").string(), SQLite::OPEN_READWRITE);
        newer.exec("PRAGMA user_version = 9");
    }
    CHECK(refusal(folder / "a.provsim") == "the run file has version 9, this provsim reads up to 1");
}

TEST_CASE("A damaged run file is refused, or read as far as it is sound, and never crashes the reader")
{
    const Folder folder;
    const RunOfOne run;
    auto writer = create(folder / "a.provsim", level(RecordLevel::log, true), run);
    for (std::uint64_t number = 1; number <= 2000; ++number) run.exchange(*writer, number, "", run.reply_body(number));
    writer->finish({});
    const std::string whole = bytes_of(folder / "a.provsim");
    std::size_t refused = 0;
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        std::string broken = whole;
        const Draw draw(seed);
        for (std::uint64_t i = 0; i < 20; ++i) broken[100 + draw.below(broken.size() - 100, "place", i)] = static_cast<char>(draw.below(256, "byte", i));
        std::ofstream(folder / "broken", std::ios::binary) << broken;
        const auto opened = RunFileReader::open(folder / "broken");
        if (!opened) {
            ++refused;
            continue;
        }
        // Damage within a value is not the database's to see. Whatever is told is told as values.
        (void)opened.value().runs();
        (void)opened.value().exchanges({}, [](const RecordedExchange&) { return true; });
        for (std::uint64_t number = 1; number <= 2000; number += 97) (void)opened.value().reply(number);
    }
    CHECK(refused > 0);
    std::ofstream(folder / "short", std::ios::binary) << whole.substr(0, whole.size() / 2);
    CHECK_FALSE(RunFileReader::open(folder / "short"));
}

TEST_CASE("Only a run file is ever replaced, and only if that was asked")
{
    const Folder folder;
    const RunOfOne run;
    const auto attempt = [&](const std::string& name, bool replace) {
        RunFileOptions options;
        options.replace = replace;
        const auto made = RunFileWriter::create(folder / name, RunOfOne::header(), options, run.directory);
        return made ? std::string("made") : made.problems().front().what;
    };
    std::ofstream(folder / "thesis.doc") << std::string(500, 'x');
    CHECK(attempt("thesis.doc", true) == "the file is there already and is no run file of provsim");
    CHECK(bytes_of(folder / "thesis.doc") == std::string(500, 'x'));
    CHECK(attempt("a.provsim", false) == "made");
    CHECK(attempt("a.provsim", false) == "there is a run file of that name already");
    CHECK(attempt("a.provsim", true) == "made");
    CHECK_THAT(attempt("no/such/folder/a.provsim", false), Catch::Matchers::StartsWith("cannot write the run file"));
}

TEST_CASE("The views tell the story in words")
{
    const Folder folder;
    const RunOfOne run;
    auto writer = create(folder / "a.provsim", level(RecordLevel::log), run);
    run.exchange(*writer, 1, "", "{}");
    LogEntry entry = run.entry(1);
    entry.outcome.status = Status::skipped;
    entry.outcome.code = "RedundantExport";
    writer->logged(entry);
    writer->run_ended(RunOfOne::run(1));
    writer->finish({});

    SQLite::Database database((folder / "a.provsim").string());
    const auto told = [&](const char* sql) { return std::string(database.execAndGet(sql).getString()); };
    CHECK(told("PRAGMA journal_mode") == "delete");
    CHECK(told("PRAGMA page_size") == "16384");
    CHECK(told("SELECT sent || ' ' || method || ' ' || target || ' ' || intent || ' ' || object FROM v_exchange") == "2025-11-24T16:00:00.001Z POST /Users create user:ada");
    CHECK(told("SELECT provisioningAction || ' ' || status || ' ' || errorCode || ' ' || sourceIdentityDisplayName || ' ' || identityType || ' ' || "
               "targetIdentityId || ' ' || durationInMilliseconds FROM v_entra_provisioning") == "create skipped RedundantExport ada@acme.test User 6f1c 120");
    CHECK(told("SELECT sourceIdentityId FROM v_entra_provisioning") == to_string(run.directory.object_id(run.ada)));
    CHECK(told("SELECT task || ' ' || status FROM v_log") == "provision skipped");
    CHECK(told("SELECT kind || ' ' || began FROM v_cycle") == "initial 2025-11-24T16:00:00.000Z");
    CHECK(told("SELECT length(sha256) FROM scenario") == "64");
}
