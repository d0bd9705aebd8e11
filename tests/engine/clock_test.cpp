// SPDX-License-Identifier: Apache-2.0
// The virtual clock: it waits for the wire, for the pacer and for nobody else.
#include "tests/engine/stage.h"

using namespace provsim;

namespace {

// A busy hour: users, groups, memberships, a manager, a retry, a failure, with every latency different.
struct Story : Stage {
    explicit Story(WireOrder order) : Stage(40, 4)
    {
        for (unsigned g = 0; g < 4; ++g)
            for (unsigned u = g; u < 40; u += 3) directory.add_member(GroupId{g}, UserId{u}, opening);
        directory.set_manager(UserId{3}, UserId{39}, opening);
        directory.forget_changes();
        connector.probe = true;
        connector.steps = 2;
        wire.order = order;
        wire.answers["/u5"] = {{429, {}, "90"}, {200, {}, {}}};
        wire.answers["/u6"] = {{500, {}, {}}, {200, {}, {}}};
        wire.answers["/g1/u4"] = {{0, Failure::timeout, {}}, {200, {}, {}}};
        options.latency = LatencyModel::around(milliseconds{80}, milliseconds{400});
    }
};

}  // namespace

TEST_CASE("In whatever order the wire returns answers, they are delivered in virtual order")
{
    Story in_order(WireOrder::at_once);
    in_order.started();
    in_order.play(hours{2});
    REQUIRE(in_order.diary.answered.size() > 150);

    const WireOrder order = GENERATE(WireOrder::first_first, WireOrder::last_first, WireOrder::shuffled);
    Story other(order);
    other.started();
    CHECK(other.play(hours{2}) == Progress::reached);
    CHECK(other.wire.waits > 0);
    CHECK(other.diary.answered == in_order.diary.answered);
    CHECK(other.sent() == in_order.sent());
    CHECK(other.diary.log == in_order.diary.log);
    CHECK(other.engine().fingerprint() == in_order.engine().fingerprint());
}

TEST_CASE("An interrupted wait leaves the engine whole, and calling again goes on")
{
    Story calm(WireOrder::shuffled);
    calm.started();
    calm.play(hours{2});

    Story interrupted(WireOrder::shuffled);
    interrupted.started();
    unsigned stops = 0;
    interrupted.wire.interruptions = 1;
    while (interrupted.play(hours{2}) == Progress::stopped) {
        const TimePoint before = interrupted.engine().now();
        CHECK(interrupted.engine().has_events());
        CHECK(interrupted.engine().next_due() >= before);
        ++stops;
        interrupted.wire.interruptions = stops % 3 == 0 ? 2 : 0;     // sometimes at once again
        if (interrupted.wire.interruptions == 0) {
            REQUIRE(interrupted.engine().step() == Progress::reached);
            interrupted.wire.interruptions = 1;
        }
    }
    CHECK(stops > 20);
    CHECK(interrupted.diary.answered == calm.diary.answered);
}

TEST_CASE("Virtual time stands still while the reply that is due has not arrived")
{
    Stage stage(1);
    stage.wire.order = WireOrder::first_first;
    stage.wire.interruptions = 3;
    stage.started();
    stage.engine().edit_at(opening + seconds{1}, UpdateUser{"u0", {{"title", "later"}}});
    for (int i = 0; i < 3; ++i) {
        CHECK(stage.play(seconds{2}) == Progress::stopped);
        CHECK(stage.engine().now() == opening);
        CHECK(stage.diary.edits.empty());
    }
    CHECK(stage.play(seconds{2}) == Progress::reached);
    CHECK(stage.diary.answered == Lines{"0:00:00.050 /u0 200"});
    CHECK(stage.diary.edits == Lines{"0:00:01 1"});
    CHECK(stage.engine().now() == opening + seconds{2});
}

TEST_CASE("A stepped clock moves one instant for each permission, and keeps a permission that an interrupted wait could not use")
{
    Stage stage(3);
    SteppedPacer pacer;
    stage.pacer = &pacer;
    stage.options.latency = LatencyModel::constant(seconds{2});
    stage.wire.order = WireOrder::first_first;
    stage.wire.interruptions = 1;
    pacer.allow_steps(1);
    stage.started();
    CHECK(stage.play(hours{1}) == Progress::stopped);      // the first cycle is due now, which takes no permission
    CHECK(stage.engine().now() == opening);
    CHECK(stage.wire.sent.size() == 3);
    CHECK(stage.diary.answered.empty());

    CHECK(stage.play(hours{1}) == Progress::stopped);
    CHECK(stage.engine().now() == opening + seconds{2});
    CHECK(stage.diary.answered.size() == 3);               // one instant, three replies

    pacer.allow_until(opening + minutes{20});
    CHECK(stage.play(hours{1}) == Progress::stopped);
    CHECK(stage.diary.timetable() == "0:00:00 UG, 0:20:00 G");
    CHECK(stage.engine().now() == opening + minutes{20});
    CHECK(stage.play(minutes{20}) == Progress::reached);
}

TEST_CASE("A skipping clock reaches any time asked for, and stays there")
{
    Stage stage;
    CHECK(stage.engine().step() == Progress::idle);
    CHECK(stage.play(hours{5}) == Progress::reached);
    CHECK(stage.engine().now() == opening + hours{5});
    CHECK(stage.play(hours{4}) == Progress::reached);      // past: nothing to do
    CHECK(stage.engine().now() == opening + hours{5});
}

TEST_CASE("run_until stops before the lane it is given")
{
    Stage stage(1);
    stage.started(minutes{5});
    stage.engine().edit_at(opening + minutes{5}, UpdateUser{"u0", {{"title", "x"}}});
    stage.engine().run_until(opening + minutes{5}, Lane::edit);
    CHECK(stage.diary.edits.empty());
    stage.engine().run_until(opening + minutes{5}, Lane::cycle);
    CHECK(stage.diary.edits.size() == 1);
    CHECK(stage.wire.sent.empty());
    stage.engine().run_until(opening + minutes{5}, Lane::check);
    CHECK(stage.wire.sent.size() == 1);
}

// A person at a console gives an order while the clock waits for wall time to pass.
TEST_CASE("What is ordered while the clock waits happens before what it waited for")
{
    struct Console final : Pacer {
        Engine* engine = nullptr;
        bool ordered = false;
        bool advance(TimePoint, TimePoint) override
        {
            if (!ordered && engine->now() == opening) engine->push(Push{UserId{0}, {}});
            ordered = true;
            return true;
        }
    } console;
    Stage stage(1);
    stage.pacer = &console;
    console.engine = &stage.engine();
    stage.started(minutes{30});
    stage.engine().step();
    CHECK(stage.engine().now() == opening);
    CHECK(stage.sent() == Lines{"0:00:00 GET /u0"});
    stage.play(hours{1});
    CHECK(stage.times_sent("GET /u0") == Lines{"0:00:00", "0:30:00"});
}

TEST_CASE("An edit ordered for the past is done now, and time does not run backwards")
{
    Stage stage(1);
    stage.play(hours{1});
    stage.engine().edit_at(opening, UpdateUser{"u0", {{"title", "x"}}});
    stage.engine().step();
    CHECK(stage.engine().now() == opening + hours{1});
    CHECK(stage.diary.edits == Lines{"1:00:00 1"});
}

TEST_CASE("An edit that makes no sense when it is due is refused, told, and changes nothing")
{
    Stage stage(1);
    Problems refused;
    stage.engine().on_refused([&](const Problem& problem) { refused.push_back(problem); });
    stage.engine().edit_at(opening + minutes{1}, RestoreUser{"u0"});
    stage.play(hours{1});
    CHECK(refused.size() == 1);
    CHECK(stage.diary.edits.empty());
}
