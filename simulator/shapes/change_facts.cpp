// SPDX-License-Identifier: Apache-2.0
#include "shapes/change_facts.h"

#include "model/edit.h"
#include "model/text.h"

#include <nlohmann/json.hpp>

#include <algorithm>

namespace provsim {
namespace {

using Json = nlohmann::ordered_json;

std::string text_of(const Json& value)
{
    if (value.is_null()) return {};
    if (value.is_boolean()) return value.get<bool>() ? "True" : "False";
    return value.is_string() ? value.get<std::string>() : value.dump();
}

// "emails[type eq \"work\"]" for an element that says its type; nothing for others.
std::string element_name(const std::string& list, const Json& element)
{
    const auto type = element.find("type");
    return type == element.end() || !type->is_string() ? list : list + "[type eq \"" + type->get<std::string>() + "\"]";
}

// `between`: what stands between a name and the names within it; a colon behind an extension's URN (RFC 7644 3.10).
void flatten(std::vector<Modified>& out, const std::string& name, const char* between, const Json& value)
{
    if (value.is_object()) {
        for (const auto& [key, inner] : value.items()) {
            const bool selector = name.ends_with(']') && (key == "type" || key == "primary");
            if (!selector) flatten(out, name.empty() ? key : name + between + key, name.empty() && key.starts_with("urn:") ? ":" : ".", inner);
        }
    } else if (value.is_array() && !value.empty() && value.front().is_object()) {
        for (const Json& element : value) flatten(out, element_name(name, element), ".", element);
    } else if (!value.is_array() || !value.empty()) {
        out.push_back({name, {}, text_of(value)});
    }
}

// In Entra's names, without those that only we have.
NamedValues imported_values(const ChangeFacts& facts, const Directory& directory)
{
    NamedValues values;
    if (facts.object.is_group()) {
        values.emplace_back("displayName", directory.display_name(facts.object.group()));
    } else if (facts.object.is_user()) {
        values.emplace_back("accountEnabled", facts.enabled ? "True" : "False");
        values.emplace_back("IsSoftDeleted", facts.presence == Presence::soft_deleted ? "True" : "False");
        for (std::size_t i = 0; i < builtin_attributes; ++i) {
            const auto attribute = static_cast<Attribute>(i);
            const auto value = directory.value(facts.object.user(), attribute);
            if (attribute != Attribute::handle && !value.empty()) values.emplace_back(attribute_name(attribute, Spelling::entra), value);
        }
    }
    return values;
}

}  // namespace

MatchResult match_result(const ChangeFacts& facts) noexcept
{
    if (facts.linked) return MatchResult::by_link;
    if (facts.matching.empty()) return MatchResult::not_asked;
    if (facts.code == "DuplicateTargetEntries") return MatchResult::several;
    if (facts.last == Intent::create) return MatchResult::none;
    if (facts.last == Intent::match && facts.status == Status::failure) return MatchResult::failed;
    return MatchResult::one;
}

bool reactivates(const ChangeFacts& facts) noexcept
{
    return facts.action == LoggedAction::update && std::any_of(facts.modified.begin(), facts.modified.end(), [](const Modified& m) {
        return m.name == "active" && equal_ignoring_ascii_case(m.new_value, "true") && !equal_ignoring_ascii_case(m.old_value, "true");
    });
}

bool changes_only(const ChangeFacts& facts, std::string_view attribute) noexcept
{
    return !facts.modified.empty() && std::all_of(facts.modified.begin(), facts.modified.end(), [attribute](const Modified& m) { return m.name == attribute; });
}

ScopeChecks scope_checks(const ChangeFacts& facts) noexcept
{
    const bool filtered = facts.scope == ScopeReason::filtered_out || facts.scope == ScopeReason::ignored_by_filter;
    const bool assigned = facts.in_scope() || filtered || facts.scope == ScopeReason::without_role;
    return {facts.active(), assigned, assigned && facts.scope != ScopeReason::without_role, !filtered};
}

ChangeFacts change_facts(const LogEntry& entry, const Directory& directory)
{
    ChangeFacts facts;
    facts.number = entry.number;
    facts.run = entry.run;
    facts.run_kind = entry.run_kind;
    facts.task = entry.task.action;
    facts.status = entry.outcome.status;
    facts.action = entry.outcome.action;
    facts.object = entry.task.object;
    facts.name = entry.name;
    facts.code = entry.outcome.code;
    facts.detail = entry.outcome.detail;
    facts.target_id = entry.target_id;
    facts.scope = entry.entitlement.reason;
    if (entry.entitlement.through != no_group) facts.through = object_name(directory, entry.entitlement.through);
    if (!entry.entitlement.filter.passed()) {
        facts.filter = describe(*entry.entitlement.filter.failed);
        facts.saw = entry.entitlement.filter.saw;
    }
    facts.presence = entry.presence;
    facts.enabled = entry.enabled;
    facts.linked = entry.linked;
    facts.matching = entry.matching;
    facts.last = entry.last;
    facts.modified = entry.outcome.modified;
    facts.began = entry.began;
    facts.ended = entry.ended;
    if (facts.object) facts.object_id = to_string(directory.object_id(facts.object));
    const auto display = facts.object.is_user() ? directory.value(facts.object.user(), Attribute::display_name) : std::string_view{};
    facts.display_name = display.empty() ? facts.name : std::string(display);
    if (entry.task.other) {
        facts.other = object_name(directory, entry.task.other);
        facts.other_id = to_string(directory.object_id(entry.task.other));
    }
    facts.imported = imported_values(facts, directory);
    return facts;
}

std::vector<Modified> modified_by_create(std::string_view body)
{
    std::vector<Modified> out;
    Json json = Json::parse(body, nullptr, false);
    if (!json.is_object()) return out;
    json.erase("schemas");
    json.erase("meta");
    if (const auto secret = json.find("password"); secret != json.end()) *secret = "********";      // no log shows one (RFC 7643 4.1.1: never returned)
    flatten(out, {}, ".", json);
    return out;
}

NamedValues values_found(std::string_view body)
{
    Json json = Json::parse(body, nullptr, false);
    if (!json.is_object()) return {};
    if (const auto list = json.find("Resources"); list != json.end()) {
        if (!list->is_array() || list->empty()) return {};
        const Json first = list->front();
        json = first;
    }
    NamedValues values;
    for (Modified& m : modified_by_create(json.dump())) values.emplace_back(std::move(m.name), std::move(m.new_value));
    return values;
}

std::vector<Modified> read_modified(std::string_view text)
{
    std::vector<Modified> out;
    const Json json = text.empty() ? Json::array() : Json::parse(text, nullptr, false);
    if (!json.is_array()) return out;
    for (const Json& one : json)
        if (one.is_object()) out.push_back({text_of(one.value("displayName", Json())), text_of(one.value("oldValue", Json())), text_of(one.value("newValue", Json()))});
    return out;
}

}  // namespace provsim
