// SPDX-License-Identifier: Apache-2.0
// Work that becomes due with time alone, and the guard against two source objects with one target id.
#include "tests/engine/stage.h"

using namespace provsim;

TEST_CASE("A task that becomes due with time is drawn by the first cycle of its timer from then on")
{
    Stage stage(1);
    stage.connector.later = minutes{100};
    stage.started();
    stage.play(hours{6});
    CHECK(stage.times_sent("GET /u0/later") == Lines{"2:00:00"});
    CHECK(stage.engine().job().memory().later.empty());
    CHECK(stage.engine().job().quiet());
}

TEST_CASE("Asked for again, it stays due when it was; taken back, it is not done")
{
    Stage stage(2);
    stage.connector.later = minutes{100};
    stage.started();
    stage.play(minutes{30});
    stage.retitle("u0", "another");
    stage.retitle("u1", "back");
    CHECK(stage.engine().job().memory().later.size() == 2);
    stage.play(hours{6});
    CHECK(stage.times_sent("GET /u0/later") == Lines{"2:00:00"});
    CHECK(stage.count_sent("GET /u1/later") == 0);
}

TEST_CASE("It fails as any other task does, and is tried again; a restart does not forget it")
{
    Stage stage(1);
    stage.connector.later = minutes{100};
    stage.wire.answers["/u0/later"] = {{500, {}, {}}, {200, {}, {}}};
    stage.started();
    stage.play(minutes{50});
    stage.engine().restart_job();
    stage.play(hours{6});
    // The restart moved the beat: 0:50, 1:30, 2:10, 2:50.
    CHECK(stage.times_sent("GET /u0/later") == Lines{"2:10:00", "2:50:00"});
}

TEST_CASE("Of two source objects that would have one target id the second fails")
{
    Stage stage(2);
    stage.connector.one_id = "same";
    stage.started();
    stage.play(minutes{10});
    CHECK(stage.diary.log == Lines{"provision /u0 success", "provision /u1 failure Twin"});
    CHECK(stage.engine().job().memory().links.holder(ObjectKind::user, "same") == ObjectRef(UserId{0}));
    CHECK(stage.engine().job().memory().links.size(ObjectKind::user) == 1);
    CHECK(stage.engine().job().memory().escrow.find(user_task(1)) != nullptr);
}

TEST_CASE("He fails before he sends anything to an entry that is another's")
{
    Stage stage(2);
    stage.connector.one_id = "same";
    stage.connector.steps = 2;
    stage.connector.own.max_in_flight = 1;
    stage.started();
    stage.play(minutes{10});
    CHECK(stage.sent() == Lines{"0:00:00 GET /u0", "0:00:00.050 GET /u0?step=2", "0:00:00.100 GET /u1"});
    CHECK(stage.diary.log == Lines{"provision /u0 success", "provision /u1 failure Twin"});
}
