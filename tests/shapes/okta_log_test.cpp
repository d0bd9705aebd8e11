// SPDX-License-Identifier: Apache-2.0
// What happened, in the words of Okta's System Log.
#include "connectors/okta/ids.h"
#include "shapes/okta_log.h"
#include "tests/shapes/event_samples.h"

namespace provsim {
namespace {

using Lines = std::vector<std::string>;

OktaLog new_log() { return OktaLog({OktaIds(7), "Rostr"}); }

// "application.provision.user.push SUCCESS"
Lines lines(const OktaLog::Events& events)
{
    Lines out;
    for (const Json& event : events) out.push_back(event["eventType"].get<std::string>() + " " + event["outcome"]["result"].get<std::string>());
    return out;
}

// What an entry is in a log that knows already that Ada is assigned.
std::string told(const ChangeFacts& facts)
{
    OktaLog log = new_log();
    (void)log.events(change_of_ada(ChangeKind::assigned));
    std::string text;
    for (const std::string& line : lines(log.events(facts))) text += (text.empty() ? "" : ", ") + line;
    return text;
}

Lines types(const OktaLog::Events& events)
{
    Lines out;
    for (const Json& event : events) out.push_back(event["eventType"]);
    return out;
}

Lines types_of(const DirectoryChange& change)
{
    OktaLog log = new_log();
    return types(log.events(change));
}

Lines target_types(const Json& event)
{
    Lines out;
    for (const Json& target : event["target"]) out.push_back(target["type"].get<std::string>() + " " + target["id"].get<std::string>().substr(0, 3));
    return out;
}

Guid guid_of(const char* text)
{
    Guid guid;
    REQUIRE(parse_guid(text, guid));
    return guid;
}

}  // namespace

TEST_CASE("An event has all fields of Okta's LogEvent, in the order and with the nulls of its records")
{
    OktaLog log = new_log();
    const OktaIds ids(7);
    const auto events = log.events(of_makers({.action = LoggedAction::update, .task = Action::write_members}));
    REQUIRE(events.size() == 1);
    const Json expected = {
        {"uuid", ids.entry_event(3, 0)},
        {"published", "2025-11-24T16:00:00.630Z"},
        {"eventType", "application.provision.group_push.updated"},
        {"version", "0"},
        {"severity", "INFO"},
        {"legacyEventType", "app.user_management.grouppush.updated"},
        {"displayMessage", "A group was updated in an app"},
        {"actor", {{"id", ids.administrator()}, {"type", "User"}, {"alternateId", "admin@example.com"}, {"displayName", "Admin"}, {"detailEntry", nullptr}}},
        {"client", {{"userAgent", nullptr}, {"zone", nullptr}, {"device", nullptr}, {"id", nullptr}, {"ipAddress", nullptr}, {"geographicalContext", nullptr}}},
        {"outcome", {{"result", "SUCCESS"}, {"reason", nullptr}}},
        {"target",
         Json::array({{{"id", okta_id("AGr", guid_of(makers_id))}, {"type", "AppGroup"}, {"alternateId", nullptr}, {"displayName", "Makers"}, {"detailEntry", nullptr}},
                      {{"id", ids.application()}, {"type", "AppInstance"}, {"alternateId", "Rostr"}, {"displayName", "Rostr"}, {"detailEntry", nullptr}}})},
        {"transaction", {{"type", "JOB"}, {"id", ids.job(3, "gmr")}, {"detail", Json::object()}}},
        {"debugContext", {{"debugData", {{"appname", "Rostr"}}}}},
        {"request", {{"ipChain", Json::array()}}},
        {"securityContext", {{"asNumber", nullptr}, {"asOrg", nullptr}, {"isp", nullptr}, {"domain", nullptr}, {"isProxy", nullptr}}},
        {"authenticationContext",
         {{"authenticationProvider", nullptr}, {"credentialProvider", nullptr}, {"credentialType", nullptr}, {"issuer", nullptr}, {"interface", nullptr},
          {"authenticationStep", 0}, {"externalSessionId", ids.session()}}},
    };
    CHECK(events[0].dump(2) == expected.dump(2));
}

TEST_CASE("Ids look like Okta's: a prefix and 17 letters and digits, a GUID, 25 characters of a session, 27 of a request")
{
    const OktaIds ids(7), again(7), other(8);
    CHECK(ids.application().starts_with("0oa"));
    CHECK(ids.administrator().starts_with("00u"));
    CHECK(ids.job(1, "gam").starts_with("gam"));
    for (const std::string& id : {ids.application(), ids.administrator(), ids.job(1, "gam")}) CHECK(id.size() == 20);
    CHECK(ids.session().starts_with("trs"));
    CHECK(ids.session().size() == 25);
    CHECK(ids.web(1).size() == 27);
    CHECK(ids.application() == again.application());
    CHECK(ids.application() != other.application());
    CHECK(ids.entry_event(1, 0) != ids.entry_event(1, 1));
    CHECK(ids.entry_event(1, 0) != ids.change_event(1, 0));
    (void)guid_of(ids.entry_event(1, 0).c_str());
}

TEST_CASE("A new user of the application is an assignment and a push of the same job")
{
    OktaLog log = new_log();
    const auto events = log.events(of_ada({.linked = false, .last = Intent::create}));
    CHECK(lines(events) == Lines{"application.user_membership.add SUCCESS", "application.provision.user.push SUCCESS"});
    CHECK(events[0]["transaction"] == events[1]["transaction"]);
    CHECK(events[0]["transaction"]["id"].get<std::string>().starts_with("gam"));
    CHECK(events[0]["uuid"] != events[1]["uuid"]);
    CHECK(events[0]["legacyEventType"] == "app.generic.provision.assign_user_to_app");
    CHECK(events[1]["displayMessage"] == "Push new user to external application");
    CHECK(target_types(events[1]) == Lines{"AppUser 0ua", "AppInstance 0oa", "User 00u"});
    CHECK(events[1]["target"][2]["id"] == okta_id("00u", guid_of(ada_id)));
    CHECK(events[1]["target"][2]["alternateId"] == "ada@acme.test");
    CHECK(events[1]["target"][2]["displayName"] == "Ada Lovelace");
}

TEST_CASE("Who is assigned already is not assigned again by a second attempt, and is unassigned once")
{
    OktaLog log = new_log();
    const Sample create{.linked = false, .last = Intent::create}, disable{.action = LoggedAction::disable};
    SECTION("through a group, which is told with the work it causes")
    {
        Sample failed = create;
        failed.status = Status::failure;
        CHECK(lines(log.events(of_ada(failed))) == Lines{"application.user_membership.add SUCCESS", "application.provision.user.push FAILURE"});
        CHECK(lines(log.events(of_ada(create))) == Lines{"application.provision.user.push SUCCESS"});
        CHECK(lines(log.events(of_ada(disable))) == Lines{"application.user_membership.remove SUCCESS", "application.provision.user.deactivate SUCCESS"});
    }
    SECTION("by an administrator")
    {
        CHECK(types(log.events(change_of_ada(ChangeKind::assigned))) == Lines{"application.user_membership.add"});
        CHECK(types(log.events(of_ada(create))) == Lines{"application.provision.user.push"});
        CHECK(types(log.events(change_of_ada(ChangeKind::unassigned))) == Lines{"application.user_membership.remove"});
        CHECK(types(log.events(of_ada(disable))) == Lines{"application.provision.user.deactivate"});
        const Sample back{.action = LoggedAction::update, .modified = {{"active", "False", "True"}}};
        CHECK(types(log.events(of_ada(back))) == Lines{"application.user_membership.add", "application.provision.user.reactivate"});
    }
}

TEST_CASE("What was written to a user has an event of its own for each kind of push")
{
    CHECK(told(of_ada({.action = LoggedAction::update, .modified = {{"title", "", "Analyst"}}})) == "application.provision.user.push_profile SUCCESS");
    CHECK(told(of_ada({.action = LoggedAction::update, .kind = RunKind::on_demand})) == "application.provision.user.sync SUCCESS");
    CHECK(told(of_ada({.action = LoggedAction::update, .modified = {{"active", "false", "true"}}})) == "application.provision.user.reactivate SUCCESS");
    CHECK(told(of_ada({.action = LoggedAction::update, .modified = {{"active", "true", "true"}}})) == "application.provision.user.push_profile SUCCESS");
    CHECK(told(of_ada({.action = LoggedAction::update, .modified = {{"password", "", "x"}}})) == "application.provision.user.push_password SUCCESS");
    CHECK(told(of_ada({.action = LoggedAction::update, .task = Action::set_manager})) == "application.provision.user.push_profile SUCCESS");
    CHECK(told(of_ada({.action = LoggedAction::disable})) == "application.user_membership.remove SUCCESS, application.provision.user.deactivate SUCCESS");
    CHECK(told(of_ada({.action = LoggedAction::delete_, .task = Action::delete_disabled}))
          == "application.user_membership.remove SUCCESS, application.provision.user.delete SUCCESS");
    CHECK(told(of_ada({.action = LoggedAction::other, .status = Status::skipped})) == "application.provision.user.push_profile SKIPPED");
    CHECK(told(of_ada({.action = LoggedAction::staged_delete, .status = Status::skipped})) == "application.provision.user.deactivate SKIPPED");
    CHECK(told(of_ada({.action = LoggedAction::update, .status = Status::warning})) == "application.provision.user.push_profile SUCCESS");
}

TEST_CASE("A failure says why in the reason, and a look-up that failed is one of its own")
{
    OktaLog log = new_log();
    const auto failed = log.events(of_ada({.action = LoggedAction::update, .status = Status::failure}));
    REQUIRE(failed.size() == 1);
    CHECK(failed[0]["outcome"].dump() == R"({"result":"FAILURE","reason":"Bad Request. Errors reported by remote server: department is required"})");
    CHECK(failed[0]["severity"] == "WARN");
    CHECK(failed[0]["legacyEventType"] == "app.user_management.push_profile_failure");
    CHECK(told(of_ada({.action = LoggedAction::other, .status = Status::failure, .linked = false, .last = Intent::match})) == "application.provision.user.verify_exists FAILURE");
    CHECK(told(of_ada({.action = LoggedAction::create, .status = Status::failure, .linked = false, .last = Intent::create})) == "application.provision.user.push FAILURE");
    CHECK(told(of_makers({.action = LoggedAction::other, .status = Status::failure, .linked = false, .last = Intent::match})) == "application.provision.group.verify_exists FAILURE");
}

TEST_CASE("Groups: pushed, updated, renamed, removed; what failed has the names that only failures have")
{
    const auto group = [](LoggedAction action, Status status, std::vector<Modified> modified = {}) {
        return told(of_makers({.action = action, .status = status, .modified = std::move(modified)}));
    };
    const std::string push = "application.provision.group_push.";
    CHECK(group(LoggedAction::create, Status::success) == push + "pushed SUCCESS");
    CHECK(group(LoggedAction::create, Status::failure) == "application.provision.group.add FAILURE");
    CHECK(group(LoggedAction::update, Status::success) == push + "updated SUCCESS");
    CHECK(group(LoggedAction::update, Status::failure) == "application.provision.group.update FAILURE");
    CHECK(group(LoggedAction::update, Status::success, {{"displayName", "Crew", "Makers"}}) == push + "mapping.app.group.renamed SUCCESS");
    CHECK(group(LoggedAction::update, Status::failure, {{"displayName", "Crew", "Makers"}}) == push + "mapping.app.group.renamed.failed FAILURE");
    CHECK(group(LoggedAction::disable, Status::success) == push + "deactivate_mapping SUCCESS");
    CHECK(group(LoggedAction::delete_, Status::success) == push + "delete_appgroup SUCCESS, " + push + "removed SUCCESS");
    CHECK(group(LoggedAction::delete_, Status::failure) == "application.provision.group.remove FAILURE");
    const auto member = [](Action task, Status status) { return told(of_makers({.action = LoggedAction::update, .status = status, .task = task})); };
    CHECK(member(Action::add_member, Status::success) == push + "updated SUCCESS");
    CHECK(member(Action::write_members, Status::success) == push + "updated SUCCESS");
    CHECK(member(Action::add_member, Status::failure) == "application.provision.group_membership.add FAILURE");
    CHECK(member(Action::remove_member, Status::failure) == "application.provision.group_membership.remove FAILURE");
    CHECK(member(Action::write_members, Status::failure) == "application.provision.group_membership.update FAILURE");
    OktaLog log = new_log();
    const auto failed = log.events(of_makers({.action = LoggedAction::update, .status = Status::failure, .task = Action::add_member}));
    CHECK(target_types(failed.at(0)) == Lines{"AppGroup AGr", "AppInstance 0oa", "AppUser 0ua"});
    CHECK(failed[0]["target"][2]["id"].get<std::string>() == okta_id("0ua", guid_of(ada_id)));
}

TEST_CASE("Members that shared a request are one update of the group")
{
    OktaLog log = new_log();
    ChangeFacts facts = of_makers({.action = LoggedAction::update, .task = Action::add_member});
    CHECK(log.events(facts).size() == 1);
    ++facts.number;
    CHECK(log.events(facts).empty());
    facts.ended += milliseconds{200};
    CHECK(log.events(facts).size() == 1);
}

TEST_CASE("The connection and imports are the application's own events")
{
    CHECK(told(of_nobody(Action::test_connection, Status::success)) == "application.lifecycle.update SUCCESS");
    CHECK(told(of_nobody(Action::test_connection, Status::failure, "GET /Users was answered 401")) == "application.integration.authentication_failure FAILURE");
    CHECK(told(of_nobody(Action::probe_users, Status::failure, "Bad Gateway")) == "application.configuration.update FAILURE");
    CHECK(told(of_nobody(Action::import_users, Status::success)) == "system.import.download.complete SUCCESS");
    CHECK(told(of_nobody(Action::import_users, Status::failure)) == "application.provision.user.import FAILURE");
    CHECK(told(of_nobody(Action::import_groups, Status::failure)) == "application.provision.group.import FAILURE");
}

TEST_CASE("The directory's own events come first: life cycle, profile, groups and assignments")
{
    const auto life = [](ChangeKind kind, std::string edit, UserState state) { return types_of(change_of_ada(kind, std::move(edit), state)); };
    using enum ChangeKind;
    CHECK(life(user_added, "user.add ada", UserState::active) == Lines{"user.lifecycle.create", "user.lifecycle.activate"});
    CHECK(life(user_added, "user.add ada", UserState::staged) == Lines{"user.lifecycle.create"});
    CHECK(life(user_enabled, "user.activate ada", UserState::pending) == Lines{"user.lifecycle.activate"});
    CHECK(life(user_enabled, "user.enable ada", UserState::active) == Lines{"user.lifecycle.activate"});
    CHECK(life(user_enabled, "user.unsuspend ada", UserState::active) == Lines{"user.lifecycle.unsuspend"});
    CHECK(life(user_disabled, "user.suspend ada", UserState::suspended) == Lines{"user.lifecycle.suspend"});
    CHECK(life(user_disabled, "user.disable ada", UserState::deactivated) == Lines{"user.lifecycle.deactivate"});
    CHECK(life(state_changed, "user.lock ada", UserState::locked_out) == Lines{"user.account.lock"});
    CHECK(life(state_changed, "user.unlock ada", UserState::active) == Lines{"user.account.unlock_by_admin"});
    CHECK(life(state_changed, "user.expire_password ada", UserState::password_expired) == Lines{"user.account.expire_password"});
    CHECK(life(state_changed, "user.set_password ada", UserState::active) == Lines{});
    CHECK(life(password_changed, "user.set_password ada", UserState::active) == Lines{"user.account.update_password"});
    CHECK(life(user_updated, "user.update ada", UserState::active) == Lines{"user.account.update_profile"});
    CHECK(life(user_soft_deleted, "user.delete ada", UserState::active) == Lines{"user.lifecycle.delete.initiated"});
    CHECK(life(user_hard_deleted, "user.purge ada", UserState::active) == Lines{"user.lifecycle.delete.initiated", "user.lifecycle.delete.completed"});
    CHECK(types_of(change_of_makers(group_added)) == Lines{"group.lifecycle.create"});
    CHECK(types_of(change_of_makers(group_renamed)) == Lines{"group.profile.update"});
    CHECK(types_of(change_of_makers(group_deleted)) == Lines{"group.lifecycle.delete"});
    CHECK(types_of(change_of_makers(member_removed)) == Lines{"group.user_membership.remove"});
    CHECK(types_of(change_of_makers(nested_added)) == Lines{});
    CHECK(types_of(change_of_makers(assigned)) == Lines{"group.application_assignment.add"});
    CHECK(types_of(change_of_makers(unassigned)) == Lines{"group.application_assignment.remove"});
    CHECK(types_of(change_of_makers(assignment_changed)) == Lines{"group.application_assignment.update"});
    CHECK(life(assignment_changed, "assign user:ada title=Head", UserState::active) == Lines{"application.user_membership.update"});
    OktaLog log = new_log();
    const auto joined = log.events(change_of_makers(member_added));
    REQUIRE(joined.size() == 1);
    CHECK(joined[0]["eventType"] == "group.user_membership.add");
    CHECK(joined[0]["legacyEventType"] == "core.user_group_member.user_add");
    CHECK(target_types(joined[0]) == Lines{"User 00u", "UserGroup 00g"});
    CHECK(joined[0]["target"][1]["displayName"] == "Makers");
    CHECK(joined[0]["transaction"]["type"] == "WEB");
    CHECK(joined[0]["published"] == "2025-11-24T16:00:00.000Z");
    CHECK(joined[0]["debugContext"].dump() == R"({"debugData":{}})");
}

}  // namespace provsim
