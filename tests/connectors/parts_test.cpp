// SPDX-License-Identifier: Apache-2.0
// The ground that connectors stand on: links, settings, encodings, mappings, scope.
#include "connectors/link_table.h"
#include "connectors/registry.h"
#include "connectors/requests.h"
#include "connectors/entra/mapping.h"
#include "model/check.h"
#include "tests/catch.h"
#include "tests/connectors/world_text.h"

namespace provsim::test {
namespace {

std::string path_of(std::string_view text)
{
    const auto path = parse_target_path(text);
    return path ? path->extension + "|" + path->attribute + "|" + path->type + (path->primary ? "primary" : "") + "|" + path->sub : "none";
}

std::string in_query(std::string_view text)
{
    std::string out;
    append_query_text(out, text);
    return out;
}

std::string in_path(std::string_view text)
{
    std::string out;
    append_path_segment(out, text);
    return out;
}

constexpr std::string_view colours[] = {"red", "green"};
constexpr SettingRule rules[] = {{"colour", "red", colours, 0, 0, "", "", ""}, {"count", "5", {}, 1, 10, "", "", ""}};
constexpr std::string_view tastes[] = {"sweet", "sour", "bitter"};
constexpr std::string_view none[] = {"none"};
constexpr SettingRule more_rules[] = {{"tastes", "sweet, sour", tastes, 0, 0, "", "", "", true}, {"days", "none", none, 1, 30, "", "", ""}};

}  // namespace

TEST_CASE("A view of a target id stays valid while other links come and go")
{
    LinkTable links;
    links.set(UserId{3}, "first", true);
    const auto kept = links.find(UserId{3})->target_id;
    for (std::uint32_t i = 10; i < 20000; ++i) links.set(UserId{i}, "id-" + std::to_string(i), true);
    for (std::uint32_t i = 10; i < 20000; i += 2) links.erase(UserId{i});
    CHECK(kept == "first");
    CHECK(links.find(UserId{19999})->target_id == "id-19999");
    CHECK(links.size(ObjectKind::user) == 1 + 19990 / 2);
}

TEST_CASE("A link is replaced, unmanaged, removed and made again")
{
    LinkTable links;
    CHECK_FALSE(links.find(GroupId{0}));
    links.set(GroupId{0}, "g", true);
    links.set(GroupId{0}, "a longer id", false);
    CHECK(links.find(GroupId{0})->target_id == "a longer id");
    CHECK_FALSE(links.find(GroupId{0})->managed);
    links.set(GroupId{0}, links.find(GroupId{0})->target_id, true);
    CHECK(links.find(GroupId{0})->target_id == "a longer id");
    CHECK(links.size(ObjectKind::group) == 1);
    links.erase(GroupId{0});
    links.erase(GroupId{0});
    CHECK_FALSE(links.find(GroupId{0}));
    CHECK(links.size(ObjectKind::group) == 0);
    links.set(GroupId{0}, "g", true);
    CHECK(links.find(GroupId{0})->target_id == "g");
    CHECK_FALSE(links.find(ObjectRef{}));
    const std::string longest(LinkTable::longest_id, 'x');
    links.set(GroupId{7}, longest, true);
    CHECK(links.find(GroupId{7})->target_id == longest);
    CHECK_THROWS_AS(links.set(GroupId{7}, longest + "x", true), OurBug);
}

TEST_CASE("Who has a target id is found, of each kind by itself, until he has another or none")
{
    LinkTable links;
    CHECK_FALSE(links.holder(ObjectKind::user, "a"));
    links.set(UserId{4}, "a", true);
    links.set(GroupId{4}, "a", true);
    CHECK(links.holder(ObjectKind::user, "a") == ObjectRef(UserId{4}));
    CHECK(links.holder(ObjectKind::group, "a") == ObjectRef(GroupId{4}));
    CHECK_FALSE(links.holder(ObjectKind::user, "A"));
    links.set(UserId{4}, "a", false);
    CHECK(links.holder(ObjectKind::user, "a") == ObjectRef(UserId{4}));
    links.set(UserId{4}, "b", true);
    CHECK_FALSE(links.holder(ObjectKind::user, "a"));
    CHECK(links.holder(ObjectKind::user, "b") == ObjectRef(UserId{4}));
    links.erase(UserId{4});
    CHECK_FALSE(links.holder(ObjectKind::user, "b"));
    CHECK(links.holder(ObjectKind::group, "a") == ObjectRef(GroupId{4}));

    for (std::uint32_t i = 0; i < 5000; ++i) links.set(UserId{i}, "id-" + std::to_string(i % 4000), true);
    for (std::uint32_t i = 0; i < 4000; i += 2) links.erase(UserId{i});
    CHECK(links.holder(ObjectKind::user, "id-3001") == ObjectRef(UserId{3001}));
    CHECK_FALSE(links.holder(ObjectKind::user, "id-3000"));
    CHECK(links.holder(ObjectKind::user, "id-500") == ObjectRef(UserId{4500}));
    CHECK(links.holder(ObjectKind::user, "id-501") == ObjectRef(UserId{501}));      // the first row of two
}

TEST_CASE("Links are walked in the order of their rows")
{
    LinkTable links;
    for (const std::uint32_t i : {7u, 2u, 5u}) links.set(UserId{i}, "x", true);
    links.erase(UserId{5});
    CHECK(links.next(ObjectKind::user, 0) == ObjectRef(UserId{2}));
    CHECK(links.next(ObjectKind::user, 3) == ObjectRef(UserId{7}));
    CHECK_FALSE(links.next(ObjectKind::user, 8));
    CHECK_FALSE(links.next(ObjectKind::group, 0));
}

TEST_CASE("Settings not given have their defaults; given ones are checked against their rules")
{
    const auto plain = Settings::check(rules, {});
    REQUIRE(plain);
    CHECK(plain.value().text("colour") == "red");
    CHECK(plain.value().number("count") == 5);
    const SettingValue good[] = {{"count", "10", {}}, {"colour", "green", {}}};
    const auto chosen = Settings::check(rules, good);
    REQUIRE(chosen);
    CHECK(chosen.value().number("count") == 10);
    CHECK_THROWS_AS(chosen.value().text("size"), OurBug);
}

TEST_CASE("A setting that does not exist, and a value that is not allowed, come back with the nearest spelling")
{
    const SettingValue bad[] = {{"color", "red", {"s.yaml", 3, 5}}, {"colour", "gren", {}}, {"count", "0", {}}, {"count", "five", {}}, {"size", "1", {}}};
    const auto checked = Settings::check(rules, bad);
    REQUIRE_FALSE(checked);
    REQUIRE(checked.problems().size() == 5);
    CHECK(format_problem(checked.problems()[0]) == "s.yaml:3:5: error: there is no setting \"color\"; did you mean colour?  [setting]");
    CHECK(checked.problems()[1].remedy == "did you mean green?");
    CHECK(checked.problems()[2].what == "count: \"0\" is not a whole number from 1 to 10");
    CHECK(checked.problems()[3].remedy == "the default is 5");
    CHECK(checked.problems()[4].remedy == "the settings are colour, count");
}

TEST_CASE("A setting may be a set of words, or a word beside a number")
{
    const auto plain = Settings::check(more_rules, {});
    REQUIRE(plain);
    CHECK(plain.value().has("tastes", "sour"));
    CHECK_FALSE(plain.value().has("tastes", "bitter"));
    CHECK(plain.value().text("days") == "none");
    for (const auto& [given, kept] : {std::pair{"bitter,sweet", "sweet, bitter"}, {" sour , sour ", "sour"}, {"", ""}}) {
        const SettingValue value[] = {{"tastes", given, {}}};
        const auto checked = Settings::check(more_rules, value);
        REQUIRE(checked);
        CHECK(checked.value().text("tastes") == kept);
    }
    const SettingValue good[] = {{"days", "30", {}}};
    CHECK(Settings::check(more_rules, good).value().number("days") == 30);
    const SettingValue bad[] = {{"tastes", "sweet, sower", {}}, {"days", "31", {}}, {"days", "never", {}}};
    const auto checked = Settings::check(more_rules, bad);
    REQUIRE_FALSE(checked);
    REQUIRE(checked.problems().size() == 3);
    CHECK(checked.problems()[0].what == "tastes: \"sower\" is not one of sweet, sour, bitter");
    CHECK(checked.problems()[0].remedy == "did you mean sour?");
    CHECK(checked.problems()[1].what == "days: \"31\" is not a whole number from 1 to 30, nor none");
    CHECK(checked.problems()[2].remedy == "the default is none");
}

TEST_CASE("Every flavour's own rules are sound: defaults are allowed, and each says where it comes from")
{
    for (const Flavour& flavour : flavours()) {
        CAPTURE(flavour.name);
        std::vector<SettingValue> defaults;
        for (const SettingRule& rule : flavour.settings) {
            CAPTURE(rule.name);
            CHECK_FALSE(rule.about.empty());
            CHECK_FALSE(rule.source.empty());
            CHECK((rule.evidence == "documented" || rule.evidence == "staff" || rule.evidence == "observed" || rule.evidence == "assumed"));
            defaults.push_back({std::string(rule.name), std::string(rule.default_value), {}});
        }
        REQUIRE(Settings::check(flavour.settings, defaults));
        CHECK(find_flavour(flavour.name) != nullptr);
        CHECK(make_connector(flavour.name, {})->traits().name == flavour.name);
    }
    CHECK(find_flavour("nobody") == nullptr);
}

TEST_CASE("Queries are encoded as forms are, in lower case; paths as RFC 3986 has it, in upper case")
{
    CHECK(in_query("non-existent user") == "non-existent+user");
    CHECK(in_query("a+b@c.d_e~f'(g)") == "a%2bb%40c.d_e%7ef%27%28g%29");
    CHECK(in_query("emails[type eq \"work\"].value") == "emails%5btype+eq+%22work%22%5d.value");
    CHECK(in_path("a b/ü~1") == "a%20b%2F%C3%BC~1");
}

TEST_CASE("A target path has one of five forms")
{
    CHECK(path_of("roles[primary eq \"True\"].value") == "|roles|primary|value");
    CHECK(path_of("roles[primary eq \"False\"].value") == "none");
    CHECK(path_of("title") == "|title||");
    CHECK(path_of("name.givenName") == "|name||givenName");
    CHECK(path_of("emails[type eq \"work\"].value") == "|emails|work|value");
    CHECK(path_of("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department")
          == "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User|department||");
    for (const std::string_view wrong : {"", ".", "name.", "a b", "emails[type eq work].value", "emails[type eq \"work\"]", "emails[type eq \"\"].value",
                                         "emails[type eq \"a\"b\"].value", "x:y", "urn:x:", "name.given.more", "emails[type eq \"work\"].a.b"})
        CHECK(path_of(wrong) == "none");
}

TEST_CASE("What is read without an expression's machinery is what the expression yields")
{
    WorldText text({"user ada", "  givenName Ada", "  familyName Lovelace", "  mail ada@x", "user bob", "  familyName Bell", "user carol", "group g Team"});
    const View view(text.directory);
    for (const char* expression : {R"(Join(" ", [givenName], [surname]))", R"(Switch([IsSoftDeleted], , "False", "True", "True", "False"))", "[mail]", "[objectId]", "[displayName]"}) {
        for (const ObjectKind kind : {ObjectKind::user, ObjectKind::group}) {
            const bool users = kind == ObjectKind::user;
            const auto quick = mapping_source(expression, kind, text.directory, {});
            if (!quick) continue;       // groups have no names of people
            if (std::holds_alternative<FromExpression>(quick.value())) continue;    // as [mail] of a group, which it has not
            const auto parsed = Expression::parse(expression);
            const MappingSource slow = FromExpression{parsed.value(), EntraAttributes::find(parsed.value().attributes(), text.directory, {}, kind).value()};
            for (std::uint32_t i = 0; i < (users ? 3u : 1u); ++i) {
                for (const bool soft_deleted : {false, true}) {
                    std::vector<std::string> computed;
                    computed.reserve(2);
                    const ObjectRef object = users ? ObjectRef(UserId{i}) : ObjectRef(GroupId{i});
                    const Evaluated a = evaluate(quick.value(), {view, object, soft_deleted}, computed), b = evaluate(slow, {view, object, soft_deleted}, computed);
                    CAPTURE(expression, i, a.text, b.text);
                    CHECK(a.kind == b.kind);
                    CHECK(a.text == b.text);
                }
            }
        }
    }
}

TEST_CASE("A mapping that makes no sense is refused where it stands, with what would make sense")
{
    const auto mistake = [](const std::vector<std::string>& lines) {
        const WorldText text(lines);
        const auto tables = compile_mappings(text.mappings, text.directory);
        return tables ? std::string("none") : tables.problems().front().what + "; " + tables.problems().front().remedy;
    };
    CHECK(mistake({"map users title", "  expression [title]"}) == "users have no attribute [title]; Entra calls it [jobTitle]");
    CHECK(mistake({"map users a.b.c", "  constant x"}) == "\"a.b.c\" is no attribute of a SCIM resource; write title, name.givenName, emails[type eq \"work\"].value or urn:...:User:attribute");
    CHECK(mistake({"map users id", "  expression [objectId]"}) == "id cannot be mapped: the target gives it; map externalId");
    CHECK(mistake({"map users userName", "  expression [mail]"}) == "nothing tells which user of the target is which; give one attribute a matching precedence: match: 1");
    CHECK(mistake({"map groups vendor", "  expression [department]"}).substr(0, 38) == "groups have no attribute [department];");
    CHECK(mistake({"mapping groups off", "mapping users minimal"}) == "none");
}

TEST_CASE("Scope \"assigned\" holds who is assigned and who is a direct member of an assigned group")
{
    WorldText text({"user ada", "user bob", "user carol", "user dave", "user erin", "group a A", "group b B", "group c C", "member group:a user:bob",
                    "member group:b user:carol", "member group:c user:erin", "nest group:a group:b", "assign user:ada", "assign group:a", "assign user:dave",
                    "assign group:c", "soft_delete user:dave", "delete group:c"});
    const View view(text.directory);
    CHECK(users_in_scope(view, text.scope) == std::vector<UserId>{UserId{0}, UserId{1}});
    CHECK(groups_in_scope(view, text.scope) == std::vector<GroupId>{GroupId{0}});
    const auto why = [&](std::uint32_t user) { return describe(entitlement(view, text.scope, UserId{user}), view); };
    CHECK(why(0) == "assigned");
    CHECK(why(1) == "direct member of group:a");
    CHECK(why(2) == "not assigned to the application");
    CHECK(why(3) == "no longer in the directory");
    CHECK(why(4) == "not assigned to the application");
    CHECK(describe(entitlement(view, text.scope, GroupId{2}), view) == "no longer in the directory");
    CHECK(describe(entitlement(view, text.scope, GroupId{1}), view) == "not assigned to the application");

    text.scope.mode = ScopeMode::all;
    CHECK(users_in_scope(view, text.scope).size() == 4);
    CHECK(groups_in_scope(view, text.scope).size() == 2);
    CHECK(why(2) == "everybody is in scope");
}

TEST_CASE("Filters narrow the scope, after assignment and never instead of it")
{
    WorldText text({"filter users department EQUALS = Engineering", "filter groups displayName ENDS_WITH = app", "user ada", "  department Engineering", "user bob",
                    "  department Sales", "user carol", "  department Engineering", "user dave", "  department Engineering", "user erin", "  department Sales",
                    "group a one app", "group b two", "member group:b user:carol", "assign user:ada", "assign user:bob", "assign group:a", "assign group:b",
                    "soft_delete user:erin"});
    const View view(text.directory);
    const auto why = [&](ObjectRef object) {
        return describe(object.is_user() ? entitlement(view, text.scope, object.user()) : entitlement(view, text.scope, object.group()), view);
    };
    CHECK(users_in_scope(view, text.scope) == std::vector<UserId>{UserId{0}, UserId{2}});
    CHECK(users_before_filters(view, text.scope) == std::vector<UserId>{UserId{0}, UserId{1}, UserId{2}});
    CHECK(groups_in_scope(view, text.scope) == std::vector<GroupId>{GroupId{0}});
    CHECK(groups_before_filters(view, text.scope).size() == 2);
    CHECK(why(UserId{0}) == "assigned");
    CHECK(why(UserId{1}) == "filter department EQUALS \"Engineering\": is \"Sales\"");
    // Her group is filtered out, and still entitles her.
    CHECK(why(UserId{2}) == "direct member of group:b");
    CHECK(why(UserId{3}) == "not assigned to the application");
    CHECK(why(UserId{4}) == "no longer in the directory");
    CHECK(why(GroupId{1}) == "filter displayName ENDS_WITH \"app\": is \"two\"");
    CHECK_FALSE(entitlement(view, text.scope, UserId{1}).in_scope());

    text.scope.mode = ScopeMode::all;
    CHECK(users_in_scope(view, text.scope) == std::vector<UserId>{UserId{0}, UserId{2}, UserId{3}});
    CHECK(why(UserId{3}) == "everybody is in scope");
}

TEST_CASE("A reason outlives the change that made it untrue")
{
    WorldText text({"filter users department EQUALS = Engineering", "scope all", "user ada", "  department Sales"});
    const Entitlement before = entitlement(View(text.directory), text.scope, UserId{0});
    const std::pair<Attribute, std::string_view> values[] = {{Attribute::department, "Engineering"}};
    text.directory.set_values(UserId{0}, values, TimePoint{hours{24} * 365 * 57});
    CHECK(entitlement(View(text.directory), text.scope, UserId{0}).in_scope());
    CHECK(describe(before, View(text.directory)) == "filter department EQUALS \"Engineering\": is \"Sales\"");
}

}  // namespace provsim::test
