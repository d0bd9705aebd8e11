// SPDX-License-Identifier: Apache-2.0
#include "shapes/jumpcloud_events.h"

#include "connectors/jumpcloud/ids.h"

#include <array>
#include <cctype>

namespace provsim {
namespace {

using Json = nlohmann::ordered_json;

std::string id_of(const std::string& object_id)
{
    Guid guid;
    return parse_guid(object_id, guid) ? jumpcloud_object_id(guid) : std::string();
}

// --- provisioning --------------------------------------------------------------------------------------------------

std::string_view event_of_user(const ChangeFacts& facts)
{
    if (match_failed(facts)) return "user_lookup_provision";
    switch (facts.action) {
        case LoggedAction::create: return "user_create_provision";
        case LoggedAction::disable: return "user_deprovision";
        case LoggedAction::delete_: return "user_delete_provision";
        case LoggedAction::update:
        case LoggedAction::staged_delete:
        case LoggedAction::other: break;
    }
    return facts.linked || facts.action == LoggedAction::update ? "user_update_provision" : "user_create_provision";
}

// Members are part of the group's update.
std::string_view event_of_group(const ChangeFacts& facts)
{
    if (is_reference(facts.task)) return "group_update_provision";
    switch (facts.action) {
        case LoggedAction::create: return "group_create_provision";
        case LoggedAction::delete_: return "group_delete_provision";
        case LoggedAction::disable:
        case LoggedAction::update:
        case LoggedAction::staged_delete:
        case LoggedAction::other: break;
    }
    return facts.linked || facts.action == LoggedAction::update ? "group_update_provision" : "group_create_provision";
}

std::string_view event_of(const ChangeFacts& facts)
{
    if (facts.status == Status::skipped) return {};
    if (facts.object.is_user()) return event_of_user(facts);
    if (facts.object.is_group()) return event_of_group(facts);
    if (facts.task == Action::import_users || facts.task == Action::import_groups) return facts.status == Status::failure ? "user_lookup_provision" : "";
    return "integration_activate";
}

// "POST /Users was answered 409: ...": the code of the answer; 0 if there was none.
int answered(std::string_view detail)
{
    constexpr std::string_view words = "was answered ";
    const auto at = detail.find(words);
    if (at == std::string_view::npos) return 0;
    int code = 0;
    for (const char c : detail.substr(at + words.size(), 3)) {
        if (std::isdigit(static_cast<unsigned char>(c)) == 0) return 0;
        code = code * 10 + (c - '0');
    }
    return code;
}

std::string_view phrase(int code) noexcept
{
    constexpr std::array<std::pair<int, std::string_view>, 16> phrases{{
        {200, "OK"}, {201, "Created"}, {204, "No Content"}, {400, "Bad Request"}, {401, "Unauthorized"}, {403, "Forbidden"}, {404, "Not Found"},
        {405, "Method Not Allowed"}, {409, "Conflict"}, {412, "Precondition Failed"}, {429, "Too Many Requests"}, {500, "Internal Server Error"},
        {501, "Not Implemented"}, {502, "Bad Gateway"}, {503, "Service Unavailable"}, {504, "Gateway Timeout"},
    }};
    for (const auto& [known, text] : phrases)
        if (known == code) return text;
    return "";
}

// What the target said last. Of a success its status is not kept: the one that SCIM has for it.
Json message_chain(const ChangeFacts& facts, std::string_view event)
{
    if (facts.status == Status::failure) {
        const int code = answered(facts.detail);
        return {{"response_code", code == 0 ? std::string() : std::to_string(code)}, {"response_message", phrase(code)}, {"message_details", facts.detail}};
    }
    if (event == "integration_activate") return {{"response_code", "200"}, {"response_message", "Application successfully activated"}, {"message_details", "OK"}};  // the API's example
    const int code = facts.last == Intent::create ? 201 : facts.last == Intent::delete_ ? 204 : 200;
    return {{"response_code", std::to_string(code)}, {"response_message", phrase(code)}, {"message_details", "OK"}};
}

Json end_point(std::string_view type, std::string_view name, const std::string& id)
{
    return {{"name", name}, {"type", type}, {"object_id", id}};
}

// From the group to the user, as the directory writes it of its own memberships.
Json association(std::string_view op, Json from, Json to)
{
    return {{"op", op}, {"action_source", "manual"}, {"connection", {{"from", std::move(from)}, {"to", std::move(to)}}}, {"attributes", nullptr}};
}

Json changes_json(const std::vector<Modified>& modified)
{
    Json out = Json::array();
    const auto value = [](const std::string& text) { return text.empty() ? Json() : Json(text); };
    for (const Modified& m : modified) out.push_back({{"field", m.name}, {"from", value(m.old_value)}, {"to", value(m.new_value)}});
    return out;
}

Json resource(const ChangeFacts& facts)
{
    if (facts.object.is_user()) return {{"type", "systemuser"}, {"id", id_of(facts.object_id)}, {"username", facts.name}};     // the API's example
    return {{"type", "user_group"}, {"id", id_of(facts.object_id)}, {"name", facts.display_name}};
}

Json of_integration(std::string id, std::string_view event, TimePoint at, const JumpcloudSetting& setting)
{
    return {{"id", std::move(id)},
            {"event_type", event},
            {"timestamp", format_time(at)},
            {"service", "directory"},
            {"organization", setting.ids.organization()},
            {"application", {{"id", setting.ids.application()}, {"name", setting.application}}},
            {"idm_client_id", setting.ids.integration()}};
}

Json the_administrator(const JumpcloudSetting& setting)
{
    return {{"id", setting.ids.administrator()}, {"type", "admin"}, {"email", "admin@example.com"}};
}

// --- the directory's own -------------------------------------------------------------------------------------------

// The life cycle of JumpCloud knows no deactivation but suspension.
std::string_view event_of_life(LifeStep step) noexcept
{
    switch (step) {
        case LifeStep::none: break;
        case LifeStep::activated: return "user_activated";
        case LifeStep::deactivated:
        case LifeStep::suspended: return "user_suspended";
        case LifeStep::unsuspended: return "user_unsuspended";
        case LifeStep::locked: return "user_lockout";
        case LifeStep::unlocked: return "user_unlocked";
        case LifeStep::password_expired: return "user_password_expired";
        case LifeStep::password_reset: return "user_password_reset_request";
    }
    return {};
}

std::string_view event_of(const DirectoryChange& change)
{
    switch (change.kind) {
        case ChangeKind::user_added:
        case ChangeKind::user_restored: return "user_create";       // there is no recycle bin: who comes back is made anew
        case ChangeKind::user_updated:
        case ChangeKind::manager_changed: return "user_update";
        case ChangeKind::user_enabled:
        case ChangeKind::user_disabled:
        case ChangeKind::state_changed: return event_of_life(life_step(change));
        case ChangeKind::password_changed: return "user_password_change";
        case ChangeKind::user_soft_deleted: return "user_delete";
        case ChangeKind::user_hard_deleted: return change.was_in_bin ? "" : "user_delete";
        case ChangeKind::group_added: return "group_create";
        case ChangeKind::group_renamed: return "group_update";
        case ChangeKind::group_deleted: return "group_delete";
        case ChangeKind::member_added:
        case ChangeKind::member_removed:
        case ChangeKind::assigned:
        case ChangeKind::unassigned:
        case ChangeKind::roles_changed:
        case ChangeKind::assignment_changed: return "association_change";
        case ChangeKind::nested_added:
        case ChangeKind::nested_removed: break;
    }
    return {};
}

Json association(const DirectoryChange& change, const JumpcloudSetting& setting)
{
    Json from = end_point(change.object.is_user() ? "user" : "user_group", change.name, id_of(change.object_id));
    if (change.kind == ChangeKind::member_added || change.kind == ChangeKind::member_removed)
        return association(change.kind == ChangeKind::member_added ? "add" : "remove", std::move(from), end_point("user", change.other_name, id_of(change.other_id)));
    const std::string_view op = change.kind == ChangeKind::assigned ? "add" : change.kind == ChangeKind::unassigned ? "remove" : "update";
    return association(op, std::move(from), end_point("application", setting.application, setting.ids.application()));
}

}  // namespace

std::string JumpcloudIds::id(std::string_view purpose, std::uint64_t object) const
{
    return jumpcloud_object_id(draw_guid(draw_, purpose, object));
}

std::vector<Json> jumpcloud_events(const ChangeFacts& facts, const JumpcloudSetting& setting)
{
    const std::string_view event = event_of(facts);
    if (event.empty()) return {};
    const JumpcloudIds& ids = setting.ids;
    Json out = of_integration(ids.entry_event(facts.number), event, facts.ended, setting);
    if (facts.object) out["resource"] = resource(facts);
    const bool member = facts.task == Action::add_member || facts.task == Action::remove_member;
    if (member) {
        const std::string name = facts.other.starts_with("user:") ? facts.other.substr(5) : facts.other;
        out["association"] = association(facts.task == Action::add_member ? "add" : "remove",
                                         end_point("user_group", facts.display_name, id_of(facts.object_id)), end_point("user", name, id_of(facts.other_id)));
    } else if (!facts.modified.empty()) {
        out["changes"] = changes_json(facts.modified);
    }
    const bool failed = facts.status == Status::failure;
    out["initiated_by"] = {{"type", "system"}};
    out["success"] = !failed;
    if (failed) out["error_message"] = facts.detail.empty() ? facts.code : facts.detail;
    out["message_chain"] = message_chain(facts, event);
    const bool import = facts.task == Action::import_users || facts.task == Action::import_groups;
    out["correlation"] = import ? Json{{"id", ids.import(facts.run)}, {"type", "user_import"}} : Json::object();
    out["@version"] = "1";
    return {std::move(out)};
}

std::vector<Json> jumpcloud_events(const DirectoryChange& change, const JumpcloudSetting& setting)
{
    const std::string_view event = event_of(change);
    if (event.empty()) return {};
    const JumpcloudIds& ids = setting.ids;
    Json out{{"id", ids.change_event(change.number)},
             {"event_type", event},
             {"timestamp", format_time(change.at)},
             {"service", "directory"},
             {"organization", ids.organization()}};
    if (event == "association_change") {
        out["association"] = association(change, setting);
    } else {
        out["resource"] = change.object.is_user() ? Json{{"id", id_of(change.object_id)}, {"type", "user"}, {"username", change.name}}
                                                  : Json{{"id", id_of(change.object_id)}, {"type", "user_group"}, {"name", change.name}};
        if (!change.changed.empty()) out["changes"] = changes_json(change.changed);      // what stood there before is not kept
    }
    out["initiated_by"] = the_administrator(setting);
    out["auth_method"] = "session";
    out["provider"] = nullptr;
    out["success"] = true;
    out["@version"] = "1";
    return {std::move(out)};
}

std::vector<Json> jumpcloud_events(const StateChange& change, const JumpcloudSetting& setting)
{
    if (change.state != JobState::paused) return {};
    Json out = of_integration(setting.ids.state_event(change.at), "integration_deactivate", change.at, setting);
    out["initiated_by"] = the_administrator(setting);
    out["success"] = true;
    out["@version"] = "1";
    return {std::move(out)};
}

}  // namespace provsim
