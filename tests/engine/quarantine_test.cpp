// SPDX-License-Identifier: Apache-2.0
#include "cycle/quarantine.h"
#include "tests/engine/stage.h"

using namespace provsim;

namespace {

// A job whose probe is refused from the start.
struct Refused : Stage {
    explicit Refused(unsigned users = 1) : Stage(users)
    {
        connector.probe = true;
        wire.answers["/probe"] = {{401, {}, {}}};
    }
    void heal() { wire.answers["/probe"] = {{200, {}, {}}}; }
};

}  // namespace

TEST_CASE("A quarantined job is tried after 6, 12 and 24 hours, then daily until day 28")
{
    Quarantine quarantine;
    TimePoint now = opening;
    std::vector<long> hours_after;
    while (const auto next = quarantine.impose(now, {{}, "why", "it was told to"})) {
        hours_after.push_back(std::chrono::duration_cast<hours>(*next - opening).count());
        now = *next + seconds{1};       // a failing cycle takes a while itself
    }
    std::vector<long> expected{6, 12};
    for (long day = 1; day <= 28; ++day) expected.push_back(day * 24);
    CHECK(hours_after == expected);
    CHECK(quarantine.attempts() == expected.size() + 1);
    CHECK(quarantine.in_force());
    quarantine.lift();
    CHECK_FALSE(quarantine.in_force());
    CHECK(quarantine.impose(now, {{}, "again", "it was told to"}) == now + hours{6});
}

TEST_CASE("A late attempt does not bring the next one forward, nor into the past")
{
    struct Row { Duration failed; Duration next; };
    const Row rows[] = {{minutes{0}, hours{6}}, {hours{5}, hours{6}}, {hours{6}, hours{12}}, {hours{11}, hours{12}},
                        {hours{13}, hours{24}}, {hours{24}, hours{48}}, {hours{100}, hours{120}}, {hours{24 * 27}, hours{24 * 28}}};
    for (const Row& row : rows) {
        Quarantine quarantine;
        quarantine.impose(opening, {{}, "why", "it was told to"});
        CHECK(quarantine.impose(opening + row.failed, {{}, "why", "it was told to"}) == opening + row.next);
    }
    Quarantine quarantine;
    quarantine.impose(opening, {{}, "why", "it was told to"});
    CHECK_FALSE(quarantine.impose(opening + hours{24 * 28}, {{}, "why", "it was told to"}));
}

TEST_CASE("A cycle whose probe is refused is halted: nothing more is sent, no watermark moves, the job is quarantined")
{
    Refused stage;
    stage.started();
    stage.play(hours{25});
    CHECK(stage.count_sent("GET /u0") == 0);
    CHECK(stage.times_sent("GET /probe") == Lines{"0:00:00", "6:00:00.050", "12:00:00.050", "24:00:00.050"});
    CHECK(stage.engine().job().state() == JobState::quarantine);
    CHECK_FALSE(stage.engine().job().users().watermark);
    CHECK_FALSE(stage.engine().job().users().last_completed);
    CHECK(stage.diary.ended[0].halted == "Unauthorized");
    CHECK(stage.diary.job[1] == "0:00:00.050 Quarantine: Unauthorized: the target answered 401");
    CHECK(stage.diary.log.front() == "probe_users /probe failure Unauthorized");
    CHECK(stage.engine().job().memory().escrow.size() == 0);
}

TEST_CASE("A completed cycle lifts the quarantine, and the timers beat from there")
{
    Refused stage;
    stage.started();
    stage.play(hours{7});
    stage.heal();
    stage.play(hours{13});
    CHECK(stage.diary.timetable() == "0:00:00 UG, 6:00:00.050 UG, 12:00:00.050 UG, 12:20:00.050 G, 12:40:00.050 UG");
    CHECK(stage.diary.ended[2].kind == RunKind::initial);
    CHECK(stage.diary.job.back() == "12:00:00.150 Active: a cycle completed");
    CHECK(stage.engine().job().state() == JobState::active);
    CHECK_FALSE(stage.engine().job().quarantine().in_force());
    CHECK(stage.count_sent("GET /u0") == 1);
}

TEST_CASE("A job that is 28 days in quarantine is disabled until it is started again")
{
    Refused stage;
    stage.started();
    stage.play(hours{24} * 60);
    CHECK(stage.engine().job().state() == JobState::disabled);
    CHECK(stage.diary.job.back() == "672:00:00.100 Disabled: 28 days in quarantine");
    CHECK(stage.diary.ended.size() == 31);      // the first, 6 h, 12 h, and 28 days
    CHECK_FALSE(stage.engine().has_events());

    stage.heal();
    SECTION("by start") { stage.engine().start_job(); }
    SECTION("by restart") { stage.engine().restart_job(); }
    stage.play(hours{24} * 60 + minutes{10});
    CHECK(stage.engine().job().state() == JobState::active);
    CHECK(stage.engine().job().users().watermark == 0u);
}

TEST_CASE("Start and restart lift a quarantine at once, and a new one begins its ladder anew")
{
    Refused stage;
    stage.started();
    stage.play(hours{8});
    SECTION("start") { stage.engine().start_job(); }
    SECTION("restart") { stage.engine().restart_job(); }
    CHECK(stage.engine().job().state() == JobState::active);
    CHECK_FALSE(stage.engine().job().quarantine().in_force());
    stage.play(hours{15});
    CHECK(stage.times_sent("GET /probe") == Lines{"0:00:00", "6:00:00.050", "8:00:00", "14:00:00.050"});
}

TEST_CASE("A restart asked for during a cycle that is then halted still comes, even if the halt would have disabled the job")
{
    Refused stage;
    stage.started();
    const Duration last = hours{24} * 28 + milliseconds{50};
    stage.engine().run_until(opening + last, Lane::check);      // the last attempt is under way
    REQUIRE(stage.engine().job().running());
    stage.engine().restart_job();
    stage.heal();
    stage.play(last + minutes{10});
    CHECK(stage.engine().job().state() == JobState::active);
    CHECK(stage.diary.ended.back().halted.empty());
}

TEST_CASE("When a cycle is halted, what is under way ends with the reply it waits for, and nothing more is sent")
{
    // Five conversations of three requests each; the third user's first answer is 401. The first has been told to wait.
    Stage stage(10);
    stage.connector.steps = 3;
    stage.options.latency = {milliseconds{10}, milliseconds{20}, milliseconds{30}, milliseconds{40}};
    stage.wire.answers["/u0"] = {{429, {}, "3600"}};
    stage.wire.answers["/u2"] = {{401, {}, {}}};
    stage.started();
    stage.play(minutes{20});
    REQUIRE(stage.diary.ended.size() == 1);
    const RunInfo& run = stage.diary.ended[0];
    CHECK(run.halted == "Unauthorized");
    CHECK(run.failed == 5);
    CHECK(stage.wire.sent.size() == stage.diary.answered.size());
    CHECK(stage.wire.sent.size() < 10);
    CHECK(run.ended < opening + seconds{1});        // it does not wait an hour for the one that was told to
    CHECK(std::count(stage.diary.log.begin(), stage.diary.log.end(), "provision /u0 failure Unauthorized") == 1);
    CHECK(stage.engine().job().memory().escrow.size() == 0);
    CHECK(stage.engine().job().memory().links.size(ObjectKind::user) == 0);

    // Nobody is left busy: the next attempt reaches everybody.
    stage.wire.answers.clear();
    stage.play(hours{7});
    CHECK(stage.engine().job().memory().links.size(ObjectKind::user) == 10);
    CHECK(stage.diary.ended[1].created == 10);
}

TEST_CASE("A halt takes nothing from the memory of failures and of references that wait")
{
    Stage stage(3, 1);
    stage.directory.add_member(GroupId{0}, UserId{1}, opening);
    stage.directory.forget_changes();
    stage.connector.own.max_in_flight = 1;
    stage.wire.answers["/u1"] = {{500, {}, {}}};           // u1 fails, so its membership waits for it
    stage.started();
    stage.play(minutes{30});
    REQUIRE(stage.engine().job().memory().escrow.size() == 1);
    REQUIRE(stage.engine().job().memory().deferred.size() == 1);

    stage.wire.answers["/u1"] = {{401, {}, {}}};
    stage.play(minutes{45});
    CHECK(stage.engine().job().state() == JobState::quarantine);
    CHECK(stage.engine().job().memory().escrow.size() == 1);
    CHECK(stage.engine().job().memory().deferred.size() == 1);

    stage.wire.answers.clear();
    stage.play(hours{7});
    CHECK(stage.count_sent("PUT /g0/u1") == 1);
    CHECK(stage.engine().job().quiet());
}

TEST_CASE("A push that meets a refusal ends halted, without a quarantine")
{
    Stage stage(1);
    stage.wire.answers["/u0"] = {{401, {}, {}}};
    stage.engine().push({UserId{0}, {}});
    stage.play(minutes{1});
    REQUIRE(stage.diary.ended.size() == 1);
    CHECK(stage.diary.ended[0].halted == "Unauthorized");
    CHECK(stage.engine().job().state() == JobState::not_run);
}

TEST_CASE("Entra assertion 3 (a documented sample, inferred): by doubling, the first attempt is after 5 minutes, later ones up to a day apart")
{
    Refused stage;
    stage.options.policy.quarantine = Backoff::doubling;
    stage.started();
    stage.play(minutes{4});
    const JobStatus status = stage.engine().job().status();
    REQUIRE(status.quarantine);
    CHECK(status.quarantine->cause.reason == QuarantineReason::exception);
    CHECK(status.quarantine->cause.code == "Unauthorized");
    CHECK(status.quarantine->cause.message == "the target answered 401");
    CHECK(status.quarantine->next_attempt == status.quarantine->began + minutes{5});
    CHECK(status.quarantine->series_count == 1);
    CHECK(status.successive_complete_failures == 1);
    CHECK(status.last->state == ExecutionState::failed);

    Quarantine alone(Backoff::doubling);
    TimePoint now = opening;
    std::vector<long> waits;
    while (const auto next = alone.impose(now, {})) {
        waits.push_back(std::chrono::duration_cast<minutes>(*next - now).count());
        now = *next;
    }
    CHECK(std::vector<long>(waits.begin(), waits.begin() + 11) == std::vector<long>{5, 10, 20, 40, 80, 160, 320, 640, 1280, 1440, 1440});
    CHECK(now == opening + hours{24} * 28);     // the last attempt is on day 28, however long the wait before it
    CHECK(alone.attempts() == waits.size() + 1);
}

TEST_CASE("Entra assertion 4 (documented): a series of quarantines ends with the first attempt that works")
{
    Refused stage;
    stage.options.policy.quarantine = Backoff::doubling;
    stage.started();
    stage.play(hours{1});
    CHECK(stage.engine().job().status().quarantine->series_count == 4);
    CHECK(stage.engine().job().status().quarantine->series_began == opening + milliseconds{50});
    CHECK(stage.engine().job().status().successive_complete_failures == 4);
    stage.heal();
    stage.play(hours{2});
    CHECK_FALSE(stage.engine().job().status().quarantine);
    CHECK(stage.engine().job().status().successive_complete_failures == 0);
    CHECK(stage.engine().job().state() == JobState::active);
}

TEST_CASE("Entra assertion 5 (documented): on day 28 of a quarantine the job is disabled, whatever its backoff")
{
    for (const Backoff backoff : {Backoff::ladder, Backoff::doubling}) {
        Refused stage;
        stage.options.policy.quarantine = backoff;
        stage.started();
        stage.play(hours{24} * 60);
        CHECK(stage.engine().job().state() == JobState::disabled);
        CHECK(stage.times_sent("GET /probe").back() == "672:00:00.050");
        CHECK_FALSE(stage.engine().job().status().next_cycle);
        CHECK_FALSE(stage.engine().job().status().quarantine->next_attempt);
    }
}
