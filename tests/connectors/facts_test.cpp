// SPDX-License-Identifier: Apache-2.0
// What a profile says of a provider: whole, sourced, and the same as what the connector does.
#include "model/expression.h"
#include "tests/catch.h"
#include "tests/connectors/world_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <set>

namespace provsim::test {
namespace {

std::string fact_of(const Flavour& flavour, std::string_view name)
{
    for (const Fact& fact : flavour.facts)
        if (fact.name == name) return fact.value;
    return "no such fact";
}

std::string entra_fact(std::string_view name) { return fact_of(*find_flavour("entra"), name); }

std::string okta_fact(std::string_view name) { return fact_of(*find_flavour("okta"), name); }

bool is_kebab(std::string_view name)
{
    const auto allowed = [](char c) { return (c >= 'a' && c <= 'z') || c == '-'; };
    return !name.empty() && name.front() != '-' && name.back() != '-' && std::all_of(name.begin(), name.end(), allowed);
}

// What a conversation about the task asks, once it has heard `bodies`, each a 200.
struct Asked {
    Asked(const std::vector<std::string>& world, Action action, std::string_view object, const std::vector<std::string>& bodies, std::string_view flavour = "entra")
        : text(world), connector(make_connector(flavour, text.settings))
    {
        for (const std::string& body : bodies) heard.push_back(read_reply({200, {}, body}, reader));
        brief = connector->brief({action, object.empty() ? ObjectRef{} : text.object(object), {}}, text.world(), text.start(0));
        ask = std::get<Ask>(connector->next_move(brief, Transcript(heard)));
    }
    WorldText text;
    std::unique_ptr<Connector> connector;
    JsonReader reader;
    std::deque<Reply> heard;
    Brief brief;
    Ask ask;
};

const std::string nobody = R"({"totalResults":0,"Resources":[]})";
const std::vector<std::string> one_user{"user ada", "  userName a@b.test", "assign user:ada"};

}  // namespace

TEST_CASE("Each fact of a profile says what, why it is thought so and where from, under a name of its own")
{
    for (const Flavour& flavour : flavours()) {
        CAPTURE(flavour.name);
        CHECK(flavour.facts.size() > (flavour.name == "generic" ? 15 : 50));    // nobody's product has few habits
        std::set<std::string_view> names, groups;
        std::string_view group;
        for (const Fact& fact : flavour.facts) {
            CAPTURE(fact.name);
            CHECK(is_kebab(fact.name));
            CHECK(names.insert(fact.name).second);
            CHECK_FALSE(fact.value.empty());
            CHECK(fact.value.size() <= 60);
            CHECK_FALSE(fact.about.empty());
            CHECK_FALSE(fact.source.empty());
            CHECK((fact.evidence == "documented" || fact.evidence == "staff" || fact.evidence == "observed" || fact.evidence == "assumed"));
            if (fact.group != group) CHECK(groups.insert(fact.group).second);      // facts of one group stand together
            group = fact.group;
        }
        for (const SettingRule& rule : flavour.settings) CHECK(names.insert(rule.name).second);
    }
}

TEST_CASE("The times in a profile are those its connector works by")
{
    std::size_t cycles = 0;
    for (const Flavour& flavour : flavours()) {
        CAPTURE(flavour.name);
        CHECK(fact_of(flavour, "request-timeout") == format_duration(make_connector(flavour.name, {})->traits().request_timeout));
        if (flavour.user_cycle == Duration{0} && flavour.group_cycle == Duration{0}) continue;      // it reacts
        CHECK(fact_of(flavour, "user-cycle") == format_duration(flavour.user_cycle));
        CHECK(fact_of(flavour, "group-cycle") == format_duration(flavour.group_cycle));
        ++cycles;
    }
    CHECK(cycles >= 2);
}

TEST_CASE("The headers and encodings in Entra's profile are those of its requests")
{
    const Asked probe({}, Action::probe_users, {}, {});
    REQUIRE(probe.ask.request.headers->size() == 1);
    const Header& only = probe.ask.request.headers->front();
    CHECK(entra_fact("version-header") == only.name + ": " + only.value);
    const Asked match(one_user, Action::provision, "user:ada", {});
    CHECK(match.ask.request.target == "/Users?" + entra_fact("query-encoding"));
    const Asked create(one_user, Action::provision, "user:ada", {nobody});
    CHECK(find_header(*create.ask.request.headers, "Content-Type") == entra_fact("content-type"));
    CHECK(find_header(*create.ask.request.headers, "User-Agent").empty());
    CHECK(create.ask.request.body.find(entra_fact("empty-roles")) != std::string::npos);
    const Asked group({"group g Team", "assign group:g"}, Action::provision, "group:g", {nobody});
    CHECK(group.ask.request.body.find(entra_fact("empty-members")) != std::string::npos);
    const Asked read({"group g Team", "assign group:g", "link group:g t-1"}, Action::provision, "group:g", {});
    CHECK(read.ask.request.target == "/Groups/t-1" + entra_fact("excluded-members"));
}

TEST_CASE("The headers, encodings and times in Okta's profile are those of its requests")
{
    const Asked match(one_user, Action::provision, "user:ada", {}, "okta");
    CHECK(match.ask.request.target == "/Users?" + okta_fact("query-encoding") + '&' + okta_fact("query-paging"));
    CHECK(find_header(*match.ask.request.headers, "User-Agent") == okta_fact("user-agent"));
    CHECK(find_header(*match.ask.request.headers, "Accept") == okta_fact("accept"));
    CHECK(find_header(*match.ask.request.headers, "Content-Type").empty());
    const Asked create(one_user, Action::provision, "user:ada", {nobody}, "okta");
    CHECK(find_header(*create.ask.request.headers, "Content-Type") == okta_fact("content-type"));
    CHECK(create.ask.request.body.find("\"externalId\":\"" + okta_fact("user-id").substr(0, 3)) != std::string::npos);
    const Asked test({}, Action::test_connection, {}, {}, "okta");
    CHECK("GET " + test.ask.request.target == okta_fact("test"));
    CHECK(okta_fact("request-timeout") == format_duration(test.connector->traits().request_timeout));
}

TEST_CASE("A Retry-After is obeyed as often as Entra's and the generic profile say, by Entra if it is obeyed at all")
{
    std::vector<std::string> world = one_user;
    world.push_back("setting honor_retry_after true");
    Asked match(world, Action::provision, "user:ada", {});
    const auto attempts = [&](const Connector& connector) {
        const Reply busy = read_reply({429, {{"Retry-After", "1"}}, {}}, match.reader);
        unsigned attempt = 1;
        while (attempt < 100 && std::holds_alternative<RetryAfter>(connector.judge(match.brief, match.ask, busy, {attempt}))) ++attempt;
        return fmt::format("{} attempts", attempt);
    };
    CHECK(entra_fact("retry-after-attempts") == attempts(*match.connector));
    CHECK(fact_of(*find_flavour("generic"), "retry-after-attempts") == attempts(*make_connector("generic", {})));
}

TEST_CASE("A mapping expression may be as long as Entra's profile says, and no longer")
{
    const auto long_as = [](std::size_t length) { return Expression::parse('"' + std::string(length - 2, 'x') + '"', {}).ok(); };
    const auto said = static_cast<std::size_t>(std::stoul(entra_fact("expression-length")));
    CHECK(long_as(said));
    CHECK_FALSE(long_as(said + 1));
}

}  // namespace provsim::test
