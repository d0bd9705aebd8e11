// SPDX-License-Identifier: Apache-2.0
// What the run file keeps out, survives and refuses.
#include "tests/store/run_of_one.h"

#include <SQLiteCpp/Database.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>

using namespace provsim;

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

TEST_CASE("A secret in one reply takes nothing from its neighbours")
{
    const Folder folder;
    const RunOfOne run;
    RunFileOptions options = level(RecordLevel::log, true);
    options.secrets = {"s3cr3t-token"};
    auto writer = create(folder / "a.provsim", options, run);
    const std::string password = R"({"Password":"hunter2","userName":"ada"})";
    for (std::uint64_t number = 1; number <= 100; ++number)
        run.exchange(*writer, number, "", number == 50 ? "You sent s3cr3t-token" : number == 60 ? password : run.reply_body(number));
    writer->finish({});
    const std::string bytes = bytes_of(folder / "a.provsim");
    CHECK(bytes.find("s3cr3t") == std::string::npos);
    const RunFileReader reader = open(folder / "a.provsim");
    CHECK(reader.reply(50).value()->body == "You sent ***");
    CHECK(reader.reply(60).value()->body == R"({"Password":"***","userName":"ada"})");
    for (const std::uint64_t number : {1, 49, 51, 61, 100}) {
        CHECK(reader.reply(number).value()->body == run.reply_body(number));
        CHECK(reader.reply(number).value()->headers.size() == 2);
    }
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
        made.value()->run_ended(RunOfOne::run(1));
        made.value()->flush();                                                // this run is written
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

TEST_CASE("A disk that is full ends the recording, says why, and does not end the run")
{
    const Folder folder;
    const RunOfOne run;
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
        const rlimit little{300'000, 300'000};
        signal(SIGXFSZ, SIG_IGN);
        if (setrlimit(RLIMIT_FSIZE, &little) != 0) _exit(2);
        auto made = RunFileWriter::create(folder / "a.provsim", RunOfOne::header(), level(RecordLevel::full, true), run.directory);
        if (!made) _exit(3);
        for (std::uint64_t number = 1; number <= 20'000; ++number) run.exchange(*made.value(), number, "a body", run.reply_body(number));
        made.value()->flush();
        const auto& trouble = made.value()->trouble();
        const bool told = trouble && trouble->what.find("cannot write the run file") != std::string::npos;
        made.value()->run_ended(RunOfOne::run(1));
        made.value()->finish({});
        _exit(told ? 0 : 1);
    }
    int status = 0;
    REQUIRE(waitpid(child, &status, 0) == child);
    REQUIRE(WIFEXITED(status));
    CHECK(WEXITSTATUS(status) == 0);
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
    CHECK(refusal(folder / "a.provsim") == "the run file has version 9, this provsim reads version 4");
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
