// SPDX-License-Identifier: Apache-2.0
// The address of a target as a person writes it ("Tenant URL"), taken apart once.
#pragma once

#include "model/result.h"

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

// Owns its strings. Made by parse_base_url only, so its parts can be put into a request as they are.
struct BaseUrl {
    bool tls = false;
    std::string host;                   // lower case; an IPv6 address without its brackets
    std::uint16_t port = 0;
    std::string path;                   // "" or "/scim/v2": percent-encoded, no slash at the end, none doubled
    bool slash_at_end = false;          // of the path, as it was typed
    std::vector<std::string> flags;     // what stood after '?', each part between '&'; never sent

    // For a provider that joins addresses as they are typed (JumpCloud: troubleshoot custom SCIM integrations): "/scim/v2/", and
    // with the request's own path "/scim/v2//Users".
    std::string path_as_typed() const { return slash_at_end ? path + '/' : path; }
    bool numeric_host() const;          // an IP address rather than a name
    std::string host_header() const;    // "localhost:8080", "[::1]:8080", "scim.example.com"
    std::string text() const;           // "https://scim.example.com/scim/v2", without flags
};

// An absolute http or https URL. Surrounding blanks are ignored.
//
// Flags: Entra lets an administrator append switches for the provisioning service itself to the Tenant URL
// ("?aadOptscim062020"; Entra: application-provisioning-config-problem-scim-compatibility). They choose how the
// provider behaves and are no part of the target's address, so they are cut off and reported as a list.
//
// Refused with a Problem of code "url": another scheme, user-info, a fragment, no host, a bad port,
// anything that is not printable ASCII. The text of the problem never repeats user-info.
Result<BaseUrl> parse_base_url(std::string_view text);

}  // namespace provsim
