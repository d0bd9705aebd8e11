// SPDX-License-Identifier: Apache-2.0
#include "target/errors.h"

#include "model/json.h"
#include "model/scim/urns.h"

namespace provsim::target {

Response error_response(const ScimError& error)
{
    Response response;
    response.status = error.status;
    response.headers.push_back({"Content-Type", "application/scim+json"});
    std::string& body = response.body;
    body.append(R"({"schemas":[")").append(urn::error).append("\"]");
    if (!error.type.empty()) body.append(R"(,"scimType":")").append(error.type).append("\"");
    append_json_string(body += R"(,"detail":)", error.detail);
    body.append(R"(,"status":")").append(std::to_string(error.status)).append("\"}");
    return response;
}

}  // namespace provsim::target
