// SPDX-License-Identifier: Apache-2.0
// The verbs that the administrators of one vendor have: "okta.push_group". One table for the format and its reader.
#pragma once

#include "scenario/scenario.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

// What was written under a verb, read.
struct VendorWords {
    std::vector<std::string> objects;       // with their prefix: "user:ada", "group:engineers"
    bool flag = false;
    PushRule rule;
};

struct VendorVerb {
    enum class Takes : std::uint8_t {
        nothing,
        group, group_or_nothing,
        groups,                 // one, { group } or { groups }
        unlinked_group,         // one, or { group, delete }
        user_or_nothing,
        object_or_nothing,      // a user or a group
        new_rule,               // { name, starts_with }
        rule,                   // its name
        flag,
    };

    std::string_view name;      // "okta.push_group"
    Takes takes;
    std::string_view about;
    ActionSpec (*make)(VendorWords&& said);

    std::string_view vendor() const { return name.substr(0, name.find('.')); }
};

std::span<const VendorVerb> vendor_verbs() noexcept;
const VendorVerb* find_vendor_verb(std::string_view name) noexcept;     // null if it is none

// What `provider:` may name: the profiles of the registry.
std::span<const std::string_view> provider_names() noexcept;

}  // namespace provsim
