// SPDX-License-Identifier: Apache-2.0
// When cycles begin, what they see, and how far they move the watermarks.
#include "tests/engine/stage.h"

using namespace provsim;

TEST_CASE("Timers beat from the first cycle on, and those due together form one cycle")
{
    struct Row { const char* why; Schedule schedule; Duration offset; const char* timetable; };
    const Row rows[] = {
        {"users every 40 minutes, groups every 20", {}, minutes{0}, "0:00:00 UG, 0:20:00 G, 0:40:00 UG, 1:00:00 G, 1:20:00 UG"},
        {"the first cycle at an offset", {}, minutes{7}, "0:07:00 UG, 0:27:00 G, 0:47:00 UG, 1:07:00 G, 1:27:00 UG"},
        {"one schedule for all", {minutes{40}, minutes{40}}, minutes{0}, "0:00:00 UG, 0:40:00 UG, 1:20:00 UG"},
        {"intervals that rarely meet", {minutes{30}, minutes{45}}, minutes{0}, "0:00:00 UG, 0:30:00 U, 0:45:00 G, 1:00:00 U, 1:30:00 UG"},
        {"groups less often than users", {minutes{30}, hours{24}}, minutes{0}, "0:00:00 UG, 0:30:00 U, 1:00:00 U, 1:30:00 U"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.why);
        Stage stage(2, 1);
        stage.options.schedule = row.schedule;
        stage.started(row.offset);
        stage.play(minutes{91});
        CHECK(stage.diary.timetable() == row.timetable);
    }
}

TEST_CASE("A job that was not started runs no cycle")
{
    Stage stage(2, 1);
    CHECK_FALSE(stage.engine().has_events());
    stage.play(hours{24});
    CHECK(stage.wire.sent.empty());
    CHECK(stage.engine().job().state() == JobState::not_run);
}

TEST_CASE("A first cycle is initial for each timer, later ones are incremental")
{
    Stage stage(1, 1);
    stage.options.schedule = {minutes{40}, minutes{40}};
    stage.started();
    stage.play(minutes{81});
    REQUIRE(stage.diary.ended.size() == 3);
    CHECK(stage.diary.ended[0].kind == RunKind::initial);
    CHECK(stage.diary.ended[1].kind == RunKind::incremental);
    CHECK(stage.diary.ended[2].user_cycle == 3);
    CHECK(stage.diary.ended[2].group_cycle == 3);
    CHECK(stage.wire.sent.size() == 2);     // nothing changed: nothing is asked
}

TEST_CASE("A change is seen by the next cycle of its own timer")
{
    Stage stage(2, 1);
    stage.started();
    stage.play(minutes{10});
    stage.retitle("u1", "x");
    REQUIRE(stage.engine().edit(RenameGroup{"g0", "New"}).ok());
    stage.play(hours{2});
    CHECK(stage.times_sent("GET /g0") == Lines{"0:00:00.050", "0:20:00"});
    CHECK(stage.times_sent("GET /u1") == Lines{"0:00:00", "0:40:00"});
    CHECK(stage.times_sent("GET /u0") == Lines{"0:00:00"});
}

TEST_CASE("A change at the very instant of a cycle is seen by it")
{
    Stage stage(1);
    stage.started(minutes{5});
    stage.engine().edit_at(opening + minutes{5}, UpdateUser{"u0", {{"title", "just in time"}}});
    stage.play(minutes{10});
    REQUIRE(stage.wire.sent.size() == 1);
    CHECK(stage.wire.sent[0].body == "just in time");
    CHECK(stage.engine().job().users().watermark == 1u);
}

TEST_CASE("A change after a cycle's opening waits for the next one, though the object's turn is still to come")
{
    Stage stage(30);
    stage.connector.own.max_in_flight = 1;
    stage.options.latency = LatencyModel::constant(seconds{10});     // 5 minutes in all
    stage.started();
    stage.engine().edit_at(opening + seconds{30}, UpdateUser{"u20", {{"title", "new"}}});
    stage.engine().edit_at(opening + seconds{30}, AddUser{"late", {{"userName", "late"}}, true, {}});
    stage.play(hours{1});
    std::vector<std::string> bodies;
    for (const auto& sent : stage.wire.sent)
        if (sent.line == "GET /u20") bodies.push_back(sent.body);
    CHECK(bodies == Lines{"", "new"});
    CHECK(stage.times_sent("GET /u20") == Lines{"0:03:20", "0:40:00"});
    CHECK(stage.times_sent("GET /u30") == Lines{"0:40:10"});
    CHECK(stage.diary.ended[0].head == 0);
}

TEST_CASE("A timer due during a cycle waits for its end, and the report says how long")
{
    // 60 users one after another, a minute each: the first cycle lasts an hour.
    Stage stage(60, 1);
    stage.connector.own = {"slow", 1, 1, minutes{5}};
    stage.options.latency = LatencyModel::constant(minutes{1});
    stage.started();
    stage.play(hours{3});
    // The group's minute comes after the users' hour. Both timers, due at 0:20 and 0:40, form one cycle at its end.
    CHECK(stage.diary.timetable() == "0:00:00 UG, 1:01:00 UG, 1:21:00 G, 1:41:00 UG, 2:01:00 G, 2:21:00 UG, 2:41:00 G");
    CHECK(stage.diary.ended[0].overrun == Duration{0});
    CHECK(stage.diary.ended[0].ended == opening + minutes{61});
    CHECK(stage.diary.ended[1].overrun == minutes{41});
    CHECK(stage.diary.ended[2].overrun == Duration{0});
}

TEST_CASE("Cycles never overlap, however long they last")
{
    Stage stage(25, 2);
    stage.connector.own = {"slow", 2, 1, minutes{30}};
    stage.options.latency = LatencyModel::around(minutes{4}, minutes{12});
    stage.started();
    for (int edit = 1; edit < 60; ++edit)
        stage.engine().edit_at(opening + minutes{edit * 7}, UpdateUser{"u" + std::to_string(edit % 25), {{"title", std::to_string(edit)}}});
    stage.play(hours{12});
    REQUIRE(stage.diary.ended.size() > 10);
    for (std::size_t i = 1; i < stage.diary.ended.size(); ++i) CHECK(stage.diary.ended[i].began >= stage.diary.ended[i - 1].ended);
    CHECK(std::any_of(stage.diary.ended.begin(), stage.diary.ended.end(), [](const RunInfo& run) { return run.overrun > Duration{0}; }));
}

TEST_CASE("Watermarks move to what the cycle could know, when it has completed")
{
    Stage stage(2, 1);
    stage.connector.own.max_in_flight = 1;
    stage.options.latency = LatencyModel::constant(minutes{1});
    stage.started();
    stage.engine().edit_at(opening + seconds{90}, UpdateUser{"u0", {{"title", "x"}}});
    stage.play(minutes{2});
    CHECK_FALSE(stage.engine().job().users().watermark);
    stage.play(minutes{10});
    CHECK(stage.engine().job().users().watermark == 0u);
    CHECK(stage.engine().job().groups().watermark == 0u);
    stage.play(minutes{30});
    CHECK(stage.engine().job().users().watermark == 0u);      // the cycle of 0:20 was the groups'
    CHECK(stage.engine().job().groups().watermark == 1u);
    CHECK_FALSE(stage.engine().job().quiet());
    stage.play(minutes{45});
    CHECK(stage.engine().job().users().watermark == 1u);
    CHECK(stage.engine().job().users().last_completed == opening + minutes{41});
    CHECK(stage.engine().job().quiet());
}

TEST_CASE("A restart forgets watermarks and begins at once with an initial cycle; links stay")
{
    Stage stage(2);
    stage.started();
    stage.play(minutes{10});
    stage.engine().restart_job();
    stage.play(minutes{55});
    CHECK(stage.diary.timetable() == "0:00:00 UG, 0:10:00 UG, 0:30:00 G, 0:50:00 UG");
    CHECK(stage.diary.ended[1].kind == RunKind::initial);
    CHECK(stage.times_sent("GET /u0") == Lines{"0:00:00", "0:10:00"});
    CHECK(stage.engine().job().memory().links.size(ObjectKind::user) == 2);
}

TEST_CASE("A restart asked for during a cycle waits for its end")
{
    Stage stage(3);
    stage.connector.own.max_in_flight = 1;
    stage.options.latency = LatencyModel::constant(seconds{40});
    stage.started();
    stage.play(minutes{1});
    stage.engine().restart_job();
    stage.engine().restart_job();
    stage.play(minutes{19});
    CHECK(stage.diary.timetable() == "0:00:00 UG, 0:02:00 UG");
    CHECK(stage.diary.ended[1].kind == RunKind::initial);
    CHECK(stage.diary.ended[1].overrun == Duration{0});
    CHECK(stage.diary.open == 0);
    stage.play(minutes{43});
    CHECK(stage.diary.timetable() == "0:00:00 UG, 0:02:00 UG, 0:22:00 G, 0:42:00 UG");
}

TEST_CASE("Starting a job again sets its timers anew")
{
    Stage stage(1);
    stage.started();
    stage.play(minutes{30});
    stage.engine().start_job(minutes{5});
    stage.play(hours{1});
    CHECK(stage.diary.timetable() == "0:00:00 UG, 0:20:00 G, 0:35:00 UG, 0:55:00 G");
    CHECK(stage.diary.ended[2].kind == RunKind::incremental);
}
