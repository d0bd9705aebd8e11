// SPDX-License-Identifier: Apache-2.0
#include "app/preflight.h"

#include "model/text.h"

#include <boost/asio/ip/address.hpp>
#include <fmt/format.h>

#include <algorithm>

namespace provsim {

namespace {

bool on_this_machine_or_network(const BaseUrl& url)
{
    if (url.host == "localhost" || url.host.ends_with(".localhost")) return true;
    boost::system::error_code no_address;
    const auto address = boost::asio::ip::make_address(url.host, no_address);
    if (no_address) return false;
    if (address.is_loopback()) return true;
    if (address.is_v6()) return (address.to_v6().to_bytes()[0] & 0xFE) == 0xFC;     // RFC 4193
    const auto b = address.to_v4().to_bytes();
    return b[0] == 10 || (b[0] == 172 && (b[1] & 0xF0) == 16) || (b[0] == 192 && b[1] == 168);   // RFC 1918
}

// The kind of failure, and its detail where that says more.
std::string failure_text(const Reply& reply)
{
    const std::string kind(to_string(reply.failure));
    if (reply.failure_detail.empty() || equal_ignoring_ascii_case(kind, reply.failure_detail)) return kind;
    return kind + ", " + reply.failure_detail;
}

}  // namespace

Problems check_host_allowed(const BaseUrl& url, const std::vector<std::string>& allowed)
{
    if (on_this_machine_or_network(url) || std::find(allowed.begin(), allowed.end(), url.host) != allowed.end()) return {};
    return {{Severity::error, "host", "the target " + url.host + " is neither this machine nor a private network",
             "if it is meant to be provisioned for real, add --allow-host " + url.host, {}}};
}

bool is_scim_service(TargetReader& target, std::string& why)
{
    Request request;
    request.target = "/Users?filter=userName+eq+%22provsim-preflight%22";
    const Reply reply = target.read(request);
    switch (reply.failure) {
    case Failure::none: break;
    case Failure::refused:
    case Failure::unresolved:
        why = fmt::format("cannot connect to the target: {}\n  Is the app running? To try without one: --target sandbox", failure_text(reply));
        return false;
    default:
        why = "the target gave no usable answer: " + failure_text(reply);
        return false;
    }
    if (reply.status == 401 || reply.status == 403) {
        why = fmt::format("the target refused the token: {} {}\n  Check the secret token; Test Connection in Entra would fail the same way.", reply.status, reply.error_text());
        return false;
    }
    if (reply.status != 200 || !reply.list()) {
        why = fmt::format("the target does not answer as a SCIM service: {} to a query of /Users, {}\n  Is this the tenant URL? It usually ends in /scim or /scim/v2.",
                          reply.status, reply.list() ? "a list" : "not a ListResponse: " + reply.error_text());
        return false;
    }
    return true;
}

}  // namespace provsim
