// SPDX-License-Identifier: Apache-2.0
#include "app/terminal.h"
#include "tests/catch.h"

using namespace provsim;

TEST_CASE("Text is broken at blanks, a word longer than a line behind a hyphen or anywhere but within a character")
{
    struct Row { std::string text; std::size_t columns; std::vector<std::string> lines; };
    const Row rows[] = {
        {"", 5, {""}},
        {"short", 5, {"short"}},
        {"one two three", 7, {"one two", "three"}},
        {"one two three", 8, {"one two", "three"}},
        {"see provision-on-demand", 10, {"see", "provision-", "on-demand"}},
        {"abcdefgh", 3, {"abc", "def", "gh"}},
        {"ab\xC3\xBC\xC3\xBC", 3, {"ab", "\xC3\xBC", "\xC3\xBC"}},
    };
    for (const Row& row : rows) {
        INFO(row.text << " in " << row.columns);
        CHECK(wrap(row.text, row.columns) == row.lines);
    }
}
