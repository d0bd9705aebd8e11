// SPDX-License-Identifier: Apache-2.0
// What no single conversation of Okta's shows.
#include "connectors/okta/default_mapping.h"
#include "connectors/okta/ids.h"
#include "connectors/okta/job.h"
#include "connectors/okta/mapping.h"
#include "connectors/okta/settings.h"
#include "connectors/okta/why.h"
#include "tests/catch.h"
#include "tests/connectors/world_text.h"

#include <fmt/format.h>

#include <deque>
#include <set>

namespace provsim::test {
namespace {

MappingSpecs one_row(const std::string& target, const std::string& expression)
{
    MappingSpecs specs;
    MappingSpec row;
    row.target = target;
    row.source = expression;
    specs.users.rows.push_back(std::move(row));
    return specs;
}

std::string problem_of(const MappingSpecs& specs)
{
    const Directory directory;
    const auto made = compile_okta_mappings(specs, false, directory);
    return made ? "none" : format_problem(made.problems().front());
}

std::size_t count_of(const std::string& text, const std::string& part)
{
    std::size_t count = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
    return count;
}

// Plays tasks until none follows, with targets that accept everything. What each request adds is in `added`.
struct GroupPush {
    explicit GroupPush(const std::string& flavour_template, std::size_t members)
    {
        std::vector<std::string> lines{"setting template " + flavour_template, "group big Big", "push group:big active"};
        for (std::size_t i = 0; i < members; ++i)
            for (const std::string& line : {fmt::format("user u{}", i), fmt::format("  userName u{}@x", i), fmt::format("member group:big user:u{}", i), fmt::format("link user:u{} t-{}", i, i)})
                lines.push_back(line);
        text.emplace(lines);
        connector = make_connector("okta", *text);
        work.emplace_back(Task{Action::provision, text->object("group:big"), {}}, OktaWhy::push);
    }

    void play()
    {
        for (std::size_t begun = 0; begun < work.size(); ++begun) {
            const Planned planned = work[begun];
            Start start = text->start(1);
            start.why = planned.why;
            start.memo = planned.memo;
            const World world = text->world();
            const Brief brief = connector->brief(planned.task, world, start);
            std::deque<Reply> heard;
            for (;;) {
                const Move move = connector->next_move(brief, Transcript(heard));
                if (const auto* done = std::get_if<Done>(&move)) {
                    for (const Effect& effect : done->effects) {
                        if (const auto* link = std::get_if<LinkTo>(&effect)) text->links.set(planned.task.object, link->target_id, link->managed);
                        if (const auto* follow = std::get_if<Follow>(&effect)) work.push_back(follow->work);
                    }
                    break;
                }
                const Ask& ask = std::get<Ask>(move);
                requests.push_back(ask.request);
                spans.push_back((ask.id_in_body.length > 0 ? 1 : 0) + ask.more_in_body.size());
                heard.push_back(read_reply({200, {}, R"({"id":"g-1","displayName":"Big"})"}, reader));
            }
        }
    }

    std::optional<WorldText> text;
    std::unique_ptr<Connector> connector;
    std::vector<Planned> work;
    std::vector<Request> requests;
    std::vector<std::size_t> spans;
    JsonReader reader;
};

}  // namespace

TEST_CASE("An Okta id is its prefix and 17 letters and digits, and follows from the object's id in the directory")
{
    const Guid ada = draw_guid(Draw(1), "ada"), bob = draw_guid(Draw(1), "bob");
    std::set<std::string> seen;
    for (const Guid& guid : {ada, bob}) {
        for (const std::string_view prefix : {okta_user_prefix, okta_group_prefix, okta_app_prefix, okta_app_group_prefix}) {
            const std::string id = okta_id(prefix, guid);
            CHECK(id == okta_id(prefix, guid));
            CHECK(id.size() == 20);
            CHECK(id.starts_with(prefix));
            CHECK(std::all_of(id.begin(), id.end(), [](unsigned char c) { return std::isalnum(c) != 0; }));
            CHECK(seen.insert(id.substr(3)).second);
        }
    }
}

TEST_CASE("A large group pushed by a catalogue application is added in batches, each member once")
{
    GroupPush push("oin", 1050);
    push.play();
    REQUIRE(push.requests.size() == 12);
    CHECK(push.requests[0].method == Method::post);
    CHECK(count_of(push.requests[0].body, "\"value\":\"t-") == 1050);
    std::set<std::string> added;
    for (std::size_t i = 1; i < push.requests.size(); ++i) {
        CHECK(push.requests[i].method == Method::patch);
        CHECK(push.spans[i] <= 100);
        const std::string& body = push.requests[i].body;
        for (auto at = body.find("\"t-"); at != std::string::npos; at = body.find("\"t-", at + 1)) CHECK(added.insert(body.substr(at + 1, body.find('"', at + 1) - at - 1)).second);
    }
    CHECK(added.size() == 1050);
}

TEST_CASE("A large group pushed by an AIW application is written as a whole, twice")
{
    GroupPush push("aiw", 1050);
    push.play();
    REQUIRE(push.requests.size() == 3);
    CHECK(push.requests[0].method == Method::post);
    CHECK(push.requests[1].method == Method::get);
    CHECK(push.requests[2].method == Method::put);
    CHECK(count_of(push.requests[2].body, "\"value\":\"t-") == 1050);
}

TEST_CASE("The default rows of Okta's mapping can all be compiled, in the order in which they are sent")
{
    const Directory directory;
    const auto made = compile_okta_mappings({}, false, directory);
    REQUIRE(made);
    CHECK(made.value().size() == okta_default_rows().size());
    for (const OktaDefaultRow& row : okta_default_rows()) CHECK((row.evidence == "observed" || row.evidence == "assumed"));
    CHECK((triggering_attributes(made.value()) & bit(Attribute::title)) != 0);
    CHECK((triggering_attributes(made.value()) & bit(Attribute::fax)) == 0);
    const auto on_create = compile_okta_mappings({}, true, directory);
    REQUIRE(on_create);
    CHECK(triggering_attributes(on_create.value()) == 0);
}

TEST_CASE("A mapping that Okta could not have is refused, with what to write instead")
{
    CHECK(problem_of(one_row("title", "user.tittle")) == "error: no user has the attribute \"tittle\"; did you mean user.title?  [expression]");
    CHECK(problem_of(one_row("title", "user.shoeSize")) == "error: no user has the attribute \"shoeSize\"; give users a custom.shoeSize, or name an attribute of Okta's base profile  [expression]");
    CHECK(problem_of(one_row("title", "appuser.title + user.title")) == "error: appuser.title has no value in a rehearsal; write a constant instead, or an attribute of the user  [expression]");
    CHECK(problem_of(one_row("a b", "user.title")) == "error: \"a b\" is no path to an attribute; try title, name.givenName or emails[primary eq \"true\"].value  [mapping]");
    MappingSpecs matching = one_row("title", "user.title");
    matching.users.rows[0].matching = 1;
    CHECK(problem_of(matching) == "error: Okta does not match users by \"title\"; it matches them by userName alone  [mapping]");
    MappingSpecs nameless = one_row("userName", "user.login");
    nameless.users.rows[0].removed = true;
    CHECK(problem_of(nameless) == "error: nothing is mapped to userName; map it: Okta matches users by it  [mapping]");
    MappingSpecs groups;
    groups.groups.rows.push_back(one_row("displayName", "user.title").users.rows[0]);
    CHECK(problem_of(groups) == "error: Okta has no mappings of a group's attributes; a pushed group has its name and its members; remove this row  [mapping]");
}

TEST_CASE("What changed of a user travels in the reasons of his task, custom attributes as one")
{
    const std::uint64_t title = bit(Attribute::title), last = bit(Attribute::preferred_language), custom = std::uint64_t{1} << (builtin_attributes + 3);
    CHECK(OktaWhy::attributes(OktaWhy::changed(title)) == title);
    CHECK(OktaWhy::attributes(OktaWhy::changed(title | last)) == (title | last));
    CHECK((OktaWhy::attributes(OktaWhy::changed(custom)) & custom) != 0);
    CHECK((OktaWhy::attributes(OktaWhy::changed(custom)) & title) == 0);
    CHECK((OktaWhy::changed(~std::uint64_t{0}) & (OktaWhy::inactive_reply * 2 - 1)) == 0);
}

TEST_CASE("Okta's job reacts, lets failures wait, and imports on its schedule")
{
    const auto policy = [](const char* schedule) {
        const SettingValue values[] = {{"import_schedule", schedule, {}}};
        return okta_job_policy(Settings::check(okta_setting_rules(), values).value());
    };
    CHECK(policy("never").reacts);
    CHECK(policy("never").failures_wait);
    CHECK(policy("never").import_every == Duration{0});
    CHECK(policy("hourly").import_every == hours{1});
    CHECK(policy("daily").import_every == hours{24});
    CHECK(policy("weekly").import_every == hours{168});
    CHECK(find_flavour("okta")->user_cycle == Duration{0});
    CHECK(find_flavour("okta")->group_cycle == Duration{0});
    const std::vector<SettingValue> in_flight{{"max_in_flight", "7", {}}}, batch{{"template", "oin", {}}, {"group_patch_batch", "256", {}}};
    CHECK(make_connector("okta", in_flight)->traits().max_in_flight == 7);
    CHECK(make_connector("okta", batch)->traits().members_per_request == 256);
}

}  // namespace provsim::test
