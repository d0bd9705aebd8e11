// SPDX-License-Identifier: Apache-2.0
#include "tests/catch.h"

#include "model/check.h"
#include "model/result.h"

using namespace provsim;

TEST_CASE("A problem is printed with its place, its remedy and its code, each only when known")
{
    Problem problem{Severity::error, "duration", "\"40 minutes\" is not a duration", "try 40m", {"scenario.yaml", 39, 12}};
    CHECK(format_problem(problem) == "scenario.yaml:39:12: error: \"40 minutes\" is not a duration; try 40m  [duration]");
    problem.place.column = 0;
    CHECK(format_problem(problem) == "scenario.yaml:39: error: \"40 minutes\" is not a duration; try 40m  [duration]");
    problem.place.line = 0;
    problem.place.column = 12;
    CHECK(format_problem(problem) == "scenario.yaml: error: \"40 minutes\" is not a duration; try 40m  [duration]");
    problem.place.file.clear();
    problem.remedy.clear();
    CHECK(format_problem(problem) == "error: \"40 minutes\" is not a duration  [duration]");
    problem.code.clear();
    problem.severity = Severity::warning;
    CHECK(format_problem(problem) == "warning: \"40 minutes\" is not a duration");
}

TEST_CASE("A result is a value or the problems that kept it from being made")
{
    const Result<int> good(3);
    CHECK(good.ok());
    CHECK(good.value() == 3);
    const Result<int> bad(Problem{Severity::error, "code", "what", "", {}});
    CHECK_FALSE(bad);
    REQUIRE(bad.problems().size() == 1);
    CHECK(bad.problems()[0].code == "code");
}

TEST_CASE("A failed check says where, what and why; one that holds says nothing")
{
    const int three = 3;
    CHECK_NOTHROW([&] { PROVSIM_CHECK(three == 3); }());
    try {
        PROVSIM_CHECK(three == 4, "three is a constant");
        FAIL("the check did not throw");
    } catch (const OurBug& bug) {
        const std::string what = bug.what();
        CHECK_THAT(what, Catch::Matchers::ContainsSubstring("result_test.cpp:"));
        CHECK_THAT(what, Catch::Matchers::EndsWith("check failed: three == 4: three is a constant"));
    }
    try {
        PROVSIM_CHECK(three == 4);
        FAIL("the check did not throw");
    } catch (const OurBug& bug) {
        CHECK_THAT(std::string(bug.what()), Catch::Matchers::EndsWith("check failed: three == 4"));
    }
}
