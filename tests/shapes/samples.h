// SPDX-License-Identifier: Apache-2.0
// Log entries made by hand, and what Graph's shapes are made with.
#pragma once

#include "connectors/registry.h"
#include "shapes/graph_log.h"
#include "tests/catch.h"

#include <nlohmann/json.hpp>

#include <string>
#include <vector>

namespace provsim {

using Json = nlohmann::ordered_json;

inline constexpr TimePoint sample_time{hours{490'000}};

inline GraphSetting graph_setting()
{
    return {GraphIds(7), {"Microsoft Entra ID", "customappsso", "Contoso"}, find_flavour("entra")->codes};
}

inline ChangeFacts created_user()
{
    ChangeFacts facts;
    facts.number = 3;
    facts.run = 1;
    facts.task = Action::provision;
    facts.object = UserId{0};
    facts.name = "ada@acme.test";
    facts.display_name = "Ada Lovelace";
    facts.object_id = "9bb0f679-0000-4000-8000-000000000001";
    facts.action = LoggedAction::create;
    facts.target_id = "6f1c";
    facts.scope = ScopeReason::member_of_assigned;
    facts.through = "group:engineers";
    facts.presence = Presence::present;
    facts.enabled = true;
    facts.matching = "userName";
    facts.last = Intent::create;
    facts.began = sample_time;
    facts.ended = sample_time + milliseconds{630};
    return facts;
}

inline ChangeFacts skipped(ChangeFacts facts, std::string code, std::string detail)
{
    facts.status = Status::skipped;
    facts.action = LoggedAction::other;
    facts.code = std::move(code);
    facts.detail = std::move(detail);
    return facts;
}

// "import EntryImportAdd success"
inline std::vector<std::string> step_lines(const ChangeFacts& facts)
{
    std::vector<std::string> lines;
    for (const EntraStep& step : entra_steps(facts, graph_setting().names))
        lines.push_back(std::string(step.type) + " " + std::string(step.name) + " " + std::string(to_string(step.status)));
    return lines;
}

inline Json keys(const Json& object)
{
    Json names = Json::array();
    for (const auto& [key, value] : object.items()) names.push_back(key);
    return names;
}

}  // namespace provsim
