// SPDX-License-Identifier: Apache-2.0
#include "compare/gist.h"
#include "tests/catch.h"

using namespace provsim;

namespace {

const TargetIds ids{{"1f", "user:ada"}, {"2e", "user:bob"}, {"90", "group:engineers"}};

SideExchange request(Method method, std::string body)
{
    SideExchange exchange;
    exchange.method = method;
    exchange.object = "user:ada";
    exchange.body = std::move(body);
    return exchange;
}

std::string patch(std::string operations)
{
    return GistTeller(ids).tell(request(Method::patch, R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":)" + std::move(operations) + "}"), {});
}

}  // namespace

TEST_CASE("A PATCH is told by what its operations write")
{
    CHECK(patch(R"([{"op":"replace","value":{"active":false}}])") == "active: false");
    CHECK(patch(R"([{"op":"Replace","path":"title","value":"Director"},{"op":"Remove","path":"nickName"}])") == "title: Director; nickName: none");
    CHECK(patch(R"([{"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":"2e"}])") == "manager: user:bob");
    CHECK(patch(R"([{"op":"Add","path":"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:manager","value":[{"value":"2e"}]}])") == "manager: user:bob");
    CHECK(patch(R"([{"op":"Replace","path":"emails[type eq \"work\"].value","value":"a@x"}])") == "emails[work]: a@x");
    CHECK(patch(R"([{"op":"replace","value":{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"department":"Sales"},"name":{"givenName":"Ada"}}}])")
          == "department: Sales, name.givenName: Ada");
}

TEST_CASE("A boolean that is sent as a text can be told from one that is not")
{
    CHECK(patch(R"([{"op":"Replace","path":"active","value":"False"}])") == "active: \"False\"");
    CHECK(patch(R"([{"op":"Replace","path":"active","value":false}])") == "active: false");
}

TEST_CASE("Members are told by name, however they are written")
{
    CHECK(patch(R"([{"op":"add","path":"members","value":[{"value":"1f","display":"Ada"},{"value":"2e"}]}])") == "members + user:ada, user:bob");
    CHECK(patch(R"([{"op":"remove","path":"members[value eq \"2e\"]"}])") == "members - user:bob");
    CHECK(patch(R"([{"op":"Remove","path":"members","value":[{"value":"2e"}]}])") == "members - user:bob");
    CHECK(patch(R"([{"op":"replace","path":"members","value":[{"value":"1f"}]}])") == "members = user:ada");
    CHECK(patch(R"([{"op":"replace","path":"members","value":[]}])") == "members = none");
    CHECK(patch(R"([{"op":"add","value":{"members":[{"value":"1f"}]}}])") == "members + user:ada");
}

TEST_CASE("A whole resource is told by what it changes in the one before")
{
    GistTeller gist(ids);
    CHECK(gist.tell(request(Method::post, R"({"schemas":["x"],"externalId":"4c1e","userName":"ada","title":"Analyst","emails":[{"type":"work","value":"a@x","primary":true}],"groups":[]})"), {})
          == "userName: ada, title: Analyst, emails[work]: a@x, externalId: 4c1e");
    CHECK(gist.tell(request(Method::put, R"({"id":"1f","externalId":"4c1e","userName":"ada","title":"Director","emails":[{"type":"work","value":"a@x"}]})"), {})
          == "title: Director (3 as before)");
    CHECK(gist.tell(request(Method::put, R"({"userName":"ada","title":"Director","externalId":"4c1e"})"), {}) == "emails[work]: none (3 as before)");
    CHECK(gist.tell(request(Method::put, R"({"userName":"ada","title":"Director","externalId":"4c1e"})"), {}) == "as before (3 attributes)");
    CHECK(gist.tell(request(Method::get, ""), {}).empty());
}

TEST_CASE("Where bodies were not recorded the log tells what was written")
{
    GistTeller gist(ids);
    CHECK(gist.tell(request(Method::patch, ""), {{"urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "Sales", "Research"}, {"title", "x", ""}})
          == "department: Research, title: none");
    SideExchange member = request(Method::patch, "");
    member.task = Action::remove_member;
    member.other = "user:bob";
    CHECK(gist.tell(member, {{"members", "2e", ""}}) == "members - user:bob");
}

TEST_CASE("Target ids in paths and filters are told by identity, and nothing else is taken for one")
{
    CHECK(with_identities("/Users/1f", ids) == "/Users/user:ada");
    CHECK(with_identities("/Groups/90?filter=members+eq+%221f%22", ids) == "/Groups/group:engineers?filter=members+eq+%22user:ada%22");
    CHECK(with_identities("/Users/1f0?attributes=x2e", ids) == "/Users/1f0?attributes=x2e");
}
