// SPDX-License-Identifier: Apache-2.0
// Groups whose members follow a rule about users' attributes, as directories have them (Entra: groups-dynamic-membership; Okta: group-rules;
// JumpCloud: dynamic groups, DYNAMIC_AUTOMATED). Here a rule is a scoping filter, and members follow it at once: what the
// vendors take for it, from seconds to hours, is none of provisioning's business.
#pragma once

#include "model/edit.h"
#include "model/scoping_filter.h"

#include <optional>
#include <utility>
#include <vector>

namespace provsim {

class DynamicGroups {
public:
    bool empty() const noexcept { return rules_.empty(); }
    bool has(GroupId group) const noexcept;

    // apply() of model/edit.h, and what follows from it: the memberships that the rules give and take, as further changes of
    // the log. Naming members of such a group is a mistake. O(users touched x rules); a new rule looks at every user.
    Result<Position> edit(Directory& directory, const Edit& edit, TimePoint now, const Draw& draw);

private:
    struct Rule {
        GroupId group;
        ScopingFilter filter;
    };

    std::optional<Problem> refuse(const Edit& edit, const Directory& directory) const;
    static void follow(const Rule& rule, UserId user, Directory& directory, TimePoint now);

    std::vector<Rule> rules_;       // in the order of their making; a deleted group's stays, and does nothing
};

}  // namespace provsim
