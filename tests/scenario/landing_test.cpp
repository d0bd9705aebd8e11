// SPDX-License-Identifier: Apache-2.0
#include "tests/catch.h"
#include "tests/scenario/stage.h"

using namespace provsim;
using Catch::Matchers::ContainsSubstring;
using Aim = PropagatedExpectation::Effect;

namespace {

bool landed(Stage& stage, const std::string& change, Aim effect = Aim::natural)
{
    const auto found = find_landing(change, effect, stage.evidence());
    REQUIRE(found);
    return found.value().landed.has_value();
}

std::string refusal(Stage& stage, const std::string& change, Aim effect = Aim::natural)
{
    const auto found = find_landing(change, effect, stage.evidence());
    REQUIRE_FALSE(found);
    return found.problems().front().what + "; " + found.problems().front().remedy;
}

void tell(Stage& stage, const std::string& name, Action action, Status status, LoggedAction logged, std::string_view code = {}, const std::string& other = {})
{
    stage.log({action, stage.object(name), other.empty() ? ObjectRef() : stage.object(other)}, status, logged, code);
}

}  // namespace

TEST_CASE("A change is named by its step and number, or by its words when they fit only one")
{
    Stage stage;
    stage.step("setup");
    stage.add_user("ada");
    stage.add_user("grace");
    stage.edit(AddGroup{"engineers", "Engineers", {}});
    stage.step("join");
    stage.edit(AddMembers{"engineers", {"ada", "grace"}});
    stage.edit(DisableUser{"ada"});
    stage.step("later");
    stage.edit(EnableUser{"ada"});
    stage.edit(DisableUser{"ada"});

    CHECK_FALSE(landed(stage, "join.1"));
    CHECK_FALSE(landed(stage, "group.add grace"));
    CHECK_FALSE(landed(stage, "group.add user:grace"));
    CHECK_FALSE(landed(stage, "group.add engineers"));
    CHECK_FALSE(landed(stage, "user.enable ada"));
    CHECK(refusal(stage, "user.disable ada") == "\"user.disable ada\" fits 2 changes; write later.2 for the last of them");
    CHECK(refusal(stage, "join.3") == "step \"join\" made 2 changes, so there is no join.3; count the changes of the directory only; pushes, faults and notes are none");
    CHECK(refusal(stage, "jion.1") == "no step \"jion\" has begun yet; did you mean join?");
    CHECK_THAT(refusal(stage, "user.enable eve"), ContainsSubstring("names no change that was made so far"));
    CHECK_THAT(refusal(stage, "user.enable ada", Aim::member), ContainsSubstring("has no effect of the kind \"member\""));
}

TEST_CASE("What changed nothing cannot arrive")
{
    Stage stage;
    stage.add_user("ada", {{"department", "Sales"}});
    stage.edit(UpdateUser{"ada", {{"department", "Sales"}}});
    CHECK_THAT(refusal(stage, "user.update ada"), ContainsSubstring("changed nothing"));
}

TEST_CASE("A change lands with the first task that saw it, not with one that had begun before")
{
    Stage stage;
    stage.add_user("ada", {{"department", "Sales"}});
    LogEntry old = stage.entry({Action::provision, stage.object("ada"), {}}, Status::success, LoggedAction::update);
    stage.pass(minutes{1});
    stage.edit(UpdateUser{"ada", {{"department", "Research"}}});
    // The cycle opened before the edit; its task ended after it.
    stage.pass(minutes{1});
    old.began = old.ended = stage.now;
    stage.journal.logged(old);
    CHECK_FALSE(landed(stage, "user.update ada"));

    stage.pass(minutes{40});
    stage.begin_run(2, RunKind::incremental, true, true);
    stage.log("ada", LoggedAction::update);
    const TimePoint first = stage.now;
    stage.pass(minutes{40});
    stage.log("ada", LoggedAction::update);
    const auto landing = find_landing("user.update ada", Aim::natural, stage.evidence());
    REQUIRE(landing);
    CHECK(landing.value().landed == first);
    CHECK(landing.value().run == 2);
    CHECK(landing.value().by_user_cycle);
    CHECK(landing.value().by_group_cycle);
}

TEST_CASE("A push that saw the change delivers it on demand")
{
    Stage stage;
    stage.add_user("ada", {{"department", "Sales"}});
    stage.edit(UpdateUser{"ada", {{"department", "Research"}}});
    stage.begin_run(9, RunKind::on_demand, false, false);
    stage.log("ada", LoggedAction::update);
    const auto landing = find_landing("user.update ada", Aim::natural, stage.evidence());
    REQUIRE(landing);
    REQUIRE(landing.value().landed);
    CHECK(landing.value().by_kind == RunKind::on_demand);
    CHECK_FALSE(landing.value().by_user_cycle);
}

TEST_CASE("A failure delivers nothing; finding the target in the wanted state delivers")
{
    Stage stage;
    stage.add_user("ada", {{"department", "Sales"}});
    stage.edit(UpdateUser{"ada", {{"department", "Research"}}});
    tell(stage, "ada", Action::provision, Status::failure, LoggedAction::update, "TooManyRequests");
    CHECK_FALSE(landed(stage, "user.update ada"));
    tell(stage, "ada", Action::provision, Status::skipped, LoggedAction::other, "NotEffectivelyEntitled");
    CHECK_FALSE(landed(stage, "user.update ada"));
    tell(stage, "ada", Action::provision, Status::skipped, LoggedAction::other, "RedundantExport");
    CHECK(landed(stage, "user.update ada"));
}

TEST_CASE("Each kind of change lands with its own kind of effect")
{
    Stage stage;
    stage.add_user("ada");
    stage.add_user("grace");
    stage.edit(AddGroup{"engineers", "Engineers", {}});
    const ObjectRef ada = stage.object("ada");

    SECTION("a new user with her creation")
    {
        CHECK_FALSE(landed(stage, "user.add ada"));
        stage.log("ada", LoggedAction::create);
        CHECK(landed(stage, "user.add ada"));
        CHECK_FALSE(landed(stage, "user.add grace"));
    }
    SECTION("a disabled user with the write that disables her")
    {
        stage.edit(DisableUser{"ada"});
        stage.log("ada", LoggedAction::create);
        CHECK_FALSE(landed(stage, "user.disable ada"));
        stage.log("ada", LoggedAction::disable);
        CHECK(landed(stage, "user.disable ada"));
    }
    SECTION("an update of `active` disables too")
    {
        stage.edit(SoftDeleteUser{"ada"});
        LogEntry entry = stage.entry({Action::provision, ada, {}}, Status::success, LoggedAction::update);
        entry.outcome.modified.push_back({"active", "True", "False"});
        stage.journal.logged(entry);
        CHECK(landed(stage, "user.delete ada"));
    }
    SECTION("an enabled user with a write that does not disable her")
    {
        stage.edit(DisableUser{"ada"});
        stage.edit(EnableUser{"ada"});
        stage.log("ada", LoggedAction::disable);
        CHECK_FALSE(landed(stage, "user.enable ada"));
        stage.log("ada", LoggedAction::update);
        CHECK(landed(stage, "user.enable ada"));
    }
    SECTION("a purged user with her deletion")
    {
        stage.edit(SoftDeleteUser{"ada"});
        stage.edit(HardDeleteUser{"ada"});
        stage.log({Action::provision, ada, {}}, Status::success, LoggedAction::disable);
        CHECK_FALSE(landed(stage, "user.purge ada"));
        stage.log({Action::provision, ada, {}}, Status::success, LoggedAction::delete_);
        CHECK(landed(stage, "user.purge ada"));
    }
    SECTION("memberships when the last member is in")
    {
        stage.edit(AddMembers{"engineers", {"ada", "grace"}});
        tell(stage, "engineers", Action::add_member, Status::success, LoggedAction::update, {}, "ada");
        CHECK_FALSE(landed(stage, "group.add engineers"));
        tell(stage, "engineers", Action::remove_member, Status::success, LoggedAction::update, {}, "grace");
        CHECK_FALSE(landed(stage, "group.add engineers"));
        tell(stage, "engineers", Action::add_member, Status::success, LoggedAction::update, {}, "grace");
        CHECK(landed(stage, "group.add engineers"));
    }
    SECTION("a membership that brings somebody into scope, if that is asked")
    {
        stage.edit(AddMembers{"engineers", {"ada"}});
        stage.log("ada", LoggedAction::create);
        CHECK_FALSE(landed(stage, "group.add ada"));
        CHECK(landed(stage, "group.add ada", Aim::exists));
    }
    SECTION("a removed member")
    {
        stage.edit(AddMembers{"engineers", {"ada"}});
        stage.edit(RemoveMembers{"engineers", {"ada"}});
        tell(stage, "engineers", Action::remove_member, Status::success, LoggedAction::update, {}, "ada");
        CHECK(landed(stage, "group.remove ada"));
        CHECK_FALSE(landed(stage, "group.add ada"));
    }
    SECTION("a manager with the write of the reference")
    {
        stage.edit(UpdateUser{"ada", {{"manager", "grace"}}});
        stage.log("ada", LoggedAction::update);
        CHECK_FALSE(landed(stage, "user.update ada"));
        tell(stage, "ada", Action::set_manager, Status::success, LoggedAction::update);
        CHECK(landed(stage, "user.update ada"));
    }
    SECTION("a group that is unassigned with its deletion, a user with being disabled")
    {
        for (const char* who : {"user:ada", "group:engineers"}) stage.edit(Assign{who});
        stage.edit(Unassign{"user:ada"});
        stage.edit(Unassign{"group:engineers"});
        stage.log("ada", LoggedAction::disable);
        CHECK(landed(stage, "unassign ada"));
        CHECK_FALSE(landed(stage, "unassign engineers"));
        stage.log("group:engineers", LoggedAction::delete_);
        CHECK(landed(stage, "unassign engineers"));
    }
}

TEST_CASE("Memberships land with a request that carries all members of the group, too")
{
    Stage stage;
    stage.add_user("ada");
    stage.edit(AddGroup{"engineers", "Engineers", {}});
    const Action whole = GENERATE(Action::write_members, Action::provision);
    const auto write = [&](Status status, const char* what, Position head) {
        LogEntry entry = stage.entry({whole, stage.object("engineers"), {}}, status, LoggedAction::update);
        entry.outcome.modified.push_back({what, "", "1 member"});
        entry.head = head;
        stage.journal.logged(entry);
    };
    const Position before = stage.directory.changes().head();
    stage.edit(AddMembers{"engineers", {"ada"}});
    const Position after = stage.directory.changes().head();
    write(Status::success, "members", before);      // as they were before the change
    write(Status::success, "displayName", after);
    write(Status::failure, "members", after);
    CHECK_FALSE(landed(stage, "group.add ada"));
    write(Status::success, "members", after);
    CHECK(landed(stage, "group.add ada"));
    stage.edit(RemoveMembers{"engineers", {"ada"}});
    CHECK_FALSE(landed(stage, "group.remove ada"));
    write(Status::success, "members", stage.directory.changes().head());
    CHECK(landed(stage, "group.remove ada"));
}

TEST_CASE("A user's change lands without the memberships that a group's rule makes of it, unless they are asked for")
{
    Stage stage;
    stage.add_user("ada");
    stage.edit(AddGroup{"engineers", "Engineers", {}});
    const ObjectRef ada = stage.object("ada"), engineers = stage.object("engineers");
    const Position from = stage.directory.changes().head();
    const Edit update = UpdateUser{"ada", {{"department", "Engineering"}}};
    REQUIRE(apply(stage.directory, update, stage.now, Draw(1)));
    stage.directory.add_member(engineers.group(), ada.user(), stage.now);
    stage.journal.edited(update, stage.now, from, stage.directory.changes().head());

    stage.log("ada", LoggedAction::update);
    CHECK(landed(stage, "user.update ada"));
    CHECK_FALSE(landed(stage, "user.update ada", Aim::member));
    tell(stage, "engineers", Action::add_member, Status::success, LoggedAction::update, {}, "ada");
    CHECK(landed(stage, "user.update ada", Aim::member));
}
