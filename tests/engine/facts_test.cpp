// SPDX-License-Identifier: Apache-2.0
// The times that a profile shows and the engine keeps: what is printed is what happens.
#include "connectors/registry.h"
#include "cycle/escrow.h"
#include "cycle/quarantine.h"
#include "tests/engine/stage.h"

#include <fmt/format.h>

using namespace provsim;

namespace {

std::string entra_fact(std::string_view name)
{
    for (const Fact& fact : find_flavour("entra")->facts)
        if (fact.name == name) return fact.value;
    return "no such fact";
}

long in_hours(Duration length) { return std::chrono::duration_cast<hours>(length).count(); }

}  // namespace

TEST_CASE("A job in quarantine is tried and given up when the profile says")
{
    Quarantine quarantine;
    std::vector<long> tried;
    TimePoint now = opening;
    while (const auto next = quarantine.impose(now, QuarantineCause{})) tried.push_back(in_hours((now = *next) - opening));
    REQUIRE(tried.size() > 4);
    const long later = tried[3] - tried[2];
    for (std::size_t i = 3; i < tried.size(); ++i) CHECK(tried[i] - tried[i - 1] == later);
    CHECK(entra_fact("quarantine-ladder") == fmt::format("{} h, {} h, {} h, then every {} h", tried[0], tried[1], tried[2], later));
    CHECK(entra_fact("quarantine-end") == format_duration(now - opening));
}

TEST_CASE("What failed is tried again when the profile says")
{
    EscrowList escrow;
    const auto wait = [&] {
        escrow.fail(user_task(1), opening, minutes{40});
        return escrow.find(user_task(1))->due - opening;
    };
    CHECK(wait() <= minutes{40});       // the next cycle has it
    Duration before = wait(), last = wait();
    CHECK(last == before * 2);
    while (last != before) before = std::exchange(last, wait());
    CHECK(entra_fact("escrow-retry") == fmt::format("next cycle, then doubling, at most {} h", in_hours(last)));
}

TEST_CASE("The recycle bin keeps a user as long as the profile says")
{
    Stage stage(1);
    REQUIRE(stage.engine().edit(SoftDeleteUser{"u0"}).ok());
    Duration kept{0};
    while (stage.directory.presence(UserId{0}) == Presence::soft_deleted && kept < hours{24} * 100) {
        kept += hours{1};
        stage.engine().run_until(opening + kept, Lane::delivery);
    }
    CHECK(entra_fact("recycle-bin") == format_duration(kept));
}
