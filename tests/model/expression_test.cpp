// SPDX-License-Identifier: Apache-2.0
#include "tests/catch.h"
#include "tests/model/table_rows.h"

#include "model/expression.h"

#include <algorithm>
#include <cctype>
#include <fstream>
#include <map>
#include <set>

using namespace provsim;

namespace {

class Attributes : public AttributeSource {
public:
    // "name=text; other=[a, b]"
    explicit Attributes(std::string_view row)
    {
        while (!row.empty()) {
            const std::size_t end = std::min(row.find("; "), row.size()), equals = row.find('=');
            REQUIRE(equals < end);
            set(std::string(row.substr(0, equals)), row.substr(equals + 1, end - equals - 1));
            row.remove_prefix(std::min(end + 2, row.size()));
        }
    }

    Value value(std::string_view name, std::size_t) const override
    {
        const auto found = values_.find(name);
        return found == values_.end() ? Value() : found->second;
    }

private:
    void set(std::string name, std::string_view text)
    {
        if (!text.starts_with('[')) {
            values_[std::move(name)] = Value(text);
            return;
        }
        Texts parts;
        text = text.substr(1, text.size() - 2);
        for (std::size_t at = 0; at <= text.size() && !text.empty();) {
            const std::size_t end = std::min(text.find(", ", at), text.size());
            parts.emplace_back(text.substr(at, end - at));
            at = end + 2;
        }
        if (name != "appRoleAssignments") {
            values_[std::move(name)] = Value(std::move(parts));
            return;
        }
        AppRoles roles;
        for (const std::string& part : parts) roles.push_back({"id-" + part, part, "The " + part});
        values_[std::move(name)] = Value(std::move(roles));
    }

    std::map<std::string, Value, std::less<>> values_;
};

std::string shown(const Value& value)
{
    std::string out = value.redacted ? "redacted " : "";
    switch (value.kind()) {
    case Value::Kind::null: return out + "null";
    case Value::Kind::drop: return out + "drop";
    case Value::Kind::error: return out + "error: " + value.error();
    case Value::Kind::text: return out + '"' + *to_text(value) + '"';
    case Value::Kind::texts:
        for (const std::string& text : std::get<Texts>(value.held)) out += (out.ends_with('"') ? ", \"" : "[\"") + text + '"';
        return out.ends_with('"') ? out + ']' : out + "[]";
    case Value::Kind::roles:
        for (const AppRole& role : std::get<AppRoles>(value.held)) out += '(' + role.id + ", " + role.value + ", " + role.display_name + ')';
        return out;
    default: return out + *to_text(value);
    }
}

constexpr TimePoint now{std::chrono::sys_days{std::chrono::year{2021} / 7 / 2} + hours{15} + minutes{33} + seconds{38}};

EvaluationContext context(const Attributes& attributes) { return {attributes, now, Draw(7), 1, 2, "acme.test"}; }

std::string value_of(std::string_view expression, std::string_view attributes = {})
{
    const auto parsed = Expression::parse(expression);
    if (!parsed) return "refused: " + format_problem(parsed.problems().front());
    return shown(parsed.value().evaluate(context(Attributes(attributes))));
}

void check_values(const std::string& file)
{
    for (const auto& row : table_rows("expressions/" + file, 3)) {
        CAPTURE(file, row[0], row[1]);
        CHECK(value_of(row[0], row[1]) == row[2]);
    }
}

}  // namespace

TEST_CASE("The samples of Entra's page of expression functions give what the page says")
{
    check_values("documented.tsv");
}

TEST_CASE("Where the page of expression functions is silent, an expression does as the table of quirks says")
{
    check_values("quirks.tsv");
}

TEST_CASE("A mistaken expression is refused with its place, the reason and a remedy; a Switch with an unpaired argument too")
{
    for (const auto& row : table_rows("expressions/refused.tsv", 2)) {
        CAPTURE(row[0]);
        const auto parsed = Expression::parse(row[0], {"map", 7, 11});
        REQUIRE_FALSE(parsed);
        CHECK(format_problem(parsed.problems().front()) == "map:" + row[1] + "  [expression]");
    }
}

TEST_CASE("An expression that Entra reads but cannot make work gets a warning")
{
    for (const auto& row : table_rows("expressions/doubtful.tsv", 2)) {
        CAPTURE(row[0]);
        const auto parsed = Expression::parse(row[0], {"map", 1, 0});
        REQUIRE(parsed);
        REQUIRE(parsed.value().warnings().size() == 1);
        CHECK(format_problem(parsed.value().warnings().front()) == "map:" + row[1] + "  [expression]");
    }
    CHECK(Expression::parse(R"(Switch([country],[country],"","Other"))").value().warnings().empty());
}

TEST_CASE("An expression may have 10,000 characters and 200 calls within each other, and no more")
{
    const auto nested = [](int depth) {
        std::string text;
        for (int i = 0; i < depth; ++i) text += "Not(";
        return text + "\"True\"" + std::string(static_cast<std::size_t>(depth), ')');
    };
    CHECK(value_of(nested(200)) == "True");
    CHECK(value_of(nested(199)) == "False");
    CHECK_FALSE(Expression::parse(nested(201)));
    CHECK_FALSE(Expression::parse(nested(1'000'000)));
    const std::string longest = '"' + std::string(9'998, 'a') + '"';
    CHECK(Expression::parse(longest));
    const auto too_long = Expression::parse(longest + ' ');
    REQUIRE_FALSE(too_long);
    CHECK(too_long.problems().front().what == "the expression has 10001 characters, and at most 10000 are allowed");
}

TEST_CASE("An expression names the attributes it reads, each once, and its outermost function")
{
    const auto parsed = Expression::parse(R"(Join(" ", [givenName], IIF([country]="USA", [surname], [givenName])))");
    REQUIRE(parsed);
    CHECK(parsed.value().attributes() == std::vector<std::string>{"givenName", "country", "surname"});
    CHECK(parsed.value().function()->name == "Join");
    CHECK(Expression::parse("[mail]").value().function() == nullptr);
}

TEST_CASE("Guid and RandomString are drawn: again the same for the same draw, another for another object, mapping or place")
{
    const auto pair = Expression::parse("Join(\" \", Guid(), Guid())").value();
    const Attributes none("");
    EvaluationContext given = context(none);
    const std::string first = shown(pair.evaluate(given));
    CHECK(shown(pair.evaluate(given)) == first);
    Guid guid;
    REQUIRE(parse_guid(first.substr(1, 36), guid));
    CHECK(first.substr(1, 36) != first.substr(38, 36));
    std::set<std::string> seen{first};
    given.object = 9;
    seen.insert(shown(pair.evaluate(given)));
    given.ordinal = 9;
    seen.insert(shown(pair.evaluate(given)));
    given.draw = Draw(8);
    seen.insert(shown(pair.evaluate(given)));
    CHECK(seen.size() == 4);
}

TEST_CASE("RandomString keeps to its minimums and leaves out what is to be avoided")
{
    const Attributes none("");
    const auto count = [](const std::string& text, int (*is)(int)) { return std::count_if(text.begin(), text.end(), [&](char c) { return is(c) != 0; }); };
    for (std::uint64_t object = 0; object < 200; ++object) {
        EvaluationContext given = context(none);
        given.object = object;
        const std::string plain = *to_text(Expression::parse("RandomString(6,3,0,0,3)").value().evaluate(given));
        CHECK(plain.size() == 6);
        CHECK(count(plain, std::isdigit) == 3);
        CHECK(count(plain, std::islower) == 3);
        const std::string rich = *to_text(Expression::parse("RandomString(10,2,2,2,1,\"?,\")").value().evaluate(given));
        CHECK(rich.size() == 10);
        CHECK(count(rich, std::isdigit) >= 2);
        CHECK(count(rich, std::ispunct) >= 2);
        CHECK(count(rich, std::isupper) >= 2);
        CHECK(count(rich, std::islower) >= 1);
        CHECK(rich.find_first_of("?,") == std::string::npos);
    }
    CHECK(value_of("RandomString(257,0,0,0,0)") == "error: RandomString: a random text has 256 characters at most");
    CHECK(value_of("RandomString(2,1,1,1,0)") == "error: RandomString: Length is less than its minimums together");
    CHECK(value_of("RandomString(2,1,0,0,0,\"0123456789\")") == "error: RandomString: CharactersToAvoid leaves nothing to choose from");
}

TEST_CASE("A tenant without a default domain makes DefaultDomain an error of the object, not of the expression")
{
    const Attributes none("");
    EvaluationContext given = context(none);
    given.default_domain = {};
    CHECK(shown(Expression::parse("DefaultDomain()").value().evaluate(given)) == "error: DefaultDomain: the tenant has no default verified domain");
}

TEST_CASE("The table of functions holds each once, in order, with all that a reader or Graph asks for")
{
    std::string_view before;
    for (const FunctionSignature& function : function_signatures()) {
        CAPTURE(function.name);
        CHECK(find_function(function.name) == &function);
        CHECK_FALSE(function.description.empty());
        CHECK(std::lexicographical_compare(before.begin(), before.end(), function.name.begin(), function.name.end(),
                                           [](char a, char b) { return std::tolower(a) < std::tolower(b); }));
        before = function.name;
    }
    CHECK(find_function("switch") == nullptr);
    CHECK(to_string(*find_function("Switch")) == "Switch(source, defaultValue, key, value, ...)");
    CHECK(to_string(*find_function("PCase")) == "PCase(source [, wordSeparators])");
    CHECK(to_string(*find_function("Guid")) == "Guid()");
    const FunctionSignature& replace = *find_function("Replace");
    CHECK(replace.slots[1].graph_key == "Find");
    CHECK(find_function("Switch")->parameter(7).name == "value");
}
