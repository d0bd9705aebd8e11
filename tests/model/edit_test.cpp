// SPDX-License-Identifier: Apache-2.0
#include "tests/catch.h"

#include "model/edit.h"
#include "tests/model/plain_world.h"

using namespace provsim;
using namespace std::chrono_literals;

namespace {

const TimePoint now{1'772'442'000'000ms};
const Draw draw{7};

// Ada and Grace are there, Bob is in the recycle bin; the engineers are {ada}, inside staff; "twins" is a user and a group.
Directory small()
{
    Directory directory;
    const Edit edits[] = {
        AddUser{"ada", {{"userName", "ada@acme.test"}, {"displayName", "Ada Lovelace"}, {"department", "Engineering"}}, true, ""},
        AddUser{"grace", {{"userName", "grace@acme.test"}, {"displayName", "Grace Hopper"}}, true, "ada"},
        AddUser{"bob", {{"userName", "bob@acme.test"}, {"displayName", "Grace Hopper"}}, true, ""},
        AddUser{"twins", {}, true, ""},
        AddGroup{"engineers", "Engineers", {"ada"}},
        AddGroup{"staff", "All Staff", {"group:engineers"}},
        AddGroup{"twins", "", {}},
        Assign{"group:engineers"},
        SoftDeleteUser{"bob"},
    };
    for (const Edit& edit : edits) REQUIRE(apply(directory, edit, now, draw).ok());
    return directory;
}

UserId user(const Directory& directory, std::string_view handle) { return directory.find_by_handle(ObjectKind::user, handle).user(); }
GroupId group(const Directory& directory, std::string_view handle) { return directory.find_by_handle(ObjectKind::group, handle).group(); }

// Everything a reader can see, for "nothing changed".
PlainWorld all_of(const Directory& directory)
{
    PlainWorld world;
    for (std::uint32_t i = 0; i < directory.user_rows(); ++i) {
        const UserId id{i};
        PlainUser plain{directory.object_id(id), directory.presence(id), {}, directory.enabled(id), directory.assigned(id), directory.manager(id), directory.groups_of(id)};
        for (std::size_t number = 0; number < max_attributes; ++number)
            plain.values[static_cast<Attribute>(number)] = directory.value(id, static_cast<Attribute>(number));
        world.users.push_back(plain);
    }
    for (std::uint32_t i = 0; i < directory.group_rows(); ++i) {
        const GroupId id{i};
        world.groups.push_back({directory.object_id(id), directory.presence(id), std::string(directory.handle(id)), std::string(directory.display_name(id)),
                                directory.assigned(id), directory.members(id), directory.nested(id)});
    }
    world.assignments = directory.assignments();
    return world;
}

}  // namespace

TEST_CASE("Edits name objects as people do, and do what they say")
{
    Directory directory = small();
    const UserId ada = user(directory, "ada"), grace = user(directory, "grace");
    CHECK(directory.value(ada, Attribute::department) == "Engineering");
    CHECK(directory.manager(grace) == ada);
    CHECK(directory.members(group(directory, "engineers")) == std::vector<UserId>{ada});
    CHECK(directory.nested(group(directory, "staff")) == std::vector<GroupId>{group(directory, "engineers")});
    CHECK(directory.display_name(group(directory, "twins")) == "twins");   // no displayName given: the handle
    CHECK(directory.assigned(group(directory, "engineers")));

    const auto head = apply(directory, UpdateUser{"grace", {{"department", "Research"}, {"custom.costCode", "4711"}, {"displayName", ""}, {"manager", ""}, {"enabled", "false"}}}, now, draw);
    REQUIRE(head.ok());
    CHECK(head.value() == directory.changes().head());
    CHECK(directory.value(grace, Attribute::department) == "Research");
    CHECK(directory.value(grace, *directory.find_custom("custom.costCode")) == "4711");
    CHECK(directory.value(grace, Attribute::display_name).empty());
    CHECK(directory.manager(grace) == no_user);
    CHECK_FALSE(directory.enabled(grace));

    REQUIRE(apply(directory, AddMembers{"engineers", {"user:grace", "ada"}}, now, draw).ok());   // adding Ada again is fine
    CHECK(directory.members(group(directory, "engineers")) == std::vector<UserId>{ada, grace});
    REQUIRE(apply(directory, RemoveMembers{"engineers", {"ada"}}, now, draw).ok());
    REQUIRE(apply(directory, RemoveMembers{"staff", {"group:engineers"}}, now, draw).ok());
    CHECK(directory.members(group(directory, "engineers")) == std::vector<UserId>{grace});
    CHECK(directory.nested(group(directory, "staff")).empty());
    REQUIRE(apply(directory, RestoreUser{"bob"}, now, draw).ok());
    CHECK(directory.presence(user(directory, "bob")) == Presence::present);
    REQUIRE(apply(directory, Unassign{"group:engineers"}, now, draw).ok());
    CHECK(directory.assignments().empty());
    REQUIRE(apply(directory, DisableUser{"ada@acme.test"}, now, draw).ok());
    CHECK_FALSE(directory.enabled(ada));
    REQUIRE(apply(directory, EnableUser{"Ada Lovelace"}, now, draw).ok());
    CHECK(directory.enabled(ada));
    REQUIRE(apply(directory, RenameGroup{"staff", "Everybody"}, now, draw).ok());
    CHECK(directory.display_name(group(directory, "staff")) == "Everybody");
    REQUIRE(apply(directory, DeleteGroup{"staff"}, now, draw).ok());
    CHECK_FALSE(directory.find_by_handle(ObjectKind::group, "staff"));
    REQUIRE(apply(directory, HardDeleteUser{"ada"}, now, draw).ok());
    CHECK(directory.presence(ada) == Presence::absent);
}

TEST_CASE("A mistake comes back as a problem with a remedy, and nothing at all has changed")
{
    struct Row { Edit edit; const char* code; const char* what; const char* remedy; };
    const Row rows[] = {
        {DisableUser{"adda"}, "unknown-user", "there is no user \"adda\"", "did you mean \"ada\"?"},
        {DisableUser{"user:grcae"}, "unknown-user", "there is no user \"user:grcae\"", "did you mean \"user:grace\"?"},
        {DisableUser{"group:engineers"}, "wrong-kind", "\"group:engineers\" is a group where a user is expected", ""},
        {DisableUser{"zacharias"}, "unknown-user", "there is no user \"zacharias\"", ""},
        {DisableUser{""}, "unknown-user", "there is no user \"\"", ""},
        {DisableUser{"Grace Hopper"}, "ambiguous-name", "\"Grace Hopper\" may mean user:grace or user:bob", "name it by its handle, with user: or group: before it"},
        {DisableUser{"bob"}, "recycle-bin", "user:bob is in the recycle bin", "restore it first"},
        {UpdateUser{"bob", {{"title", "x"}}}, "recycle-bin", "user:bob is in the recycle bin", "restore it first"},
        {RestoreUser{"ada"}, "not-deleted", "user:ada is not in the recycle bin", "only deleted users can be restored"},
        {AddUser{"ada", {}, true, ""}, "handle-taken", "there is a user \"ada\" already", "choose another handle"},
        {AddUser{"bob", {}, true, ""}, "handle-taken", "there is a user \"bob\" already, in the recycle bin", "restore it, delete it for good, or choose another handle"},
        {AddUser{"", {}, true, ""}, "no-handle", "a new user needs a handle", "give it a short name that scenarios use"},
        {AddUser{"user:eve", {}, true, ""}, "handle", "\"user:eve\" cannot be a handle", "leave out the prefix"},
        {AddUser{"eve", {{"userName", "ADA@acme.test"}}, true, ""}, "user-name-taken", "user:ada has the userName \"ADA@acme.test\" already", "choose another"},
        {AddUser{"eve", {}, true, "mallory"}, "unknown-user", "there is no user \"mallory\"", ""},
        {AddUser{"eve", {{"jobTitle", "x"}}, true, ""}, "unknown-attribute", "there is no attribute \"jobTitle\"", "write title"},
        {AddUser{"eve", {{"deparment", "x"}}, true, ""}, "unknown-attribute", "there is no attribute \"deparment\"", "did you mean \"department\"?"},
        {AddUser{"eve", {{"costCode", "x"}}, true, ""}, "unknown-attribute", "there is no attribute \"costCode\"", "write custom.costCode if it is one of your own"},
        {UpdateUser{"ada", {{"department", "x"}, {"userName", "grace@acme.test"}}}, "user-name-taken", "user:grace has the userName \"grace@acme.test\" already", "choose another"},
        {UpdateUser{"ada", {{"handle", "countess"}}}, "handle", "a handle cannot be changed", "it is the name by which the scenario knows the object"},
        {UpdateUser{"ada", {{"custom.new", "x"}, {"manager", "bob"}}}, "recycle-bin", "user:bob is in the recycle bin", "restore it first"},
        {UpdateUser{"ada", {{"title", "x"}, {"enabled", "yes"}}}, "boolean", "enabled cannot be \"yes\"", "write true or false"},
        {AddGroup{"engineers", "x", {}}, "handle-taken", "there is a group \"engineers\" already", "choose another handle"},
        {AddGroup{"pilots", "Pilots", {"ada", "amelia"}}, "unknown-user", "there is no user \"amelia\"", ""},
        {AddMembers{"enginers", {"grace"}}, "unknown-group", "there is no group \"enginers\"", "did you mean \"engineers\"?"},
        {AddMembers{"engineers", {"grace", "bob"}}, "recycle-bin", "user:bob is in the recycle bin", "restore it first"},
        {AddMembers{"engineers", {"grace", "group:engineers"}}, "member-of-itself", "group:engineers cannot be a member of itself", ""},
        {RemoveMembers{"engineers", {"ada", "grace"}}, "not-a-member", "user:grace is not a member of group:engineers", ""},
        {RemoveMembers{"engineers", {"group:staff"}}, "not-a-member", "group:staff is not a member of group:engineers", ""},
        {RenameGroup{"staff", ""}, "no-display-name", "a group cannot be without a displayName", "give it one"},
        {DeleteGroup{"user:ada"}, "wrong-kind", "\"user:ada\" is a user where a group is expected", ""},
        {Assign{"twins"}, "ambiguous-name", "\"twins\" may mean user:twins or group:twins", "name it by its handle, with user: or group: before it"},
        {Assign{"nothing"}, "unknown-object", "there is no user or group \"nothing\"", ""},
        {Assign{"user:ada", {}, 1u, {}}, "assignment-priority", "user:ada is a user, and only the assignments of groups have a priority", "leave it out: a user's own assignment comes first"},
        {Assign{"group:staff", {}, 1u, {{"title", "x"}, {"userName", "y"}}}, "assignment-values", "an assignment cannot set userName", "set an attribute of the profile, such as title"},
        {Assign{"group:staff", {}, {}, {{"titel", "x"}}}, "unknown-attribute", "there is no attribute \"titel\"", "did you mean \"title\"?"},
        {Unassign{"user:ada"}, "not-assigned", "user:ada is not assigned to the application", ""},
    };
    Directory directory = small();
    const PlainWorld before = all_of(directory);
    const Position head = directory.changes().head();
    for (const Row& row : rows) {
        CAPTURE(describe(row.edit));
        const auto result = apply(directory, row.edit, now, draw);
        REQUIRE_FALSE(result.ok());
        REQUIRE(result.problems().size() == 1);
        CHECK(result.problems()[0].code == row.code);
        CHECK(result.problems()[0].what == row.what);
        CHECK(result.problems()[0].remedy == row.remedy);
        CHECK(result.problems()[0].severity == Severity::error);
        CHECK(difference(directory, before) == "");
        CHECK(directory.changes().head() == head);
        CHECK_FALSE(directory.find_custom("custom.new"));
    }
}

TEST_CASE("All mistakes of one edit are told together")
{
    Directory directory = small();
    const auto result = apply(directory, AddMembers{"pilots", {"amelia", "bob", "ada"}}, now, draw);
    REQUIRE_FALSE(result.ok());
    CHECK(result.problems().size() == 3);
}

TEST_CASE("Somebody whose userName was given away cannot be restored under it")
{
    Directory directory = small();
    REQUIRE(apply(directory, UpdateUser{"grace", {{"userName", "bob@acme.test"}}}, now, draw).ok());
    const auto result = apply(directory, RestoreUser{"bob"}, now, draw);
    REQUIRE_FALSE(result.ok());
    CHECK(result.problems()[0].code == "user-name-taken");
    CHECK(directory.presence(user(directory, "bob")) == Presence::soft_deleted);
}

TEST_CASE("A directory has room for a limited number of custom attributes")
{
    Directory directory = small();
    UpdateUser edit{"ada", {}};
    for (std::size_t i = 0; i < max_attributes - builtin_attributes; ++i) edit.values.emplace_back("custom.a" + std::to_string(i), "x");
    UpdateUser too_many = edit;
    too_many.values.emplace_back("custom.last", "x");
    const auto refused = apply(directory, too_many, now, draw);
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.problems()[0].code == "too-many-attributes");
    CHECK_FALSE(directory.find_custom("custom.a0"));
    CHECK(apply(directory, edit, now, draw).ok());
    CHECK(apply(directory, edit, now, draw).ok());   // they are known now
}

TEST_CASE("An object id follows from the seed and the handle, and a later bearer of the handle gets another")
{
    Directory one = small(), two;
    REQUIRE(apply(two, AddUser{"grace", {}, true, ""}, now, draw).ok());   // alone, in another order
    CHECK(one.object_id(user(one, "grace")) == two.object_id(user(two, "grace")));
    CHECK_FALSE(one.object_id(user(one, "twins")) == one.object_id(group(one, "twins")));
    Directory other_seed;
    REQUIRE(apply(other_seed, AddUser{"grace", {}, true, ""}, now, Draw{8}).ok());
    CHECK_FALSE(other_seed.object_id(user(other_seed, "grace")) == two.object_id(user(two, "grace")));

    const Guid first = two.object_id(user(two, "grace"));
    REQUIRE(apply(two, HardDeleteUser{"grace"}, now, draw).ok());
    REQUIRE(apply(two, AddUser{"grace", {}, true, "grace"}, now, draw).ok());
    CHECK_FALSE(two.object_id(user(two, "grace")) == first);
    CHECK(two.manager(user(two, "grace")) == user(two, "grace"));
}

TEST_CASE("A name is a handle first, then a userName, then a displayName")
{
    Directory directory = small();
    const ObjectRef ada = user(directory, "ada"), staff = group(directory, "staff");
    CHECK(find_object(directory, "ada") == ada);
    CHECK(find_object(directory, "user:ada", ObjectKind::user) == ada);
    CHECK(find_object(directory, "ADA@acme.test") == ada);
    CHECK(find_object(directory, "ada lovelace") == ada);
    CHECK(find_object(directory, "All staff") == staff);
    CHECK(find_object(directory, "group:all staff") == staff);
    CHECK(find_object(directory, "bob") == ObjectRef(user(directory, "bob")));   // also from the recycle bin
    CHECK(find_object(directory, "twins", ObjectKind::group) == ObjectRef(group(directory, "twins")));
    CHECK_FALSE(find_object(directory, "twins"));
    CHECK_FALSE(find_object(directory, "Ada"));              // handles are exact
    CHECK_FALSE(find_object(directory, "ada", ObjectKind::group));
    CHECK_FALSE(find_object(directory, "group:staff", ObjectKind::user));
    CHECK_FALSE(find_object(directory, "Grace Hopper"));     // two of them
    CHECK_FALSE(find_object(directory, ""));
    CHECK_FALSE(find_object(directory, "user:"));
}

TEST_CASE("Reports name an object by its handle, or by the best that an imported one has")
{
    Directory directory = small();
    CHECK(object_name(directory, user(directory, "ada")) == "user:ada");
    CHECK(object_name(directory, group(directory, "staff")) == "group:staff");
    const std::vector<std::pair<Attribute, std::string_view>> values{{Attribute::user_name, "eve@acme.test"}};
    CHECK(object_name(directory, directory.add_user({}, values, true, now)) == "user:eve@acme.test");
    CHECK(object_name(directory, directory.add_group({}, "", "Pilots", now)) == "group:Pilots");
    CHECK(object_name(directory, directory.add_user({}, {}, true, now)) == "user:00000000-0000-0000-0000-000000000000");
    CHECK(object_name(directory, {}) == "nobody");
}

TEST_CASE("An edit is described in one line, in the words of scenarios")
{
    CHECK(describe(AddUser{"ada", {}, true, ""}) == "user.add ada");
    CHECK(describe(UpdateUser{"ada", {{"department", "Research"}, {"title", ""}}}) == "user.update ada department=Research title=");
    CHECK(describe(EnableUser{"ada"}) == "user.enable ada");
    CHECK(describe(DisableUser{"ada"}) == "user.disable ada");
    CHECK(describe(SoftDeleteUser{"ada"}) == "user.delete ada");
    CHECK(describe(RestoreUser{"ada"}) == "user.restore ada");
    CHECK(describe(HardDeleteUser{"ada"}) == "user.purge ada");
    CHECK(describe(AddGroup{"engineers", "Engineers", {}}) == "group.create engineers");
    CHECK(describe(AddGroup{"engineers", "Engineers", {"ada"}}) == "group.create engineers <- ada");
    CHECK(describe(RenameGroup{"staff", "All Staff"}) == "group.rename staff \"All Staff\"");
    CHECK(describe(DeleteGroup{"staff"}) == "group.delete staff");
    CHECK(describe(AddMembers{"engineers", {"ada", "grace"}}) == "group.add engineers <- ada, grace");
    CHECK(describe(RemoveMembers{"engineers", {"ada"}}) == "group.remove engineers -> ada");
    CHECK(describe(Assign{"group:engineers"}) == "assign group:engineers");
    CHECK(describe(Assign{"group:engineers", {}, 0u, {{"title", "Seller"}}}) == "assign group:engineers priority=0 title=Seller");
    CHECK(describe(Unassign{"user:ada"}) == "unassign user:ada");
    const std::string many = describe(AddMembers{"all", std::vector<std::string>(60, "x")});
    CHECK_THAT(many, Catch::Matchers::EndsWith(", x and 10 more"));
}
