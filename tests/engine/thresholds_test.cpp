// SPDX-License-Identifier: Apache-2.0
// When failures of objects put the job into quarantine (Entra: application-provisioning-quarantine-status).
#include "cycle/thresholds.h"
#include "tests/engine/stage.h"

using namespace provsim;

namespace {

struct Joining : Stage {
    Joining() { options.schedule = {minutes{40}, minutes{40}, true}; }
    // So many more users, of whom the first `failing` fail.
    void join(unsigned users, unsigned failing)
    {
        for (unsigned i = 0; i < users; ++i) {
            const UserId user = add_user();
            if (i < failing) wire.answers["/u" + std::to_string(row(user))] = {{500, {}, {}}};
        }
    }
    JobStatus status() { return engine().job().status(); }
};

struct SmallLimits : Joining {
    SmallLimits()
    {
        options.policy.thresholds = {true, 10, 40, 20, 30};
        connector.own.max_in_flight = 1;
    }
};

}  // namespace

TEST_CASE("Entra assertion 49 (documented): the published examples of the escrow thresholds")
{
    struct Row { unsigned fail, of; const char* reason; };
    const Row rows[] = {
        {4'000, 4'500, "none"},
        {30'000, 35'000, "EncounteredEscrowProportionThreshold"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.fail, row.of);
        Joining stage;
        stage.options.latency = LatencyModel::constant(milliseconds{1});
        stage.started();
        stage.play(minutes{1});         // an initial cycle over nobody
        stage.join(row.of, row.fail);
        stage.play(minutes{79});
        const auto quarantine = stage.status().quarantine;
        CHECK((quarantine ? to_string(quarantine->cause.reason) : "none") == row.reason);
        CHECK(stage.engine().job().state() == (quarantine ? JobState::quarantine : JobState::active));
    }
    // The larger examples, by the rules alone.
    RunInfo cycle;
    cycle.objects = 120'000;
    cycle.failed_objects = 20'000;
    CHECK_FALSE(proportion_exceeded({}, cycle));
    EscrowList escrow;
    for (std::uint32_t i = 0; i < 45'000; ++i) escrow.fail(user_task(i), opening, minutes{40});
    CHECK(threshold_reached({}, escrow) == QuarantineReason::base_threshold);
}

TEST_CASE("Entra assertion 49 (documented): 40,000 objects and 21,000 references that failed are too many in all")
{
    EscrowList escrow;
    const EscrowThresholds limits;
    for (std::uint32_t i = 0; i < 40'000; ++i) escrow.fail(user_task(i), opening, minutes{40});
    CHECK_FALSE(threshold_reached(limits, escrow));
    for (std::uint32_t i = 0; i < 19'999; ++i) escrow.fail(member_task(1, i), opening, minutes{40});
    CHECK_FALSE(threshold_reached(limits, escrow));
    escrow.fail(member_task(2, 1), opening, minutes{40});
    CHECK(threshold_reached(limits, escrow) == QuarantineReason::total_threshold);
    escrow.fail(user_task(40'000), opening, minutes{40});
    CHECK(threshold_reached(limits, escrow) == QuarantineReason::base_threshold);
    escrow.forget(user_task(40'000));
    escrow.forget(member_task(2, 1));
    CHECK_FALSE(threshold_reached(limits, escrow));
    EscrowThresholds off;
    off.on = false;
    escrow.fail(user_task(50'000), opening, minutes{40});
    CHECK_FALSE(threshold_reached(off, escrow));
}

TEST_CASE("The base threshold halts an incremental cycle at once; its watermark does not move")
{
    SmallLimits stage;
    stage.started();
    stage.play(minutes{1});
    stage.join(100, 50);
    stage.play(minutes{50});
    CHECK(stage.wire.sent.size() == 21);
    CHECK(stage.diary.ended.back().halted == "EncounteredBaseEscrowThreshold");
    CHECK(stage.engine().job().users().watermark == 0u);
    const auto quarantine = stage.status().quarantine;
    REQUIRE(quarantine);
    CHECK(quarantine->cause.reason == QuarantineReason::base_threshold);
    CHECK(quarantine->cause.code == "Failed");
    CHECK(quarantine->next_attempt == quarantine->began + hours{6});

    // The target is repaired: the attempt tries all that failed, and what it had not come to.
    stage.wire.answers.clear();
    stage.play(hours{8});
    CHECK(stage.engine().job().state() == JobState::active);
    CHECK(stage.status().synchronized_users == 100);
    CHECK(stage.status().in_escrow == 0);
}

TEST_CASE("The proportion is looked at when a cycle is over; the attempts try all that failed")
{
    SmallLimits stage;
    stage.started();
    stage.play(minutes{1});
    stage.join(30, 13);
    stage.play(minutes{50});
    CHECK(stage.status().quarantine->cause.reason == QuarantineReason::proportion_threshold);
    CHECK(stage.status().quarantine->cause.message == "13 of 30 objects failed");
    CHECK(stage.engine().job().users().watermark == 30u);
    stage.play(hours{14});
    CHECK(stage.status().quarantine->series_count == 3);
    CHECK(stage.count_sent("GET /u12") == 3);
    CHECK(stage.count_sent("GET /u29") == 1);
}

TEST_CASE("An initial cycle that reaches a threshold forgets what failed, runs to its end, and the job pauses (Graph: escrowsPruned)")
{
    SmallLimits stage;
    stage.join(100, 25);
    stage.directory.forget_changes();
    stage.started();
    stage.play(hours{10});
    CHECK(stage.wire.sent.size() == 100);
    CHECK(stage.engine().job().state() == JobState::paused);
    CHECK(stage.status().escrows_pruned);
    CHECK(stage.status().in_escrow == 4);       // the 21st made them forget; four failed after it
    CHECK_FALSE(stage.status().quarantine);

    stage.wire.answers.clear();
    stage.engine().restart_job();
    stage.play(hours{11});
    CHECK(stage.engine().job().state() == JobState::active);
    CHECK_FALSE(stage.status().escrows_pruned);
    CHECK(stage.status().synchronized_users == 100);
}
