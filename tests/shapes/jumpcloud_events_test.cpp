// SPDX-License-Identifier: Apache-2.0
// What happened, in the words of JumpCloud's Directory Insights.
#include "connectors/jumpcloud/ids.h"
#include "shapes/jumpcloud_events.h"
#include "tests/shapes/event_samples.h"

namespace provsim {
namespace {

using Lines = std::vector<std::string>;

const JumpcloudSetting setting{JumpcloudIds(7), "custom-scim"};

std::string id(const char* text)
{
    Guid guid;
    REQUIRE(parse_guid(text, guid));
    return jumpcloud_object_id(guid);
}

template <class What>
Json only(const What& what)
{
    const auto events = jumpcloud_events(what, setting);
    REQUIRE(events.size() == 1);
    return events.front();
}

// "user_create_provision true"; nothing if no event is written.
template <class What>
std::string told(const What& what)
{
    std::string text;
    for (const Json& event : jumpcloud_events(what, setting)) text += event["event_type"].get<std::string>() + (event["success"] == true ? " true" : " false");
    return text;
}

std::string life(ChangeKind kind, std::string edit, UserState state)
{
    return told(change_of_ada(kind, std::move(edit), state));
}

}  // namespace

TEST_CASE("A provisioning event has the fields that the vendor documents, and says of a failure what the target said")
{
    ChangeFacts facts = of_ada({.status = Status::failure, .linked = false, .last = Intent::create});
    facts.detail = "POST /Users was answered 409: User already exists in the database.";
    const Json expected = {
        {"id", setting.ids.entry_event(3)},
        {"event_type", "user_create_provision"},
        {"timestamp", "2025-11-24T16:00:00.630Z"},
        {"service", "directory"},
        {"organization", setting.ids.organization()},
        {"application", {{"id", setting.ids.application()}, {"name", "custom-scim"}}},
        {"idm_client_id", setting.ids.integration()},
        {"resource", {{"type", "systemuser"}, {"id", id(ada_id)}, {"username", "ada@acme.test"}}},
        {"initiated_by", {{"type", "system"}}},
        {"success", false},
        {"error_message", "POST /Users was answered 409: User already exists in the database."},
        {"message_chain",
         {{"response_code", "409"}, {"response_message", "Conflict"}, {"message_details", "POST /Users was answered 409: User already exists in the database."}}},
        {"correlation", Json::object()},
        {"@version", "1"},
    };
    CHECK(only(facts).dump(2) == expected.dump(2));
}

TEST_CASE("Ids are 24 hexadecimal digits; an event's own is a GUID, as in the vendor's schema")
{
    for (const std::string& one : {setting.ids.organization(), setting.ids.application(), setting.ids.integration(), setting.ids.administrator(), setting.ids.change_event(1)}) {
        CHECK(one.size() == 24);
        CHECK(one.find_first_not_of("0123456789abcdef") == std::string::npos);
    }
    CHECK(setting.ids.application() == JumpcloudIds(7).application());
    CHECK(setting.ids.application() != JumpcloudIds(8).application());
    Guid guid;
    CHECK(parse_guid(setting.ids.entry_event(1), guid));
}

TEST_CASE("A user is created, updated, deprovisioned or deleted; looking him up is told only if it failed")
{
    const auto user = [](LoggedAction action, Status status, bool linked = true, Intent last = Intent::update) {
        return told(of_ada({.action = action, .status = status, .linked = linked, .last = last}));
    };
    CHECK(user(LoggedAction::create, Status::success, false, Intent::create) == "user_create_provision true");
    CHECK(user(LoggedAction::update, Status::success) == "user_update_provision true");
    CHECK(user(LoggedAction::update, Status::failure) == "user_update_provision false");
    CHECK(user(LoggedAction::disable, Status::success) == "user_deprovision true");
    CHECK(user(LoggedAction::delete_, Status::success, true, Intent::delete_) == "user_delete_provision true");
    CHECK(user(LoggedAction::other, Status::failure, false, Intent::match) == "user_lookup_provision false");
    CHECK(user(LoggedAction::other, Status::skipped) == "");
    const Json created = only(of_ada({.linked = false, .last = Intent::create}));
    CHECK(created["message_chain"].dump() == R"({"response_code":"201","response_message":"Created","message_details":"OK"})");
    CHECK_FALSE(created.contains("error_message"));
    const Json updated = only(of_ada({.action = LoggedAction::update, .modified = {{"title", "", "Analyst"}, {"displayName", "Ada", ""}}}));
    CHECK(updated["changes"].dump() == R"([{"field":"title","from":null,"to":"Analyst"},{"field":"displayName","from":"Ada","to":null}])");
}

TEST_CASE("A group is created, updated or deleted; its members are updates that name the association")
{
    const auto group = [](LoggedAction action, Status status) { return told(of_makers({.action = action, .status = status})); };
    CHECK(group(LoggedAction::create, Status::success) == "group_create_provision true");
    CHECK(group(LoggedAction::update, Status::success) == "group_update_provision true");
    CHECK(group(LoggedAction::delete_, Status::failure) == "group_delete_provision false");
    CHECK(told(of_makers({.action = LoggedAction::update, .task = Action::write_members})) == "group_update_provision true");
    const Json added = only(of_makers({.action = LoggedAction::update, .task = Action::add_member}));
    CHECK(added["event_type"] == "group_update_provision");
    CHECK(added["resource"].dump() == Json{{"type", "user_group"}, {"id", id(makers_id)}, {"name", "Makers"}}.dump());
    CHECK(added["association"]["op"] == "add");
    CHECK(added["association"]["connection"]["from"]["object_id"] == id(makers_id));
    CHECK(added["association"]["connection"]["to"].dump() == Json{{"name", "ada"}, {"type", "user"}, {"object_id", id(ada_id)}}.dump());
    CHECK(only(of_makers({.action = LoggedAction::update, .task = Action::remove_member}))["association"]["op"] == "remove");
}

TEST_CASE("The integration is activated or deactivated; an import is told only if it failed")
{
    const Json activated = only(of_nobody(Action::test_connection, Status::success));
    CHECK(activated["event_type"] == "integration_activate");
    CHECK(activated["message_chain"]["response_message"] == "Application successfully activated");
    CHECK_FALSE(activated.contains("resource"));
    CHECK(told(of_nobody(Action::test_connection, Status::failure, "GET /Users was answered 401")) == "integration_activate false");
    CHECK(told(StateChange{sample_time, JobState::paused, "stopped"}) == "integration_deactivate true");
    CHECK(told(StateChange{sample_time, JobState::active, "started"}) == "");
    CHECK(only(StateChange{sample_time, JobState::paused, "stopped"})["initiated_by"]["type"] == "admin");
    CHECK(told(of_nobody(Action::import_users, Status::success)) == "");
    const Json failed = only(of_nobody(Action::import_users, Status::failure, "timeout"));
    CHECK(failed["event_type"] == "user_lookup_provision");
    CHECK(failed["correlation"].dump() == Json{{"id", setting.ids.import(2)}, {"type", "user_import"}}.dump());
    CHECK(failed["message_chain"]["response_code"] == "");
}

TEST_CASE("The directory writes of its own users what its records have")
{
    DirectoryChange change = change_of_ada(ChangeKind::user_updated, "user.update ada");
    change.changed = {{"company", "", "Acme"}};
    const Json expected = {
        {"id", setting.ids.change_event(4)},
        {"event_type", "user_update"},
        {"timestamp", "2025-11-24T16:00:00Z"},
        {"service", "directory"},
        {"organization", setting.ids.organization()},
        {"resource", {{"id", id(ada_id)}, {"type", "user"}, {"username", "ada@acme.test"}}},
        {"changes", Json::array({{{"field", "company"}, {"from", nullptr}, {"to", "Acme"}}})},
        {"initiated_by", {{"id", setting.ids.administrator()}, {"type", "admin"}, {"email", "admin@example.com"}}},
        {"auth_method", "session"},
        {"provider", nullptr},
        {"success", true},
        {"@version", "1"},
    };
    CHECK(only(change).dump(2) == expected.dump(2));
}

TEST_CASE("The directory's own events: life cycle, groups, and associations from the group")
{
    using enum ChangeKind;
    CHECK(life(user_added, "user.add ada", UserState::staged) == "user_create true");
    CHECK(life(user_enabled, "user.activate ada", UserState::active) == "user_activated true");
    CHECK(life(user_disabled, "user.suspend ada", UserState::suspended) == "user_suspended true");
    CHECK(life(user_enabled, "user.unsuspend ada", UserState::active) == "user_unsuspended true");
    CHECK(life(state_changed, "user.expire_password ada", UserState::password_expired) == "user_password_expired true");
    CHECK(life(state_changed, "user.lock ada", UserState::locked_out) == "user_lockout true");
    CHECK(life(state_changed, "user.unlock ada", UserState::active) == "user_unlocked true");
    CHECK(life(state_changed, "user.set_password ada", UserState::active) == "");
    CHECK(life(password_changed, "user.set_password ada", UserState::active) == "user_password_change true");
    CHECK(life(manager_changed, "user.update ada", UserState::active) == "user_update true");
    CHECK(life(user_soft_deleted, "user.delete ada", UserState::active) == "user_delete true");
    DirectoryChange gone = change_of_ada(user_hard_deleted, "user.purge ada");
    CHECK(told(gone) == "user_delete true");
    gone.was_in_bin = true;
    CHECK(told(gone) == "");
    CHECK(told(change_of_makers(group_added)) == "group_create true");
    CHECK(told(change_of_makers(group_renamed)) == "group_update true");
    CHECK(told(change_of_makers(group_deleted)) == "group_delete true");
    CHECK(told(change_of_makers(nested_removed)) == "");
    const Json joined = only(change_of_makers(member_added));
    CHECK(joined["association"].dump()
          == Json{{"op", "add"},
                  {"action_source", "manual"},
                  {"connection",
                   {{"from", {{"name", "Makers"}, {"type", "user_group"}, {"object_id", id(makers_id)}}},
                    {"to", {{"name", "ada@acme.test"}, {"type", "user"}, {"object_id", id(ada_id)}}}}},
                  {"attributes", nullptr}}
                 .dump());
    CHECK_FALSE(joined.contains("resource"));
    CHECK(only(change_of_makers(member_removed))["association"]["op"] == "remove");
    const Json bound = only(change_of_makers(assigned));
    CHECK(bound["association"]["connection"]["to"].dump() == Json{{"name", "custom-scim"}, {"type", "application"}, {"object_id", setting.ids.application()}}.dump());
    CHECK(only(change_of_ada(unassigned))["association"]["connection"]["from"]["type"] == "user");
    CHECK(only(change_of_ada(roles_changed))["association"]["op"] == "update");
    CHECK(only(change_of_ada(assignment_changed))["association"]["op"] == "update");
}

}  // namespace provsim
