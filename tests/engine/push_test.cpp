// SPDX-License-Identifier: Apache-2.0
// Provision on demand, alone and beside a cycle.
#include "cycle/busy.h"
#include "tests/engine/stage.h"

using namespace provsim;

namespace {

// No two conversations about one object overlap, except memberships of one group among themselves.
class Guard final : public Recorder {
public:
    explicit Guard(const ScriptedTransport& wire) : wire_(wire) {}
    unsigned overlaps = 0;
    void exchanged(const ExchangeRecord& record) override
    {
        answered_.push_back(record.number);
        for (const auto& sent : wire_.sent) {
            if (std::find(answered_.begin(), answered_.end(), sent.number) != answered_.end()) continue;
            const bool member = sent.line.compare(0, 4, "PUT ") == 0;
            const bool own_member = record.task.action == Action::add_member;
            if (object(sent.line) == path_of(record.task.object) && !(member && own_member)) ++overlaps;
        }
    }

private:
    static std::string object(const std::string& line)
    {
        const std::size_t from = line.find('/');
        return line.substr(from, line.find_first_of("/?", from + 1) - from);
    }
    const ScriptedTransport& wire_;
    std::vector<ExchangeNumber> answered_;
};

}  // namespace

TEST_CASE("A push needs no cycle, sees the directory as it is, moves no watermark and says it was on demand")
{
    Stage stage(2);
    stage.retitle("u1", "new");
    stage.engine().push({UserId{1}, {}});
    stage.play(minutes{1});
    CHECK(stage.sent() == Lines{"0:00:00 GET /u1"});
    CHECK(stage.wire.sent[0].body == "new");
    REQUIRE(stage.diary.ended.size() == 1);
    CHECK(stage.diary.ended[0].kind == RunKind::on_demand);
    CHECK(stage.diary.ended[0].pushed == ObjectRef(UserId{1}));
    CHECK(stage.diary.ended[0].head == 1);
    CHECK(stage.engine().job().memory().links.find(UserId{1}));
    CHECK_FALSE(stage.engine().job().users().watermark);
}

TEST_CASE("A group is pushed with the members chosen for it")
{
    Stage stage(3, 1);
    stage.engine().push({UserId{1}, {}});
    stage.engine().push({UserId{2}, {}});
    stage.play(minutes{1});
    stage.engine().push({GroupId{0}, {UserId{2}, UserId{1}}});
    stage.play(minutes{2});
    CHECK(stage.sent() == Lines{"0:00:00 GET /u1", "0:00:00 GET /u2", "0:01:00 GET /g0", "0:01:00.050 PUT /g0/u2", "0:01:00.050 PUT /g0/u1"});
}

TEST_CASE("A member added, pushed and removed between two cycles is removed by the second, although nothing changed on the whole")
{
    Stage stage(1, 1);
    stage.connector.members = false;     // the net effect of both changes
    stage.started();
    stage.play(minutes{5});
    REQUIRE(stage.engine().edit(AddMembers{"g0", {"u0"}}).ok());
    stage.engine().push({GroupId{0}, {UserId{0}}});
    stage.play(minutes{6});
    SECTION("removed")
    {
        REQUIRE(stage.engine().edit(RemoveMembers{"g0", {"u0"}}).ok());
        stage.play(hours{2});
        CHECK(stage.times_sent("DELETE /g0/u0") == Lines{"0:20:00"});
    }
    SECTION("kept")
    {
        stage.play(hours{2});
        CHECK(stage.count_sent("DELETE /g0/u0") == 0);
    }
    CHECK(stage.times_sent("PUT /g0/u0") == Lines{"0:05:00.050"});
    CHECK(stage.engine().job().quiet());
}

TEST_CASE("A push of an instant comes before the cycle of that instant")
{
    Stage stage(2);
    stage.started();
    stage.engine().push({UserId{1}, {}});
    stage.play(minutes{1});
    CHECK(stage.sent() == Lines{"0:00:00 GET /u1", "0:00:00 GET /u0", "0:00:00.050 GET /u1"});
}

TEST_CASE("A push during a cycle sees later edits than the cycle, and the cycle sees the link it made")
{
    Stage stage(10, 1);
    stage.connector.own.max_in_flight = 1;
    stage.directory.add_member(GroupId{0}, UserId{10 - 1}, opening);
    stage.directory.forget_changes();
    stage.options.latency = LatencyModel::constant(seconds{10});
    stage.wire.answers["/u9"] = {{200, {}, {}}, {500, {}, {}}};     // to the push 200, to the cycle 500
    stage.started();
    stage.play(seconds{15});
    stage.retitle("u9", "new");
    stage.engine().push({UserId{9}, {}});
    stage.play(minutes{5});
    CHECK(stage.times_sent("GET /u9") == Lines{"0:00:15", "0:01:30"});
    CHECK(stage.wire.sent[2].body == "new");
    CHECK(stage.wire.sent.at(10).body.empty());
    CHECK(stage.count_sent("PUT /g0/u9") == 1);
}

TEST_CASE("A push waits for the conversation that is running about its object")
{
    Stage stage(1);
    stage.connector.steps = 3;
    stage.options.latency = LatencyModel::constant(seconds{10});
    Guard guard(stage.wire);
    stage.engine().add(guard);
    stage.started();
    stage.play(seconds{5});
    stage.engine().push({UserId{0}, {}});
    stage.play(minutes{5});
    CHECK(stage.times_sent("GET /u0") == Lines{"0:00:00", "0:00:30"});
    CHECK(guard.overlaps == 0);
    CHECK(stage.diary.open == 0);
}

TEST_CASE("A push of a group overtakes the memberships of a cycle that are still queued")
{
    Stage stage(40, 1);
    for (unsigned u = 0; u < 40; ++u) stage.directory.add_member(GroupId{0}, UserId{u}, opening);
    stage.directory.forget_changes();
    // Never a moment at which none is out: the answers come one by one.
    stage.options.latency = LatencyModel::around(seconds{10}, seconds{20});
    Guard guard(stage.wire);
    stage.engine().add(guard);
    stage.started();
    std::size_t members_before = 0;
    while ((members_before = static_cast<std::size_t>(std::count_if(stage.wire.sent.begin(), stage.wire.sent.end(), [](const auto& s) {
                return s.line.compare(0, 3, "PUT") == 0;
            }))) < 10)
        REQUIRE(stage.engine().step() == Progress::reached);
    stage.engine().push({GroupId{0}, {}});
    stage.play(hours{1});
    std::size_t at = 0;
    for (std::size_t i = 0; i < stage.wire.sent.size(); ++i)
        if (stage.wire.sent[i].line == "GET /g0") at = i;       // the push's
    const std::size_t first_member = stage.wire.sent.size() - 41;
    CHECK(at - first_member == members_before);                 // no further membership before it
    CHECK(guard.overlaps == 0);
    const auto cycle = std::find_if(stage.diary.ended.begin(), stage.diary.ended.end(), [](const RunInfo& run) { return run.kind == RunKind::initial; });
    REQUIRE(cycle != stage.diary.ended.end());
    CHECK(cycle->members_added == 40);
    CHECK(stage.diary.open == 0);
}

TEST_CASE("Many pushes and a cycle about the same few objects all come to their ends, one at a time")
{
    const std::uint64_t seed = GENERATE(1u, 2u, 3u, 4u, 5u);
    CAPTURE(seed);
    const Draw draw(seed);
    Stage stage(12, 3);
    for (unsigned g = 0; g < 3; ++g)
        for (unsigned u = 0; u < 12; ++u) stage.directory.add_member(GroupId{g}, UserId{u}, opening);
    stage.directory.set_manager(UserId{0}, UserId{1}, opening);
    stage.directory.forget_changes();
    stage.connector.own.max_in_flight = 3;
    stage.connector.own.max_in_flight_per_group = 2;
    stage.connector.steps = 2;
    stage.wire.order = WireOrder::shuffled;
    stage.wire.answers["/u3"] = {{429, {}, "45"}, {500, {}, {}}, {200, {}, {}}};
    stage.wire.answers["/g1/u2"] = {{401, {}, {}}, {200, {}, {}}};      // halts a push, or the cycle
    stage.options.latency = LatencyModel::around(seconds{2}, seconds{9});
    Guard guard(stage.wire);
    stage.engine().add(guard);
    stage.started();
    unsigned pushes = 0;
    for (std::uint64_t i = 0; i < 60; ++i) {
        stage.play(seconds{static_cast<long>(i)});
        Push push{UserId{static_cast<std::uint32_t>(draw.below(12, "user", i))}, {}};
        if (draw.below(2, "kind", i) == 0) push = {GroupId{static_cast<std::uint32_t>(draw.below(3, "group", i))}, {UserId{2}, UserId{7}}};
        for (std::uint64_t n = draw.below(3, "times", i); n > 0; --n, ++pushes) stage.engine().push(push);
    }
    stage.play(hours{8});
    CHECK(guard.overlaps == 0);
    CHECK(stage.diary.open == 0);
    CHECK_FALSE(stage.engine().job().running());
    CHECK(static_cast<unsigned>(std::count_if(stage.diary.ended.begin(), stage.diary.ended.end(), [](const RunInfo& run) {
              return run.kind == RunKind::on_demand;
          })) == pushes);
    CHECK(stage.engine().job().state() == JobState::active);
}

TEST_CASE("An object's conversation excludes others; memberships of a group share it up to a limit")
{
    Busy busy(2);
    CHECK(busy.try_take(user_task(1), 0));
    CHECK_FALSE(busy.try_take(user_task(1), 0));
    CHECK(busy.try_take(group_task(1), 0));         // another object of the same number
    CHECK_FALSE(busy.try_take(member_task(1, 1), 0));
    busy.release(group_task(1));
    CHECK(busy.try_take(member_task(1, 1), 0));
    CHECK(busy.try_take(member_task(1, 2), 0));
    CHECK_FALSE(busy.try_take(member_task(1, 3), 0));
    CHECK_FALSE(busy.try_take(group_task(1), 0));
    busy.release(member_task(1, 1));
    CHECK(busy.try_take(member_task(1, 3), 0));
    const Task probe{Action::probe_users, {}, {}};
    CHECK(busy.try_take(probe, 0));
    CHECK(busy.try_take(probe, 0));
    busy.release(probe);
}

TEST_CASE("What a push waits for nobody else gets first, unless the push ends without it")
{
    Busy busy(5);
    REQUIRE(busy.try_take(member_task(1, 1), 0));
    CHECK_FALSE(busy.try_take(group_task(1), 7));           // the push claims the group
    CHECK_FALSE(busy.try_take(member_task(1, 2), 0));
    CHECK_FALSE(busy.try_take(group_task(1), 8));           // a later push waits, too
    busy.release(member_task(1, 1));
    CHECK_FALSE(busy.try_take(member_task(1, 2), 0));
    SECTION("it gets it")
    {
        CHECK(busy.try_take(group_task(1), 7));
        busy.release(group_task(1));
    }
    SECTION("it was halted") { busy.disclaim(7); }
    CHECK(busy.try_take(group_task(1), 8));
    busy.release(group_task(1));
    CHECK(busy.try_take(member_task(1, 2), 0));
}
