// SPDX-License-Identifier: Apache-2.0
// Several members of a group in one request, where the provider writes them so.
#include "tests/engine/stage.h"

using namespace provsim;

namespace {

Stage& with_members(Stage& stage, unsigned groups, unsigned users, unsigned per_request)
{
    for (unsigned g = 0; g < groups; ++g)
        for (unsigned u = 0; u < users; ++u) stage.directory.add_member(GroupId{g}, UserId{u}, opening);
    stage.directory.forget_changes();
    stage.connector.own.members_per_request = per_request;
    return stage;
}

Lines members_sent(const Stage& stage)
{
    Lines lines;
    for (const auto& sent : stage.wire.sent)
        if (sent.line.compare(0, 3, "GET") != 0) lines.push_back(elapsed(sent.at) + ' ' + sent.line);
    return lines;
}

}  // namespace

TEST_CASE("As many members as a request takes share it, and each has his own entry in the log")
{
    Stage stage(7, 2);
    with_members(stage, 2, 7, 3).started();
    stage.play(minutes{10});
    CHECK(members_sent(stage) == Lines{"0:00:00.150 PUT /g0/u0/u1/u2", "0:00:00.150 PUT /g0/u3/u4/u5", "0:00:00.150 PUT /g0/u6",
                                       "0:00:00.150 PUT /g1/u0/u1/u2", "0:00:00.150 PUT /g1/u3/u4/u5", "0:00:00.200 PUT /g1/u6"});
    for (unsigned g = 0; g < 2; ++g)
        for (unsigned u = 0; u < 7; ++u)
            CHECK(std::count(stage.diary.log.begin(), stage.diary.log.end(), "add_member /g" + std::to_string(g) + "/u" + std::to_string(u) + " success") == 1);
    CHECK(stage.diary.ended.at(0).members_added == 14);
    CHECK(stage.diary.ended.at(0).writes == 6);
}

TEST_CASE("A request that fails is remembered member by member")
{
    Stage stage(3, 1);
    with_members(stage, 1, 3, 3);
    stage.wire.answers["/g0/u0/u1/u2"] = {{500, {}, {}}};
    stage.started();
    stage.play(minutes{10});
    CHECK(stage.engine().job().memory().escrow.size() == 3);
    CHECK(stage.engine().job().memory().escrow.find(member_task(0, 1)) != nullptr);
    CHECK(stage.diary.ended.at(0).failed == 3);
    // Meanwhile one of them leaves; the others are tried again, together.
    REQUIRE(stage.engine().edit(RemoveMembers{"g0", {"u1"}}).ok());
    stage.connector.members = false;
    stage.wire.answers.clear();
    stage.play(minutes{30});
    CHECK(stage.engine().job().memory().escrow.size() == 0);
    CHECK(stage.count_sent("PUT /g0/u0/u1/u2") == 2);
}

TEST_CASE("A member who cannot be written yet does not hold up those with whom he would have gone")
{
    Stage stage(4, 1);
    with_members(stage, 1, 4, 3);
    stage.wire.answers["/u1"] = {{500, {}, {}}, {200, {}, {}}};
    stage.started();
    stage.play(minutes{10});
    CHECK(members_sent(stage) == Lines{"0:00:00.100 PUT /g0/u0/u2/u3"});
    CHECK(stage.engine().job().memory().deferred == std::set<Task>{member_task(0, 1)});
    stage.play(hours{2});
    CHECK(stage.count_sent("PUT /g0/u1") == 1);
}

TEST_CASE("Requests with company keep to the number that one group may have under way")
{
    Stage stage(12, 2);
    stage.connector.own.max_in_flight_per_group = 2;
    with_members(stage, 2, 12, 3).started();
    stage.play(minutes{10});
    CHECK(members_sent(stage)
          == Lines{"0:00:00.200 PUT /g0/u0/u1/u2", "0:00:00.200 PUT /g0/u3/u4/u5", "0:00:00.250 PUT /g0/u6/u7/u8", "0:00:00.250 PUT /g1/u0/u1/u2",
                   "0:00:00.250 PUT /g1/u3/u4/u5", "0:00:00.250 PUT /g0/u9/u10/u11", "0:00:00.300 PUT /g1/u6/u7/u8", "0:00:00.300 PUT /g1/u9/u10/u11"});
}

TEST_CASE("One member a request is what a provider does that says nothing else")
{
    Stage stage(2, 1);
    with_members(stage, 1, 2, 1).started();
    stage.play(minutes{10});
    CHECK(members_sent(stage) == Lines{"0:00:00.100 PUT /g0/u0", "0:00:00.100 PUT /g0/u1"});
}
