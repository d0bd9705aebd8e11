// SPDX-License-Identifier: Apache-2.0
// What of JumpCloud no transcript shows: its mapping's mistakes, its ids, its texts about itself.
#include "connectors/jumpcloud/ids.h"
#include "connectors/jumpcloud/job.h"
#include "tests/catch.h"
#include "tests/connectors/world_text.h"

#include <deque>

namespace provsim::test {
namespace {

// The problems that a mapping row makes, each with its remedy.
std::string problems_of(const MappingSpec& row)
{
    const Flavour& jumpcloud = *find_flavour("jumpcloud");
    MappingSpecs mappings;
    mappings.users.rows.push_back(row);
    const Directory directory;
    const auto made = jumpcloud.make({Settings::check(jumpcloud.settings, {}).value(), mappings, directory});
    if (made) return "none";
    std::string text;
    for (const Problem& problem : made.problems()) text += problem.what + "; " + problem.remedy + "\n";
    return text;
}

MappingSpec from(std::string target, std::string source)
{
    MappingSpec row;
    row.target = std::move(target);
    row.source = std::move(source);
    return row;
}

std::string fact(std::string_view name)
{
    for (const Fact& one : find_flavour("jumpcloud")->facts)
        if (one.name == name) return one.value;
    return "no such fact";
}

}  // namespace

TEST_CASE("JumpCloud maps attributes as they are, under the names of its own API")
{
    CHECK(problems_of(from("nickName", "[username]")) == "none");
    CHECK(problems_of(from("nickName", "username")) == "none");
    CHECK(problems_of(from("nickName", "Join(\"-\", [firstname], [lastname])")).find("is an expression") != std::string::npos);
    CHECK(problems_of(from("nickName", "[givenName]")) == "JumpCloud's users have no attribute \"givenName\"; JumpCloud calls it [firstname]\n");
    CHECK(problems_of(from("nickName", "[usrname]")) == "JumpCloud's users have no attribute \"usrname\"; did you mean [username]?\n");
    CHECK(problems_of(from("nickName", "[custom.shoe]")).find("sends no custom attributes") != std::string::npos);
}

TEST_CASE("JumpCloud sends an attribute each time, and what is required cannot be left out")
{
    MappingSpec row = from("nickName", "[username]");
    row.default_value = "nobody";
    CHECK(problems_of(row).find("it has no defaults") != std::string::npos);
    row = from("nickName", "[username]");
    row.only_on_create = true;
    CHECK(problems_of(row).find("each time") != std::string::npos);
    MappingSpec removed = from("displayName", {});
    removed.removed = true;
    CHECK(problems_of(removed).find("displayName cannot be excluded") != std::string::npos);
    removed.target = "title";
    CHECK(problems_of(removed) == "none");
    CHECK(problems_of(from("active", "[username]")).find("active cannot be mapped") != std::string::npos);
    CHECK(problems_of(from("emails[", "[username]")).find("is no attribute of a SCIM resource") != std::string::npos);
}

TEST_CASE("JumpCloud's groups have no attribute mapping")
{
    const Flavour& jumpcloud = *find_flavour("jumpcloud");
    MappingSpecs mappings;
    mappings.groups.rows.push_back(from("externalId", "[name]"));
    const Directory directory;
    const auto made = jumpcloud.make({Settings::check(jumpcloud.settings, {}).value(), mappings, directory});
    REQUIRE_FALSE(made);
    CHECK(made.problems().front().what == "JumpCloud's groups have no attribute mapping");
}

TEST_CASE("JumpCloud's ids have 24 hexadecimal digits, which differ where the directory's ids do")
{
    Guid guid;
    CHECK(jumpcloud_object_id(guid) == "000000000000000000000000");
    guid.bytes[0] = 0x66;
    guid.bytes[11] = 0x3b;
    CHECK(jumpcloud_object_id(guid) == "66000000000000000000003b");
}

TEST_CASE("A change waits as long as JumpCloud's profile says, and nobody can have a failure sent again")
{
    const Flavour& jumpcloud = *find_flavour("jumpcloud");
    const JobPolicy policy = jumpcloud.policy(Settings::check(jumpcloud.settings, {}).value());
    CHECK(policy.reacts);
    CHECK(policy.failures_wait);
    CHECK(policy.retry == AdminRetry::nothing);
    const LatencyModel& delay = policy.start_delay;
    CHECK(fact("start-delay") == format_duration(delay.min) + " to " + format_duration(delay.max) + ", half within " + format_duration(delay.median));
    CHECK(fact("request-timeout") == format_duration(make_connector("jumpcloud", {})->traits().request_timeout));
}

TEST_CASE("Headers and query in JumpCloud's profile are those of its requests")
{
    const WorldText text({"user ada", "  userName ada@x", "group team Team", "member group:team user:ada", "assign group:team"});
    const auto connector = make_connector("jumpcloud", {});
    const Brief brief = connector->brief({Action::provision, text.object("user:ada"), {}}, text.world(), text.start(1));
    std::deque<Reply> heard;
    const Ask lookup = std::get<Ask>(connector->next_move(brief, Transcript(heard)));
    const auto said = fact("lookup-filter");
    CHECK(lookup.request.target.find(said.substr(0, said.find("..."))) != std::string::npos);
    CHECK(find_header(*lookup.request.headers, "Accept") == fact("accept"));
    CHECK(find_header(*lookup.request.headers, "User-Agent") == fact("user-agent"));
    CHECK(find_header(*lookup.request.headers, "Content-Type").empty());
    JsonReader reader;
    heard.push_back(read_reply({200, {}, R"({"totalResults":0,"Resources":[]})"}, reader));
    const Ask create = std::get<Ask>(connector->next_move(brief, Transcript(heard)));
    CHECK(find_header(*create.request.headers, "Content-Type") == fact("content-type"));
}

TEST_CASE("The test e-mail may be any text, but has to be one")
{
    const auto rules = find_flavour("jumpcloud")->settings;
    const std::vector<SettingValue> some{{"test_email", "probe@corp.test", {}}}, none{{"test_email", "", {}}};
    CHECK(Settings::check(rules, some).value().text("test_email") == "probe@corp.test");
    CHECK_FALSE(Settings::check(rules, none).ok());
}

TEST_CASE("JumpCloud cannot be made to push one object")
{
    const auto why = find_flavour("jumpcloud")->refuse_push({UserId{0}, {}});
    REQUIRE(why);
    CHECK(why->what == "JumpCloud has no provision on demand");
}

}  // namespace provsim::test
