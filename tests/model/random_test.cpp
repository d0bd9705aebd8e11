// SPDX-License-Identifier: Apache-2.0
#include "tests/catch.h"

#include "model/hash.h"
#include "model/random.h"

#include <array>
#include <set>

using namespace provsim;

// These literals were computed by a second implementation. They must never change: recorded runs rest on them.
TEST_CASE("A draw has the same value on every machine, for ever")
{
    CHECK(hash_text("") == 0xe220a8397b1dcdafu);
    CHECK(hash_text("a") == 0x389beb7d0b2c4387u);
    CHECK(hash_text("password") == 0x3a8c1aaa1f0a5780u);
    CHECK(hash_text("a rather long purpose") == 0xcad090928492ad3au);
    CHECK(mix(0, 0) == 0xa706dd2f4d197e6fu);
    CHECK(mix(1, 2) == 0xbcd9dbb49673066bu);
    CHECK(mix(2, 1) == 0xe06dd043328bd285u);
    CHECK(Draw{7}.at("password") == 0xd8a618ba854e48d9u);
    CHECK(Draw{7}.at("password", 3, 1) == 0x901313c420a7bf5eu);
    CHECK(Draw{0}.at("") == 0x78ae5a9a6b5fd45eu);
    CHECK(Draw{~0ull}.at("latency", ~0ull, ~0ull) == 0xaf3ced407ba4aabau);
    CHECK(Draw{7}.below(10, "dice") == 4);
    CHECK(Draw{7}.below(6, "dice", 1) == 2);
    CHECK(to_string(draw_guid(Draw{7}, "object id", 5)) == "733eee9d-48cc-4e2d-81fe-b9f6b00fbfa7");
}

TEST_CASE("A draw that falls beyond the last whole multiple of its bound is drawn again")
{
    const std::uint64_t bound = (1ull << 63) + 1;   // nearly half of all draws fall beyond
    CHECK(Draw{7}.below(bound, "dice", 0) == 127572640601166817u);
    CHECK(Draw{7}.below(bound, "dice", 1) == 2280628686803022278u);
    CHECK(Draw{7}.below(bound, "dice", 2) == 110518358957243824u);
}

TEST_CASE("Draws for other seeds, purposes, objects or ordinals are other draws")
{
    std::set<std::uint64_t> seen;
    std::size_t made = 0;
    for (std::uint64_t seed : {0, 1, 2})
        for (const char* purpose : {"", "a", "b", "ab"})
            for (std::uint64_t object : {0, 1, 2, 3})
                for (std::uint64_t ordinal : {0, 1, 2, 3}) {
                    seen.insert(Draw{seed}.at(purpose, object, ordinal));
                    ++made;
                }
    CHECK(seen.size() == made);
}

TEST_CASE("Numbers below a bound reach every value about equally often")
{
    std::array<int, 6> faces{};
    for (std::uint64_t i = 0; i < 6000; ++i) {
        const auto face = Draw{1}.below(6, "dice", i);
        REQUIRE(face < 6);
        ++faces[face];
    }
    for (int count : faces) {
        CHECK(count > 850);
        CHECK(count < 1150);
    }
    CHECK(Draw{1}.below(1, "dice") == 0);
}

TEST_CASE("A drawn GUID is a version 4 UUID")
{
    for (std::uint64_t i = 0; i < 64; ++i) {
        const std::string text = to_string(draw_guid(Draw{3}, "guid", i));
        REQUIRE(text.size() == 36);
        CHECK(text[14] == '4');
        CHECK(std::string("89ab").find(text[19]) != std::string::npos);
    }
}

TEST_CASE("A GUID is read back with or without hyphens, in any case")
{
    const Guid guid = draw_guid(Draw{7}, "object id", 5);
    for (const char* text : {"733eee9d-48cc-4e2d-81fe-b9f6b00fbfa7", "733EEE9D-48CC-4E2D-81FE-B9F6B00FBFA7", "733eee9d48cc4e2d81feb9f6b00fbfa7"}) {
        CAPTURE(text);
        Guid read;
        CHECK(parse_guid(text, read));
        CHECK(read == guid);
    }
    Guid untouched = guid;
    for (const char* text : {"", "733eee9d-48cc-4e2d-81fe-b9f6b00fbfa", "733eee9d-48cc-4e2d-81fe-b9f6b00fbfag", "733eee9d48cc-4e2d-81fe-b9f6b00fbfa7-",
                             "{33eee9d-48cc-4e2d-81fe-b9f6b00fbfa7}", "733eee9d_48cc-4e2d-81fe-b9f6b00fbfa7"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_guid(text, untouched));
        CHECK(untouched == guid);
    }
}
