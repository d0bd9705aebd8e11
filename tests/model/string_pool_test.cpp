// SPDX-License-Identifier: Apache-2.0
#include "tests/catch.h"

#include "model/random.h"
#include "model/string_pool.h"

#include <string>
#include <unordered_map>
#include <vector>

using namespace provsim;

TEST_CASE("Equal texts share one code, and the empty text has code 0")
{
    StringPool pool;
    CHECK(pool.intern("") == 0);
    CHECK(pool.text(0).empty());
    CHECK(pool.find("ada") == 0);
    const auto ada = pool.intern("ada");
    CHECK(ada != 0);
    CHECK(pool.intern(std::string("a") + "da") == ada);
    CHECK(pool.find("ada") == ada);
    CHECK(pool.find("Ada") == 0);
    CHECK(pool.intern("adb") != ada);
    CHECK(pool.size() == 2);
}

TEST_CASE("Texts of any length and content keep their bytes, and never move")
{
    // Lengths on both sides of where a prefix takes another byte and where a block ends.
    std::vector<std::string> texts;
    for (std::size_t length : {1u, 127u, 128u, 129u, 16383u, 16384u, (1u << 20) - 4, (1u << 20) - 3, 1u << 20, (1u << 20) + 1, 3u << 20, 2u}) {
        texts.emplace_back(length, 'x');
        texts.emplace_back(length, '\0');
        texts.emplace_back(length, '\xff');
    }
    StringPool pool;
    std::vector<StringPool::Code> codes;
    std::vector<const char*> places;
    for (const auto& text : texts) {
        codes.push_back(pool.intern(text));
        places.push_back(pool.text(codes.back()).data());
    }
    for (std::size_t i = 0; i < texts.size(); ++i) {
        CAPTURE(texts[i].size());
        CHECK((pool.text(codes[i]) == texts[i]));
        CHECK(static_cast<const void*>(pool.text(codes[i]).data()) == static_cast<const void*>(places[i]));
        CHECK(pool.find(texts[i]) == codes[i]);
        CHECK(pool.intern(texts[i]) == codes[i]);
    }
    CHECK(pool.size() == texts.size());
}

TEST_CASE("A pool of many texts agrees with a plain map")
{
    StringPool pool;
    std::unordered_map<std::string, StringPool::Code> plain;
    for (std::uint64_t i = 0; i < 60000; ++i) {
        const auto drawn = Draw{11}.below(20000, "text", i);
        const std::string text = "t" + std::to_string(drawn) + std::string(drawn % 40, 'y');
        const auto code = pool.intern(text);
        const auto [known, fresh] = plain.emplace(text, code);
        if (known->second != code) FAIL("another code for " << text);
    }
    CHECK(pool.size() == plain.size());
    for (const auto& [text, code] : plain)
        if (pool.text(code) != text || pool.find(text) != code) FAIL("lost " << text);
    CHECK(pool.find("t20000") == 0);
}
