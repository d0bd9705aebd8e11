// SPDX-License-Identifier: Apache-2.0
// fault and fault.clear.
#include "scenario_io/read.h"

#include "model/nearest.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

FaultKind kind_of(const std::string& type)
{
    for (const auto& [word, kind] : {std::pair{"latency", FaultKind::latency}, std::pair{"lost_reply", FaultKind::lost_reply}, std::pair{"reset", FaultKind::reset},
                                     std::pair{"answer", FaultKind::answer}, std::pair{"omit", FaultKind::omit}})
        if (type == word) return kind;
    return FaultKind::status;
}

}  // namespace

ActionSpec read_fault(const YamlNode& node, std::vector<std::string>& names, Reading& reading)
{
    FaultRule rule;
    rule.name = text_at(node, "name").value_or(fmt::format("fault-{}", names.size() + 1));
    names.push_back(rule.name);
    const std::string type = text_at(node, "type").value_or("");
    const bool answers = type == "status" || type == "throttle" || type == "answer";
    rule.kind = kind_of(type);
    rule.status = static_cast<int>(count_at(node, "status").value_or(type == "throttle" ? 429 : type == "answer" ? 200 : 503));
    rule.times = count_at(node, "times");
    rule.delay = duration_at(node, "delay").value_or(Duration{0});
    rule.retry_after = duration_at(node, "retry_after");
    for (const char* key : {"status", "retry_after"})
        if (const YamlNode* odd = part(node, key); odd && !answers) reading.error(odd->mark, "fault", fmt::format("a fault of type {} answers nothing, so it has no {}", type, key), "leave it out");
    if (const YamlNode* odd = part(node, "delay"); odd && type != "latency") reading.error(odd->mark, "fault", fmt::format("a fault of type {} has no delay", type), "use type: latency");
    if (const YamlNode* status = part(node, "status"); status && rule.status < 300 && type != "answer")
        reading.error(status->mark, "fault", fmt::format("{} is no trouble", rule.status), "use type: answer, and say with which body");
    if (const YamlNode* body = part(node, "body")) {
        if (type != "answer") reading.error(body->mark, "fault", fmt::format("a fault of type {} has no body", type), "use type: answer");
        rule.body = body->is_scalar() ? value_text(*body) : json_of(*body).dump();
    }
    rule.attribute = text_at(node, "attribute").value_or("");
    if (const YamlNode* odd = part(node, "attribute"); odd && type != "omit") reading.error(odd->mark, "fault", fmt::format("a fault of type {} omits nothing", type), "use type: omit");
    if (type == "omit" && !node.find("attribute")) reading.error(node.mark, "fault", "a fault of type omit needs an attribute", "such as attribute: department");
    if (type == "latency" && !node.find("delay")) reading.error(node.mark, "fault", "a fault of type latency needs a delay", "such as delay: 2s");
    if (rule.retry_after && *rule.retry_after % seconds{1} != Duration{0})
        reading.error(part(node, "retry_after")->mark, "fault", "Retry-After counts whole seconds", "such as 30s");   // RFC 9110 10.2.3
    if (const YamlNode* match = part(node, "match")) {
        rule.path = text_at(*match, "path").value_or("");
        if (const auto method = text_at(*match, "method"))
            for (const Method each : {Method::get, Method::post, Method::put, Method::patch, Method::delete_})
                if (to_string(each) == *method) rule.method = each;
    }
    return FaultAction{std::move(rule)};
}

std::optional<ActionSpec> read_clear_fault(const YamlNode& node, const std::vector<std::string>& names, Reading& reading)
{
    if (node.text == "all") return ClearFault{};
    if (std::find(names.begin(), names.end(), node.text) == names.end()) {
        const std::string near = nearest(node.text, names);
        reading.error(node.mark, "unknown-name", fmt::format("no fault before this is called \"{}\"", node.text), near.empty() ? "name one, or write all" : fmt::format("did you mean \"{}\"?", near));
        return {};
    }
    return ClearFault{node.text};
}

}  // namespace provsim
