// SPDX-License-Identifier: Apache-2.0
#include "model/exchange.h"

#include "tests/catch.h"

using namespace provsim;

namespace {
Reply reply_with(std::string body, int status = 200)
{
    JsonReader reader;
    return read_reply(Response{status, {}, std::move(body)}, reader);
}
}  // namespace

TEST_CASE("Methods are named as on the wire and read exactly")
{
    for (const char* name : {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
        const auto method = parse_method(name);
        REQUIRE(method);
        CHECK(to_string(*method) == name);
    }
    CHECK_FALSE(parse_method("get"));
    CHECK_FALSE(parse_method("HEAD"));
}

TEST_CASE("Headers are found in any case, the first of a name wins")
{
    const Headers headers{{"ETag", "W/\"1\""}, {"etag", "later"}};
    CHECK(find_header(headers, "etag") == "W/\"1\"");
    CHECK(find_header(headers, "location").empty());
}

TEST_CASE("A reply gives the id of its resource")
{
    CHECK(reply_with(R"({"id":"x1"})").id() == "x1");
    CHECK(reply_with(R"({"id":7})").id().empty());
    CHECK(reply_with(R"({})").id().empty());
    CHECK(reply_with("<html>").id().empty());
    CHECK(reply_with("").id().empty());
}

TEST_CASE("Only an object fills a reply's document")
{
    CHECK(reply_with(" \r\n {}").document.filled());
    CHECK_FALSE(reply_with("[]").document.filled());
    CHECK_FALSE(reply_with("{").document.filled());
    CHECK(reply_with("{").body == "{");
}

TEST_CASE("A list response gives its total and its resources")
{
    const Reply page = reply_with(R"({"totalResults":7,"Resources":[{"id":"a"},{"id":"b"}]})");
    const auto list = page.list();
    REQUIRE(list);
    CHECK(list->total_results == 7);
    REQUIRE(list->resources.size() == 2);
    CHECK(string_member(list->resources[1], "id") == std::string_view("b"));

    const Reply empty = reply_with(R"({"totalResults":0})");
    REQUIRE(empty.list());
    CHECK(empty.list()->resources.empty());

    const Reply uncounted = reply_with(R"({"resources":[{}]})");
    REQUIRE(uncounted.list());
    CHECK(uncounted.list()->total_results == 1);

    CHECK_FALSE(reply_with(R"({"id":"a"})").list());
    CHECK_FALSE(reply_with("nothing").list());
}

TEST_CASE("An error is told in one line")
{
    CHECK(reply_with(R"({"scimType":"uniqueness","detail":"taken"})", 409).error_text() == "uniqueness: taken");
    CHECK(reply_with(R"({"detail":"gone"})", 404).error_text() == "gone");
    CHECK(reply_with(R"({"scimType":"noTarget"})", 400).error_text() == "noTarget");
    CHECK(reply_with(" Bad\r\nGateway\n", 502).error_text() == "Bad  Gateway");
    CHECK(reply_with("", 500).error_text().empty());
    CHECK(no_reply(Failure::timeout).error_text() == "timeout");
    CHECK(no_reply(Failure::tls, "certificate has expired").error_text() == "certificate has expired");
    // 199 bytes, then a letter of two: it is left out as a whole.
    const std::string text = reply_with(std::string(199, 'x') + "é and more", 500).error_text();
    CHECK(text == std::string(199, 'x'));
}

TEST_CASE("A failure is no reply")
{
    const Reply reply = no_reply(Failure::refused, "x");
    CHECK_FALSE(reply.arrived());
    CHECK_FALSE(reply.success());
    CHECK(reply.status == 0);
    CHECK(reply_with("", 204).success());
    CHECK_FALSE(reply_with("", 304).success());
}
