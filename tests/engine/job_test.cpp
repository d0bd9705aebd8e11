// SPDX-License-Identifier: Apache-2.0
// What an administrator does to a job: start, stop, pause, restart with its scopes, a change of scope.
#include "tests/engine/stage.h"

using namespace provsim;

namespace {

// Users one after another, ten seconds each.
struct Slow : Stage {
    explicit Slow(unsigned users) : Stage(users)
    {
        connector.own.max_in_flight = 1;
        options.latency = LatencyModel::constant(seconds{10});
        options.schedule = {minutes{40}, minutes{40}, true};
    }
};

Scope filtered(Directory& directory)
{
    FilterClauseText clause;
    clause.attribute.text = "userName";
    clause.op.text = "IS NOT NULL";
    Scope scope{ScopeMode::all};
    scope.users = ScopingFilter::compile({{clause}}, ObjectKind::user, directory).value();
    return scope;
}

ResetScope words(std::initializer_list<std::string_view> given)
{
    ResetScope scope;
    for (const auto word : given) REQUIRE(scope.add(word));
    return scope;
}

}  // namespace

TEST_CASE("Entra assertion 9 (documented): a stopped job finishes its cycle and begins no other; start goes on incrementally")
{
    Slow stage(20);
    stage.started();
    stage.play(seconds{95});            // ten of twenty are begun
    stage.engine().stop_job();
    CHECK(stage.engine().job().state() == JobState::paused);
    CHECK(stage.engine().job().running());
    stage.play(hours{5});
    CHECK(stage.diary.timetable() == "0:00:00 UG");
    CHECK(stage.diary.ended[0].created == 20);
    CHECK(stage.engine().job().status().next_cycle == std::nullopt);

    stage.retitle("u3", "x");
    stage.engine().start_job();
    stage.play(hours{5} + minutes{41});
    CHECK(stage.diary.timetable() == "0:00:00 UG, 5:00:00 UG, 5:40:00 UG");
    CHECK(stage.diary.ended[1].kind == RunKind::incremental);
    CHECK(stage.diary.ended[1].created == 1);
    CHECK(stage.diary.job == Lines{"0:00:00 Active: started", "0:01:35 Paused: stopped", "5:00:00 Active: started"});
}

TEST_CASE("A job that is started again before its last cycle has ended keeps its timers")
{
    Slow stage(20);
    stage.started();
    stage.play(minutes{1});
    stage.engine().stop_job();
    stage.play(minutes{2});
    stage.engine().start_job();
    stage.play(minutes{41});
    CHECK(stage.diary.timetable() == "0:00:00 UG, 0:40:00 UG");
}

TEST_CASE("A paused job stops between two objects: what is under way ends, nothing else is begun, start goes on there")
{
    Slow stage(20);
    stage.connector.steps = 2;
    stage.started();
    stage.play(seconds{65});            // the fourth user's first request is out
    stage.engine().pause_job();
    stage.play(hours{3});
    CHECK(stage.wire.sent.size() == 8);         // and its second one followed
    CHECK(stage.diary.ended.empty());
    CHECK_FALSE(stage.engine().job().running());
    CHECK_FALSE(stage.engine().job().quiet());
    CHECK(stage.engine().job().status().progress->completed == 4);

    stage.engine().start_job();
    stage.play(hours{4});
    CHECK(stage.wire.sent[8].line == "GET /u4");
    CHECK(elapsed(stage.wire.sent[8].at) == "3:00:00");
    REQUIRE(stage.diary.ended.size() >= 2);
    CHECK(stage.diary.ended[0].created == 20);
    CHECK(elapsed(stage.diary.ended[0].ended) == "3:05:20");
    CHECK(elapsed(stage.diary.ended[1].began) == "3:05:20");       // the beats of the pause are made up for by one
    CHECK(stage.diary.ended[1].kind == RunKind::incremental);
}

TEST_CASE("A push to a paused or stopped job is served")
{
    Slow stage(20);
    stage.started();
    stage.play(seconds{15});
    stage.engine().pause_job();
    stage.play(minutes{5});
    stage.engine().push({UserId{15}, {}});
    stage.play(minutes{6});
    CHECK(stage.count_sent("GET /u15") == 1);
    CHECK(stage.diary.ended.size() == 1);
    CHECK(stage.diary.ended[0].kind == RunKind::on_demand);
}

TEST_CASE("Stop and pause leave a job that never ran, or is disabled, as it is")
{
    Slow stage(1);
    stage.engine().stop_job();
    stage.engine().pause_job();
    CHECK(stage.engine().job().state() == JobState::not_run);
    stage.engine().start_job();
    stage.play(minutes{1});
    CHECK(stage.diary.ended.size() == 1);
}

TEST_CASE("A restart brings a paused cycle to its end first")
{
    Slow stage(20);
    stage.started();
    stage.play(minutes{1});
    stage.engine().pause_job();
    stage.play(hours{1});
    stage.engine().restart_job();
    stage.play(hours{1} + minutes{10});
    REQUIRE(stage.diary.ended.size() == 2);
    CHECK(stage.diary.ended[0].created == 20);
    CHECK(stage.diary.ended[1].kind == RunKind::initial);
    CHECK(stage.diary.ended[1].began == stage.diary.ended[0].ended);
    CHECK(stage.engine().job().state() == JobState::active);
}

TEST_CASE("A restart forgets what its scope says, and nothing else")
{
    struct Row { std::initializer_list<std::string_view> words; bool links, escrows, initial; };
    const Row rows[] = {
        {{"None"}, true, true, false},
        {{"Escrows"}, true, false, false},
        {{"Watermark"}, true, true, true},
        {{"QuarantineState"}, true, true, false},
        {{"ConnectorDataStore"}, false, true, true},
        {{"ForceDeletes"}, true, true, false},
        {{"Watermark", "Escrows"}, true, false, true},
        {{"Full"}, false, false, true},
        {{"ForceDeletes", "Full"}, false, false, true},
    };
    for (const Row& row : rows) {
        Slow stage(3);
        stage.wire.answers["/u1"] = {{500, {}, {}}};
        stage.started();
        stage.play(minutes{50});
        const std::string first(*row.words.begin());
        CAPTURE(first);
        stage.engine().restart_job(words(row.words));
        CHECK((stage.engine().job().memory().links.size(ObjectKind::user) == 2) == row.links);
        CHECK((stage.engine().job().memory().escrow.size() == 1) == row.escrows);
        stage.play(minutes{55});
        CHECK(stage.diary.ended.back().began == opening + minutes{50});
        CHECK((stage.diary.ended.back().kind == RunKind::initial) == row.initial);
    }
    CHECK_FALSE(ResetScope{}.add("Everything"));
}

TEST_CASE("A restart that is not to lift the quarantine leaves its next attempt where it is")
{
    Slow stage(1);
    stage.connector.probe = true;
    stage.wire.answers["/probe"] = {{401, {}, {}}};
    stage.started();
    stage.play(hours{1});
    stage.engine().restart_job(words({"Watermark", "Escrows"}));
    CHECK(stage.engine().job().state() == JobState::quarantine);
    stage.play(hours{7});
    CHECK(stage.times_sent("GET /probe") == Lines{"0:00:00", "6:00:10"});
    stage.engine().restart_job(words({"QuarantineState"}));
    CHECK(stage.engine().job().state() == JobState::active);
    CHECK_FALSE(stage.engine().job().status().quarantine);
}

TEST_CASE("With restart_starts next_tick a restart takes effect when the next cycle is due anyway")
{
    Slow stage(2);
    stage.options.policy.restart_waits = true;
    stage.started();
    SECTION("between cycles")
    {
        stage.play(minutes{50});
        stage.engine().restart_job();
        stage.play(minutes{90});
        CHECK(stage.diary.timetable() == "0:00:00 UG, 0:40:00 UG, 1:20:00 UG");
        CHECK(stage.diary.ended[2].kind == RunKind::initial);
    }
    SECTION("during a cycle")
    {
        stage.play(seconds{5});
        stage.engine().restart_job();
        stage.play(minutes{50});
        CHECK(stage.diary.timetable() == "0:00:00 UG, 0:40:00 UG");
        CHECK(stage.diary.ended[1].kind == RunKind::initial);
    }
    SECTION("of a stopped job")
    {
        stage.play(minutes{5});
        stage.engine().stop_job();
        stage.play(minutes{100});
        stage.engine().restart_job();
        stage.play(minutes{121});
        CHECK(stage.diary.timetable() == "0:00:00 UG, 2:00:00 UG");
    }
}

TEST_CASE("Entra assertion 11 (documented): after a change of filters or mappings the next cycle is initial, at its usual time")
{
    Slow stage(3);
    stage.started();
    stage.play(minutes{50});
    SECTION("filters") { stage.engine().set_scope(filtered(stage.directory)); }
    SECTION("mappings") { stage.engine().schema_changed(); }
    stage.play(minutes{90});
    CHECK(stage.diary.timetable() == "0:00:00 UG, 0:40:00 UG, 1:20:00 UG");
    CHECK(stage.diary.ended[1].kind == RunKind::incremental);
    CHECK(stage.diary.ended[2].kind == RunKind::initial);
    CHECK(stage.count_sent("GET /u0") == 2);
    CHECK(stage.engine().job().memory().links.size(ObjectKind::user) == 3);
}

TEST_CASE("A change of scope during a cycle is for the next one: the running one moves no watermark")
{
    Slow stage(3);
    stage.started();
    stage.play(seconds{15});
    stage.engine().set_scope(filtered(stage.directory));
    stage.play(minutes{50});
    CHECK(stage.diary.ended[0].created == 3);
    CHECK(stage.diary.ended[1].kind == RunKind::initial);
}

TEST_CASE("A scope that is set as it was changes nothing")
{
    Slow stage(3);
    stage.scope = filtered(stage.directory);
    stage.started();
    stage.play(minutes{50});
    stage.engine().set_scope(stage.engine().scope());
    stage.play(minutes{90});
    CHECK(stage.diary.ended.back().kind == RunKind::incremental);
    stage.engine().set_scope(filtered(stage.directory));       // saved again
    stage.play(minutes{130});
    CHECK(stage.diary.ended.back().kind == RunKind::initial);
}

TEST_CASE("From everybody to the assigned takes effect with the next restart (Entra: known-issues)")
{
    Slow stage(1);
    stage.started();
    stage.engine().set_scope(Scope{ScopeMode::assigned});
    CHECK(stage.engine().scope().mode == ScopeMode::all);
    stage.engine().restart_job(words({"Escrows"}));
    CHECK(stage.engine().scope().mode == ScopeMode::all);
    SECTION("restarted")
    {
        stage.engine().restart_job();
        CHECK(stage.engine().scope().mode == ScopeMode::assigned);
    }
    SECTION("thought better of")
    {
        stage.engine().set_scope(Scope{ScopeMode::all});
        stage.engine().restart_job();
        CHECK(stage.engine().scope().mode == ScopeMode::all);
    }
    SECTION("the other way is at once")
    {
        stage.engine().restart_job();
        stage.engine().set_scope(Scope{ScopeMode::all});
        CHECK(stage.engine().scope().mode == ScopeMode::all);
    }
}

TEST_CASE("Under one schedule there is one timer and one number of cycles")
{
    Stage stage(1, 1);
    stage.options.schedule = {minutes{40}, minutes{40}, true};
    stage.started();
    stage.play(minutes{81});
    REQUIRE(stage.diary.ended.size() == 3);
    CHECK(stage.diary.ended[2].user_cycle == 3);
    CHECK(stage.diary.ended[2].group_cycle == 0);
    const JobStatus status = stage.engine().job().status();
    CHECK(status.cycles == 3);
    CHECK(status.user_cycles == 3);
    CHECK(status.group_cycles == 3);
    CHECK(status.one_schedule);
}

TEST_CASE("The interval counts from a cycle's start, or by setting from its end")
{
    for (const bool from_end : {false, true}) {
        Slow stage(12);
        stage.options.policy.interval_from_end = from_end;
        stage.started();
        stage.play(hours{2});
        CHECK(stage.diary.timetable() == (from_end ? "0:00:00 UG, 0:42:00 UG, 1:22:00 UG" : "0:00:00 UG, 0:40:00 UG, 1:20:00 UG"));
    }
}

TEST_CASE("A job's status counts what its last cycle imported, exported and failed, and when all was steady")
{
    Slow stage(3);
    stage.wire.answers["/u1"] = {{500, {}, {}}};
    stage.started();
    stage.play(minutes{10});
    const JobStatus first = stage.engine().job().status();
    CHECK(first.last->state == ExecutionState::entry_level_errors);
    CHECK(first.last->imported == 3);
    CHECK(first.last->imported_deltas == 0);
    CHECK(first.last->exports == 3);
    CHECK(first.last->exported == 2);
    CHECK(first.last->escrowed == 1);
    CHECK(first.last->error_code == "Failed");
    CHECK_FALSE(first.last_successful);
    CHECK(first.synchronized_users == 2);
    CHECK(first.in_escrow == 1);
    CHECK(first.steady_first == opening + seconds{30});
    CHECK(first.next_cycle == opening + minutes{40});

    stage.wire.answers.clear();
    stage.play(minutes{90});
    const JobStatus then = stage.engine().job().status();
    CHECK(then.last->run == 3);
    CHECK(then.last_successful->run == 3);
    CHECK(then.last_successful_with_exports->run == 2);
    CHECK(then.last_successful_with_exports->imported_deltas == 1);
    CHECK(then.steady_first == opening + seconds{30});
    CHECK(then.steady_last == opening + minutes{80});
}
