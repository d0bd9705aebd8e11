// SPDX-License-Identifier: Apache-2.0
#include "shapes/graph_log.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

namespace provsim {
namespace {

using Json = nlohmann::ordered_json;

Json or_null(const std::string& text)
{
    return text.empty() ? Json() : Json(text);
}

Json details_json(const NamedValues& details)
{
    Json out = Json::object();
    for (const auto& [name, value] : details) out[name] = value;
    return out;
}

// A SCIM type for what the target has, as in the records; a user's names the extension (sample of provisionOnDemand).
std::string target_type(const ChangeFacts& facts)
{
    if (facts.object.is_user()) return "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    return facts.object.is_group() ? "urn:ietf:params:scim:schemas:core:2.0:Group" : "";
}

Json source_details(const ChangeFacts& facts)
{
    if (!facts.object) return Json::object();
    Json details{{"id", facts.object_id}, {"odatatype", entra_kind(facts)}, {"DisplayName", facts.display_name}};
    if (facts.object.is_user()) details["UserPrincipalName"] = facts.name;
    return details;
}

std::string csv_line(std::initializer_list<std::string> fields)
{
    std::string line;
    for (const std::string& field : fields) {
        if (!line.empty() || &field != fields.begin()) line += ',';
        line += csv_field(field);
    }
    return line + "\r\n";       // RFC 4180
}

}  // namespace

Json error_information(const ChangeFacts& facts, const GraphSetting& setting)
{
    if (facts.status != Status::failure) return {};
    const CodeNote* note = find_code(setting.codes, facts.code);
    return {{"errorCode", facts.code},
            {"reason", facts.detail},
            {"additionalDetails", nullptr},
            {"errorCategory", note ? note->category : "failure"},
            {"recommendedAction", note ? Json(note->remedy) : Json()}};
}

Json provisioning_object_summary(const ChangeFacts& facts, const GraphSetting& setting)
{
    const GraphIds& ids = setting.ids;
    const EntraNames& names = setting.names;
    Json steps = Json::array(), modified = Json::array();
    for (const EntraStep& step : entra_steps(facts, names))
        steps.push_back({{"name", step.name}, {"provisioningStepType", step.type}, {"status", to_string(step.status)}, {"description", step.description},
                         {"details", details_json(step.details)}});
    for (const Modified& m : facts.modified) modified.push_back({{"displayName", m.name}, {"oldValue", or_null(m.old_value)}, {"newValue", or_null(m.new_value)}});
    return {
        {"id", ids.activity(facts.number)},
        {"activityDateTime", format_time(facts.ended)},
        {"tenantId", ids.tenant()},
        {"jobId", ids.job()},
        {"cycleId", ids.cycle(facts.run)},
        {"changeId", ids.change(facts.number)},
        {"provisioningAction", to_string(facts.action)},
        {"durationInMilliseconds", (facts.ended - facts.began).count()},
        {"provisioningStatusInfo", {{"status", to_string(facts.status)}, {"errorInformation", error_information(facts, setting)}}},
        {"provisioningSteps", std::move(steps)},
        {"modifiedProperties", std::move(modified)},
        {"servicePrincipal", {{"id", ids.service_principal()}, {"displayName", names.application}}},
        {"sourceSystem", {{"id", ids.source_system()}, {"displayName", names.source}, {"details", Json::object()}}},
        {"targetSystem",
         {{"id", ids.target_system()},
          {"displayName", names.target},
          {"details", {{"ApplicationId", ids.application()}, {"ServicePrincipalId", ids.service_principal()}, {"ServicePrincipalDisplayName", names.application}}}}},
        {"initiatedBy", {{"id", ""}, {"displayName", "Azure AD Provisioning Service"}, {"initiatorType", "system"}}},
        {"sourceIdentity", {{"id", facts.object_id}, {"displayName", facts.display_name}, {"identityType", entra_kind(facts)}, {"details", source_details(facts)}}},
        {"targetIdentity", {{"id", facts.target_id}, {"displayName", ""}, {"identityType", target_type(facts)}, {"details", Json::object()}}},
    };
}

std::string csv_field(std::string_view text)
{
    if (text.find_first_of(",\"\r\n") == std::string_view::npos) return std::string(text);
    std::string out = "\"";
    for (const char c : text) {
        if (c == '"') out += '"';
        out += c;
    }
    return out + '"';
}

LogCsv log_csv_heads()
{
    return {csv_line({"id", "activityDateTime", "tenantId", "jobId", "cycleId", "changeId", "provisioningAction", "durationInMilliseconds", "status", "errorCode",
                      "reason", "errorCategory", "recommendedAction", "sourceIdentityId", "sourceIdentityDisplayName", "sourceIdentityType", "sourceSystem",
                      "targetIdentityId", "targetIdentityType", "targetSystem", "servicePrincipalId", "servicePrincipalDisplayName", "initiatedBy"}),
            csv_line({"changeId", "step", "name", "provisioningStepType", "status", "description", "details"}),
            csv_line({"changeId", "displayName", "oldValue", "newValue"})};
}

LogCsv log_csv_rows(const ChangeFacts& facts, const GraphSetting& setting)
{
    const GraphIds& ids = setting.ids;
    const std::string change = ids.change(facts.number);
    const Json error = error_information(facts, setting);
    const auto of_error = [&error](const char* name) { return error.is_object() && error.at(name).is_string() ? error.at(name).get<std::string>() : std::string(); };
    LogCsv rows;
    // The reason of a skip is in its last step alone; a spreadsheet of entries is read without it.
    const bool skipped = facts.status == Status::skipped;
    rows.entries = csv_line({ids.activity(facts.number), format_time(facts.ended), ids.tenant(), ids.job(), ids.cycle(facts.run), change,
                             std::string(to_string(facts.action)), std::to_string((facts.ended - facts.began).count()), std::string(to_string(facts.status)),
                             skipped ? facts.code : of_error("errorCode"), skipped ? facts.detail : of_error("reason"), of_error("errorCategory"),
                             of_error("recommendedAction"), facts.object_id, facts.display_name, std::string(entra_kind(facts)), setting.names.source, facts.target_id,
                             target_type(facts), setting.names.target, ids.service_principal(), setting.names.application, "Azure AD Provisioning Service"});
    unsigned number = 0;
    for (const EntraStep& step : entra_steps(facts, setting.names))
        rows.steps += csv_line({change, std::to_string(++number), std::string(step.name), std::string(step.type), std::string(to_string(step.status)), step.description,
                                details_json(step.details).dump()});
    for (const Modified& m : facts.modified) rows.modified += csv_line({change, m.name, m.old_value, m.new_value});
    return rows;
}

}  // namespace provsim
