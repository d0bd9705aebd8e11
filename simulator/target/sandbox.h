// SPDX-License-Identifier: Apache-2.0
// The sandbox target: a correct SCIM 2.0 service (RFC 7643, RFC 7644) in this process, with Users, Groups, the
// enterprise extension, filters, PATCH, ETags and discovery. It also understands the forms of PATCH that Entra sends.
// Start reading at sandbox.cpp; the rows are in store.h, the attributes in schema.h.
//
// Where the RFCs leave a choice: a user created without `active` is active; groups may share a displayName; a
// member must exist; a user's `groups` are its direct ones and do not count as a change of the user (neither
// meta.version nor lastModified move); a PATCH that changes nothing leaves both alone; unknown attributes are
// ignored in bodies and refused in paths and filters; attributes of extensions without a schema here are kept as given.
#pragma once

#include "model/handler.h"

#include <cstddef>
#include <memory>
#include <string>

namespace provsim {

struct SandboxOptions {
    std::string bearer_token;               // when set, a request without "Bearer <it>" gets 401
    // Stands before "/Users/..." in meta.location, $ref and Location; no slash at its end. It names no server.
    std::string base_url = "https://sandbox.invalid/scim/v2";
    std::size_t page_size = 100;            // resources in a list response when the request names no count
    std::size_t max_page_size = 1000;       // the most it gives, whatever count says; filter.maxResults
    bool patched_group_is_returned = false; // false: 204 without a body, as Entra wants; users are always returned
};

// Not thread-safe. The same requests at the same virtual times get the same replies, ids included, in every run.
class Sandbox final : public Handler {
public:
    explicit Sandbox(SandboxOptions options = {});
    ~Sandbox() override;

    Response handle(const Request& request, std::string_view authorization, TimePoint now) override;

    std::size_t user_count() const noexcept;
    std::size_t group_count() const noexcept;

private:
    class Service;
    std::unique_ptr<Service> service_;
};

}  // namespace provsim
