// SPDX-License-Identifier: Apache-2.0
// What a request writes, in one line: "active: false", "title: Director", "members + user:bob".
#pragma once

#include "compare/side.h"

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace provsim {

using TargetIds = std::map<std::string, std::string, std::less<>>;    // "5672803c-..." -> "user:ada"

// Every target id in `text` by the identity it stands for.
std::string with_identities(std::string_view text, const TargetIds& ids);
// "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department" -> "department", 'emails[type eq "work"].value' -> "emails[work]".
std::string short_path(std::string_view path);

// Tells the writes of one run, in their order: a body with the whole resource is told by what it changes in the one before it.
class GistTeller {
public:
    explicit GistTeller(const TargetIds& ids) : ids_(ids) {}
    // `logged`: what the provisioning log says was written; used where the body was not recorded. Empty for reads.
    std::string tell(const SideExchange& exchange, const std::vector<Modified>& logged);

private:
    using Values = std::vector<std::pair<std::string, std::string>>;
    std::string whole(const SideExchange& exchange, Values values);

    const TargetIds& ids_;
    JsonReader reader_;
    std::map<std::string, Values> before_;      // by object
};

}  // namespace provsim
