// SPDX-License-Identifier: Apache-2.0
// The order of a run's work, and how much of it happens at once.
#include "model/check.h"
#include "tests/engine/stage.h"

#include <set>

using namespace provsim;

namespace {

// Counts conversations that are out at once, as the wire sees them: by group, and in all.
class Gauge final : public Recorder {
public:
    explicit Gauge(const ScriptedTransport& wire) : wire_(wire) {}
    unsigned most = 0, most_in_a_group = 0;
    std::set<unsigned> levels;          // how many were out whenever a reply came

    void exchanged(const ExchangeRecord& record) override
    {
        answered_.insert(record.number);
        unsigned out = 0;
        std::map<std::string, unsigned> by_group;
        for (const auto& sent : wire_.sent) {
            if (answered_.count(sent.number) != 0 && sent.number != record.number) continue;
            ++out;
            if (sent.line.compare(0, 6, "PUT /g") == 0) ++by_group[sent.line.substr(0, sent.line.rfind('/'))];
        }
        levels.insert(out);
        most = std::max(most, out);
        for (const auto& [group, n] : by_group) most_in_a_group = std::max(most_in_a_group, n);
    }

private:
    const ScriptedTransport& wire_;
    std::set<ExchangeNumber> answered_;
};

void fill(Stage& stage, unsigned groups, unsigned users)
{
    for (unsigned g = 0; g < groups; ++g)
        for (unsigned u = 0; u < users; ++u) stage.directory.add_member(GroupId{g}, UserId{u}, opening);
    stage.directory.forget_changes();
}

// When the last of the exchanges before `number` was answered.
TimePoint last_reply_before(const Stage& stage, ExchangeNumber number)
{
    TimePoint last = opening;
    for (ExchangeNumber before = 1; before < number; ++before) last = std::max(last, stage.diary.answered_at.at(before));
    return last;
}

}  // namespace

TEST_CASE("A phase begins when the one before it is over: probe, users, managers, groups, members")
{
    Stage stage(3, 2);
    stage.connector.probe = true;
    stage.directory.set_manager(UserId{0}, UserId{2}, opening);
    fill(stage, 2, 1);
    stage.options.latency = LatencyModel::around(milliseconds{100}, milliseconds{900});
    stage.started();
    stage.play(minutes{10});

    // What was sent at one instant, instant by instant; each phase starts together, at the last reply of the one before.
    std::vector<Lines> phases;
    TimePoint at = opening - seconds{1};
    for (const auto& sent : stage.wire.sent) {
        if (sent.at != at) {
            phases.emplace_back();
            CHECK(sent.at == (phases.size() == 1 ? opening : last_reply_before(stage, sent.number)));
        }
        at = sent.at;
        phases.back().push_back(sent.line);
    }
    CHECK(phases == std::vector<Lines>{{"GET /probe"}, {"GET /u0", "GET /u1", "GET /u2"}, {"GET /u0/manager"}, {"GET /g0", "GET /g1"},
                                       {"PUT /g0/u0", "PUT /g1/u0"}});
}

TEST_CASE("A later phase sees the links that an earlier one made")
{
    Stage stage(2, 1);
    fill(stage, 1, 2);
    stage.directory.set_manager(UserId{0}, UserId{1}, opening);
    stage.started();
    stage.play(minutes{1});
    CHECK(stage.count_sent("PUT /g0/u1") == 1);
    CHECK(stage.count_sent("GET /u0/manager") == 1);
    CHECK(stage.engine().job().memory().deferred.empty());
    CHECK(stage.engine().job().memory().links.find(UserId{1})->target_id == "id-u1");
}

TEST_CASE("A task spawned by another runs once, in the phase it was spawned for")
{
    Stage stage(8);
    for (unsigned u = 0; u < 7; ++u) stage.directory.set_manager(UserId{u}, UserId{7}, opening);
    stage.directory.forget_changes();
    stage.connector.own.max_in_flight = 2;
    stage.started();
    stage.play(minutes{1});
    REQUIRE(stage.wire.sent.size() == 15);
    for (unsigned u = 0; u < 8; ++u) CHECK(stage.wire.sent[u].line == "GET /u" + std::to_string(u));
    for (unsigned u = 0; u < 7; ++u) CHECK(stage.wire.sent[8 + u].line == "GET /u" + std::to_string(u) + "/manager");
    CHECK(stage.diary.ended[0].tasks == 15);
}

TEST_CASE("A run holds as many conversations as its provider allows, and no more")
{
    const unsigned limit = GENERATE(1u, 2u, 5u, 40u);
    Stage stage(30);
    stage.connector.own.max_in_flight = limit;
    stage.options.latency = LatencyModel::around(milliseconds{100}, milliseconds{300});
    Gauge gauge(stage.wire);
    stage.engine().add(gauge);
    stage.started();
    stage.play(minutes{1});
    CHECK(stage.wire.sent.size() == 30);
    CHECK(gauge.most == std::min(limit, 30u));
    // Used fully: fewer are out only towards the end, one less with each reply.
    if (limit < 30) CHECK(gauge.levels.size() == limit);
}

TEST_CASE("A group's memberships keep to their own limit, and leave the rest to other groups")
{
    struct Row { unsigned in_flight, per_group, most, most_in_a_group; };
    const Row rows[] = {{5, 5, 5, 5}, {5, 1, 2, 1}, {8, 3, 8, 3}, {4, 9, 4, 4}, {1, 1, 1, 1}};
    for (const Row& row : rows) {
        CAPTURE(row.in_flight, row.per_group);
        Stage stage(6, 3);
        fill(stage, 3, 6);
        stage.connector.own.max_in_flight = row.in_flight;
        stage.connector.own.max_in_flight_per_group = row.per_group;
        stage.options.latency = LatencyModel::around(milliseconds{100}, milliseconds{300});
        Gauge gauge(stage.wire);
        stage.engine().add(gauge);
        stage.started();
        stage.play(minutes{1});
        CHECK(stage.diary.ended[0].members_added == 18);
        CHECK(gauge.most_in_a_group == row.most_in_a_group);
        CHECK(gauge.most >= row.most);
        CHECK(gauge.most <= row.in_flight);
    }
}

TEST_CASE("Two tasks about one object in one phase take turns")
{
    Stage stage(1);
    stage.connector.steps = 2;
    // The same object from two reasons: provisioning, and a task of another kind in the same phase.
    stage.connector.more = {{Phase::users, {Action::set_manager, UserId{0}, UserId{0}}}};
    stage.connector.own.max_in_flight = 4;
    stage.started();
    stage.play(minutes{1});
    CHECK(stage.sent() == Lines{"0:00:00 GET /u0", "0:00:00.050 GET /u0?step=2"});
    CHECK(stage.diary.log == Lines{"set_manager /u0/u0 skipped NotLinkedYet", "provision /u0 success"});
}

TEST_CASE("A reply that asks for patience has the same request sent again, that much later, within the run")
{
    Stage stage(2);
    stage.wire.answers["/u0"] = {{429, {}, "30"}, {429, {}, "600"}, {200, {}, {}}};
    stage.retitle("u0", "Countess");
    stage.started();
    stage.play(hours{1});
    CHECK(stage.times_sent("GET /u0") == Lines{"0:00:00", "0:00:30.050", "0:10:30.100"});
    for (const auto& sent : stage.wire.sent)
        if (sent.line == "GET /u0") CHECK(sent.body == "Countess");
    REQUIRE_FALSE(stage.diary.ended.empty());
    CHECK(stage.diary.ended[0].ended == opening + seconds{630} + milliseconds{150});
    CHECK(stage.diary.ended[0].requests == 4);
    CHECK(stage.diary.ended[0].created == 2);
    CHECK(stage.engine().job().memory().escrow.size() == 0);
}

TEST_CASE("A run's counters tell what happened in it")
{
    Stage stage(3, 1);
    fill(stage, 1, 3);
    stage.wire.answers["/u2"] = {{500, {}, {}}};
    stage.started();
    stage.play(minutes{1});
    const RunInfo& run = stage.diary.ended.at(0);
    CHECK(run.tasks == 7);
    CHECK(run.requests == 6);
    CHECK(run.writes == 2);
    CHECK(run.created == 3);
    CHECK(run.members_added == 2);
    CHECK(run.failed == 1);
    CHECK(run.skipped == 1);
    CHECK(stage.diary.log.size() == 7);
}

#ifndef NDEBUG
TEST_CASE("In checked builds a connector that asks differently when asked twice is our bug")
{
    Stage stage(1);
    stage.connector.impure = true;
    stage.started();
    CHECK_THROWS_AS(stage.play(minutes{1}), OurBug);
}
#endif

TEST_CASE("A provider without room for one conversation, or without a timeout, is our bug")
{
    Stage stage;
    SECTION("conversations") { stage.connector.own.max_in_flight = 0; }
    SECTION("memberships") { stage.connector.own.max_in_flight_per_group = 0; }
    SECTION("timeout") { stage.connector.own.request_timeout = Duration{0}; }
    SECTION("interval") { stage.options.schedule.groups = Duration{0}; }
    CHECK_THROWS_AS(stage.engine(), OurBug);
}
