// SPDX-License-Identifier: Apache-2.0
// Any bytes as the body of a PATCH: the sandbox answers with a status below 500, in JSON, and the resource stays readable;
// what it refuses leaves no trace.
#include "target/sandbox.h"

#include <cstdlib>

using namespace provsim;

namespace {

Response send(Sandbox& sandbox, Method method, std::string target, std::string body = {})
{
    Request request;
    request.method = method;
    request.target = std::move(target);
    request.body = std::move(body);
    return sandbox.handle(request, {}, TimePoint{});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size)
{
    Sandbox sandbox;
    JsonReader reader;
    const Response user = send(sandbox, Method::post, "/Users",
                               R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:User"],"userName":"ada","emails":[{"type":"work","value":"a"},{"type":"home"}],)"
                               R"("urn:ietf:params:scim:schemas:extension:enterprise:2.0:User":{"manager":"m"},"urn:x:2.0:User":{"y":1}})");
    const std::string user_id = user.body.substr(user.body.find("\"id\":\"") + 6, 36);
    const Response group = send(sandbox, Method::post, "/Groups",
                                R"({"schemas":["urn:ietf:params:scim:schemas:core:2.0:Group"],"displayName":"g","members":[{"value":")" + user_id + "\"}]}");
    const std::string group_id = group.body.substr(group.body.find("\"id\":\"") + 6, 36);
    for (const std::string& target : {"/Users/" + user_id, "/Groups/" + group_id}) {
        const Response before = send(sandbox, Method::get, target);
        // Operations alone are enough: the envelope is not what is to be found out.
        for (const char* head : {"", R"({"schemas":["urn:ietf:params:scim:api:messages:2.0:PatchOp"],"Operations":[)"}) {
            const std::string text(reinterpret_cast<const char*>(data), size);
            const Response reply = send(sandbox, Method::patch, target, *head ? head + text + "]}" : text);
            if (reply.status >= 500 || (reply.status != 204 && !reader.read(reply.body))) std::abort();
            const Response after = send(sandbox, Method::get, target);
            if (after.status != 200 || !reader.read(after.body)) std::abort();
            if (reply.status >= 400 && !*head && after.body != before.body) std::abort();
        }
    }
    return 0;
}
