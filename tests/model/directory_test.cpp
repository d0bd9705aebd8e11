// SPDX-License-Identifier: Apache-2.0
#include "tests/catch.h"

#include "model/check.h"
#include "model/directory.h"

#include <map>
#include <string>

using namespace provsim;
using namespace std::chrono_literals;

namespace {

const TimePoint start{1'772'442'000'000ms};
using Pairs = std::vector<std::pair<Attribute, std::string_view>>;

UserId add(Directory& directory, std::string_view handle, std::string_view user_name = {})
{
    return directory.add_user(draw_guid(Draw{1}, handle), Pairs{{Attribute::handle, handle}, {Attribute::user_name, user_name}}, true, start);
}

// The log from `from` on, as kinds.
std::vector<ChangeKind> kinds(const Directory& directory, Position from)
{
    std::vector<ChangeKind> found;
    for (Position at = from; at < directory.changes().head(); ++at) found.push_back(directory.changes()[at].kind);
    return found;
}

}  // namespace

TEST_CASE("Every edit appends one change that says what, to whom, and when")
{
    Directory directory;
    const UserId ada = add(directory, "ada"), grace = add(directory, "grace");
    const GroupId engineers = directory.add_group({}, "engineers", "Engineers", start), staff = directory.add_group({}, "staff", "Staff", start);
    struct Row { ChangeKind kind; ObjectRef object, other; std::uint64_t attributes; };
    std::vector<Row> expected = {{ChangeKind::user_added, ada, {}, 0}, {ChangeKind::user_added, grace, {}, 0},
                                 {ChangeKind::group_added, engineers, {}, 0}, {ChangeKind::group_added, staff, {}, 0}};
    const TimePoint later = start + 1h;
    directory.set_values(ada, Pairs{{Attribute::title, "Countess"}, {Attribute::department, "Research"}}, later);
    expected.push_back({ChangeKind::user_updated, ada, {}, bit(Attribute::title) | bit(Attribute::department)});
    directory.set_enabled(ada, false, later);
    expected.push_back({ChangeKind::user_disabled, ada, {}, 0});
    directory.set_enabled(ada, true, later);
    expected.push_back({ChangeKind::user_enabled, ada, {}, 0});
    directory.set_manager(ada, grace, later);
    expected.push_back({ChangeKind::manager_changed, ada, grace, 0});
    directory.set_manager(ada, no_user, later);
    expected.push_back({ChangeKind::manager_changed, ada, {}, 0});
    directory.rename(staff, "All staff", later);
    expected.push_back({ChangeKind::group_renamed, staff, {}, 0});
    directory.add_member(engineers, ada, later);
    expected.push_back({ChangeKind::member_added, engineers, ada, 0});
    directory.remove_member(engineers, ada, later);
    expected.push_back({ChangeKind::member_removed, engineers, ada, 0});
    directory.add_nested(staff, engineers, later);
    expected.push_back({ChangeKind::nested_added, staff, engineers, 0});
    directory.remove_nested(staff, engineers, later);
    expected.push_back({ChangeKind::nested_removed, staff, engineers, 0});
    directory.assign(engineers, later);
    expected.push_back({ChangeKind::assigned, engineers, {}, 0});
    directory.unassign(engineers, later);
    expected.push_back({ChangeKind::unassigned, engineers, {}, 0});
    directory.soft_delete(ada, later);
    expected.push_back({ChangeKind::user_soft_deleted, ada, {}, 0});
    directory.restore(ada, later);
    expected.push_back({ChangeKind::user_restored, ada, {}, 0});
    directory.hard_delete(ada, later);
    expected.push_back({ChangeKind::user_hard_deleted, ada, {}, 0});
    directory.delete_group(staff, later);
    expected.push_back({ChangeKind::group_deleted, staff, {}, 0});

    REQUIRE(directory.changes().head() == expected.size());
    for (Position at = 0; at < expected.size(); ++at) {
        CAPTURE(at);
        const Change& change = directory.changes()[at];
        CHECK(change.kind == expected[at].kind);
        CHECK(change.object == expected[at].object);
        CHECK(change.other == expected[at].other);
        CHECK(change.attributes == expected[at].attributes);
        CHECK(change.at == (at < 4 ? start : later));
    }
}

TEST_CASE("An edit that changes nothing is no change")
{
    Directory directory;
    const UserId ada = add(directory, "ada");
    const GroupId engineers = directory.add_group({}, "engineers", "Engineers", start), staff = directory.add_group({}, "staff", "Staff", start);
    directory.set_values(ada, Pairs{{Attribute::title, "Countess"}}, start);
    directory.add_member(engineers, ada, start);
    directory.add_nested(staff, engineers, start);
    directory.assign(ada, start);
    const Position before = directory.changes().head();

    directory.set_values(ada, Pairs{{Attribute::title, "Countess"}, {Attribute::mail, ""}}, start);
    directory.set_enabled(ada, true, start);
    directory.set_manager(ada, no_user, start);
    directory.rename(engineers, "Engineers", start);
    directory.add_member(engineers, ada, start);
    directory.remove_member(staff, ada, start);
    directory.add_nested(staff, engineers, start);
    directory.remove_nested(engineers, staff, start);
    directory.assign(ada, start);
    directory.unassign(engineers, start);
    CHECK(directory.changes().head() == before);

    directory.set_values(ada, Pairs{{Attribute::title, "Countess"}, {Attribute::mail, "ada@acme.test"}}, start);
    REQUIRE(directory.changes().head() == before + 1);
    CHECK(directory.changes()[before].attributes == bit(Attribute::mail));   // only what differs
}

TEST_CASE("A user in the recycle bin is in no group, and comes back into the same ones")
{
    Directory directory;
    const UserId ada = add(directory, "ada"), grace = add(directory, "grace");
    const GroupId engineers = directory.add_group({}, "engineers", "Engineers", start), staff = directory.add_group({}, "staff", "Staff", start);
    directory.add_member(engineers, ada, start);
    directory.add_member(engineers, grace, start);
    directory.add_member(staff, ada, start);

    directory.soft_delete(ada, start + 1h);
    CHECK(directory.soft_deleted_at(ada) == start + 1h);
    CHECK(directory.members(engineers) == std::vector<UserId>{grace});
    CHECK_FALSE(directory.is_member(engineers, ada));
    CHECK(directory.groups_of(ada).empty());
    CHECK(directory.membership_count() == 1);

    directory.delete_group(staff, start + 1h);
    directory.restore(ada, start + 2h);
    CHECK(directory.members(engineers) == std::vector<UserId>{ada, grace});
    CHECK(directory.groups_of(ada) == std::vector<GroupId>{engineers});
    CHECK(directory.membership_count() == 2);
}

TEST_CASE("Deleting a user for good takes his memberships, his assignment and his reports' links, and leaves his name readable")
{
    Directory directory;
    const UserId ada = add(directory, "ada", "ada@acme.test"), grace = add(directory, "grace");
    const GroupId engineers = directory.add_group({}, "engineers", "Engineers", start);
    directory.add_member(engineers, ada, start);
    directory.set_manager(grace, ada, start);
    directory.assign(ada, start);
    directory.soft_delete(ada, start);
    const Position before = directory.changes().head();
    directory.hard_delete(ada, start);

    CHECK(kinds(directory, before) == std::vector{ChangeKind::user_hard_deleted});
    CHECK(directory.presence(ada) == Presence::absent);
    CHECK(directory.members(engineers).empty());
    CHECK(directory.manager(grace) == no_user);
    CHECK(directory.assignments().empty());
    CHECK_FALSE(directory.assigned(ada));
    CHECK(directory.handle(ada) == "ada");
    CHECK_FALSE(directory.find_by_handle(ObjectKind::user, "ada"));
    CHECK(directory.find_by_user_name("ada@acme.test") == no_user);
    CHECK(directory.find_by_object_id(ObjectKind::user, directory.object_id(ada)) == ObjectRef{});
    CHECK(directory.former_bearers(ObjectKind::user, "ada") == 1);
    CHECK(directory.former_bearers(ObjectKind::group, "ada") == 0);

    const UserId successor = add(directory, "ada");
    CHECK(directory.find_by_handle(ObjectKind::user, "ada") == ObjectRef(successor));
}

TEST_CASE("Objects are found by handle, object id and userName, among thousands that come and go")
{
    Directory directory;
    std::map<std::string, UserId> plain;
    for (std::uint64_t i = 0; i < 6000; ++i) {
        const std::string handle = "user" + std::to_string(Draw{2}.below(2000, "handle", i));
        const auto known = plain.find(handle);
        if (known == plain.end()) {
            plain[handle] = add(directory, handle, handle + "@Acme.test");
        } else {
            directory.hard_delete(known->second, start);
            plain.erase(known);
        }
    }
    REQUIRE(plain.size() > 500);
    for (std::uint64_t i = 0; i < 2000; ++i) {
        const std::string handle = "user" + std::to_string(i);
        const auto known = plain.find(handle);
        const ObjectRef expected = known == plain.end() ? ObjectRef{} : ObjectRef{known->second};
        if (directory.find_by_handle(ObjectKind::user, handle) != expected) FAIL("by handle: " << handle);
        if (directory.find_by_user_name("USER" + std::to_string(i) + "@acme.TEST") != (expected ? expected.user() : no_user)) FAIL("by userName: " << handle);
    }
    const UserId one = plain.begin()->second;
    CHECK(directory.find_by_object_id(ObjectKind::user, directory.object_id(one)) == ObjectRef(one));
    CHECK_FALSE(directory.find_by_handle(ObjectKind::group, plain.begin()->first));
    CHECK_FALSE(directory.find_by_handle(ObjectKind::user, ""));
    CHECK(directory.find_by_user_name("") == no_user);
}

TEST_CASE("Of two users with one userName the present one is found")
{
    Directory directory;
    const UserId former = add(directory, "ada1", "ada@acme.test");
    directory.soft_delete(former, start);
    CHECK(directory.find_by_user_name("ada@acme.test") == former);
    const UserId ada = add(directory, "ada2", "Ada@acme.test");
    CHECK(directory.find_by_user_name("ada@acme.test") == ada);
    directory.set_values(ada, Pairs{{Attribute::user_name, "countess@acme.test"}}, start);
    CHECK(directory.find_by_user_name("ada@acme.test") == former);
    CHECK(directory.find_by_user_name("COUNTESS@acme.test") == ada);
}

TEST_CASE("Custom attributes are numbered in the order in which they are first used")
{
    Directory directory;
    const UserId ada = add(directory, "ada");
    CHECK_FALSE(directory.find_custom("custom.costCode"));
    const Attribute cost = directory.custom_attribute("custom.costCode");
    CHECK(cost == Attribute::first_custom);
    CHECK(directory.custom_attribute("custom.costCode") == cost);
    CHECK(directory.find_custom("custom.costCode") == cost);
    CHECK(directory.custom_name(cost) == "custom.costCode");
    CHECK(directory.custom_name(Attribute::mail).empty());
    directory.set_values(ada, Pairs{{cost, "4711"}}, start);
    CHECK(directory.value(ada, cost) == "4711");
    CHECK(directory.value(add(directory, "grace"), cost).empty());
    for (std::size_t number = builtin_attributes + 1; number < max_attributes; ++number) directory.custom_attribute("custom.a" + std::to_string(number));
    CHECK_THROWS_AS(directory.custom_attribute("custom.oneTooMany"), OurBug);
    CHECK_THROWS_AS(directory.custom_attribute("costCode"), OurBug);
    directory.set_values(ada, Pairs{{static_cast<Attribute>(max_attributes - 1), "last"}}, start);
    CHECK(directory.changes()[directory.changes().head() - 1].attributes == std::uint64_t{1} << 63);
}

TEST_CASE("What makes no sense for an object's state is our bug, and changes nothing")
{
    Directory directory;
    const UserId ada = add(directory, "ada"), bob = add(directory, "bob"), nobody{99};
    const GroupId engineers = directory.add_group({}, "engineers", "Engineers", start), none{99};
    directory.soft_delete(bob, start + 1h);
    const Position before = directory.changes().head();
    const TimePoint now = start + 1h;

    CHECK_THROWS_AS(directory.restore(ada, now), OurBug);
    CHECK_THROWS_AS(directory.soft_delete(bob, now), OurBug);
    CHECK_THROWS_AS(directory.set_enabled(bob, false, now), OurBug);
    CHECK_THROWS_AS(directory.set_values(bob, Pairs{}, now), OurBug);
    CHECK_THROWS_AS(directory.set_manager(ada, bob, now), OurBug);
    CHECK_THROWS_AS(directory.add_member(engineers, bob, now), OurBug);
    CHECK_THROWS_AS(directory.remove_member(engineers, nobody, now), OurBug);
    CHECK_THROWS_AS(directory.add_member(none, ada, now), OurBug);
    CHECK_THROWS_AS(directory.add_nested(engineers, engineers, now), OurBug);
    CHECK_THROWS_AS(directory.hard_delete(nobody, now), OurBug);
    CHECK_THROWS_AS(directory.delete_group(none, now), OurBug);
    CHECK_THROWS_AS(directory.assign({}, now), OurBug);
    CHECK_THROWS_AS(add(directory, "ada"), OurBug);
    CHECK_THROWS_AS(directory.set_values(ada, Pairs{{Attribute::handle, "bob"}}, now), OurBug);
    CHECK_THROWS_AS(directory.set_values(ada, Pairs{{Attribute::first_custom, "x"}}, now), OurBug);
    CHECK_THROWS_AS(directory.set_enabled(ada, false, start), OurBug);   // earlier than the latest edit
    CHECK(directory.changes().head() == before);
}

TEST_CASE("A row that was never made is absent and has nothing")
{
    const Directory directory;
    const View view(directory);
    for (const ObjectRef object : {ObjectRef{}, ObjectRef{UserId{0}}, ObjectRef{no_user}, ObjectRef{GroupId{0}}, ObjectRef{no_group}}) {
        CHECK(directory.presence(object) == Presence::absent);
        CHECK(directory.handle(object).empty());
        CHECK(directory.object_id(object) == Guid{});
        CHECK_FALSE(directory.assigned(object));
        CHECK(view.presence(object) == Presence::absent);
        CHECK(view.handle(object).empty());
        CHECK(view.object_id(object) == Guid{});
    }
    CHECK(directory.groups_of(no_user).empty());
    CHECK(directory.members(no_group).empty());
    CHECK_FALSE(directory.is_member(no_group, no_user));
    CHECK(directory.manager(no_user) == no_user);
}

TEST_CASE("A directory can be moved while a snapshot of it is open")
{
    Directory first;
    const UserId ada = add(first, "ada");
    Directory second(std::move(first));
    auto snapshot = std::make_unique<Snapshot>(second);
    Directory third(std::move(second));
    third.set_values(ada, Pairs{{Attribute::title, "Countess"}}, start);
    CHECK(View(third, *snapshot).value(ada, Attribute::title).empty());
    CHECK(third.value(ada, Attribute::title) == "Countess");
    snapshot.reset();
    CHECK(View(third).value(ada, Attribute::title) == "Countess");
}

TEST_CASE("Forgetting the changes begins the log anew and keeps everything else")
{
    Directory directory;
    const UserId ada = add(directory, "ada");
    {
        const Snapshot snapshot(directory);
        CHECK_THROWS_AS(directory.forget_changes(), OurBug);   // the snapshot knows the log by positions
    }
    directory.forget_changes();
    CHECK(directory.changes().head() == 0);
    CHECK(directory.presence(ada) == Presence::present);
    directory.set_enabled(ada, false, start);
    CHECK(kinds(directory, 0) == std::vector{ChangeKind::user_disabled});
}
