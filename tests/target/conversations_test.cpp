// SPDX-License-Identifier: Apache-2.0
#include "tests/target/conversation.h"

#include "tests/catch.h"

using namespace provsim::testing;

namespace {

void hold_all(const std::string& folder)
{
    const auto files = conversation_files(folder);
    REQUIRE_FALSE(files.empty());
    for (const std::string& file : files) {
        DYNAMIC_SECTION(file.substr(folder.size() + 1))
        {
            const Conversation conversation = read_conversation(file);
            std::string first, second;
            for (const std::string& difference : hold(conversation, first)) {
                INFO(file);
                FAIL_CHECK(difference);
            }
            // The same requests get the same replies, ids included.
            hold(conversation, second);
            CHECK(first == second);
        }
    }
}

}  // namespace

TEST_CASE("The sandbox keeps every law of its conversations") { hold_all(PROVSIM_FIXTURES "/target/conversations"); }
TEST_CASE("The sandbox answers the examples of RFC 7643 and RFC 7644 as they say") { hold_all(PROVSIM_FIXTURES "/rfc"); }
