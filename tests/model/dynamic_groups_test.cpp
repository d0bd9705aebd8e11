// SPDX-License-Identifier: Apache-2.0
#include "model/dynamic_groups.h"

#include "tests/catch.h"

using namespace provsim;

namespace {

struct Tenant {
    Directory directory;
    DynamicGroups groups;
    TimePoint now{};

    ScopingFilter rule(const char* attribute, const char* op, const char* value)
    {
        FilterClauseText clause{{attribute, {}}, {op, {}}, {}};
        if (*value) clause.values.push_back({value, {}});
        return ScopingFilter::compile({{clause}}, ObjectKind::user, directory).value();
    }
    Result<Position> edit(const Edit& edit) { return groups.edit(directory, edit, now += seconds{1}, Draw(1)); }
    void add(const std::string& handle, const std::string& department)
    {
        REQUIRE(edit(AddUser{handle, {{"userName", handle + "@acme.test"}, {"department", department}}, true, {}}));
    }
    // "ada, grace" in the order of joining.
    std::string members(const char* group) const
    {
        std::string text;
        for (const UserId user : directory.members(find_object(directory, group, ObjectKind::group).group()))
            text += (text.empty() ? "" : ", ") + std::string(directory.handle(user));
        return text;
    }
};

}  // namespace

TEST_CASE("Members of a group with a rule are those who fit it, whoever was there first")
{
    Tenant tenant;
    tenant.add("ada", "Engineering");
    tenant.add("grace", "Sales");
    REQUIRE(tenant.edit(AddGroup{"engineers", "Engineers", {}, tenant.rule("department", "equals", "Engineering")}));
    CHECK(tenant.members("engineers") == "ada");
    tenant.add("alan", "Engineering");
    CHECK(tenant.members("engineers") == "ada, alan");
    REQUIRE(tenant.edit(UpdateUser{"grace", {{"department", "Engineering"}}}));
    REQUIRE(tenant.edit(UpdateUser{"ada", {{"department", "Research"}}}));
    CHECK(tenant.members("engineers") == "alan, grace");
}

TEST_CASE("Memberships that follow a rule stand in the change log behind the edit, and come only of what the rule looks at")
{
    Tenant tenant;
    tenant.add("ada", "Sales");
    REQUIRE(tenant.edit(AddGroup{"engineers", "Engineers", {}, tenant.rule("department", "equals", "Engineering")}));
    const Position from = tenant.directory.changes().head();
    const auto head = tenant.edit(UpdateUser{"ada", {{"department", "Engineering"}}});
    REQUIRE(head);
    REQUIRE(head.value() == from + 2);
    const ChangeLog& log = tenant.directory.changes();
    CHECK(log[from].kind == ChangeKind::user_updated);
    CHECK(log[from + 1].kind == ChangeKind::member_added);
    CHECK(log[from + 1].object == find_object(tenant.directory, "engineers"));
    CHECK(log[from + 1].other == find_object(tenant.directory, "ada"));
    CHECK(tenant.edit(UpdateUser{"ada", {{"title", "Countess"}}}).value() == from + 3);
}

TEST_CASE("A rule may ask whether one may sign in, and somebody who comes back is looked at anew")
{
    Tenant tenant;
    tenant.add("ada", "Sales");
    REQUIRE(tenant.edit(AddGroup{"active", "Active", {}, tenant.rule("accountEnabled", "is true", "")}));
    REQUIRE(tenant.edit(ChangeState{"ada", StateVerb::suspend}));
    CHECK(tenant.members("active").empty());
    REQUIRE(tenant.edit(ChangeState{"ada", StateVerb::unsuspend}));
    CHECK(tenant.members("active") == "ada");

    REQUIRE(tenant.edit(AddGroup{"sales", "Sales", {}, tenant.rule("department", "equals", "Sales")}));
    REQUIRE(tenant.edit(SoftDeleteUser{"ada"}));
    CHECK(tenant.members("sales").empty());
    REQUIRE(tenant.edit(RestoreUser{"ada"}));
    CHECK(tenant.members("sales") == "ada");
}

TEST_CASE("Nobody can be put into a group with a rule, or taken out of it")
{
    Tenant tenant;
    tenant.add("ada", "Sales");
    REQUIRE(tenant.edit(AddGroup{"engineers", "All engineers", {}, tenant.rule("department", "equals", "Engineering")}));
    const auto refusal = [&](const Edit& edit) {
        const auto result = tenant.edit(edit);
        REQUIRE_FALSE(result);
        return format_problem(result.problems().front());
    };
    CHECK(refusal(AddMembers{"engineers", {"ada"}}) ==
          "error: the members of group:engineers follow its rule, so none can be added; change what the rule looks at: user.update  [dynamic-group]");
    CHECK(refusal(RemoveMembers{"All engineers", {"ada"}}).find("none can be removed") != std::string::npos);
    CHECK(refusal(AddGroup{"both", "Both", {"ada"}, tenant.rule("title", "is not null", "")}).find("has a rule and members") != std::string::npos);
    CHECK(tenant.members("engineers").empty());
    // A group of the same name that comes later has no rule of its own.
    REQUIRE(tenant.edit(DeleteGroup{"engineers"}));
    REQUIRE(tenant.edit(AddGroup{"engineers", "All engineers", {}}));
    CHECK(tenant.edit(AddMembers{"engineers", {"ada"}}));
}
