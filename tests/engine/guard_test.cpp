// SPDX-License-Identifier: Apache-2.0
// Accidental deletion prevention (Entra: accidental-deletions).
#include "tests/engine/stage.h"

using namespace provsim;

namespace {

// All users are linked; then the first `leavers` of them leave. Reading one and disabling him are two requests.
struct Leaving : Stage {
    Leaving(unsigned users, DeleteGuard guard, std::uint64_t threshold) : Stage(users, 1)
    {
        options.schedule = {minutes{40}, minutes{40}, true};
        options.policy.delete_guard = guard;
        options.policy.delete_threshold = threshold;
        started();
        play(minutes{30});
        connector.steps = 2;
    }
    void leave(std::uint32_t first, std::uint32_t past, const char* title = "leaver")
    {
        for (std::uint32_t i = first; i < past; ++i) {
            connector.leaving.insert(ObjectRef(UserId{i}).key());
            retitle(("u" + std::to_string(i)).c_str(), title);
        }
    }
    std::size_t disables() const
    {
        return static_cast<std::size_t>(std::count_if(wire.sent.begin(), wire.sent.end(), [](const auto& s) { return s.line.find("step=2") != std::string::npos; }));
    }
};

}  // namespace

TEST_CASE("Disables up to the threshold are sent, after all users and groups have been evaluated")
{
    Leaving stage(30, DeleteGuard::hold_all, 12);
    stage.leave(0, 12);
    stage.retitle("u20", "stays");
    REQUIRE(stage.engine().edit(RenameGroup{"g0", "New"}).ok());
    stage.play(minutes{41});
    CHECK(stage.disables() == 14);
    const auto lines = stage.sent();
    const auto at = [&](const std::string& end) {
        return std::find_if(lines.begin(), lines.end(), [&](const auto& line) { return line.size() > end.size() && line.substr(line.size() - end.size()) == end; });
    };
    CHECK(at("/g0?step=2") < at("/u0?step=2"));
    CHECK(at("/u20?step=2") < at("/u0?step=2"));        // they take no slot from the others
    CHECK(stage.engine().job().state() == JobState::active);
    CHECK(stage.diary.ended.back().disabled == 12);
    CHECK(stage.engine().job().quiet());
}

TEST_CASE("Entra assertion 50 (inferred in part): one disable more than the threshold, and none is sent; the job goes into quarantine")
{
    Leaving stage(520, DeleteGuard::hold_all, 500);
    stage.leave(0, 501);
    stage.retitle("u510", "stays");
    stage.play(minutes{50});
    CHECK(stage.disables() == 1);       // u510's
    CHECK(std::count_if(stage.diary.log.begin(), stage.diary.log.end(), [](const auto& l) { return l.find("skipped TooManyDeletes") != std::string::npos; }) == 501);
    const JobStatus status = stage.engine().job().status();
    CHECK(status.state == JobState::quarantine);
    REQUIRE(status.quarantine);
    CHECK(to_string(status.quarantine->cause.reason) == "TooManyDeletes");
    CHECK(status.held_deletes == 501);
    CHECK(status.last->state == ExecutionState::succeeded);

    SECTION("restart with ForceDeletes sends them")
    {
        stage.engine().restart_job(ResetScope::allow_deletes());
        stage.play(minutes{60});
        CHECK(stage.disables() == 502);
        CHECK(stage.engine().job().state() == JobState::active);
        CHECK(stage.diary.ended.back().kind == RunKind::incremental);
        CHECK(stage.engine().job().quiet());

        // Allowed once: the next crowd is held back again.
        stage.leave(0, 501, "again");
        stage.play(minutes{120});
        CHECK(stage.disables() == 502);
        CHECK(stage.engine().job().state() == JobState::quarantine);
    }
    SECTION("they are looked at again at each attempt, until they are wanted no more")
    {
        stage.play(hours{8});
        CHECK(stage.engine().job().status().quarantine->series_count == 2);
        stage.connector.leaving.clear();        // the source was repaired
        stage.play(hours{14});
        CHECK(stage.engine().job().state() == JobState::active);
        CHECK(stage.diary.ended.back().disabled == 0);
        CHECK(stage.engine().job().quiet());
    }
    SECTION("a plain restart evaluates all again, and holds them back again")
    {
        stage.engine().restart_job();
        stage.play(minutes{60});
        CHECK(stage.engine().job().state() == JobState::quarantine);
        CHECK(stage.engine().job().status().last->kind == RunKind::initial);
        CHECK(stage.engine().job().status().held_deletes == 501);
    }
}

TEST_CASE("Allowed deletions of users and groups go out together, also when a restart waits for the next tick")
{
    Stage stage(4, 2);
    stage.options.policy.delete_guard = DeleteGuard::hold_all;
    stage.options.policy.delete_threshold = 1;
    stage.options.policy.restart_waits = true;
    stage.started();
    stage.play(minutes{30});
    for (const ObjectRef leaver : {ObjectRef(UserId{0}), ObjectRef(UserId{1}), ObjectRef(GroupId{0}), ObjectRef(GroupId{1})}) stage.connector.leaving.insert(leaver.key());
    stage.retitle("u0", "leaver");
    stage.retitle("u1", "leaver");
    for (const char* group : {"g0", "g1"}) REQUIRE(stage.engine().edit(RenameGroup{group, "Gone"}).ok());
    stage.play(minutes{45});
    REQUIRE(stage.engine().job().status().held_deletes == 4);
    stage.engine().restart_job(ResetScope::allow_deletes());
    stage.play(hours{2});
    CHECK(stage.diary.timetable() == "0:00:00 UG, 0:20:00 G, 0:40:00 UG, 1:00:00 UG, 1:20:00 G, 1:40:00 UG");
    CHECK(stage.times_sent("GET /u1").back() == "1:00:00");
    CHECK(stage.times_sent("GET /g1").back() == "1:00:00.050");
    CHECK(stage.engine().job().state() == JobState::active);
}

TEST_CASE("Under send_up_to_threshold the first ones are sent, and no further portion at the next attempt")
{
    Leaving stage(20, DeleteGuard::send_up_to_threshold, 5);
    stage.leave(0, 9);
    stage.play(minutes{50});
    CHECK(stage.disables() == 5);
    CHECK(stage.count_sent("GET /u4?step=2") == 1);
    CHECK(stage.engine().job().status().held_deletes == 4);
    stage.leave(9, 18);
    stage.play(hours{8});
    CHECK(stage.disables() == 5);
    CHECK(stage.engine().job().status().held_deletes == 13);
}

TEST_CASE("Users and groups count together, and a push is not guarded")
{
    Leaving stage(3, DeleteGuard::hold_all, 3);
    stage.leave(0, 3);
    stage.connector.leaving.insert(ObjectRef(GroupId{0}).key());
    REQUIRE(stage.engine().edit(RenameGroup{"g0", "Gone"}).ok());
    stage.play(minutes{50});
    CHECK(stage.engine().job().status().held_deletes == 4);
    CHECK(stage.disables() == 0);
    stage.engine().push({UserId{1}, {}});
    stage.play(minutes{51});
    CHECK(stage.times_sent("GET /u1?step=2") == Lines{"0:50:00.050"});
}

TEST_CASE("A cycle that is halted or paused while disables are held back sends none of them")
{
    Leaving stage(30, DeleteGuard::hold_all, 20);
    stage.leave(0, 5);
    stage.retitle("u20", "x");
    SECTION("halted")
    {
        stage.wire.answers["/u20"] = {{401, {}, {}}};
        stage.play(minutes{50});
        CHECK(stage.disables() == 0);
        CHECK(stage.diary.ended.back().halted == "Unauthorized");
        stage.wire.answers.clear();
        stage.play(hours{7});
        CHECK(stage.disables() == 6);       // nobody was left busy
    }
    SECTION("paused")
    {
        stage.engine().run_until(opening + minutes{40} + milliseconds{20});
        stage.engine().pause_job();
        stage.play(minutes{50});
        CHECK(stage.disables() == 0);
        stage.engine().start_job();
        stage.play(minutes{60});
        CHECK(stage.disables() == 6);
    }
}

TEST_CASE("Managers of users whose disable was held back come after it")
{
    Stage stage(3);
    stage.options.policy.delete_guard = DeleteGuard::hold_all;
    stage.directory.set_manager(UserId{0}, UserId{1}, opening);
    stage.directory.forget_changes();
    stage.connector.leaving.insert(ObjectRef(UserId{0}).key());
    stage.started();
    stage.play(minutes{1});
    CHECK(stage.sent() == Lines{"0:00:00 GET /u1", "0:00:00 GET /u2", "0:00:00.050 GET /u0", "0:00:00.100 GET /u0/manager"});
}
