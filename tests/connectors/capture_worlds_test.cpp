// SPDX-License-Identifier: Apache-2.0
// Makes the world behind each capture of the providers whose worlds are written down (tests/captures/*.worlds), lets the connector
// plan and converse in it, and looks for the captured request among those it sends. Entra's worlds are made of the captures
// themselves: captures_test.cpp.
#include "tests/catch.h"
#include "tests/connectors/capture.h"
#include "tests/connectors/capture_worlds.h"
#include "tests/connectors/world_text.h"

#include <fmt/format.h>

#include <deque>
#include <iostream>
#include <map>

namespace provsim::test {
namespace {

class Playing {
public:
    Playing(const std::string& flavour, const CaptureWorld& world, const std::vector<std::string>& settings)
        : world_(world), text_(statements(world, settings)), connector_(make_connector(flavour, text_))
    {
    }

    // All that is sent, by any task of the plan, in a conversation that hears what the world says.
    std::vector<Ask> sent()
    {
        std::vector<Ask> all;
        const std::vector<Planned> planned = plan();
        for (std::size_t i = 0; i < planned.size(); ++i)
            if (!is_membership(planned[i].task) || first_of_group(planned, i)) converse(planned, i, all);
        return all;
    }

private:
    static std::vector<std::string> statements(const CaptureWorld& world, std::vector<std::string> lines)
    {
        lines.insert(lines.end(), world.lines.begin(), world.lines.end());
        return lines;
    }

    static bool first_of_group(const std::vector<Planned>& planned, std::size_t at)
    {
        return std::none_of(planned.begin(), planned.begin() + static_cast<std::ptrdiff_t>(at),
                            [&](const Planned& other) { return is_membership(other.task) && other.task.object == planned[at].task.object; });
    }

    std::vector<Planned> plan()
    {
        if (text_.plan.empty()) return {Planned(text_.task, text_.why, text_.memo)};
        const auto words = words_of(text_.plan);
        Trigger trigger = Started{};
        if (words[0] == "changes") trigger = Changes{text_.watermark, text_.directory.changes().head()};
        else if (words[0] == "admin") trigger = AdminAct{text_.admin_verb(words.at(1)), words.size() > 2 ? text_.object(words[2]) : ObjectRef{}};
        else REQUIRE(words[0] == "started");
        const World world = text_.world();
        const auto cursor = connector_->plan(trigger, world);
        std::vector<Planned> all;
        for (std::size_t phase = 0; phase < phase_count; ++phase)
            while (auto next = cursor->next(static_cast<Phase>(phase))) all.push_back(std::move(*next));
        return all;
    }

    void converse(const std::vector<Planned>& planned, std::size_t at, std::vector<Ask>& all)
    {
        const Planned& one = planned[at];
        Brief brief = connector_->brief(one.task, text_.world(), {false, false, one.why, one.memo, Draw(1), 1});
        if (is_membership(one.task))
            for (std::size_t i = at + 1; i < planned.size(); ++i)
                if (is_membership(planned[i].task) && planned[i].task.object == one.task.object)
                    brief.also.push_back(connector_->brief(planned[i].task, text_.world(), {false, true, planned[i].why, planned[i].memo, Draw(1), 1}));
        std::deque<Reply> heard;
        for (std::size_t step = 0;; ++step) {
            Move move = connector_->next_move(brief, Transcript(heard));
            if (!std::holds_alternative<Ask>(move)) return;
            all.push_back(std::get<Ask>(std::move(move)));
            if (step == world_.heard.size()) return;
            const std::string& reply = world_.heard[step];
            heard.push_back(read_reply({std::stoi(reply), {}, reply.substr(std::min(reply.find('{'), reply.size()))}, reader_));
        }
    }

    const CaptureWorld& world_;
    WorldText text_;
    std::unique_ptr<Connector> connector_;
    JsonReader reader_;
};

// What the transport adds.
bool ours(std::string_view header)
{
    for (const std::string_view each : {"Authorization", "Host", "Content-Length", "Connection", "Accept-Encoding"})
        if (each == header) return false;
    return true;
}

// Empty if it is what was captured.
std::string difference(const Capture& capture, bool envelope, const Ask& ask, const std::set<std::string, std::less<>>& free)
{
    if (capture.method != to_string(ask.request.method)) return fmt::format("sends {}", to_string(ask.request.method));
    if (capture.target != ask.request.target) return "sends " + ask.request.target;
    if (const auto headers = member(capture.request, "headers"))
        for (const auto& field : json::object(*headers))
            if (const auto sent = find_header(*ask.request.headers, field.key); ours(field.key) && sent != as_string(field.value).value_or("?"))
                return fmt::format("sends {}: {}", field.key, sent);
    if (!capture.body) return ask.request.body.empty() ? "" : "sends a body";
    JsonReader reader;
    const auto body = reader.read(ask.request.body);
    if (!body) return "sends no JSON";
    const auto part = [&](json::element whole) { return envelope ? std::optional(whole) : member(whole, "Operations"); };
    const auto theirs = part(*capture.body), own = part(body->root());
    return theirs && own && same_json(*theirs, *own, free) ? "" : "sends " + ask.request.body;
}

// The least that it differs by from anything the world leads to.
std::string nearest_difference(const std::string& flavour, const CaptureWorld& world, const std::vector<std::string>& settings, const Capture& capture, bool envelope,
                               const std::set<std::string, std::less<>>& free)
{
    Playing playing(flavour, world, settings);      // its connector owns the headers
    std::string nearest, others;
    for (const Ask& ask : playing.sent()) {
        const std::string differs = difference(capture, envelope, ask, free);
        if (differs.empty()) return {};
        if (to_string(ask.request.method) == capture.method) nearest = differs;
        others += fmt::format(" {} {}", to_string(ask.request.method), ask.request.target);
    }
    return nearest.empty() ? "sends only" + others : nearest;
}

// "name", and "name 2" for the second of a sequence.
std::map<std::string, std::pair<Capture, bool>> read_captures(json::element root)
{
    std::map<std::string, std::pair<Capture, bool>> all;
    for (const json::element element : json::array(root)) {
        const bool envelope = string_of(element, "completeness").rfind("operation", 0) != 0;
        if (const auto sequence = member(element, "sequence")) {
            std::size_t number = 0;
            for (const json::element step : json::array(*sequence)) {
                const Capture capture(element, *member(step, "request"));
                all.emplace(++number == 1 ? capture.name : fmt::format("{} {}", capture.name, number), std::pair(capture, envelope));
            }
        } else {
            const Capture capture(element);
            all.emplace(capture.name, std::pair(capture, envelope));
        }
    }
    return all;
}

void compare_all(const std::string& flavour, const std::string& captures, const std::string& worlds)
{
    JsonReader reader;
    const auto document = reader.read(captures);
    REQUIRE(document);
    auto left = read_captures(document->root());
    const CaptureWorlds all = read_worlds(worlds);
    std::size_t matched = 0, by_setting = 0, differing = 0, not_sent = 0;
    for (const CaptureWorld& world : all.worlds) {
        INFO(world.name);
        const auto found = left.find(world.name);
        REQUIRE(found != left.end());
        const auto [capture, envelope] = found->second;
        left.erase(found);
        if (!world.not_sent.empty() || (world.lines.empty() && !world.differs.empty())) {
            ++not_sent;
            continue;
        }
        const std::string with = nearest_difference(flavour, world, world.settings, capture, envelope, all.free);
        INFO("differs: " << with);
        CHECK(with.empty() == world.differs.empty());
        if (!with.empty()) {
            ++differing;
            continue;
        }
        if (world.settings.empty()) {
            ++matched;
            continue;
        }
        ++by_setting;
        CHECK_FALSE(nearest_difference(flavour, world, {}, capture, envelope, all.free).empty());    // else the setting is not what makes it
    }
    for (const auto& [name, capture] : left) FAIL_CHECK("no world is written down for " << name);
    std::cout << fmt::format("  {}: {} captures matched, {} more by a setting, {} differ and {} are not sent, for reasons\n", flavour, matched, by_setting, differing, not_sent);
}

}  // namespace

TEST_CASE("Each provider sends what it was seen to send, in the world that is written down for it")
{
    for (const char* flavour : {"okta", "jumpcloud"}) {
        if (!find_flavour(flavour)) {
            std::cout << fmt::format("  {}: no such provider yet, its captures wait\n", flavour);
            continue;
        }
        compare_all(flavour, read_capture_text(fmt::format("{}.json", flavour)), read_capture_text(fmt::format("{}.worlds", flavour)));
    }
}

TEST_CASE("A world is played as it is written: two of Entra's captures")
{
    compare_all("entra", R"([
        {"name": "match", "completeness": "full", "request": {"method": "GET", "path_with_query": "/Users?filter=userName+eq+%22u%40x%22"}},
        {"name": "disable", "completeness": "full", "sequence": [
            {"request": {"method": "GET", "path_with_query": "/Users/1f"}},
            {"request": {"method": "PATCH", "path_with_query": "/Users/1f", "body": {"schemas": ["urn:ietf:params:scim:api:messages:2.0:PatchOp"],
                         "Operations": [{"op": "Replace", "path": "active", "value": "False"}]}}}]},
        {"name": "json", "completeness": "operation only", "request": {"method": "PATCH", "path_with_query": "/Users/1f", "body": {
                         "Operations": [{"op": "Replace", "path": "active", "value": false}]}}},
        {"name": "other", "completeness": "full", "request": {"method": "DELETE", "path_with_query": "/Users/1f"}},
        {"name": "never", "completeness": "full", "request": {"method": "PUT", "path_with_query": "/Users/1f"}}])",
                "= match\nuser u\n  userName u@x\nassign user:u\ntask provision user:u\n"
                "= disable\nuser u\n  userName u@x\nlink user:u 1f\ntask provision user:u\n"
                "= disable 2\nuser u\n  userName u@x\nlink user:u 1f\ntask provision user:u\n< 200 {\"id\":\"1f\",\"userName\":\"u@x\",\"active\":true}\n"
                "= json\nsetting patch_booleans json\nuser u\n  userName u@x\nlink user:u 1f\ntask provision user:u\n< 200 {\"id\":\"1f\",\"userName\":\"u@x\",\"active\":true}\n"
                "= other\ndiffers: he is disabled instead\nuser u\n  userName u@x\nlink user:u 1f\ntask provision user:u\n< 200 {\"id\":\"1f\",\"userName\":\"u@x\",\"active\":true}\n"
                "= never\nnot sent: Entra has no PUT\n");
}

}  // namespace provsim::test
