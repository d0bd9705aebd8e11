// SPDX-License-Identifier: Apache-2.0
// Providers that react: a change's work waits in the backlog, and is begun a while later.
#include "tests/engine/stage.h"

using namespace provsim;

namespace {

constexpr unsigned updated = 1u << static_cast<unsigned>(ChangeKind::user_updated);
constexpr unsigned disabled = 1u << static_cast<unsigned>(ChangeKind::user_disabled);

struct Reacting : Stage {
    explicit Reacting(unsigned users = 0, unsigned groups = 0) : Stage(users, groups)
    {
        options.policy.reacts = true;
        options.policy.start_delay = LatencyModel::constant(seconds{2});
        options.policy.failures_wait = true;
        options.schedule.on_change = true;
        options.latency = LatencyModel::constant(milliseconds{50});
    }
    void edit(const Edit& what) { REQUIRE(engine().edit(what).ok()); }
};

std::string user_path(unsigned user, unsigned why) { return "GET /u" + std::to_string(user) + "/why" + std::to_string(why); }

}  // namespace

TEST_CASE("A change is begun after the provider's start delay, with no cycle and no watermark")
{
    Reacting stage(2);
    stage.started();
    stage.play(minutes{1});
    stage.retitle("u1", "new");
    stage.play(hours{2});
    CHECK(stage.sent() == Lines{"0:01:02 " + user_path(1, updated)});
    CHECK(stage.wire.sent[0].body == "new");
    REQUIRE(stage.diary.ended.size() == 1);
    CHECK(stage.diary.ended[0].kind == RunKind::on_change);
    CHECK(stage.engine().job().quiet());
    CHECK_FALSE(stage.engine().job().status().next_cycle);
}

TEST_CASE("What waits of one user is one task with all its reasons, and sees him as he is when it begins")
{
    Reacting stage(1);
    stage.started();
    stage.retitle("u0", "first");
    stage.play(seconds{1});
    stage.retitle("u0", "second");
    stage.edit(DisableUser{"u0"});
    stage.play(minutes{1});
    CHECK(stage.sent() == Lines{"0:00:02 " + user_path(0, updated | disabled)});
    CHECK(stage.wire.sent[0].body == "second");
}

TEST_CASE("A change that comes while its user's conversation runs is another conversation, behind it")
{
    Reacting stage(1);
    stage.options.latency = LatencyModel::constant(seconds{10});
    stage.started();
    stage.retitle("u0", "first");
    stage.play(seconds{5});
    stage.retitle("u0", "second");
    stage.play(minutes{1});
    CHECK(stage.sent() == Lines{"0:00:02 " + user_path(0, updated), "0:00:12 " + user_path(0, updated)});
}

TEST_CASE("Between an answer and the next request of one conversation lies the provider's own time")
{
    Reacting stage(1);
    stage.connector.steps = 2;
    stage.options.policy.least_gap = stage.options.policy.most_gap = milliseconds{200};
    stage.started();
    stage.retitle("u0", "x");
    stage.play(minutes{1});
    CHECK(stage.sent() == Lines{"0:00:02 " + user_path(0, updated), "0:00:02.250 " + user_path(0, updated) + "?step=2"});
}

TEST_CASE("Whoever is told to be patient lets others pass, and doubles his waits")
{
    Reacting stage(3);
    stage.connector.own.max_in_flight = 1;
    stage.connector.aside = true;
    stage.wire.answers[user_path(0, updated).substr(4)] = {{429, Failure::none, "120"}, {429, Failure::none, "120"}, {}};
    stage.started();
    for (const char* user : {"u0", "u1", "u2"}) stage.retitle(user, "x");
    stage.play(hours{1});
    CHECK(stage.times_sent(user_path(0, updated)) == Lines{"0:00:02", "0:02:02.050", "0:06:02.100"});
    CHECK(stage.times_sent(user_path(1, updated)) == Lines{"0:00:02.050"});
    CHECK(stage.times_sent(user_path(2, updated)) == Lines{"0:00:02.100"});
    CHECK(stage.engine().job().quiet());
}

TEST_CASE("A follow-up is work of its own, some time behind what it follows")
{
    Reacting stage(1, 1);
    stage.connector.follow = {seconds{4}, seconds{5}};
    stage.started();
    stage.retitle("u0", "x");
    stage.play(minutes{1});
    REQUIRE(stage.wire.sent.size() == 2);
    CHECK(stage.wire.sent[1].line == "GET /g0/members");
    CHECK(stage.wire.sent[1].body == "followed");
    const Duration behind = stage.wire.sent[1].at - stage.diary.answered_at[1];
    CHECK(behind >= seconds{4});
    CHECK(behind <= seconds{5});
}

TEST_CASE("What failed waits for an administrator, whose retry sends it as it was")
{
    Reacting stage(1);
    stage.wire.answers[user_path(0, updated).substr(4)] = {{400, Failure::none, ""}, {}};
    stage.started();
    stage.retitle("u0", "as it was");
    stage.play(minutes{10});
    CHECK(stage.sent().size() == 1);
    CHECK(stage.engine().job().status().waiting == 1);
    CHECK(stage.engine().mark_complete(GroupId{0}) == 0);
    CHECK(stage.engine().retry(UserId{0}) == 1);
    stage.play(minutes{11});
    REQUIRE(stage.wire.sent.size() == 2);
    CHECK(stage.wire.sent[1].line == user_path(0, updated));
    CHECK(stage.wire.sent[1].body == stage.wire.sent[0].body);
    CHECK(stage.engine().job().status().waiting == 0);
}

TEST_CASE("A failed deactivation can only be marked complete where the provider says so")
{
    Reacting stage(1);
    stage.options.policy.retry = AdminRetry::all_but_deactivations;
    stage.connector.leaving.insert(ObjectRef(UserId{0}).key());
    stage.wire.answers[user_path(0, disabled).substr(4)] = {{502, Failure::none, ""}};
    stage.started();
    stage.edit(DisableUser{"u0"});
    stage.play(minutes{1});
    CHECK(stage.engine().job().status().waiting == 1);
    CHECK(stage.engine().retry({}) == 0);
    CHECK(stage.engine().mark_complete(UserId{0}) == 1);
    stage.play(minutes{2});
    CHECK(stage.sent().size() == 1);
}

TEST_CASE("A failed task that is done by a later change, or marked complete, waits no more")
{
    Reacting stage(2);
    for (unsigned user : {0u, 1u}) stage.wire.answers[user_path(user, updated).substr(4)] = {{400, Failure::none, ""}, {}};
    stage.started();
    stage.retitle("u0", "x");
    stage.retitle("u1", "x");
    stage.play(minutes{1});
    CHECK(stage.engine().job().status().waiting == 2);
    stage.retitle("u0", "y");
    stage.play(minutes{2});
    CHECK(stage.engine().job().status().waiting == 1);
    CHECK(stage.engine().mark_complete({}) == 1);
    CHECK(stage.engine().job().status().waiting == 0);
    CHECK(stage.engine().retry({}) == 0);
}

TEST_CASE("Members of one group share a request, additions and removals if the provider mixes them")
{
    for (const bool mixed : {false, true}) {
        Reacting stage(4, 1);
        stage.connector.own.members_per_request = 10;
        stage.connector.own.mixed_members = mixed;
        for (unsigned user = 0; user < 4; ++user) stage.directory.add_member(GroupId{0}, UserId{user}, opening);
        stage.directory.forget_changes();
        stage.started();
        stage.retitle("u1", "linked by this");
        stage.play(minutes{1});
        stage.edit(RemoveMembers{"g0", {"u0", "u1"}});
        stage.edit(RemoveMembers{"g0", {"u2"}});
        stage.edit(AddMembers{"g0", {"u1"}});
        stage.play(minutes{2});
        CHECK(stage.sent().size() == 3u - mixed);
    }
}

TEST_CASE("With cycles, what changes meanwhile is begun at the next beat of its timer")
{
    Reacting stage(1, 1);
    stage.options.schedule = {minutes{40}, minutes{20}};
    stage.started(minutes{5});
    stage.play(minutes{6});
    stage.retitle("u0", "x");
    stage.edit(RenameGroup{"g0", "Other"});
    stage.play(hours{1});
    CHECK(stage.times_sent(user_path(0, updated)) == Lines{"0:45:00"});
    const std::string group = "GET /g0/why" + std::to_string(1u << static_cast<unsigned>(ChangeKind::group_renamed));
    CHECK(stage.times_sent(group) == Lines{"0:25:00"});
    CHECK(stage.diary.timetable() == "0:05:00 UG, 0:25:00 G, 0:45:00 UG");
}

TEST_CASE("Imports come by the provider's schedule, counted from the start, and not while provisioning is stopped")
{
    Reacting stage(0, 1);
    stage.options.policy.import_every = hours{1};
    stage.options.policy.start_delay = LatencyModel::constant(Duration{0});
    stage.started(minutes{5});
    stage.play(hours{2} + minutes{30});
    CHECK(stage.times_sent("GET /import") == Lines{"1:05:00", "2:05:00"});
    stage.engine().stop_job();
    stage.play(hours{5});
    CHECK(stage.count_sent("GET /import") == 2);
}

TEST_CASE("A connection that fails its test ends provisioning until it is started again")
{
    Reacting stage(1);
    stage.connector.probe = true;
    stage.wire.answers["/probe"] = {{401, Failure::none, ""}, {}};
    stage.started();
    stage.play(minutes{1});
    CHECK(stage.diary.job.back() == "0:00:00.050 NotRun: Unauthorized: the target answered 401");
    stage.retitle("u0", "lost");
    stage.play(minutes{2});
    CHECK(stage.sent() == Lines{"0:00:00 GET /probe"});
    stage.engine().start_job();
    stage.play(minutes{3});
    stage.retitle("u0", "sent");
    stage.play(minutes{4});
    CHECK(stage.sent().size() == 3);
}

TEST_CASE("While provisioning is stopped nothing is taken up, and nothing of it comes later")
{
    Reacting stage(2);
    stage.started();
    stage.retitle("u0", "waits");
    stage.engine().stop_job();
    stage.retitle("u1", "unseen");
    stage.play(minutes{10});
    stage.engine().start_job();
    stage.play(minutes{20});
    CHECK(stage.sent().empty());
}

TEST_CASE("A rule pushes the groups whose names fit, now and as they come")
{
    Reacting stage(0, 2);
    stage.started();
    stage.engine().add_push_rule({"teams", PushRule::Match::starts_with, "group G1"});
    stage.play(minutes{1});
    CHECK(stage.count_sent("GET /g1/members") == 1);
    CHECK(stage.count_sent("GET /g0/members") == 0);
    stage.edit(RenameGroup{"g0", "Group g1 too"});
    stage.play(minutes{2});
    CHECK(stage.count_sent("GET /g0/members") == 1);
    CHECK(stage.engine().stop_push_rule("teams"));
    CHECK_FALSE(stage.engine().stop_push_rule("others"));
    stage.edit(AddGroup{"g2", "Group g1 as well", {}});
    stage.play(minutes{3});
    CHECK(stage.count_sent("GET /g2/members") == 0);
}

TEST_CASE("Cycles of a provider with watermarks can follow changes instead of a clock")
{
    Stage stage(2);
    stage.options.schedule.on_change = true;
    stage.options.schedule.delay = seconds{5};
    stage.connector.members = false;
    stage.started();
    stage.play(minutes{10});
    stage.retitle("u1", "x");
    stage.play(hours{3});
    CHECK(stage.diary.timetable() == "0:00:00 UG, 0:10:05 UG");
    CHECK(stage.times_sent("GET /u1") == Lines{"0:00:00", "0:10:05"});
}
