// SPDX-License-Identifier: Apache-2.0
#include "model/edit.h"
#include "model/scoping_filter.h"
#include "tests/catch.h"

#include <algorithm>
#include <fstream>
#include <memory>
#include <set>
#include <sstream>

using namespace provsim;
using namespace std::chrono_literals;

namespace {

const TimePoint now{1'772'442'000'000ms};

std::vector<std::string> split(const std::string& text, char at)
{
    std::vector<std::string> parts(1);
    for (const char c : text) c == at ? void(parts.emplace_back()) : void(parts.back() += c);
    return parts;
}

FilterClauseText clause(const std::string& attribute, const std::string& op, const std::vector<std::string>& values = {})
{
    FilterClauseText text{{attribute, {"s", 1, 1}}, {op, {"s", 1, 2}}, {}};
    for (const std::string& value : values) text.values.push_back({value, {"s", 1, 3}});
    return text;
}

struct World {
    Directory directory;

    UserId user(std::vector<std::pair<std::string, std::string>> values, bool enabled = true)
    {
        const std::string handle = "u" + std::to_string(directory.user_rows());
        REQUIRE(apply(directory, AddUser{handle, std::move(values), enabled, {}}, now, Draw(7)).ok());
        return directory.find_by_handle(ObjectKind::user, handle).user();
    }
    ScopingFilter filter(const std::vector<FilterGroupText>& groups, ObjectKind kind = ObjectKind::user, bool whole = false)
    {
        auto compiled = ScopingFilter::compile(groups, kind, directory, whole);
        if (!compiled) FAIL(format_problem(compiled.problems().front()));
        return std::move(compiled).value();
    }
    std::string refused(const FilterClauseText& text, ObjectKind kind = ObjectKind::user)
    {
        const auto compiled = ScopingFilter::compile({{text}}, kind, directory);
        return compiled ? "accepted" : format_problem(compiled.problems().front());
    }
    std::string says(const ScopingFilter& filter, ObjectRef object) { return describe(filter.evaluate(View(directory), object)); }
};

}  // namespace

TEST_CASE("Each operator says of a value what its documentation says")
{
    std::ifstream in(std::string(PROVSIM_FIXTURES) + "/model/scoping_filters.tsv");
    std::set<FilterOperator> seen;
    std::size_t rows = 0;
    for (std::string line; std::getline(in, line);) {
        if (line.empty() || line[0] == '#') continue;
        CAPTURE(line);
        const auto columns = split(line, '\t');
        REQUIRE(columns.size() == 5);
        World world;
        const UserId user = world.user({{"department", columns[2]}});
        const auto values = columns[1].empty() ? std::vector<std::string>{} : split(columns[1], '|');
        const auto verdict = world.filter({{clause("department", columns[0], values)}}).evaluate(View(world.directory), user);
        CHECK(verdict.passed() == (columns[3] == "true"));
        seen.insert(*find_filter_operator(columns[0]));
        ++rows;
    }
    CHECK(rows > 60);
    CHECK(seen.size() == filter_operators);
}

TEST_CASE("An operator is known by the portal's name, Graph's, or plain words")
{
    const std::pair<const char*, FilterOperator> rows[] = {
        {"NOT EQUALS", FilterOperator::not_equals}, {"not equals", FilterOperator::not_equals}, {"Greater_Than", FilterOperator::greater_than},
        {"Greater_Than_OR_EQUALS", FilterOperator::greater_than_or_equals}, {"greater than or equals", FilterOperator::greater_than_or_equals},
        {"Includes", FilterOperator::includes}, {"ENDS_WITH", FilterOperator::ends_with}, {"ends with", FilterOperator::ends_with},
        {"&", FilterOperator::bit_and}, {"BitAnd", FilterOperator::bit_and}, {"!&", FilterOperator::not_bit_and}, {"IS NULL", FilterOperator::is_null},
    };
    for (const auto& [name, op] : rows) CHECK(find_filter_operator(name) == op);
    for (const std::string_view spelling : filter_operator_spellings()) CHECK(find_filter_operator(spelling));
    for (std::size_t i = 0; i < filter_operators; ++i) {
        const auto op = static_cast<FilterOperator>(i);
        CHECK(find_filter_operator(to_string(op)) == op);
    }
    CHECK_FALSE(find_filter_operator(""));
    CHECK_FALSE(find_filter_operator("EQUALS X"));
    CHECK(format_problem(parse_filter_operator("EQUAL", {"s", 3, 4}).problems().front())
          == "s:3:4: error: there is no filter operator \"EQUAL\"; did you mean \"equals\"?  [filter-operator]");
    CHECK(parse_filter_operator("looks like").problems().front().remedy.find("the operators are EQUALS, NOT EQUALS,") == 0);
}

TEST_CASE("All clauses of a filter must hold, and one of several filters is enough")
{
    World world;
    const UserId engineer = world.user({{"department", "Engineering"}, {"city", "London"}});
    const UserId far_away = world.user({{"department", "Engineering"}, {"city", "Paris"}});
    const UserId seller = world.user({{"department", "Sales"}, {"city", "Paris"}});
    const auto both = world.filter({{clause("department", "equals", {"Engineering"}), clause("city", "equals", {"London"})}});
    CHECK(world.says(both, engineer) == "passes the filters");
    CHECK(world.says(both, far_away) == "filter city EQUALS \"London\": is \"Paris\"");

    const auto either = world.filter({{clause("department", "equals", {"Sales"}), clause("city", "is not null")}, {clause("city", "equals", {"London"})}});
    CHECK(either.evaluate(View(world.directory), engineer).passed());
    CHECK(either.evaluate(View(world.directory), seller).passed());
    const auto verdict = either.evaluate(View(world.directory), far_away);
    REQUIRE_FALSE(verdict.passed());
    CHECK(verdict.failed->group == 0);
    CHECK(verdict.failed->number == 0);
    CHECK(verdict.saw == "Engineering");
    CHECK(describe(verdict) == "filter department EQUALS \"Sales\": is \"Engineering\"; every other filter fails as well");
}

TEST_CASE("Without a filter everybody passes, and a copy of a filter is the filter")
{
    World world;
    const UserId user = world.user({});
    CHECK(ScopingFilter().evaluate(View(world.directory), user).passed());
    CHECK(world.filter({}).empty());
    auto filter = std::make_unique<ScopingFilter>(world.filter({{clause("employeeId", "IS NOT NULL")}}));
    const ScopingFilter copy = *filter;
    CHECK(&copy.groups() == &filter->groups());
    const FilterVerdict verdict = filter->evaluate(View(world.directory), user);
    filter.reset();
    CHECK(describe(verdict) == "filter employeeId IS NOT NULL: has no value");
}

TEST_CASE("The sentence about a filter says which clause failed and what it saw")
{
    World world;
    const UserId user = world.user({{"department", "Sales"}, {"employeeId", "E-7"}}, false);
    const auto says = [&](const FilterClauseText& text) { return world.says(world.filter({{text}}), user); };
    CHECK(says(clause("department", "EQUALS", {"Engineering"})) == "filter department EQUALS \"Engineering\": is \"Sales\"");
    CHECK(says(clause("department", "EQUALS", {"A", "B"})) == "filter department EQUALS \"A\" or \"B\": is \"Sales\"");
    CHECK(says(clause("jobTitle", "IS NOT NULL")) == "filter jobTitle IS NOT NULL: has no value");
    CHECK(says(clause("department", "IS NULL")) == "filter department IS NULL: is \"Sales\"");
    CHECK(says(clause("employeeId", "GREATER_THAN", {"5"})) == "filter employeeId GREATER_THAN \"5\": is \"E-7\", which is not a whole number");
    CHECK(says(clause("accountEnabled", "IS TRUE")) == "filter accountEnabled IS TRUE: is \"False\"");
    CHECK(says(clause("objectId", "EQUALS", {"x"})) == "filter objectId EQUALS \"x\": its objectId does not fit");
}

TEST_CASE("An expression that would take too long decides nothing, and the filter says so")
{
    World world;
    const UserId user = world.user({{"title", std::string(60, 'a') + "!"}});
    for (const char* op : {"REGEX MATCH", "NOT REGEX MATCH"}) {
        const auto filter = world.filter({{clause("title", op, {"^(a+)+$"})}});
        CHECK(world.says(filter, user).find("on which the expression takes too long") != std::string::npos);
    }
}

TEST_CASE("Expressions match any part of a value, or with the setting the whole of it")
{
    World world;
    const UserId longer = world.user({{"employeeId", "100"}}), exact = world.user({{"employeeId", "42"}});
    const std::vector<FilterGroupText> groups = {{clause("employeeId", "REGEX MATCH", {"[1-9][0-9]|[a-z]"})}};
    const View view(world.directory);
    CHECK(world.filter(groups).evaluate(view, longer).passed());
    CHECK_FALSE(world.filter(groups, ObjectKind::user, true).evaluate(view, longer).passed());
    CHECK(world.filter(groups, ObjectKind::user, true).evaluate(view, exact).passed());
}

TEST_CASE("Attributes are named as scenarios name them, as Entra does, or as custom ones")
{
    World world;
    const UserId user = world.user({{"userName", "ada@x"}, {"familyName", "L"}, {"custom.costCode", "42"}});
    const View view(world.directory);
    for (const auto& [name, value] : std::vector<std::pair<std::string, std::string>>{
             {"userName", "ada@x"}, {"userPrincipalName", "ada@x"}, {"familyName", "L"}, {"surname", "L"}, {"custom.costCode", "42"}, {"objectId", to_string(view.object_id(user))}}) {
        CAPTURE(name);
        CHECK(world.filter({{clause(name, "EQUALS", {value})}}).evaluate(view, user).passed());
    }
    CHECK(world.filter({{clause("enabled", "IS TRUE"), clause("accountEnabled", "IS NOT NULL")}}).evaluate(view, user).passed());
    // Nobody has it yet, and somebody will.
    const auto later = world.filter({{clause("custom.badge", "EQUALS", {"1"})}});
    CHECK(world.says(later, user) == "filter custom.badge EQUALS \"1\": has no value");
    REQUIRE(apply(world.directory, UpdateUser{"u0", {{"custom.badge", "1"}}}, now, Draw(7)).ok());
    CHECK(later.evaluate(View(world.directory), user).passed());
}

TEST_CASE("Groups are filtered by displayName and objectId")
{
    World world;
    REQUIRE(apply(world.directory, AddGroup{"eng", "app-Engineers", {}}, now, Draw(7)).ok());
    const ObjectRef group = world.directory.find_by_handle(ObjectKind::group, "eng");
    const auto named = world.filter({{clause("displayName", "REGEX MATCH", {"^app-"})}}, ObjectKind::group);
    CHECK(named.evaluate(View(world.directory), group).passed());
    REQUIRE(apply(world.directory, RenameGroup{"eng", "Engineers"}, now, Draw(7)).ok());
    CHECK(world.says(named, group) == "filter displayName REGEX MATCH \"^app-\": is \"Engineers\"");
    const auto one = world.filter({{clause("objectId", "EQUALS", {to_string(world.directory.object_id(group))})}}, ObjectKind::group);
    CHECK(one.evaluate(View(world.directory), group).passed());
    CHECK(world.refused(clause("displayname", "IS NULL"), ObjectKind::group)
          == "s:1:1: error: there is no group attribute \"displayname\"; did you mean \"displayName\"?  [filter-attribute]");
    CHECK(world.refused(clause("department", "IS NULL"), ObjectKind::group)
          == "s:1:1: error: there is no group attribute \"department\"; a group has displayName and objectId  [filter-attribute]");
}

TEST_CASE("What Entra cannot filter by is refused with the reason")
{
    World world;
    for (const char* name : {"IsMemberOf", "members", "manager", "appRoleAssignments", "userType", "proxyAddresses", "otherMails", "employeeHireDate",
                             "createdDateTime", "accountExpires", "IsSoftDeleted", "handle"}) {
        CAPTURE(name);
        const std::string said = world.refused(clause(name, "IS NULL"));
        CHECK(said.find("s:1:1: error: a filter cannot look at \"" + std::string(name) + "\": ") == 0);
    }
    CHECK(world.refused(clause("members", "IS NULL"), ObjectKind::group)
          == "s:1:1: error: a filter cannot look at \"members\": a group's members cannot be filtered by  [filter-attribute]");
}

TEST_CASE("A clause that cannot mean anything is refused where it goes wrong")
{
    World world;
    CHECK(world.refused(clause("departmant", "IS NULL")) == "s:1:1: error: there is no user attribute \"departmant\"; did you mean \"department\"?  [filter-attribute]");
    CHECK(world.refused(clause("floor", "IS NULL")) == "s:1:1: error: there is no user attribute \"floor\"; write custom.floor if it is one of your own  [filter-attribute]");
    CHECK(world.refused(clause("title", "IS NULLL")) == "s:1:2: error: there is no filter operator \"IS NULLL\"; did you mean \"is null\"?  [filter-operator]");
    CHECK(world.refused(clause("title", "IS NULL", {"x"})) == "s:1:3: error: IS NULL takes no value; leave it out  [filter-value]");
    CHECK(world.refused(clause("title", "EQUALS")) == "s:1:2: error: EQUALS needs a value  [filter-value]");
    CHECK(world.refused(clause("title", "EQUALS", {""})).find("s:1:3: error: EQUALS needs a value that is not empty") == 0);
    CHECK(world.refused(clause("title", "GREATER_THAN", {"1.5"})) == "s:1:3: error: GREATER_THAN compares whole numbers from 0 on, not \"1.5\"  [filter-value]");
    CHECK(world.refused(clause("title", "REGEX MATCH", {"(a"})).find("s:1:3: error: \"(a\" is not a regular expression: ") == 0);
    CHECK(world.refused(clause("accountEnabled", "EQUALS", {"True"}))
          == "s:1:2: error: accountEnabled is true or false, and EQUALS compares texts; write IS TRUE or IS FALSE  [filter-operator]");
    CHECK_FALSE(ScopingFilter::compile({{}}, ObjectKind::user, world.directory));
    for (int i = 0; world.directory.custom_name(static_cast<Attribute>(max_attributes - 1)).empty(); ++i)
        world.directory.custom_attribute("custom.c" + std::to_string(i));
    CHECK(world.refused(clause("custom.c0", "IS NULL")) == "accepted");
    CHECK(world.refused(clause("custom.more", "IS NULL")).find("there is no room for \"custom.more\"") != std::string::npos);
}

// An oracle of its own: every group is evaluated in full, clause by clause.
TEST_CASE("The clause that a verdict names does fail, those before it hold, and no filter passes")
{
    const Draw draw(20260302);
    const std::vector<std::string> texts = {"", "Sales", "sales", "Engineering", "10", "7", "E-7", "True", "false"};
    const std::vector<std::string> attributes = {"department", "jobTitle", "employeeId", "custom.code", "accountEnabled"};
    std::size_t failed = 0, passed = 0;
    for (std::uint64_t trial = 0; trial < 600; ++trial) {
        World world;
        std::uint64_t ordinal = 0;
        const auto pick = [&](std::size_t bound) { return draw.below(bound, "pick", trial, ordinal++); };
        std::vector<std::pair<std::string, std::string>> values;
        for (const char* name : {"department", "title", "employeeId", "custom.code"}) values.emplace_back(name, texts[pick(texts.size())]);
        const UserId user = world.user(values, pick(2) == 0);
        std::vector<FilterGroupText> groups(1 + pick(3));
        for (auto& group : groups) {
            for (std::uint64_t left = 1 + pick(3); left > 0; --left) {
                const std::string& name = attributes[pick(attributes.size())];
                auto op = static_cast<FilterOperator>(pick(filter_operators));
                if (name == "accountEnabled" && takes_value(op)) op = FilterOperator::is_true;
                std::vector<std::string> wanted;
                for (std::uint64_t n = takes_value(op) ? 1 + pick(2) : 0; n > 0; --n)
                    wanted.push_back(op == FilterOperator::greater_than || op == FilterOperator::greater_than_or_equals ? std::to_string(pick(12)) : texts[1 + pick(texts.size() - 1)]);
                group.push_back(clause(name, std::string(to_string(op)), wanted));
            }
        }
        const auto filter = world.filter(groups);
        const View view(world.directory);
        const auto value = [&](const FilterClause& c) -> std::string_view {
            return c.input == FilterInput::account_enabled ? view.enabled(user) ? "True" : "False" : view.value(user, c.attribute);
        };
        bool any = false;
        for (const auto& group : filter.groups())
            any = any || std::all_of(group.begin(), group.end(), [&](const FilterClause& c) { return holds(c, value(c)); });
        const auto verdict = filter.evaluate(view, user);
        INFO("trial " << trial << ": " << describe(verdict));
        REQUIRE(verdict.passed() == any);
        if (any) {
            ++passed;
            continue;
        }
        ++failed;
        const FilterClause& culprit = *verdict.failed;
        CHECK(&culprit == &filter.groups()[culprit.group][culprit.number]);
        CHECK_FALSE(holds(culprit, value(culprit)));
        CHECK(verdict.saw == value(culprit));
        for (std::size_t i = 0; i < culprit.number; ++i) CHECK(holds(filter.groups()[culprit.group][i], value(filter.groups()[culprit.group][i])));
        const std::string said = describe(verdict);
        CHECK(said.find("filter " + culprit.name + " " + std::string(to_string(culprit.op))) == 0);
        CHECK((said.find(": has no value") != std::string::npos) == value(culprit).empty());
        if (!value(culprit).empty()) CHECK(said.find(": is \"" + std::string(value(culprit)) + "\"") != std::string::npos);
    }
    CHECK(failed > 100);
    CHECK(passed > 100);
}
