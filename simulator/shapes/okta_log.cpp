// SPDX-License-Identifier: Apache-2.0
#include "shapes/okta_log.h"

#include "connectors/okta/ids.h"

namespace provsim {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view administrator_name = "admin@example.com";
constexpr std::string_view app_user_prefix = "0ua";

// Somebody or something that `target` lists.
struct Party {
    Guid guid;
    std::string alternate, display;
};

Party party(const std::string& guid, const std::string& alternate, const std::string& display)
{
    Party out{{}, alternate, display.empty() ? alternate : display};
    if (!parse_guid(guid, out.guid)) out.guid = {};
    return out;
}

struct Parties {
    Party user, group;
};

Parties parties(const ChangeFacts& facts)
{
    if (facts.object.is_user()) return {party(facts.object_id, facts.name, facts.display_name), {}};
    const std::string member = facts.other.starts_with("user:") ? facts.other.substr(5) : facts.other;
    return {party(facts.other_id, member, {}), party(facts.object_id, {}, facts.display_name)};
}

Parties parties(const DirectoryChange& change)
{
    if (change.object.is_user()) return {party(change.object_id, change.name, change.display_name), {}};
    return {party(change.other_id, change.other_name, change.other_display_name), party(change.object_id, {}, change.name)};
}

Json text_or_null(std::string_view text)
{
    return text.empty() ? Json() : Json(text);
}

Json thing(const std::string& id, std::string_view type, std::string_view alternate, std::string_view display)
{
    return {{"id", id}, {"type", type}, {"alternateId", text_or_null(alternate)}, {"displayName", display}, {"detailEntry", nullptr}};
}

Json targets_json(OktaTargets targets, const Parties& who, const OktaLogSetting& setting)
{
    const Json app = thing(setting.ids.application(), "AppInstance", setting.application, setting.application);
    const auto of_user = [&who](std::string_view prefix, std::string_view type) { return thing(okta_id(prefix, who.user.guid), type, who.user.alternate, who.user.display); };
    const auto of_group = [&who](std::string_view prefix, std::string_view type) { return thing(okta_id(prefix, who.group.guid), type, "", who.group.display); };
    Json out = Json::array();
    switch (targets) {
        case OktaTargets::app: out.push_back(app); break;
        case OktaTargets::app_user:
            out.push_back(of_user(app_user_prefix, "AppUser"));
            out.push_back(app);
            out.push_back(of_user(okta_user_prefix, "User"));
            break;
        case OktaTargets::app_group:
        case OktaTargets::app_member:
            out.push_back(of_group(okta_app_group_prefix, "AppGroup"));
            out.push_back(app);
            if (targets == OktaTargets::app_member) out.push_back(of_user(app_user_prefix, "AppUser"));
            break;
        case OktaTargets::user: out.push_back(of_user(okta_user_prefix, "User")); break;
        case OktaTargets::group: out.push_back(of_group(okta_group_prefix, "UserGroup")); break;
        case OktaTargets::member:
            out.push_back(of_user(okta_user_prefix, "User"));
            out.push_back(of_group(okta_group_prefix, "UserGroup"));
            break;
        case OktaTargets::group_app:
            out.push_back(of_group(okta_group_prefix, "UserGroup"));
            out.push_back(app);
            break;
    }
    return out;
}

// As the log always has them.
std::string with_milliseconds(TimePoint at)
{
    std::string text = format_time(at);
    if (text.find('.') == std::string::npos) text.insert(text.size() - 1, ".000");
    return text;
}

struct Told {
    OktaEvent event;
    std::string uuid;
    TimePoint at{};
    std::string_view result = "SUCCESS";
    std::string reason;
};

// What a background job cannot know of a browser is null. The actor is the administrator, as in the records, although
// nobody was there when the job ran.
Json log_event(const Told& told, const Parties& who, Json transaction, const OktaLogSetting& setting)
{
    const OktaEventType& type = okta_event_type(told.event.type);
    const bool failed = told.result == "FAILURE";
    Json debug = Json::object();
    if (type.name.starts_with("application.")) debug["appname"] = setting.application;
    return {
        {"uuid", told.uuid},
        {"published", with_milliseconds(told.at)},
        {"eventType", type.name},
        {"version", "0"},
        {"severity", failed ? "WARN" : "INFO"},         // WARN: as of a sign-in that fails (Okta: System Log); of provisioning assumed
        {"legacyEventType", text_or_null(failed ? type.legacy_failed : type.legacy)},
        {"displayMessage", type.message},
        {"actor", thing(setting.ids.administrator(), "User", administrator_name, "Admin")},
        {"client", {{"userAgent", nullptr}, {"zone", nullptr}, {"device", nullptr}, {"id", nullptr}, {"ipAddress", nullptr}, {"geographicalContext", nullptr}}},
        {"outcome", {{"result", told.result}, {"reason", text_or_null(told.reason)}}},
        {"target", targets_json(told.event.targets, who, setting)},
        {"transaction", std::move(transaction)},
        {"debugContext", {{"debugData", std::move(debug)}}},
        {"request", {{"ipChain", Json::array()}}},
        {"securityContext", {{"asNumber", nullptr}, {"asOrg", nullptr}, {"isp", nullptr}, {"domain", nullptr}, {"isProxy", nullptr}}},
        {"authenticationContext",
         {{"authenticationProvider", nullptr}, {"credentialProvider", nullptr}, {"credentialType", nullptr}, {"issuer", nullptr}, {"interface", nullptr},
          {"authenticationStep", 0}, {"externalSessionId", setting.ids.session()}}},
    };
}

// A warning was carried out. SKIPPED is a word of the log's; that Okta says it of work it leaves alone is assumed.
std::string_view result_of(Status status) noexcept
{
    return status == Status::failure ? "FAILURE" : status == Status::skipped ? "SKIPPED" : "SUCCESS";
}

std::string letters(const Draw& draw, std::string_view prefix, std::string_view purpose, std::uint64_t object, std::size_t length)
{
    std::string text(prefix);
    for (std::uint64_t part = 0; text.size() < length; ++part) text += okta_id({}, draw_guid(draw, purpose, object, part));
    return text.substr(0, length);
}

}  // namespace

std::string OktaIds::application() const { return okta_id(okta_app_prefix, draw_guid(draw_, "okta-application")); }
std::string OktaIds::administrator() const { return okta_id(okta_user_prefix, draw_guid(draw_, "okta-administrator")); }
std::string OktaIds::session() const { return letters(draw_, "trs", "okta-session", 0, 25); }
std::string OktaIds::entry_event(std::uint64_t entry, std::size_t part) const { return to_string(draw_guid(draw_, "okta-entry", entry, part)); }
std::string OktaIds::change_event(Position change, std::size_t part) const { return to_string(draw_guid(draw_, "okta-change", change, part)); }
std::string OktaIds::job(std::uint64_t entry, std::string_view prefix) const { return okta_id(prefix, draw_guid(draw_, "okta-job", entry)); }
std::string OktaIds::web(std::uint64_t edit) const { return letters(draw_, {}, "okta-request", edit, 27); }

// Members that shared a request are an entry each; the log has one event for the push.
bool OktaLog::repeats(const ChangeFacts& facts, std::string_view type)
{
    if (type != "application.provision.group_push.updated" || facts.status != Status::success) return false;
    if (updated_group_ == facts.object.key() && updated_at_ == facts.ended) return true;
    updated_group_ = facts.object.key();
    updated_at_ = facts.ended;
    return false;
}

OktaLog::Events OktaLog::events(const ChangeFacts& facts)
{
    std::vector<OktaEvent> all = okta_events(facts);
    const bool about_user = facts.object.is_user() && !is_reference(facts.task) && facts.status != Status::skipped;
    std::size_t assignments = 0;
    if (about_user) {
        const auto known = assigned_.find(facts.object.key());
        const bool leaves = facts.action == LoggedAction::disable || facts.action == LoggedAction::delete_;
        const bool comes = !leaves && facts.in_scope() && (!facts.linked || reactivates(facts));
        if ((comes || leaves) && (known == assigned_.end() || known->second != comes)) {
            all.insert(all.begin(), {comes ? okta_assigned : okta_unassigned, OktaTargets::app_user});
            assignments = 1;
        }
        if (comes || leaves) assigned_[facts.object.key()] = comes;
    }
    const Parties who = parties(facts);
    const std::string job = setting_.ids.job(facts.number, facts.object.is_group() ? "gmr" : "gam");
    Events out;
    for (std::size_t i = 0; i < all.size(); ++i) {
        if (repeats(facts, all[i].type)) continue;
        Told told{all[i], setting_.ids.entry_event(facts.number, i), facts.ended, "SUCCESS", {}};
        if (i >= assignments && facts.status != Status::success) {
            told.result = result_of(facts.status);
            told.reason = facts.detail.empty() ? facts.code : facts.detail;
        }
        out.push_back(log_event(told, who, {{"type", "JOB"}, {"id", job}, {"detail", Json::object()}}, setting_));
    }
    return out;
}

OktaLog::Events OktaLog::events(const DirectoryChange& change)
{
    if (change.object.is_user() && (change.kind == ChangeKind::assigned || change.kind == ChangeKind::unassigned))
        assigned_[change.object.key()] = change.kind == ChangeKind::assigned;
    const Parties who = parties(change);
    Events out;
    for (const OktaEvent& event : okta_events(change))
        out.push_back(log_event({event, setting_.ids.change_event(change.number, out.size()), change.at, "SUCCESS", {}}, who,
                                {{"type", "WEB"}, {"id", setting_.ids.web(change.edit_number)}, {"detail", Json::object()}}, setting_));
    return out;
}

}  // namespace provsim
