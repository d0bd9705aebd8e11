// SPDX-License-Identifier: Apache-2.0
#include "target/sandbox.h"

#include "model/text.h"
#include "target/discovery.h"
#include "target/service.h"
#include "target/url_query.h"

#include <utility>

namespace provsim {

using namespace target;

class Sandbox::Service : public target::Service {
public:
    using target::Service::Service;
};

namespace {

// The token68 of "Bearer <token>" (RFC 6750 2.1); the scheme's name ignores case.
bool authorized(const SandboxOptions& options, std::string_view authorization)
{
    if (options.bearer_token.empty()) return true;
    constexpr std::string_view scheme = "Bearer ";
    return equal_ignoring_ascii_case(authorization.substr(0, scheme.size()), scheme) && authorization.substr(scheme.size()) == options.bearer_token;
}

Response refused(int status, std::string detail, std::string_view type = {}) { return error_response({status, type, std::move(detail)}); }

Response not_allowed(std::string allow)
{
    Response response = refused(405, "this method is not for this resource");
    response.headers.push_back({"Allow", std::move(allow)});
    return response;
}

Response discover(const Url& url, Method method, const SandboxOptions& options)
{
    if (method != Method::get) return not_allowed("GET");
    if (url.query.filter) return refused(403, "discovery cannot be filtered");   // RFC 7644 4
    auto body = discovery_body(url.collection, url.id, options.base_url, options.max_page_size);
    if (!body) return refused(404, "there is no such resource");
    return {200, {{"Content-Type", "application/scim+json"}}, std::move(*body)};
}

}  // namespace

Sandbox::Sandbox(SandboxOptions options) : service_(std::make_unique<Service>(std::move(options))) {}
Sandbox::~Sandbox() = default;
std::size_t Sandbox::user_count() const noexcept { return service_->store().users.size(); }
std::size_t Sandbox::group_count() const noexcept { return service_->store().groups.size(); }

Response Sandbox::handle(const Request& request, std::string_view authorization, TimePoint now)
{
    const SandboxOptions& options = service_->options();
    if (!authorized(options, authorization)) {
        Response response = refused(401, "the bearer token is missing or not the right one");
        response.headers.push_back({"WWW-Authenticate", "Bearer"});
        return response;
    }
    Url url;
    ScimError error;
    if (!parse_url(request.target, url, error)) return error_response(error);
    if (is_discovery(url.collection) && !url.deeper) return discover(url, request.method, options);
    if (url.collection == "Me" || url.collection == "Bulk" || url.collection == ".search" || url.collection.empty())
        return refused(501, "this optional endpoint of RFC 7644 is not offered");

    const bool users = url.collection == "Users";
    if ((!users && url.collection != "Groups") || url.deeper) return refused(404, "there is no such endpoint");
    service_->begin(users ? user_schema() : group_schema(), now);
    if (url.id.empty()) {
        if (request.method == Method::get) return service_->search(url.query);
        if (request.method == Method::post) return service_->create(request.body, url.query);
        return not_allowed("GET, POST");
    }
    if (url.id == ".search") return request.method == Method::post ? service_->search_by_body(request.body) : not_allowed("POST");
    switch (request.method) {
        case Method::get: return service_->read(url.id, url.query, request.headers);
        case Method::put: return service_->replace(url.id, request.body, url.query, request.headers);
        case Method::patch: return service_->patch(url.id, request.body, url.query, request.headers);
        case Method::delete_: return service_->erase(url.id, request.headers);
        case Method::post: break;
    }
    return not_allowed("GET, PUT, PATCH, DELETE");
}

}  // namespace provsim
