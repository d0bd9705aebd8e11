// SPDX-License-Identifier: Apache-2.0
#include "scenario/describe.h"

#include <fmt/format.h>

namespace provsim {
namespace {

std::string dump(const Pattern& pattern)
{
    const auto& value = pattern.value;
    if (value.is_string()) return value.get<std::string>();
    std::string text = value.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace);
    if (text.size() > 80) text.resize(77), text += "...";
    return text;
}

void list(std::string& out, std::string_view label, const std::vector<std::string>& names)
{
    if (names.empty()) return;
    out += label;
    for (std::size_t i = 0; i < names.size(); ++i) out += (i ? ", " : " ") + names[i];
}

std::string words(const TargetExpectation& what)
{
    std::string out = what.object;
    if (what.exists) out += *what.exists ? " exists in the target" : " does not exist in the target";
    else out += " in the target";
    for (const auto& [path, pattern] : what.has) out += fmt::format(", {} = {}", path, dump(pattern));
    if (what.members_exactly) {
        if (what.members_exactly->empty()) out += ", no members";
        else list(out, ", members exactly", *what.members_exactly);
    }
    list(out, ", members with", what.members_include);
    list(out, ", members without", what.members_exclude);
    return out;
}

void add(std::string& out, std::string_view label, const std::optional<Pattern>& pattern)
{
    if (pattern) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", label, dump(*pattern));
}

void add(std::string& out, const ExchangePattern& pattern)
{
    add(out, "method", pattern.method);
    add(out, "path", pattern.path);
    add(out, "query", pattern.query);
    add(out, "status", pattern.status);
    add(out, "body", pattern.body);
}

std::string_view words(TrafficExpectation::Since since)
{
    return since == TrafficExpectation::Since::start ? ", since the start" : "";
}

std::string words(const TrafficExpectation& what)
{
    std::string out;
    add(out, "writes", what.writes);
    add(out, "count", what.count);
    add(out, what);
    return "traffic: " + out + std::string(words(what.since));
}

std::string words(const SequenceExpectation& what)
{
    std::string out;
    for (const auto& element : what.steps) out += (out.empty() ? "" : what.exact ? "; right after it " : "; then ") + describe(static_cast<const ExchangePattern&>(element));
    return "sequence: " + out + std::string(words(what.since));
}

std::string words(const LogExpectation& what)
{
    std::string out = "log:";
    if (what.identity) out += " " + *what.identity;
    const auto add = [&](std::string_view label, const std::optional<Pattern>& pattern) {
        if (pattern) out += fmt::format(" {} {}", label, dump(*pattern));
    };
    add("action", what.action);
    add("status", what.status);
    add("reason", what.reason);
    add("detail", what.detail);
    add("count", what.count);
    return out;
}

std::string words(const JobExpectation& what)
{
    std::string out = "job:";
    for (const auto& [name, pattern] : what.conditions) out += fmt::format(" {} {}", name, dump(pattern));
    return out;
}

std::string words(const PropagatedExpectation& what)
{
    std::string out = what.change + " lands";
    if (what.effect != PropagatedExpectation::Effect::natural) out += fmt::format(" ({})", to_string(what.effect));
    if (what.within > Duration{0}) out += " within " + format_duration(what.within);
    if (what.by != PropagatedExpectation::By::anything) out += fmt::format(" by {}", to_string(what.by));
    return out;
}

}  // namespace

std::string_view to_string(PropagatedExpectation::Effect effect) noexcept
{
    switch (effect) {
        case PropagatedExpectation::Effect::natural: return "natural";
        case PropagatedExpectation::Effect::exists: return "exists";
        case PropagatedExpectation::Effect::attribute: return "attribute";
        case PropagatedExpectation::Effect::member: return "member";
        case PropagatedExpectation::Effect::inactive: return "inactive";
        case PropagatedExpectation::Effect::gone: return "gone";
    }
    return "";
}

std::string_view to_string(PropagatedExpectation::By by) noexcept
{
    switch (by) {
        case PropagatedExpectation::By::anything: return "anything";
        case PropagatedExpectation::By::user_cycle: return "user-cycle";
        case PropagatedExpectation::By::group_cycle: return "group-cycle";
        case PropagatedExpectation::By::on_demand: return "on-demand";
    }
    return "";
}

std::string describe(const Expectation& expectation)
{
    return std::visit([](const auto& what) { return words(what); }, expectation.what);
}

std::string describe(const ExchangePattern& pattern)
{
    std::string out;
    add(out, pattern);
    return out;
}

std::string describe_time(TimePoint at, TimePoint run_began)
{
    return "T+" + format_elapsed(at - run_began);
}

std::string describe(const Journal::Exchange& exchange, TimePoint run_began)
{
    const std::string answer = exchange.failure == Failure::none ? std::to_string(exchange.status) : std::string(to_string(exchange.failure));
    return fmt::format("{} {} {} at {}", to_string(exchange.method), exchange.target, answer, describe_time(exchange.sent, run_began));
}

std::string describe(const Journal::Entry& entry, const Directory& directory, TimePoint run_began)
{
    const bool member = entry.task.action == Action::add_member || entry.task.action == Action::remove_member;
    const bool task_says_more = member || !entry.task.object || entry.task.action == Action::write_members;
    std::string out(task_says_more ? to_string(entry.task.action) : to_string(entry.action));
    if (entry.task.object) out += " " + object_name(directory, entry.task.object);
    if (member) out += " " + object_name(directory, entry.task.other);
    out += fmt::format(" {}", to_string(entry.status));
    if (!entry.code.empty()) out += " " + entry.code;
    return out + " at " + describe_time(entry.ended, run_began);
}

JournalDepth depth_needed(const Expectation& expectation) noexcept
{
    const auto* traffic = std::get_if<TrafficExpectation>(&expectation.what);
    if (traffic && traffic->body) return JournalDepth::bodies;
    if (const auto* sequence = std::get_if<SequenceExpectation>(&expectation.what))
        for (const auto& element : sequence->steps)
            if (element.body) return JournalDepth::bodies;
    return JournalDepth::rows;
}

}  // namespace provsim
