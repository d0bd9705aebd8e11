// SPDX-License-Identifier: Apache-2.0
#include "scenario/matcher.h"
#include "tests/catch.h"

#include <fstream>

using namespace provsim;

namespace {

Json table(const std::string& name)
{
    std::ifstream file(std::string(PROVSIM_FIXTURES) + "/scenario/" + name);
    REQUIRE(file);
    return Json::parse(file);
}

Subject subject_of(const Json& row)
{
    const std::string name = row.value("subject", "json");
    return name == "attribute" ? Subject::attribute : name == "text" ? Subject::text : name == "number" ? Subject::number : name == "status" ? Subject::status : Subject::json;
}

std::vector<std::string> found(const std::string& path, const Json& resource)
{
    const auto parsed = AttributePath::parse(path);
    REQUIRE(parsed);
    std::vector<std::string> out;
    for (const Json* value : parsed.value().find(resource)) out.push_back(value->dump());
    return out;
}

}  // namespace

TEST_CASE("A pattern fits a value, or says where and how it does not")
{
    for (const Json& row : table("patterns.json")) {
        INFO(row.dump());
        const Pattern pattern{row["pattern"], {}};
        const Matcher matcher(pattern, subject_of(row), row.value("caseless", false));
        const auto mismatch = matcher.test(row.contains("value") ? &row["value"] : nullptr);
        CHECK((mismatch ? describe(*mismatch, "it") : std::string("fits")) == row.value("says", "fits"));
        CHECK(check_pattern(pattern, subject_of(row)).empty());
    }
}

TEST_CASE("A pattern that makes no sense is refused before anything runs")
{
    for (const Json& row : table("bad_patterns.json")) {
        INFO(row.dump());
        const Pattern pattern{row["pattern"], {"a.yaml", 7, 3}};
        const Problems problems = check_pattern(pattern, subject_of(row));
        if (!row.contains("says")) {
            CHECK(problems.empty());
            continue;
        }
        REQUIRE(problems.size() == 1);
        CHECK_THAT(problems[0].what + (problems[0].remedy.empty() ? "" : "; " + problems[0].remedy), Catch::Matchers::StartsWith(row["says"].get<std::string>()));
        CHECK(problems[0].place.line == 7);
    }
}

TEST_CASE("Of several values one that fits is enough, but a negation must hold for all")
{
    const Json home = "home", work = "work";
    const std::vector<const Json*> both{&home, &work};
    const Pattern is_work{"work", {}}, not_work{{{"ne", "work"}}, {}}, not_fax{{{"nin", {"fax"}}}, {}}, fax{"fax", {}};
    CHECK_FALSE(Matcher(is_work, Subject::json).test_any(both));
    CHECK(Matcher(not_work, Subject::json).test_any(both));
    CHECK_FALSE(Matcher(not_fax, Subject::json).test_any(both));
    const auto mismatch = Matcher(fax, Subject::json).test_any(both);
    REQUIRE(mismatch);
    CHECK(describe(*mismatch, "type") == "type: expected \"fax\" (string), got \"home\" (string) and 1 more that do not fit");
}

TEST_CASE("SCIM paths find attributes as people name them")
{
    const Json ada = Json::parse(R"({
        "userName": "ada@acme.test", "active": true, "name": {"givenName": "Ada"},
        "emails": [{"type": "home", "value": "h@x"}, {"type": "Work", "value": "w@x", "primary": true}],
        "members": [{"value": "1"}, {"value": "2"}], "tags": ["a", "b"], "a/b": 1,
        "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "R&D", "manager": {"value": "9"}}})");
    using Texts = std::vector<std::string>;
    const std::string enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    CHECK(found("userName", ada) == Texts{"\"ada@acme.test\""});
    CHECK(found("USERNAME", ada) == Texts{"\"ada@acme.test\""});
    CHECK(found("urn:ietf:params:scim:schemas:core:2.0:User:active", ada) == Texts{"true"});
    CHECK(found("name.givenName", ada) == Texts{"\"Ada\""});
    CHECK(found("name.middleName", ada).empty());
    CHECK(found("emails[type eq \"work\"].value", ada) == Texts{"\"w@x\""});
    CHECK(found("emails[type eq \"home\" or primary eq true].value", ada) == Texts{"\"h@x\"", "\"w@x\""});
    CHECK(found("emails[not (type eq \"home\")].value", ada) == Texts{"\"w@x\""});
    CHECK(found("emails[type eq \"fax\"].value", ada).empty());
    CHECK(found("emails.value", ada) == Texts{"\"h@x\"", "\"w@x\""});
    CHECK(found("members", ada).size() == 1);
    CHECK(found("members[value eq \"2\"]", ada).size() == 1);
    CHECK(found("tags[value eq \"b\"]", ada) == Texts{"\"b\""});
    CHECK(found(enterprise + ":department", ada) == Texts{"\"R&D\""});
    CHECK(found(enterprise + ":manager.value", ada) == Texts{"\"9\""});
    CHECK(found(enterprise, ada).size() == 1);
    CHECK(found("department", ada).empty());
    CHECK(found("/emails/1/value", ada) == Texts{"\"w@x\""});
    CHECK(found("/a~1b", ada) == Texts{"1"});
    CHECK(found("/emails/7", ada).empty());
    CHECK(found("/userName/x", ada).empty());
    CHECK(found("/username", ada).empty());
    CHECK_FALSE(AttributePath::parse("emails[type eq].value"));
    CHECK_FALSE(AttributePath::parse("/a~2"));
}

TEST_CASE("Case counts where RFC 7643 says caseExact, and where nobody has said")
{
    const auto ignores = [](const std::string& path) { return AttributePath::parse(path).value().ignores_case(); };
    CHECK(ignores("userName"));
    CHECK(ignores("name.givenName"));
    CHECK(ignores("displayName"));
    CHECK(ignores("emails[type eq \"work\"].value"));
    CHECK(ignores("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department"));
    CHECK_FALSE(ignores("id"));
    CHECK_FALSE(ignores("externalId"));
    CHECK_FALSE(ignores("meta.resourceType"));
    CHECK_FALSE(ignores("urn:acme:1.0:User:department"));
    CHECK_FALSE(ignores("/userName"));
}
