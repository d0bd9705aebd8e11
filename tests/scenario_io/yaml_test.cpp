// SPDX-License-Identifier: Apache-2.0
// YAML without its surprises.
#include "tests/catch.h"

#include "scenario_io/check.h"
#include "scenario_io/yaml.h"

using namespace provsim;

namespace {

YamlNode tree(std::string_view text)
{
    auto parsed = parse_yaml(text, "file");
    REQUIRE(parsed);
    return std::move(parsed).value();
}

std::string refusal(std::string_view text, const YamlLimits& limits = {})
{
    const auto parsed = parse_yaml(text, "file", limits);
    REQUIRE_FALSE(parsed);
    return format_problem(parsed.problems().front());
}

}  // namespace

TEST_CASE("Plain scalars mean what JSON means, and all else is text")
{
    struct Case { const char* text; ScalarType type; };
    for (const Case& c : {Case{"1", ScalarType::integer}, Case{"-7", ScalarType::integer}, Case{"0", ScalarType::integer}, Case{"1.5", ScalarType::number},
                          Case{"-1e3", ScalarType::number}, Case{"0123", ScalarType::text}, Case{"0x1F", ScalarType::text}, Case{"+1", ScalarType::text},
                          Case{"1_000", ScalarType::text}, Case{"12:30", ScalarType::text}, Case{"1.", ScalarType::text}, Case{".5", ScalarType::text}, Case{"-", ScalarType::text},
                          Case{"2026-03-02", ScalarType::text}, Case{"on", ScalarType::text}, Case{"no", ScalarType::text}, Case{"y", ScalarType::text}, Case{".inf", ScalarType::text},
                          Case{"true", ScalarType::boolean}, Case{"False", ScalarType::boolean}, Case{"tRUE", ScalarType::text}, Case{"null", ScalarType::null},
                          Case{"~", ScalarType::null}, Case{"", ScalarType::null}}) {
        YamlNode scalar;
        scalar.text = c.text;
        CAPTURE(c.text);
        CHECK(scalar_type(scalar) == c.type);
        scalar.quoted = true;
        CHECK(scalar_type(scalar) == ScalarType::text);
    }
}

TEST_CASE("Every value and key knows its line and column")
{
    const YamlNode root = tree("a: 1\nb:\n  - x\n  - 'y'\nc: {d: \"e\"}\nf:\n");
    CHECK(root.find("a")->mark.column == 4);
    CHECK(root.find("b")->items[0].mark.line == 3);
    CHECK(root.find("b")->items[0].mark.column == 5);
    CHECK(root.find("b")->items[1].mark.column == 5);
    CHECK(root.find("c")->entries[0].mark.column == 5);
    CHECK(root.find("c")->find("d")->mark.column == 8);
    CHECK(root.find("f")->mark.line == 6);
    CHECK(root.entries[2].mark.line == 5);
}

TEST_CASE("Anchors may be used, tags may not")
{
    const YamlNode root = tree("a: &x { k: v }\nb: *x\n");
    CHECK(root.find("b")->find("k")->text == "v");
    CHECK(refusal("a: !!int 1\n").find("tags have no meaning here") != std::string::npos);
    CHECK(refusal("a: &x [*x]\n").find("no anchor \"&x\"") != std::string::npos);
    CHECK(refusal("a: *y\n").find("no anchor \"&y\"") != std::string::npos);
}

TEST_CASE("Aliases cannot blow a file up, nor nesting the stack")
{
    std::string bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
    for (int i = 1; i < 20; ++i) {
        bomb += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
        for (int j = 0; j < 10; ++j) bomb += "*a" + std::to_string(i - 1) + ", ";
        bomb += "]\n";
    }
    CHECK(refusal(bomb).find("aliases make this file too large") != std::string::npos);
    CHECK(refusal(std::string(200, '[')).find("file:1:") != std::string::npos);
    YamlLimits small;
    small.bytes = 10;
    CHECK(refusal("a: 1234567890\n", small) == "file: error: the file has 14 bytes; 10 are allowed  [size]");
}

TEST_CASE("A duration that is none is answered with the one that was meant")
{
    CHECK(duration_remedy("40 minutes") == "try 40m");
    CHECK(duration_remedy("40") == "say the unit: 40m, 40s, 40h");
    CHECK(duration_remedy("5min") == "try 5m");
    CHECK(duration_remedy("2 Hours") == "try 2h");
    CHECK(duration_remedy("150 millis") == "try 150ms");
    CHECK(duration_remedy("3 days") == "try 3d");
    CHECK(duration_remedy("1h 32m") == "try 1h32m");
    CHECK(duration_remedy("soon").empty());
    CHECK(duration_remedy("4 parsecs").empty());
}
