// SPDX-License-Identifier: Apache-2.0
#include "model/scim/path.h"

#include "tests/catch.h"

#include <fstream>
#include <functional>

using namespace provsim;

namespace {

// What a text is read as: how it prints, or "!" and the column of the problem.
template <class T>
std::string reading(const Result<T>& result, std::string_view code, const std::function<std::string(const T&)>& print)
{
    if (result) return print(result.value());
    const Problem& problem = result.problems().front();
    CHECK(problem.code == code);
    CHECK_FALSE(problem.what.empty());
    return "!" + std::to_string(problem.place.column);
}

void check_table(const std::string& file, const std::function<std::string(const std::string&)>& read)
{
    std::ifstream table(PROVSIM_FIXTURES "/target/grammar/" + file);
    REQUIRE(table);
    int rows = 0;
    for (std::string line; std::getline(table, line);) {
        if (!line.empty() && line[0] == '#') continue;
        const auto tab = line.find('\t');
        REQUIRE(tab != std::string::npos);
        const std::string text = line.substr(0, tab), expected = line.substr(tab + 1) == "=" ? text : line.substr(tab + 1);
        CAPTURE(file, text);
        const std::string got = read(text);
        CHECK(got == expected);
        if (got[0] != '!') CHECK(read(got) == got);   // what is printed reads as the same
        ++rows;
    }
    CHECK(rows > 20);
}

}  // namespace

TEST_CASE("Filters are read by the grammar of RFC 7644 3.4.2.2, and mistakes are shown where they are")
{
    check_table("filters.tsv", [](const std::string& text) { return reading<Filter>(parse_filter(text), "invalidFilter", print_filter); });
}

TEST_CASE("PATCH paths are read by the grammar of RFC 7644 3.5.2, and mistakes are shown where they are")
{
    check_table("paths.tsv", [](const std::string& text) { return reading<PatchPath>(parse_patch_path(text), "invalidPath", print_patch_path); });
}

TEST_CASE("A filter may be nested 31 times and not more, and may be as long as it likes")
{
    const auto nested = [](std::size_t depth) { return std::string(depth, '(') + "a pr" + std::string(depth, ')'); };
    CHECK(parse_filter(nested(31)));
    CHECK_FALSE(parse_filter(nested(32)));
    CHECK_FALSE(parse_filter(std::string(1'000'000, '(')));
    std::string nots;
    for (int i = 0; i < 100'000; ++i) nots += "not (";
    CHECK_FALSE(parse_filter(nots));
    CHECK_FALSE(parse_patch_path("a[" + nested(32) + "]"));

    std::string chain = "a pr";
    for (int i = 0; i < 10'000; ++i) chain += " or a pr";
    const auto filter = parse_filter(chain);
    REQUIRE(filter);
    CHECK(filter.value().nodes[filter.value().root].children.size() == 10'001);
    CHECK(print_filter(filter.value()) == chain);
}

TEST_CASE("An attribute name is cut into its URN, its name and its sub-attribute")
{
    const auto cut = [](std::string_view text) { return parse_attribute_name(text).value_or(AttributeName{"none", "", ""}); };
    const std::string enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";
    CHECK(cut("userName") == AttributeName{"", "userName", ""});
    CHECK(cut("name.givenName") == AttributeName{"", "name", "givenName"});
    CHECK(cut(enterprise) == AttributeName{enterprise, "", ""});
    CHECK(cut(enterprise + ":manager") == AttributeName{enterprise, "manager", ""});
    CHECK(cut(enterprise + ":manager.value") == AttributeName{enterprise, "manager", "value"});
    CHECK(cut("urn:acme:shoes:size") == AttributeName{"urn:acme:shoes", "size", ""});
    CHECK(cut("http://schemas.example/shoes:size") == AttributeName{"http://schemas.example/shoes", "size", ""});
    for (const char* text : {"", ".", "a.", ".a", "a b", "a.b.c", "urn:", "urn:a b:c"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_attribute_name(text));
    }
    CHECK(to_string(AttributeName{enterprise, "manager", "value"}) == enterprise + ":manager.value");
}
