// SPDX-License-Identifier: Apache-2.0
// Input filters beside scoping filters: what each makes of an object (Graph: synchronization-filter).
#include "model/edit.h"
#include "model/scope.h"
#include "tests/catch.h"

using namespace provsim;

namespace {

struct World {
    Directory directory;
    Scope scope;

    ObjectRef user(const char* handle, const char* department)
    {
        REQUIRE(apply(directory, AddUser{handle, {{"userName", std::string(handle) + "@acme.test"}, {"department", department}}, true, {}}, {}, Draw(1)).ok());
        return directory.find_by_handle(ObjectKind::user, handle);
    }
    ScopingFilter department(ObjectKind kind, const char* attribute, const char* value)
    {
        return ScopingFilter::compile({{{{attribute, {}}, {"EQUALS", {}}, {{value, {}}}}}}, kind, directory).value();
    }
    Entitlement of(ObjectRef object) const
    {
        const View view(directory);
        return object.is_user() ? entitlement(view, scope, object.user()) : entitlement(view, scope, object.group());
    }
    std::string says(ObjectRef object) const { return describe(of(object), View(directory)); }
};

}  // namespace

TEST_CASE("Whoever fails an input filter is ignored, whether or not he is assigned; who passes is judged as ever")
{
    World world;
    const ObjectRef ada = world.user("ada", "Engineering"), bob = world.user("bob", "Sales"), eve = world.user("eve", "Engineering");
    world.directory.assign(ada, {});
    world.directory.assign(bob, {});
    world.scope.input_users = world.department(ObjectKind::user, "department", "Engineering");
    CHECK(world.says(ada) == "assigned");
    CHECK(world.says(bob) == "ignored: filter department EQUALS \"Engineering\": is \"Sales\"");
    CHECK(world.says(eve) == "not assigned to the application");
    CHECK(world.of(bob).ignored());
    CHECK_FALSE(world.of(bob).in_scope());
    CHECK_FALSE(world.of(eve).ignored());
    CHECK(users_in_scope(View(world.directory), world.scope) == std::vector<UserId>{ada.user()});
    CHECK(users_before_filters(View(world.directory), world.scope) == std::vector<UserId>{ada.user(), bob.user()});
}

TEST_CASE("The input filter comes before the scoping filter, and holds of deleted users too")
{
    World world;
    const ObjectRef ada = world.user("ada", "Sales"), bob = world.user("bob", "Engineering");
    world.scope.mode = ScopeMode::all;
    world.scope.input_users = world.department(ObjectKind::user, "department", "Engineering");
    world.scope.users = world.department(ObjectKind::user, "department", "Research");
    CHECK(world.of(ada).reason == ScopeReason::ignored_by_filter);
    CHECK(world.of(bob).reason == ScopeReason::filtered_out);
    world.directory.soft_delete(ada.user(), {});
    world.directory.soft_delete(bob.user(), {});
    CHECK(world.of(ada).reason == ScopeReason::ignored_by_filter);
    CHECK(world.of(bob).reason == ScopeReason::not_in_directory);
    world.directory.hard_delete(ada.user(), {});
    CHECK(world.of(ada).reason == ScopeReason::ignored_by_filter);
    // A row that never was is not in the directory, and nothing more.
    CHECK(world.of(UserId{77}).reason == ScopeReason::not_in_directory);
}

TEST_CASE("Groups have an input filter of their own; an ignored group still entitles its members")
{
    World world;
    const ObjectRef ada = world.user("ada", "Sales");
    const GroupId staff = world.directory.add_group({}, "staff", "Staff", {});
    world.directory.add_member(staff, ada.user(), {});
    world.directory.assign(staff, {});
    world.scope.input_groups = world.department(ObjectKind::group, "displayName", "Engineers");
    CHECK(world.says(staff) == "ignored: filter displayName EQUALS \"Engineers\": is \"Staff\"");
    CHECK(world.of(ada).in_scope());
    CHECK(groups_in_scope(View(world.directory), world.scope).empty());
}

TEST_CASE("Run files keep the numbers of the reasons, so that a new one comes last")
{
    CHECK(static_cast<int>(ScopeReason::filtered_out) == 5);
    CHECK(static_cast<int>(ScopeReason::without_role) == 6);
    CHECK(static_cast<int>(ScopeReason::ignored_by_filter) == 7);
    CHECK(static_cast<int>(ScopeReason::nested_in_assigned) == 8);
}
