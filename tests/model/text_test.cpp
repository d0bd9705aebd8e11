// SPDX-License-Identifier: Apache-2.0
#include "tests/catch.h"

#include "model/attribute.h"
#include "model/nearest.h"
#include "model/text.h"

#include <set>
#include <vector>

using namespace provsim;

TEST_CASE("Texts that differ only in case are equal, in the whole of Unicode")
{
    struct Row { const char* a; const char* b; bool equal; };
    const Row rows[] = {
        {"", "", true},           {"Ada@Acme.test", "aDA@aCME.TEST", true}, {"ada", "adb", false},      {"ada", "adaa", false},
        {"É", "é", true},         {"STRASSE", "Straße", true},              {"sß", "ßs", true},         {"ΣΊΣΥΦΟΣ", "σίσυφος", true},
        {"Ж", "ж", true},         {"\u212A", "k", true},                    {"é", "e\u0301", false},    {"a\u00df", "a", false},
        {"\xff", "\xff", true},   {"\xff", "\xfe", false},                  {"a\xc3", "A\xc3", true},   {"\xed\xa0\x80", "\xed\xa0\x80", true},
        {"\xc3(", "\xc3)", false},
    };
    for (const Row& row : rows) {
        CAPTURE(row.a, row.b);
        CHECK(equal_ignoring_case(row.a, row.b) == row.equal);
        CHECK(equal_ignoring_case(row.b, row.a) == row.equal);
        CHECK((fold_case(row.a) == fold_case(row.b)) == row.equal);
    }
    CHECK(fold_case("Ada ÅSA") == "ada åsa");
}

TEST_CASE("Folding any two bytes ends, and folding again changes nothing")
{
    for (unsigned pair = 0; pair < 65536; ++pair) {
        const char bytes[] = {static_cast<char>(pair >> 8), static_cast<char>(pair)};
        const std::string once = fold_case(std::string_view(bytes, 2));
        if (fold_case(once) != once) FAIL("folds differently again: " << pair);
    }
    SUCCEED();
}

TEST_CASE("ASCII case is folded without touching other bytes")
{
    CHECK(ascii_lower("AZ[az É") == "az[az É");
    CHECK(equal_ignoring_ascii_case("Content-Type", "content-type"));
    CHECK_FALSE(equal_ignoring_ascii_case("É", "é"));
    CHECK_FALSE(equal_ignoring_ascii_case("a", "ab"));
    CHECK_FALSE(equal_ignoring_ascii_case("@", "`"));
}

TEST_CASE("The nearest known word is proposed for a mistyped one")
{
    const std::vector<std::string> known = {"push", "pause", "group.add", "user.update", "user.disable"};
    CHECK(nearest("psuh", known) == "push");
    CHECK(nearest("Push", known) == "push");
    CHECK(nearest("user.updaet", known) == "user.update");
    CHECK(nearest("userdisable", known) == "user.disable");
    CHECK(nearest("user-deactivate", known).empty());
    CHECK(nearest("xy", std::vector<std::string>{"ab"}).empty());    // a word is never replaced altogether
    CHECK(nearest("ada", std::vector<std::string>{"eve", "bob"}).empty());
    CHECK(nearest("", known).empty());
    CHECK(nearest("adb", std::vector<std::string_view>{"adc", "ada"}) == "adc");   // the first of equals
    CHECK(nearest("engneers", std::vector<std::string>{"engine", "engineers"}) == "engineers");
}

TEST_CASE("Each built-in attribute is found by its name, in its own spelling")
{
    for (const Spelling spelling : {Spelling::neutral, Spelling::entra}) {
        std::set<std::string_view> seen;
        for (std::size_t number = 1; number < builtin_attributes; ++number) {
            const auto attribute = static_cast<Attribute>(number);
            const std::string_view name = attribute_name(attribute, spelling);
            CHECK_FALSE(name.empty());
            CHECK(seen.insert(name).second);
            CHECK(find_attribute(name, spelling) == attribute);
        }
    }
    CHECK(attribute_name(Attribute::user_name, Spelling::neutral) == "userName");
    CHECK(attribute_name(Attribute::user_name, Spelling::entra) == "userPrincipalName");
    CHECK(attribute_name(Attribute::preferred_language, Spelling::entra) == "preferredLanguage");
    CHECK(find_attribute("surname", Spelling::entra) == Attribute::family_name);
    CHECK(attribute_name(Attribute::title, Spelling::jumpcloud) == "jobTitle");
    CHECK(attribute_name(Attribute::preferred_language, Spelling::jumpcloud).empty());     // JumpCloud's users have none
    CHECK(find_attribute("username", Spelling::jumpcloud) == Attribute::user_name);
    CHECK_FALSE(find_attribute("surname", Spelling::neutral));
    CHECK_FALSE(find_attribute("username", Spelling::neutral));
    CHECK_FALSE(find_attribute("", Spelling::entra));
}

TEST_CASE("No provider sees the handle")
{
    CHECK(attribute_name(Attribute::handle, Spelling::neutral) == "handle");
    CHECK(attribute_name(Attribute::handle, Spelling::entra).empty());
    CHECK_FALSE(find_attribute("handle", Spelling::entra));
    CHECK(attribute_name(Attribute::handle, Spelling::jumpcloud).empty());
    CHECK(attribute_name(Attribute::first_custom, Spelling::neutral).empty());
}
