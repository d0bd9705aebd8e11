// SPDX-License-Identifier: Apache-2.0
// Which tasks a trigger gives rise to. Internal to the Okta connector.
#pragma once

#include "connectors/okta/context.h"

#include <array>
#include <map>
#include <memory>
#include <set>

namespace provsim {

std::unique_ptr<TaskCursor> plan_okta(const OktaApp& context, const Trigger& trigger, const World& world);

// A plan as it is being made.
class OktaPlan {
public:
    OktaPlan(const OktaApp& context, const World& world) : context_(context), world_(world) {}

    void started();
    void changes(Position from, Position to);       // plan_changes.cpp
    void admin(const AdminAct& act);
    void push(const Push& push);
    std::array<std::vector<Planned>, phase_count> finish() &&;

private:
    void read(const Change& change);
    void add_user(UserId user, std::uint32_t why) { users_[row(user)] |= why; }
    void add_group(GroupId group, std::uint32_t why) { groups_[row(group)] |= why; }
    void comes(UserId user);                        // was given a path to the application
    void goes(UserId user, bool had_path);          // may have lost the last
    void returns(UserId user);                      // may sign in again
    void changed(UserId user, std::uint64_t attributes);
    void member(GroupId group, UserId user);
    void reassigned(const Change& change);          // what an assignment gives may have changed with it
    void reassigned(UserId user, const OktaBefore& before, std::uint64_t values = 0);
    void push_groups(ObjectRef object);
    bool provisioned(UserId user) const noexcept { return is_provisioned(world_, user); }
    bool wanted(UserId user) const noexcept { return is_wanted(context_, world_, user); }

    const OktaApp& context_;
    const World& world_;
    std::map<std::uint32_t, std::uint32_t> users_, groups_;     // reasons, by row
    std::set<std::uint32_t> let_go_;                            // users who lost a path in the window, whatever came after
    std::set<std::pair<std::uint32_t, std::uint32_t>> members_; // groups and users whose membership changed
    std::vector<Planned> first_, last_;                         // without an object; whole-group writes
};

}  // namespace provsim
