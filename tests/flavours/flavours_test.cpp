// SPDX-License-Identifier: Apache-2.0
// What every provider comes to, however it goes about it: a target that is as the directory says, and is left alone then.
#include "tests/catch.h"
#include "tests/flavours/company.h"

using namespace provsim;

namespace {

const std::vector<std::string> none;

// Something that goes wrong with so many of the next requests. A 404 would say that an object is gone, which is not so, and providers
// that believe it have nothing to tell them better.
FaultRule trouble(const Draw& draw, std::uint64_t n)
{
    static constexpr int statuses[] = {400, 401, 403, 409, 412, 429, 500, 502, 503, 504};
    static constexpr FaultKind kinds[] = {FaultKind::status, FaultKind::status, FaultKind::reset, FaultKind::lost_reply, FaultKind::latency};
    static constexpr Method methods[] = {Method::get, Method::post, Method::put, Method::patch, Method::delete_, Method::post, Method::patch, Method::patch};
    FaultRule rule;
    rule.name = "trouble" + std::to_string(n);
    rule.kind = kinds[draw.below(std::size(kinds), "kind", n)];
    rule.status = statuses[draw.below(std::size(statuses), "status", n)];
    if (draw.below(3, "polite", n) == 0) rule.retry_after = seconds{static_cast<long>(1 + draw.below(90, "patience", n))};
    rule.method = methods[draw.below(std::size(methods), "method", n)];
    if (draw.below(2, "where", n) == 0) rule.path = draw.below(2, "which", n) == 0 ? "/Users" : "/Groups";
    rule.times = 1 + draw.below(12, "times", n);
    rule.delay = seconds{static_cast<long>(draw.below(120, "late", n))};
    return rule;
}

}  // namespace

TEST_CASE("After a first synchronisation the target is as the directory says, and a second changes nothing")
{
    for (const Flavour& flavour : flavours()) {
        CAPTURE(flavour.name);
        Company company(flavour, 1);
        REQUIRE(company.settle());
        CHECK(company.differences() == none);
        CHECK(company.counter().writes() > 35);
        const auto before = company.target();
        CHECK(before.size() == 35);

        if (!company.reacts()) {        // what has not changed is not written again, nor read
            const auto sent = company.counter().writes(), runs = company.counter().runs;
            company.engine().run_until(company.engine().now() + 3 * flavour.user_cycle);
            CHECK(company.counter().runs > runs + 1);
            CHECK(company.counter().writes() == sent);
        }
        company.synchronise_again();
        REQUIRE(company.settle());
        CHECK(company.target() == before);
    }
}

TEST_CASE("What changes in the directory arrives in the target, and nothing else does")
{
    for (const Flavour& flavour : flavours()) {
        CAPTURE(flavour.name);
        Company company(flavour, 2);
        REQUIRE(company.settle());
        for (std::uint64_t n = 0; n < 24; ++n) {
            company.live(n);
            REQUIRE(company.settle());
            CAPTURE(n);
            CHECK(company.differences() == none);
        }
    }
}

// What an administrator does about what failed: has it sent again as it was, then everything as it is now.
static void mend(Company& company)
{
    company.engine().retry({});
    REQUIRE(company.settle());
    if (company.policy().retry == AdminRetry::nothing) company.engine().restart_job();     // JumpCloud: nothing can be sent again, only switched off and on
    else company.engine().act({AdminVerb::force_sync, {}});
    REQUIRE(company.settle());
    for (std::uint32_t group = 0; group < company.groups(); ++group)
        for (const AdminVerb verb : {AdminVerb::push_now, AdminVerb::resync_group}) company.engine().act({verb, GroupId{group}});
}

TEST_CASE("However much goes wrong for a while, once it is put right the target comes to be as the directory says")
{
    for (const Flavour& flavour : flavours()) {
        CAPTURE(flavour.name);
        std::uint64_t strikes = 0;
        for (std::uint64_t seed = 1; seed <= 12; ++seed) {
            CAPTURE(seed);
            const Draw draw(seed);
            FaultRule first = trouble(draw, 0);
            first.method = seed % 2 == 0 ? Method::post : Method::patch;
            // Who reacts tests the connection first, and does nothing more if that fails.
            Company company(flavour, seed, {});
            if (company.policy().reacts) REQUIRE(company.settle());
            company.faults().add(first);
            for (std::uint64_t n = 1; n <= 40; ++n) {
                company.engine().run_until(company.engine().now() + minutes{static_cast<long>(1 + draw.below(180, "pause", n))});
                company.faults().add(trouble(draw, n));
                company.live(n);
            }
            strikes += company.faults().strikes();
            company.faults().clear();
            (void)company.settle();
            if (company.policy().failures_wait) mend(company);
            REQUIRE(company.settle());
            auto differences = company.differences();
            // Nobody asks JumpCloud to take out of a group who should have left it.
            if (flavour.name == "jumpcloud") std::erase_if(differences, [](const std::string& what) { return what.find(" still has ") != std::string::npos; });
            // A deactivation that failed cannot be sent again; the account is stranded.
            for (const auto& [task, waiting] : company.engine().job().memory().waiting)
                if (waiting.failed == LoggedAction::disable) std::erase(differences, company.name(task.object.user()) + " is active");
            CHECK(differences == none);
        }
        CHECK(strikes > 150);
    }
}

TEST_CASE("To a target that says it has no PATCH, the generic provider sends none")
{
    FaultRule config;
    config.name = "old target";
    config.kind = FaultKind::answer;
    config.path = "/ServiceProviderConfig";
    config.status = 200;
    config.body = R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig"],"patch":{"supported":false}})";
    Company company(*find_flavour("generic"), 3, {config});
    REQUIRE(company.settle());
    CHECK(company.differences() == none);
    for (std::uint64_t n = 0; n < 12; ++n) company.live(n);
    REQUIRE(company.settle());
    CHECK(company.differences() == none);
    CHECK(company.counter().sent.count("PATCH") == 0);
    CHECK(company.counter().sent.at("PUT") > 20);

    // The next run asks again, and goes by what it hears.
    company.faults().clear();
    company.live(24);
    REQUIRE(company.settle());
    CHECK(company.counter().sent.at("PATCH") == 1);
    CHECK(company.differences() == none);
}
