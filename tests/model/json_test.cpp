// SPDX-License-Identifier: Apache-2.0
#include "model/json.h"

#include "tests/catch.h"

using namespace provsim;

TEST_CASE("One JSON value is read, anything else is not")
{
    JsonReader reader;
    CHECK(reader.read(R"({"a":1})"));
    CHECK(reader.read("  [1, 2]  "));
    CHECK(reader.read("true"));
    for (const char* text : {"", "   ", "{", "{}{}", "{} x", R"({"a":})", "nul", "\"\xff\""}) {
        INFO(text);
        CHECK_FALSE(reader.read(text));
    }
}

TEST_CASE("JSON is read down to 64 levels and no deeper")
{
    JsonReader reader;
    const auto nested = [](std::size_t levels) { return std::string(levels, '[') + "1" + std::string(levels, ']'); };
    CHECK(reader.read(nested(64)));
    CHECK_FALSE(reader.read(nested(65)));
    CHECK_FALSE(reader.read(std::string(100'000, '[')));
    // The limit stays when the reader grew for a larger text.
    CHECK(reader.read("[" + std::string(50'000, ' ') + "]"));
    CHECK_FALSE(reader.read(nested(65)));
    CHECK(reader.read(nested(64)));
}

TEST_CASE("A document keeps its values when it moves and when the reader reads on")
{
    JsonReader reader;
    auto read = reader.read(R"({"name":"Åsa","n":3})");
    REQUIRE(read);
    JsonDocument kept = std::move(*read);
    CHECK(reader.read(R"({"name":"other"})"));
    CHECK(string_member(kept.root(), "name") == std::string_view("Åsa"));
    CHECK_FALSE(string_member(kept.root(), "n"));
    CHECK_FALSE(string_member(kept.root(), "none"));
}

TEST_CASE("A document's memory serves the next text, never one that is still held, and may outlive its reader")
{
    auto reader = std::make_unique<JsonReader>();
    auto held = reader->read(R"({"name":"held"})");
    auto done_with = reader->read(R"({"name":"done with","more":[1,2,3,4,5,6,7,8,9]})");
    done_with.reset();
    auto next = reader->read(R"({"name":"next"})");
    auto another = reader->read(R"({"name":"another"})");
    CHECK_FALSE(reader->read("{ broken"));
    auto after_failure = reader->read(R"({"name":"after"})");
    reader.reset();
    CHECK(string_member(held->root(), "name") == std::string_view("held"));
    CHECK(string_member(next->root(), "name") == std::string_view("next"));
    CHECK_FALSE(member(next->root(), "more"));
    CHECK(string_member(another->root(), "name") == std::string_view("another"));
    CHECK(string_member(after_failure->root(), "name") == std::string_view("after"));
}

TEST_CASE("A member is found by its exact name, or by its name in any case where that is asked for")
{
    JsonReader reader;
    const auto read = reader.read(R"({"UserName":"a","list":[]})");
    REQUIRE(read);
    CHECK(member(read->root(), "UserName"));
    CHECK_FALSE(member(read->root(), "userName"));
    CHECK(member_ignoring_case(read->root(), "userNAME"));
    CHECK_FALSE(member_ignoring_case(read->root(), "userNam"));
    const auto list = member(read->root(), "list");
    REQUIRE(list);
    CHECK_FALSE(member(*list, "UserName"));
    CHECK_FALSE(member_ignoring_case(*list, "UserName"));
}

TEST_CASE("A string is written so that reading gives it back")
{
    JsonReader reader;
    std::string all_controls;
    for (char c = 1; c < 0x20; ++c) all_controls.push_back(c);
    all_controls.push_back('\0');
    for (const std::string& text : {std::string(), std::string("plain"), std::string(R"(say "hi" \ bye)"), all_controls, std::string("ÅßΩ 漢字 🎈 \x7f")}) {
        std::string written;
        append_json_string(written, text);
        const auto read = reader.read(written);
        REQUIRE(read);
        CHECK(as_string(read->root()) == std::string_view(text));
    }
    std::string written;
    append_json_string(written, "a\tb\x01");
    CHECK(written == "\"a\\tb\\u0001\"");
}
