// SPDX-License-Identifier: Apache-2.0
// What evaluating an object costs (Entra: application-provisioning-when-will-provisioning-finish-specific-user).
#include "cycle/pace.h"
#include "tests/engine/stage.h"

using namespace provsim;

namespace {

struct Published : Stage {
    explicit Published(unsigned users, unsigned groups = 0) : Stage(users, groups)
    {
        options.schedule = {minutes{40}, minutes{40}, true};
        options.policy.least_object_cost = milliseconds{600};
        options.policy.most_object_cost = milliseconds{4800};
    }
};

}  // namespace

TEST_CASE("By the published formula N objects take between 0.01 N and 0.08 N minutes, one after the other")
{
    for (const unsigned users : {1u, 10u, 300u}) {
        CAPTURE(users);
        Published stage(users, 1);
        stage.options.seed = users;
        stage.started();
        stage.play(hours{1});
        const RunInfo& cycle = stage.diary.ended.at(0);
        const Duration took = cycle.ended - cycle.began;
        CHECK(cycle.objects == users + 1);
        CHECK(took >= milliseconds{600} * (users + 1));
        CHECK(took <= milliseconds{4800} * (users + 1));
        for (std::size_t i = 1; i < stage.wire.sent.size(); ++i) {
            const Duration wait = stage.wire.sent[i].at - stage.wire.sent[i - 1].at;
            CHECK(wait >= milliseconds{600});
            CHECK(wait <= milliseconds{4800});
        }
    }
}

TEST_CASE("The cost of an object is the same in each run of a seed, and another in another cycle")
{
    Pace first(milliseconds{600}, milliseconds{4800}), again = first;
    CHECK(first.take(Draw(1), UserId{7}, 1, opening) == again.take(Draw(1), UserId{7}, 1, opening));
    CHECK(first.take(Draw(1), UserId{8}, 1, opening) != again.take(Draw(1), UserId{8}, 2, opening));
    CHECK_FALSE(Pace(Duration{0}, Duration{0}).on());
    CHECK_FALSE(Pace(Duration{0}, Duration{0}).busy(opening));
}

TEST_CASE("Entra assertion 8 (documented, the start inferred): a cycle longer than the interval is followed by the next at its end")
{
    Published stage(1200);
    stage.started();
    stage.play(hours{2});
    const RunInfo& first = stage.diary.ended.at(0);
    REQUIRE(first.ended - first.began > minutes{40});
    REQUIRE(first.ended - first.began < minutes{80});
    CHECK(stage.diary.ended.at(1).began == first.ended);
    CHECK(stage.diary.ended.at(1).overrun == first.ended - first.began - minutes{40});
    CHECK(stage.diary.ended.at(1).kind == RunKind::incremental);
}

TEST_CASE("References and pushes cost no more than their requests")
{
    Published stage(20, 1);
    for (std::uint32_t i = 0; i < 20; ++i) stage.directory.add_member(GroupId{0}, UserId{i}, opening);
    stage.directory.forget_changes();
    stage.started();
    stage.play(minutes{30});
    std::vector<TimePoint> members;
    for (const auto& sent : stage.wire.sent)
        if (sent.line.substr(0, 3) == "PUT") members.push_back(sent.at);
    REQUIRE(members.size() == 20);
    CHECK(members.back() - members.front() == milliseconds{150});
    stage.engine().push({UserId{1}, {}});
    stage.play(minutes{31});
    CHECK(stage.diary.ended.back().ended == opening + minutes{30} + milliseconds{50});
}

TEST_CASE("A paused cycle that is paced goes on where it stopped")
{
    Published stage(100);
    stage.started();
    stage.play(minutes{1});
    const std::size_t before = stage.wire.sent.size();
    REQUIRE(before < 100);
    stage.engine().pause_job();
    stage.play(hours{1});
    CHECK(stage.wire.sent.size() == before);
    stage.engine().start_job();
    stage.play(hours{2});
    CHECK(stage.wire.sent.size() == 100);
    CHECK(stage.diary.ended.at(0).created == 100);
}
