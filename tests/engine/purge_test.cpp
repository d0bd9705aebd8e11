// SPDX-License-Identifier: Apache-2.0
// The recycle bin: 30 days after its soft delete a user is hard-deleted (Entra: how-provisioning-works).
#include "tests/engine/stage.h"

using namespace provsim;

namespace {
constexpr Duration days(int n) { return hours{24} * n; }
}

TEST_CASE("A soft-deleted user is purged exactly 30 days later, and a cycle of that instant sees it")
{
    Stage stage(1);
    stage.options.schedule = {days(30), days(30)};
    stage.started(days(5));
    stage.play(days(5));
    REQUIRE(stage.engine().edit(SoftDeleteUser{"u0"}).ok());
    stage.engine().run_until(opening + days(35), Lane::edit);
    CHECK(stage.directory.presence(UserId{0}) == Presence::soft_deleted);
    stage.engine().run_until(opening + days(35), Lane::delivery);
    CHECK(stage.directory.presence(UserId{0}) == Presence::absent);
    CHECK(stage.diary.edits == Lines{"120:00:00 1", "840:00:00 1"});
    stage.play(days(36));
    CHECK(stage.engine().job().users().watermark == 2u);
}

TEST_CASE("Who is restored stays, and who is deleted again has another 30 days")
{
    Stage stage(2);
    for (const char* user : {"u0", "u1"}) REQUIRE(stage.engine().edit(SoftDeleteUser{user}).ok());
    stage.play(days(10));
    for (const char* user : {"u0", "u1"}) REQUIRE(stage.engine().edit(RestoreUser{user}).ok());
    stage.play(days(20));
    REQUIRE(stage.engine().edit(SoftDeleteUser{"u1"}).ok());
    stage.play(days(31));
    CHECK(stage.directory.presence(UserId{0}) == Presence::present);
    CHECK(stage.directory.presence(UserId{1}) == Presence::soft_deleted);
    stage.engine().run_until(opening + days(50), Lane::delivery);
    CHECK(stage.directory.presence(UserId{0}) == Presence::present);
    CHECK(stage.directory.presence(UserId{1}) == Presence::absent);
}

TEST_CASE("Who was purged by hand is not purged again")
{
    Stage stage(1);
    REQUIRE(stage.engine().edit(SoftDeleteUser{"u0"}).ok());
    REQUIRE(stage.engine().edit(HardDeleteUser{"u0"}).ok());
    stage.play(days(40));
    CHECK(stage.diary.edits.size() == 2);
}

TEST_CASE("Who was in the bin before the run began is purged in his time, at the opening if that is past")
{
    Stage stage(2);
    Directory& directory = stage.directory;
    directory.soft_delete(UserId{0}, opening);
    directory.forget_changes();
    SECTION("still to come")
    {
        stage.play(days(29));
        CHECK(directory.presence(UserId{0}) == Presence::soft_deleted);
        stage.play(days(31));
        CHECK(directory.presence(UserId{0}) == Presence::absent);
    }
    SECTION("past")
    {
        stage.options.start = opening + days(40);
        Engine& engine = stage.engine();
        engine.step();
        CHECK(engine.now() == opening + days(40));
        CHECK(directory.presence(UserId{0}) == Presence::absent);
    }
}
