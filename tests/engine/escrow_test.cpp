// SPDX-License-Identifier: Apache-2.0
// What failed is tried again; what waits for another object is tried again sooner.
#include "cycle/escrow.h"
#include "tests/engine/stage.h"

using namespace provsim;

TEST_CASE("A failed task is due in the next cycle, then after doubled intervals, at most a day")
{
    struct Row { Duration interval; std::vector<long> minutes_waited; };
    const Row rows[] = {
        {minutes{40}, {0, 80, 160, 320, 640, 1280, 1440, 1440}},
        {minutes{20}, {0, 40, 80, 160, 320, 640, 1280, 1440, 1440}},
        {hours{24} * 365, {0, 1440, 1440}},
    };
    for (const Row& row : rows) {
        EscrowList escrow;
        std::vector<long> waited;
        TimePoint now = opening;
        for (std::size_t i = 0; i < row.minutes_waited.size(); ++i) {
            escrow.fail(user_task(1), now, row.interval);
            const TimePoint due = escrow.find(user_task(1))->due;
            waited.push_back(std::chrono::duration_cast<minutes>(due - now).count());
            CHECK(escrow.find(user_task(1))->first_failure == opening);
            now = due;
        }
        CHECK(waited == row.minutes_waited);
        for (int i = 0; i < 100; ++i) escrow.fail(user_task(1), now, row.interval);     // no overflow
        CHECK(escrow.find(user_task(1))->due == now + hours{24});
        CHECK(escrow.find(user_task(1))->failures == row.minutes_waited.size() + 100);
    }
}

TEST_CASE("Due tasks are listed in task order; an object's tasks can be made due at once, their failures forgotten")
{
    EscrowList escrow;
    const Task manager{Action::set_manager, UserId{1}, UserId{2}};
    for (const Task& task : {member_task(1, 1), manager, user_task(2), user_task(1)}) escrow.fail(task, opening, minutes{40});
    CHECK(escrow.due(opening - milliseconds{1}).empty());
    CHECK(escrow.due(opening) == std::vector<Task>{user_task(1), user_task(2), manager, member_task(1, 1)});
    escrow.forget(user_task(1));
    escrow.forget(manager);
    CHECK(escrow.due(opening) == std::vector<Task>{user_task(2), member_task(1, 1)});
    escrow.forget(user_task(2));
    CHECK_FALSE(escrow.find(user_task(2)));
    CHECK(escrow.size() == 1);
    escrow.fail(member_task(1, 1), opening + minutes{20}, minutes{20});
    CHECK(escrow.due(opening + minutes{40}).empty());
    escrow.hasten(GroupId{1});
    CHECK(escrow.due(opening + minutes{20}) == std::vector<Task>{member_task(1, 1)});
    CHECK(escrow.find(member_task(1, 1))->failures == 0);
}

TEST_CASE("An object that keeps failing is tried in the next cycle, then less and less often")
{
    Stage stage(2);
    stage.wire.answers["/u1"] = {{500, {}, {}}};
    stage.started();
    stage.play(hours{48});
    // 40 min later, then 80, 160, 320, 640, 1280, and daily: the 16:40 of the second day is 1440 min after that.
    CHECK(stage.times_sent("GET /u1") == Lines{"0:00:00", "0:40:00", "2:00:00", "4:40:00", "10:00:00", "20:40:00", "42:00:00"});
    CHECK(stage.times_sent("GET /u0") == Lines{"0:00:00"});
    CHECK(stage.engine().job().users().watermark == 0u);     // one object's failure holds nobody up
    CHECK(stage.engine().job().memory().escrow.find(user_task(1))->failures == 7);
    CHECK_FALSE(stage.engine().job().quiet());

    stage.wire.answers.clear();
    stage.play(hours{72});
    CHECK(stage.engine().job().memory().escrow.size() == 0);
    CHECK(stage.engine().job().quiet());
}

TEST_CASE("A failed group or membership comes again with the group timer, a failed user or manager with the user timer")
{
    Stage stage(2, 1);
    stage.directory.add_member(GroupId{0}, UserId{0}, opening);
    stage.directory.set_manager(UserId{0}, UserId{1}, opening);
    stage.directory.forget_changes();
    for (const char* target : {"/u1", "/u0/manager", "/g0/u0"}) stage.wire.answers[target] = {{200, {}, {}}};
    stage.wire.answers["/u0/manager"] = {{500, {}, {}}, {200, {}, {}}};
    stage.wire.answers["/g0/u0"] = {{500, {}, {}}, {200, {}, {}}};
    stage.started();
    stage.play(hours{3});
    CHECK(stage.times_sent("PUT /g0/u0").back() == "0:20:00");
    CHECK(stage.times_sent("GET /u0/manager").back() == "0:40:00");
    CHECK(stage.wire.sent.size() == 7);
}

TEST_CASE("A push forgets its object's failures; one that fails between cycles is tried in the next one")
{
    Stage stage(1);
    stage.wire.answers["/u0"] = {{500, {}, {}}};
    stage.started();
    stage.play(hours{3});
    REQUIRE(stage.engine().job().memory().escrow.find(user_task(0))->failures == 3);
    stage.engine().push({UserId{0}, {}});
    stage.play(hours{3} + minutes{1});
    CHECK(stage.engine().job().memory().escrow.find(user_task(0))->failures == 1);
    stage.play(hours{3} + minutes{25});
    CHECK(stage.times_sent("GET /u0") == Lines{"0:00:00", "0:40:00", "2:00:00", "3:00:00", "3:20:00"});

    stage.wire.answers.clear();
    stage.engine().push({UserId{0}, {}});
    stage.play(hours{3} + minutes{26});
    CHECK(stage.engine().job().memory().escrow.size() == 0);
}

TEST_CASE("What failed is remembered when a push is halted, or is about other members")
{
    Stage stage(2, 1);
    for (const std::uint32_t user : {0u, 1u}) stage.directory.add_member(GroupId{0}, UserId{user}, opening);
    stage.directory.forget_changes();
    stage.wire.answers["/u1"] = {{200, {}, {}}};
    stage.wire.answers["/g0/u1"] = {{500, {}, {}}, {200, {}, {}}};
    SECTION("about other members")
    {
        stage.started();
        stage.play(minutes{10});
        stage.engine().push({GroupId{0}, {UserId{0}}});
    }
    SECTION("halted before it comes to them")
    {
        stage.wire.answers["/g0"] = {{200, {}, {}}, {401, {}, {}}, {200, {}, {}}};
        stage.started();
        stage.play(minutes{10});
        stage.engine().push({GroupId{0}, {UserId{1}}});
    }
    stage.play(minutes{30});
    CHECK(stage.times_sent("PUT /g0/u1").back() == "0:20:00");
    CHECK(stage.engine().job().quiet());
}

TEST_CASE("A reference that waits for a link goes on waiting when a push passes it over")
{
    Stage stage(1, 1);
    stage.directory.add_member(GroupId{0}, UserId{0}, opening);
    stage.directory.forget_changes();
    stage.wire.answers["/u0"] = {{500, {}, {}}, {200, {}, {}}};     // linked at 0:40
    stage.started();
    stage.play(minutes{10});
    stage.engine().push({GroupId{0}, {UserId{0}}});
    stage.play(hours{1});
    CHECK(stage.times_sent("PUT /g0/u0") == Lines{"0:40:00.050"});
}

TEST_CASE("A restart forgets failures and references that wait")
{
    Stage stage(2, 1);
    stage.directory.add_member(GroupId{0}, UserId{1}, opening);
    stage.directory.forget_changes();
    stage.wire.answers["/u1"] = {{500, {}, {}}};
    stage.started();
    stage.play(minutes{10});
    REQUIRE(stage.engine().job().memory().escrow.size() == 1);
    REQUIRE(stage.engine().job().memory().deferred.size() == 1);
    stage.engine().restart_job();
    CHECK(stage.engine().job().memory().escrow.size() == 0);
    CHECK(stage.engine().job().memory().deferred.empty());
}

TEST_CASE("A reference that cannot be written yet is tried in each pass of its timer until it can")
{
    Stage stage(2, 1);
    stage.directory.add_member(GroupId{0}, UserId{1}, opening);
    stage.directory.set_manager(UserId{0}, UserId{1}, opening);
    stage.directory.forget_changes();
    stage.wire.answers["/u1"] = {{500, {}, {}}, {500, {}, {}}, {200, {}, {}}};     // linked at 2:00
    stage.started();
    stage.play(hours{6});
    CHECK(std::count(stage.diary.log.begin(), stage.diary.log.end(), "add_member /g0/u1 skipped NotLinkedYet") == 6);    // 0:00 to 1:40
    CHECK(std::count(stage.diary.log.begin(), stage.diary.log.end(), "set_manager /u0 skipped NotLinkedYet") == 3);      // 0:00 to 1:20
    CHECK(stage.times_sent("PUT /g0/u1") == Lines{"2:00:00.100"});
    CHECK(stage.times_sent("GET /u0/manager") == Lines{"2:00:00.050"});
    CHECK(stage.engine().job().memory().deferred.empty());
    CHECK(stage.engine().job().quiet());
}

TEST_CASE("Entra assertion 46 (inferred), escrow_backoff ladder: the next cycle, 6, 12, 24 hours after the first failure, then daily to day 28")
{
    Stage stage(1);
    stage.options.schedule = {minutes{40}, minutes{40}, true};
    stage.options.policy.escrow = Backoff::ladder;
    stage.wire.answers["/u0"] = {{400, {}, {}}};
    stage.started();
    stage.play(hours{24} * 40);
    const auto times = stage.times_sent("GET /u0");
    REQUIRE(times.size() == 32);
    // At cycle boundaries: 12:00 is one, 6:00 is one, 24:00 is one.
    CHECK(Lines(times.begin(), times.begin() + 6) == Lines{"0:00:00", "0:40:00", "6:00:00", "12:00:00", "24:00:00", "48:00:00"});
    CHECK(times.back() == "672:00:00");
    CHECK(stage.engine().job().memory().escrow.size() == 0);
    CHECK(stage.engine().job().state() == JobState::active);
}

TEST_CASE("Entra assertion 46 (inferred), escrow_backoff doubling: the next cycle, then doubled intervals; after 28 days it is dropped")
{
    Stage stage(1);
    stage.options.schedule = {minutes{40}, minutes{40}, true};
    stage.wire.answers["/u0"] = {{400, {}, {}}};
    stage.started();
    stage.play(hours{24} * 28 + hours{1});
    CHECK(stage.times_sent("GET /u0").size() == 33);
    CHECK(stage.engine().job().memory().escrow.size() == 0);
    stage.play(hours{24} * 40);
    CHECK(stage.times_sent("GET /u0").size() == 33);
    // A change of the object brings it back, as somebody new.
    stage.retitle("u0", "x");
    stage.play(hours{24} * 41);
    CHECK(stage.engine().job().memory().escrow.find(user_task(0))->first_failure == opening + hours{24} * 40);
}

TEST_CASE("Escrow counts its references, whatever is forgotten")
{
    EscrowList escrow;
    for (const Task& task : {user_task(1), member_task(1, 1), member_task(1, 2), Task{Action::set_manager, UserId{1}, {}}}) escrow.fail(task, opening, minutes{40});
    CHECK(escrow.size() == 4);
    CHECK(escrow.references() == 3);
    escrow.forget(user_task(1));
    escrow.forget({Action::set_manager, UserId{1}, {}});
    CHECK(escrow.references() == 2);
    escrow.forget(member_task(1, 2));
    escrow.forget(member_task(1, 9));
    CHECK(escrow.references() == 1);
    CHECK(escrow.fail(member_task(1, 1), opening + hours{24} * 28, minutes{40}).due == TimePoint::max());
    CHECK(escrow.references() == 0);
    escrow.fail(user_task(1), opening, minutes{40});
    escrow.expire(opening + hours{24} * 28);
    CHECK(escrow.size() == 1);
    escrow.expire(opening + hours{24} * 28 + milliseconds{1});
    CHECK(escrow.size() == 0);
}

TEST_CASE("Entra assertion 45 (observed): the log says how often a failed object was tried again, and when it will be")
{
    Stage stage(1);
    struct Notes : Recorder {
        std::vector<std::string> details;
        void logged(const LogEntry& entry) override { details.push_back(entry.outcome.detail); }
    } notes;
    stage.options.schedule = {minutes{40}, minutes{40}, true};
    stage.options.policy.retry_note = [](unsigned retried, std::optional<TimePoint> next) {
        return "retried " + std::to_string(retried) + ", next " + (next ? elapsed(*next) : "never");
    };
    stage.wire.answers["/u0"] = {{503, {}, {}}};
    stage.engine().add(notes);
    stage.started();
    stage.play(hours{5});
    CHECK(notes.details == Lines{"the target answered 503. retried 0, next 0:40:00", "the target answered 503. retried 1, next 2:00:00",
                                 "the target answered 503. retried 2, next 4:40:00", "the target answered 503. retried 3, next 10:00:00"});
}
