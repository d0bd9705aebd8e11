// SPDX-License-Identifier: Apache-2.0
#include "tests/catch.h"
#include "tests/model/table_rows.h"

#include "model/okta_expression.h"
#include "model/okta_expression/countries.h"
#include "model/okta_expression/dates.h"
#include "model/okta_expression/functions.h"

#include <algorithm>
#include <fstream>
#include <map>
#include <set>

using namespace provsim;

namespace {

// "firstName=Ada; salary=#5; active=?true; app.domain=x; list=[a, #2]; manager/lastName=Gates; internal/id=00u1": a user.
class User : public OktaSource {
public:
    explicit User(std::string_view row)
    {
        while (!row.empty()) {
            const std::size_t end = std::min(row.find("; "), row.size()), equals = row.find('=');
            REQUIRE(equals < end);
            values_[std::string(row.substr(0, equals))] = read(row.substr(equals + 1, end - equals - 1));
            row.remove_prefix(std::min(end + 2, row.size()));
        }
    }

    OktaValue value(std::string_view scope, std::string_view name) const override
    {
        return find(scope == "user" ? std::string(name) : std::string(scope).append(".").append(name));
    }
    OktaValue internal_property(std::string_view name) const override { return find("internal/" + std::string(name)); }
    OktaValue linked_user(std::string_view relation, std::string_view name) const override { return find(std::string(relation).append("/").append(name)); }

    // Those of the overview, "Get groups for users".
    std::vector<OktaGroup> groups() const override
    {
        return {{"00gak46y5hydV6NdM0g4", "Everyone", "BUILT_IN", "0oazmqPIbHiVJBG4C0g3"},
                {"00g1emaKYZTWRYYRRTSK", "West Coast Users", "OKTA_GROUP", "0a81509410bdf807f680"},
                {"00garwpuyxHaWOkdV0g4", "West Coast Admins", "OKTA_GROUP", "0a03d062d3918fd34742"},
                {"00gjitX9HqABSoqTB0g3", "Engineering Users", "APP_GROUP", "0aae4be2456eb62f7c3d"},
                {"00gnftmgQxC2L19j6I9c", "Engineering Users", "APP_GROUP", "0a61c8dacb58b3c0716e"}};
    }

private:
    static OktaValue read(std::string_view text)
    {
        if (text.starts_with('#')) {
            const std::string digits(text.substr(1));
            if (digits.find('.') == std::string::npos) return OktaValue(static_cast<std::int64_t>(std::stoll(digits)));
            return OktaValue(std::stod(digits));
        }
        if (text.starts_with('?')) return OktaValue(text == "?true");
        if (!text.starts_with('[')) return OktaValue(text);
        OktaArray parts;
        text = text.substr(1, text.size() - 2);
        for (std::size_t at = 0; at <= text.size() && !text.empty();) {
            const std::size_t end = std::min(text.find(", ", at), text.size());
            parts.push_back(read(text.substr(at, end - at)));
            at = end + 2;
        }
        return OktaValue(std::move(parts));
    }

    OktaValue find(const std::string& name) const
    {
        const auto found = values_.find(name);
        return found == values_.end() ? OktaValue() : found->second;
    }

    std::map<std::string, OktaValue> values_;
};

std::string shown(const OktaValue& value)
{
    if (value.is_null()) return "null";
    if (value.is_error()) return "error: " + value.error();
    if (value.text() != nullptr) return '"' + *value.text() + '"';
    if (value.array() == nullptr) return *to_text(value);
    std::string out = "{";
    for (const OktaValue& inner : *value.array()) out += (out.size() > 1 ? ", " : "") + shown(inner);
    return out + '}';
}

// The overview's samples of Time.now are of this moment, and some hours later.
constexpr TimePoint now{std::chrono::sys_days{std::chrono::year{2015} / 7 / 31} + hours{17} + minutes{18} + seconds{37} + milliseconds{979}};

std::string value_of(std::string_view expression, std::string_view user = {})
{
    const auto parsed = OktaExpression::parse(expression);
    if (!parsed) return "refused: " + format_problem(parsed.problems().front());
    return shown(parsed.value().evaluate({User(user), now}));
}

void check_values(const std::string& file)
{
    for (const auto& row : table_rows("okta_expressions/" + file, 3)) {
        CAPTURE(file, row[0], row[1]);
        CHECK(value_of(row[0], row[1]) == row[2]);
    }
}

}  // namespace

TEST_CASE("The samples of Okta's page of its expression language give what the page says")
{
    check_values("documented.tsv");
}

TEST_CASE("Where Okta's page of its expression language is silent, an expression does as the table of quirks says")
{
    check_values("quirks.tsv");
}

TEST_CASE("A mistaken expression of Okta's language is refused with its place, the reason and a remedy")
{
    for (const auto& row : table_rows("okta_expressions/refused.tsv", 2)) {
        CAPTURE(row[0]);
        const auto parsed = OktaExpression::parse(row[0], {"map", 7, 11});
        REQUIRE_FALSE(parsed);
        CHECK(format_problem(parsed.problems().front()) == "map:" + row[1] + "  [okta_expression]");
    }
}

TEST_CASE("An expression that Okta documents not to work, though it can be read, gets a warning")
{
    for (const auto& row : table_rows("okta_expressions/doubtful.tsv", 2)) {
        CAPTURE(row[0]);
        const auto parsed = OktaExpression::parse(row[0], {"map", 1, 0});
        REQUIRE(parsed);
        REQUIRE(parsed.value().warnings().size() == 1);
        CHECK(format_problem(parsed.value().warnings().front()) == "map:" + row[1] + "  [okta_expression]");
    }
    CHECK(OktaExpression::parse("user.a == null ? Arrays.size(user.b) : 0").value().warnings().empty());
}

TEST_CASE("An expression of Okta's language names what it reads, each once, and whether it asks for groups")
{
    const auto parsed = OktaExpression::parse(R"(user.firstName + appuser.userName + (source.firstName == 'x' ? org.subDomain : lastName) + app.domain)");
    REQUIRE(parsed);
    CHECK(parsed.value().attributes() == std::vector<std::string>{"firstName", "appuser.userName", "org.subDomain", "lastName", "app.domain"});
    CHECK_FALSE(parsed.value().asks_for_groups());
    CHECK(OktaExpression::parse("isMemberOfGroupName('a') ? 'x' : user.title").value().asks_for_groups());
    CHECK(OktaExpression::parse("user.getGroups({'group.type': 'OKTA_GROUP'}).![name]").value().asks_for_groups());
    // A change of the manager pushes nothing, so that his attributes are not among them.
    CHECK(OktaExpression::parse("getManagerUser('active_directory').email").value().attributes().empty());
}

TEST_CASE("An expression of Okta's language may have 10,000 characters and 100 levels within each other, and no more")
{
    const auto nested = [](std::string_view open, std::string_view close, int depth) {
        std::string text;
        for (int i = 0; i < depth; ++i) text += open;
        text += "user.a";
        for (int i = 0; i < depth; ++i) text += close;
        return text;
    };
    using Around = std::pair<const char*, const char*>;
    for (const auto& [open, close] : {Around{"(", ")"}, {"!", ""}, {"{", "}"}, {"toLowerCase(", ")"}, {"user.b ?: ", ""}, {"true ? false : ", ""}, {"", "[0]"}}) {
        CAPTURE(open);
        CHECK(OktaExpression::parse(nested(open, close, 98)));
        const auto too_deep = OktaExpression::parse(nested(open, close, 101));
        REQUIRE_FALSE(too_deep);
        CHECK(too_deep.problems().front().what == "the expression is nested deeper than 100 levels");
    }
    const std::string longest = '"' + std::string(9'998, 'a') + '"';
    CHECK(OktaExpression::parse(longest));
    const auto too_long = OktaExpression::parse(longest + ' ');
    REQUIRE_FALSE(too_long);
    CHECK(too_long.problems().front().what == "the expression has 10001 characters, and at most 10000 are allowed");
}

TEST_CASE("No value of Okta's language grows without end")
{
    std::string text = "'aaaaaaaaaaaaaaaaaaaa'";
    for (int i = 0; i < 5; ++i) text = "String.replace(" + text + ", 'a', 'aaaaaaaaaaaaaaaaaaaa')";
    CHECK(value_of(text) == "error: the text grew beyond 100000 bytes");
    CHECK(value_of("Arrays.size(Arrays.clear(String.replace('" + std::string(5'000, ',') + "', ',', ',,,')))") == "0");
    CHECK(value_of("Arrays.flatten(String.replace('" + std::string(5'000, ',') + "', ',', ',,,'))") == "error: the array grew beyond 10000 values");
}

TEST_CASE("Clocks go forward and back as in the United States and in the European Union, in the zones that do so")
{
    const auto offset = [](std::string_view zone, std::string_view at) { return okta_offset(*find_okta_zone(zone), *parse_time(at)).count(); };
    CHECK(offset("US/Eastern", "2026-03-08T06:59:59Z") == -300);
    CHECK(offset("US/Eastern", "2026-03-08T07:00:00Z") == -240);
    CHECK(offset("US/Eastern", "2026-11-01T05:59:59Z") == -240);
    CHECK(offset("US/Eastern", "2026-11-01T06:00:00Z") == -300);
    CHECK(offset("US/Pacific", "2026-12-31T23:59:59Z") == -480);
    CHECK(offset("Europe/Berlin", "2026-03-29T00:59:59Z") == 60);
    CHECK(offset("Europe/Berlin", "2026-03-29T01:00:00Z") == 120);
    CHECK(offset("Europe/London", "2026-10-25T00:59:59Z") == 60);
    CHECK(offset("Europe/London", "2026-10-25T01:00:00Z") == 0);
    CHECK(offset("America/Phoenix", "2026-07-01T00:00:00Z") == -420);
}

TEST_CASE("Every country of ISO 3166-1 is found by each of its codes")
{
    std::set<std::string_view> names;
    for (char first = 'A'; first <= 'Z'; ++first)
        for (char second = 'A'; second <= 'Z'; ++second) {
            const std::string code{first, second};
            const OktaCountry* country = find_okta_country(code);
            if (country == nullptr) continue;
            CAPTURE(code);
            CHECK(find_okta_country(country->alpha3) == country);
            CHECK(find_okta_country(country->numeric) == country);
            CHECK(country->alpha2 == code);
            CHECK(country->alpha3.size() == 3);
            CHECK(country->numeric.size() == 3);
            CHECK(names.insert(country->name).second);
        }
    CHECK(names.size() == 249);
}

TEST_CASE("The table of functions of Okta's language holds each once, with what a reader asks for")
{
    std::set<std::string_view> seen;
    for (const OktaFunction& function : okta_functions()) {
        CAPTURE(function.signature.name);
        CHECK(find_okta_function(function.signature.name) == &function);
        CHECK(seen.insert(function.signature.name).second);
        CHECK_FALSE(function.signature.description.empty());
        CHECK(function.body != nullptr);
    }
    CHECK(find_okta_function("string.len") == nullptr);
    CHECK(to_string(find_okta_function("String.stringSwitch")->signature) == "String.stringSwitch(input, defaultString, key, value, ...)");
    CHECK(to_string(find_okta_function("Time.now")->signature) == "Time.now([timeZoneId] [, format])");
}
