// SPDX-License-Identifier: Apache-2.0
// Verbs of one vendor's administrators, parts of stories that are for some providers, groups with rules.
#include "tests/catch.h"

#include "fixtures.h"

#include "connectors/registry.h"
#include "scenario_io/vendor_verbs.h"

#include <set>

using namespace provsim;

namespace {

Scenario vendors()
{
    auto loaded = fixtures::load(std::string(PROVSIM_FIXTURES) + "/scenario_io/good/vendors.provsim.yaml");
    CAPTURE(fixtures::messages(loaded ? loaded.value().warnings : loaded.problems()));
    REQUIRE(loaded);
    CHECK(loaded.value().warnings.empty());
    return std::move(loaded).value();
}

template <class What> const What& what(const Step& step, std::size_t action) { return std::get<What>(step.actions.at(action).what); }
template <class What> const What& edit(const Step& step, std::size_t action) { return std::get<What>(what<Edit>(step, action)); }
using Names = std::vector<std::string>;

}  // namespace

TEST_CASE("Every verb of a vendor is read as what its administrator does")
{
    const Scenario scenario = vendors();
    const Step& okta = scenario.steps[1];
    REQUIRE(okta.actions.size() == 24);
    const auto act = [&](std::size_t at, AdminVerb verb, const Names& objects) {
        INFO(at);
        CHECK(what<AdminAction>(okta, at).verb == verb);
        CHECK(what<AdminAction>(okta, at).objects == objects);
    };
    act(0, AdminVerb::push_group, {"group:engineers"});
    act(1, AdminVerb::push_group, {"group:named"});
    act(2, AdminVerb::push_group, {"group:engineers", "group:named"});
    act(3, AdminVerb::push_now, {"group:engineers"});
    act(4, AdminVerb::push_now, {});
    act(5, AdminVerb::stop_pushing, {"group:engineers"});
    act(6, AdminVerb::go_on_pushing, {"group:engineers"});
    act(7, AdminVerb::unlink, {"group:named"});
    act(8, AdminVerb::unlink_and_delete, {"group:engineers"});
    act(14, AdminVerb::force_sync, {"user:ada"});
    act(15, AdminVerb::force_sync, {"user:ada"});
    act(16, AdminVerb::force_sync, {});
    act(17, AdminVerb::apply_updates, {});
    act(18, AdminVerb::provision_user, {"user:ada"});
    act(19, AdminVerb::import_now, {});
    const PushRuleAction& rule = what<PushRuleAction>(okta, 9);
    CHECK((rule.rule.name == "apps" && rule.rule.text == "app-" && rule.rule.match == PushRule::Match::starts_with));
    CHECK(what<PushRuleAction>(okta, 10).rule.match == PushRule::Match::contains);
    CHECK(what<PushRuleAction>(okta, 11).verb == PushRuleAction::Verb::stop);
    CHECK(what<PushRuleAction>(okta, 12).verb == PushRuleAction::Verb::remove);
    CHECK(what<PushRuleAction>(okta, 13).rule.match == PushRule::Match::equals);
    CHECK(what<WaitingAction>(okta, 20).object == "group:engineers");
    CHECK(what<WaitingAction>(okta, 21).object.empty());
    CHECK(what<WaitingAction>(okta, 22).verb == WaitingAction::Verb::mark_complete);
    CHECK(what<WaitingAction>(okta, 23).object == "user:ada");

    const Step& jumpcloud = scenario.steps[2];
    CHECK(edit<Assign>(jumpcloud, 0).object == "group:named");
    CHECK(edit<Unassign>(jumpcloud, 1).object == "group:named");
    CHECK(what<SettingsAction>(jumpcloud, 2).settings.at(0).value == "true");
    CHECK(what<AdminAction>(jumpcloud, 3).verb == AdminVerb::resync_group);
    CHECK(what<JobAction>(jumpcloud, 5).verb == JobAction::Verb::stop);
    CHECK(what<JobAction>(jumpcloud, 6).verb == JobAction::Verb::start);
}

TEST_CASE("A step, an action or an expectation is for all providers, or for those it names; a vendor's verb for the vendor")
{
    const Scenario scenario = vendors();
    CHECK(scenario.steps[0].only.allows("entra"));
    CHECK(scenario.steps[0].actions[0].only.allows("okta"));
    CHECK_FALSE(scenario.steps[0].actions[11].only.allows("okta"));
    CHECK(scenario.steps[1].only.providers == Names{"okta"});
    CHECK(scenario.steps[1].actions[0].only.providers == Names{"okta"});
    CHECK(scenario.steps[1].expect[0].only.providers == Names{"okta"});
    CHECK(scenario.steps[2].actions[2].only.providers == Names{"jumpcloud"});
    CHECK(scenario.steps[2].actions[2].verb == "jumpcloud.manage_groups");
    CHECK(scenario.steps[2].actions[7].only.allows("entra"));
    CHECK(scenario.steps[2].expect[0].only.providers == Names{"okta", "jumpcloud"});
    CHECK(scenario.steps[2].expect[1].only.allows("entra"));
}

TEST_CASE("Every provider of the registry can be named, and every vendor with verbs")
{
    const std::set<std::string_view> names(provider_names().begin(), provider_names().end());
    for (const Flavour& flavour : flavours()) CHECK(names.count(flavour.name) == 1);
    for (const VendorVerb& verb : vendor_verbs()) CHECK(names.count(verb.vendor()) == 1);
}

TEST_CASE("Cycles are intervals, or nothing but a reaction to changes")
{
    CHECK(vendors().provider.on_change);
    CHECK_FALSE(vendors().provider.delay);
    const auto delayed = fixtures::load_text("provsim: 1\nprovider: { cycles: { on_change: 90s, offset: 1m } }\n");
    REQUIRE(delayed);
    CHECK(delayed.value().provider.on_change);
    CHECK(delayed.value().provider.delay == seconds{90});
    CHECK(delayed.value().provider.offset == minutes{1});
    CHECK_FALSE(fixtures::load_text("provsim: 1\nprovider: { cycles: { all: 40m } }\n").value().provider.on_change);
}

TEST_CASE("Users have a state in their life cycle, in the directory and in edits")
{
    const Scenario scenario = vendors();
    const auto user = [&](const char* handle) { return scenario.directory.find_by_handle(ObjectKind::user, handle).user(); };
    CHECK(scenario.directory.state(user("ada")) == UserState::staged);
    CHECK(scenario.directory.value(user("ada"), Attribute::state) == "NY");
    CHECK(scenario.directory.state(user("alan")) == UserState::deactivated);
    const Step& step = scenario.steps[0];
    const StateVerb verbs[] = {StateVerb::activate, StateVerb::suspend, StateVerb::unsuspend, StateVerb::expire_password};
    for (std::size_t i = 0; i < 4; ++i) CHECK(edit<ChangeState>(step, i).verb == verbs[i]);
    CHECK(edit<SetPassword>(step, 4).user == "ada");
    CHECK(edit<ChangeState>(step, 6).verb == StateVerb::unlock);
    CHECK(edit<AddUser>(step, 7).values.back() == std::pair<std::string, std::string>{"state", "pending"});
    CHECK(edit<UpdateUser>(step, 8).values.front() == std::pair<std::string, std::string>{"state", "recovery"});
}

TEST_CASE("A group with a rule has the members that fit it when the clock starts, and keeps its rule")
{
    const Scenario scenario = vendors();
    const Directory& directory = scenario.directory;
    const GroupId engineers = directory.find_by_handle(ObjectKind::group, "engineers").group();
    CHECK(directory.members(engineers).size() == 2);
    CHECK(scenario.dynamic_groups.has(engineers));
    CHECK_FALSE(scenario.dynamic_groups.has(directory.find_by_handle(ObjectKind::group, "named").group()));
    CHECK(directory.changes().head() == 0);
    CHECK(edit<AddGroup>(scenario.steps[0], 9).rule.groups().size() == 2);
}

TEST_CASE("Settings are checked in the language of the provider they are for")
{
    CHECK(what<SettingsAction>(vendors().steps[0], 10).settings.at(1).value == "create");
    const auto set = [](const std::string& where, const std::string& how) {
        return fixtures::load_text("provsim: 1\nscope: { mode: all }\ntimeline: [ { " + where + " do: [ { settings.set: { manage_groups: true } " + how + " } ] } ]\n");
    };
    CHECK(set("", ", provider: jumpcloud"));
    CHECK(set("provider: jumpcloud,", ""));
    REQUIRE_FALSE(set("", ""));
    CHECK(set("", "").problems().front().code == "setting");
}
