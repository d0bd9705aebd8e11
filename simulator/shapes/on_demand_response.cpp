// SPDX-License-Identifier: Apache-2.0
// Its inner shape is older than the log's: names of its own, words with a capital, "" where the log has null (the page's sample).
#include "shapes/on_demand_response.h"

#include <nlohmann/json.hpp>

#include <cctype>

namespace provsim {
namespace {

using Json = nlohmann::ordered_json;

std::string capital(std::string_view word)
{
    std::string text(word);
    if (!text.empty()) text[0] = static_cast<char>(std::toupper(static_cast<unsigned char>(text[0])));
    return text;
}

Json step_json(const EntraStep& step, TimePoint at)
{
    Json details = Json::object();
    for (const auto& [name, value] : step.details) details[name] = value;
    return {{"name", step.name}, {"type", capital(step.type)}, {"status", capital(to_string(step.status))}, {"description", step.description},
            {"timestamp", format_time(at)}, {"details", std::move(details)}};
}

// The steps share the change's own time: what each took is not modelled. The first stands at its beginning, the others at its end.
Json change_json(const ChangeFacts& facts, const GraphSetting& setting)
{
    Json steps = Json::array(), modified = Json::array();
    for (const EntraStep& step : entra_steps(facts, setting.names)) steps.push_back(step_json(step, steps.empty() ? facts.began : facts.ended));
    for (const Modified& m : facts.modified)
        modified.push_back({{"displayName", m.name}, {"oldValue", m.old_value.empty() ? Json() : Json(m.old_value)}, {"newValue", m.new_value.empty() ? Json() : Json(m.new_value)}});
    const Json error = error_information(facts, setting);
    const auto of_error = [&error](const char* name) { return error.is_object() && error.at(name).is_string() ? error.at(name) : Json(""); };
    return {
        {"action", capital(to_string(facts.action))},
        {"changeId", setting.ids.change(facts.number)},
        {"endTime", format_time(facts.ended)},
        {"modifiedProperties", std::move(modified)},
        {"provisioningSteps", std::move(steps)},
        {"reportableIdentifier", reportable_identifier(facts)},
        {"startTime", format_time(facts.began)},
        {"statusInfo",
         {{"status", capital(to_string(facts.status))}, {"errorCode", of_error("errorCode")}, {"reason", of_error("reason")}, {"additionalDetails", ""},
          {"errorCategory", of_error("errorCategory")}, {"recommendedAction", of_error("recommendedAction")}}},
        {"sourceIdentity", {{"id", facts.object_id}, {"type", entra_kind(facts)}}},
        {"sourceSystem", {{"name", setting.names.source}}},
        {"targetIdentity",
         {{"id", facts.target_id},
          {"type", facts.object.is_group() ? "urn:ietf:params:scim:schemas:core:2.0:Group" : "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"}}},
        {"targetSystem", {{"name", setting.names.target}}},
    };
}

// The result of the whole is the pushed object's, unless something after it failed (assumed).
const ChangeFacts& deciding(const std::vector<ChangeFacts>& changes)
{
    for (const ChangeFacts& facts : changes)
        if (facts.status == Status::failure) return facts;
    return changes.front();
}

}  // namespace

Json provision_on_demand_response(const std::vector<ChangeFacts>& changes, std::string_view halted, std::string_view halted_detail, const GraphSetting& setting)
{
    Json key{{"result", "Failure"}, {"details", {{"errorCode", halted}, {"errorMessage", halted_detail}}}};
    if (!changes.empty()) {
        const ChangeFacts& facts = deciding(changes);
        key["result"] = capital(to_string(facts.status));
        key["details"] = facts.status == Status::success ? Json::object() : Json{{"errorCode", facts.code}, {"errorMessage", facts.detail}};
    }
    Json value = Json::array();
    for (const ChangeFacts& facts : changes) value.push_back(change_json(facts, setting));
    return {{"@odata.context", "https://graph.microsoft.com/v1.0/$metadata#microsoft.graph.stringKeyStringValuePair"}, {"key", key.dump()}, {"value", value.dump()}};
}

}  // namespace provsim
