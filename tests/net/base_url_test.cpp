// SPDX-License-Identifier: Apache-2.0
#include "net/base_url.h"

#include "connectors/registry.h"
#include "tests/catch.h"

using namespace provsim;

TEST_CASE("A target's URL is taken apart into what a request needs")
{
    struct Case {
        const char* text;
        bool tls;
        const char* host;
        unsigned port;
        const char* path;
        const char* host_header;
        std::vector<std::string> flags = {};
    };
    const std::vector<Case> cases = {
        {"http://localhost:8080/scim/v2", false, "localhost", 8080, "/scim/v2", "localhost:8080"},
        {"https://scim.example.com", true, "scim.example.com", 443, "", "scim.example.com"},
        {"https://scim.example.com/", true, "scim.example.com", 443, "", "scim.example.com"},
        {"https://scim.example.com:443/scim", true, "scim.example.com", 443, "/scim", "scim.example.com"},
        {"http://scim.example.com:443/scim", false, "scim.example.com", 443, "/scim", "scim.example.com:443"},
        {"HTTPS://SCIM.Example.COM/Scim/V2/", true, "scim.example.com", 443, "/Scim/V2", "scim.example.com"},
        {"  https://scim.example.com/scim \n", true, "scim.example.com", 443, "/scim", "scim.example.com"},
        {"http://h//scim///v2//", false, "h", 80, "/scim/v2", "h"},
        {"http://h:/scim", false, "h", 80, "/scim", "h"},
        {"http://127.0.0.1:7644/scim", false, "127.0.0.1", 7644, "/scim", "127.0.0.1:7644"},
        {"http://[::1]:7644/scim", false, "::1", 7644, "/scim", "[::1]:7644"},
        {"http://[::1]", false, "::1", 80, "", "[::1]"},
        {"https://h/a%20b/tenant%2F1", true, "h", 443, "/a%20b/tenant%2F1", "h"},
        {"https://h/scim?aadOptscim062020", true, "h", 443, "/scim", "h", {"aadOptscim062020"}},
        {"https://h/scim/?aadOptscim062020&other=1", true, "h", 443, "/scim", "h", {"aadOptscim062020", "other=1"}},
        {"https://h?aadOptscim062020", true, "h", 443, "", "h", {"aadOptscim062020"}},
        {"https://h/scim?", true, "h", 443, "/scim", "h"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.text);
        const auto url = parse_base_url(c.text);
        REQUIRE(url.ok());
        CHECK(url.value().tls == c.tls);
        CHECK(url.value().host == c.host);
        CHECK(url.value().port == c.port);
        CHECK(url.value().path == c.path);
        CHECK(url.value().host_header() == c.host_header);
        CHECK(url.value().flags == c.flags);
    }
}

TEST_CASE("JumpCloud assertion 7 (trailing slash): an address that ends in a slash makes a path with two, where it is joined as typed")
{
    const auto typed = [](const char* address) { return parse_base_url(address).value().path_as_typed() + "/Users"; };
    CHECK(typed("https://x.test/scim/v2/") == "/scim/v2//Users");
    CHECK(typed("https://x.test/scim/v2") == "/scim/v2/Users");
    CHECK(typed("https://x.test/") == "/Users");
    CHECK(parse_base_url("https://x.test/scim/v2/").value().path == "/scim/v2");
    CHECK(find_flavour("jumpcloud")->joins_url_as_typed);
    CHECK_FALSE(find_flavour("okta")->joins_url_as_typed);
}

TEST_CASE("A URL that names no target is refused with what to write instead")
{
    struct Case {
        const char* text;
        const char* what;
    };
    const std::vector<Case> cases = {
        {"", "is empty"},
        {"   ", "is empty"},
        {"scim.example.com/scim", "is no absolute URL"},
        {"ftp://h/scim", "neither http nor https"},
        {"https:///scim", "names no host"},
        {"https://h/sc im", "holds a blank"},
        {"https://h/sc\xc3\xa4m", "outside ASCII"},
        {"https://h:0/", "is no port"},
        {"https://h:65536/", "is no port"},
        {"https://h:80a/", "is no port"},
        {"https://::1/scim", "without brackets"},
        {"https://[::1/scim", "no closing ']'"},
        {"https://[zz]/scim", "is no IPv6 address"},
        {"https://[::1]8080/scim", "is no port"},
        {"https://ho<st/scim", "is no host name"},
        {"https://h/scim#top", "fragment"},
        {"https://h/100%", "hexadecimal"},
        {"https://h/%zz", "hexadecimal"},
    };
    for (const Case& c : cases) {
        CAPTURE(c.text);
        const auto url = parse_base_url(c.text);
        REQUIRE_FALSE(url.ok());
        CHECK_THAT(url.problems().front().what, Catch::Matchers::ContainsSubstring(c.what));
        CHECK(url.problems().front().code == "url");
        CHECK_FALSE(url.problems().front().remedy.empty());
    }
}

TEST_CASE("A password in a URL is refused and not repeated")
{
    for (const char* text : {"https://ada:hunter2@h/scim", "https://hunter2@h/scim", "ada:hunter2@h/scim", "https://ada:hunter2@h:99999/"}) {
        CAPTURE(text);
        const auto url = parse_base_url(text);
        REQUIRE_FALSE(url.ok());
        CHECK(format_problem(url.problems().front()).find("hunter2") == std::string::npos);
    }
}
