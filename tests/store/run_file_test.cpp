// SPDX-License-Identifier: Apache-2.0
#include "tests/store/run_of_one.h"

#include <SQLiteCpp/Column.h>
#include <SQLiteCpp/Database.h>
#include <SQLiteCpp/Statement.h>

using namespace provsim;

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
        entry.presence = Presence::soft_deleted;
        entry.linked = true;
        entry.matching = "userName";
        entry.last = Intent::member;
        entry.entitlement = {ScopeReason::member_of_assigned, run.engineers};
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
    CHECK(reader.meta("not_begun").empty());
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
    CHECK(log[0].facts.presence == Presence::soft_deleted);
    CHECK_FALSE(log[0].facts.enabled);
    CHECK(log[0].facts.linked);
    CHECK(log[0].facts.last == Intent::member);
    CHECK(log[0].matching == "userName");
    CHECK(log[0].full_name == "ada@acme.test");     // he has no displayName
    CHECK(log[1].full_name == "Engineers");
    CHECK(log[0].scope == ScopeReason::member_of_assigned);
    CHECK(log[0].through == "group:engineers");
    CHECK(log[0].object_id == to_string(run.directory.object_id(run.ada)));
    CHECK(reader.created_with(log[0]).value() == R"({"userName":"ada@acme.test"})");
    CHECK(log[1].facts.last == Intent::probe);
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

    const auto states = reader.job_states();
    REQUIRE(states);
    REQUIRE(states.value().size() == 1);
    CHECK(states.value()[0].why == "started");

    LogFilter later;
    later.since = RunOfOne::start + milliseconds{121};
    CHECK(entries(reader, later) == 0);
    later.since = RunOfOne::start + milliseconds{120};
    CHECK(entries(reader, later) == 2);

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

TEST_CASE("Replies come back as they were heard, whichever block they are in")
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
    SQLite::Statement row(database, "SELECT count(*), sum(length(bytes)) FROM response");
    REQUIRE(row.executeStep());
    CHECK(row.getColumn(0).getInt() == 12);             // 1502 replies, 128 a burst, a block each: none is full
    CHECK(row.getColumn(1).getInt() < 60 * static_cast<int>(count));
}

TEST_CASE("Each change of the directory is told with its edit, what it changed and whom it concerns")
{
    const Folder folder;
    RunOfOne run;
    {
        auto writer = create(folder / "a.provsim", level(RecordLevel::log), run);
        const Draw draw(1);
        for (const Edit& edit : std::vector<Edit>{UpdateUser{"ada", {{"title", "Analyst"}, {"mail", ""}}}, ChangeState{"ada", StateVerb::suspend},
                                                  AddMembers{"engineers", {"ada"}}, RenameGroup{"engineers", "Makers"}}) {
            const Position from = run.directory.changes().head();
            const auto to = apply(run.directory, edit, RunOfOne::start + minutes{from}, draw);
            REQUIRE(to);
            writer->edited(edit, RunOfOne::start + minutes{from}, from, to.value());
        }
        writer->finish({});
    }
    const auto reader = RunFileReader::open(folder / "a.provsim");
    REQUIRE(reader);
    std::vector<RecordedDirectoryChange> changes;
    REQUIRE(reader.value().directory_changes([&](const RecordedDirectoryChange& change) { changes.push_back(change); return true; }));
    REQUIRE(changes.size() == 4);
    CHECK(changes[0].kind == ChangeKind::user_updated);
    CHECK(changes[0].changed == R"([{"displayName":"title","oldValue":null,"newValue":"Analyst"}])");
    CHECK(changes[0].object_id == to_string(run.directory.object_id(run.ada)));
    CHECK(changes[1].kind == ChangeKind::user_disabled);
    CHECK(changes[1].state == UserState::suspended);
    CHECK(changes[1].edit == "user.suspend ada");
    CHECK(changes[1].display_name == "ada@acme.test");
    CHECK(changes[2].ref == ObjectRef(run.engineers));
    CHECK(changes[2].object + " <- " + changes[2].other == "group:engineers <- user:ada");
    CHECK(changes[2].other_id == to_string(run.directory.object_id(run.ada)));
    CHECK(changes[3].changed == R"([{"displayName":"displayName","oldValue":null,"newValue":"Makers"}])");
    CHECK(changes[3].at == RunOfOne::start + minutes{5});
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

TEST_CASE("Two views tell entries in Okta's and in JumpCloud's words")
{
    const Folder folder;
    const RunOfOne run;
    auto writer = create(folder / "a.provsim", level(RecordLevel::log), run);
    std::uint64_t number = 0;
    const auto log = [&](const Task& task, LoggedAction action, Status status, bool linked, Intent last) {
        LogEntry entry = run.entry(++number);
        entry.task = task;
        entry.outcome = {status, action, {}, status == Status::failure ? "no" : "", {}};
        entry.linked = linked;
        entry.last = last;
        if (!linked) entry.matching = "userName";
        writer->logged(entry);
    };
    const Task user{Action::provision, run.ada, {}}, group{Action::provision, run.engineers, {}}, member{Action::add_member, run.engineers, run.ada};
    log(user, LoggedAction::create, Status::success, false, Intent::create);
    log(user, LoggedAction::other, Status::failure, false, Intent::match);
    log(user, LoggedAction::update, Status::success, true, Intent::update);
    log(user, LoggedAction::disable, Status::failure, true, Intent::disable);
    log(user, LoggedAction::other, Status::skipped, true, Intent::read);
    log(group, LoggedAction::create, Status::success, false, Intent::create);
    log(group, LoggedAction::delete_, Status::failure, true, Intent::delete_);
    log(member, LoggedAction::update, Status::success, true, Intent::member);
    log(member, LoggedAction::update, Status::failure, true, Intent::member);
    writer->finish({});
    SQLite::Database database((folder / "a.provsim").string());
    const auto told = [&](const char* sql) { return std::string(database.execAndGet(sql).getString()); };
    CHECK(told("SELECT group_concat(replace(eventType, 'application.provision.', '') || ' ' || outcome, ', ') FROM v_okta_system_log")
          == "user.push SUCCESS, user.verify_exists FAILURE, user.push_profile SUCCESS, user.deactivate FAILURE, user.push_profile SKIPPED, group_push.pushed SUCCESS, "
             "group.remove FAILURE, group_push.updated SUCCESS, group_membership.add FAILURE");
    CHECK(told("SELECT reason || ' ' || alternateId || ' ' || targetType FROM v_okta_system_log WHERE outcome = 'FAILURE' LIMIT 1") == "no ada@acme.test AppUser");
    CHECK(told("SELECT group_concat(event_type || ' ' || success, ', ') FROM v_jumpcloud_events")
          == "user_create_provision 1, user_lookup_provision 0, user_update_provision 1, user_deprovision 0, group_create_provision 1, group_delete_provision 0, "
             "group_update_provision 1, group_update_provision 0");
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
