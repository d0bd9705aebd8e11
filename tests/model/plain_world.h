// SPDX-License-Identifier: Apache-2.0
// A directory as anybody would write it first: plain containers, copied whole. What Directory and View are compared with.
#pragma once

#include "model/directory.h"

#include <algorithm>
#include <map>
#include <string>
#include <vector>

namespace provsim {

struct PlainUser {
    Guid id;
    Presence presence = Presence::present;
    std::map<Attribute, std::string> values;
    bool enabled = true, assigned = false;
    UserId manager = no_user;
    std::vector<GroupId> groups;     // soft-deleted or not
};

struct PlainGroup {
    Guid id;
    Presence presence = Presence::present;
    std::string handle, display_name;
    bool assigned = false;
    std::vector<UserId> members;     // soft-deleted or not
    std::vector<GroupId> nested;
};

template <class T, class U>
bool holds(const std::vector<T>& list, const U& wanted) { return std::find(list.begin(), list.end(), wanted) != list.end(); }
template <class T, class U>
void take_out(std::vector<T>& list, const U& unwanted) { list.erase(std::remove(list.begin(), list.end(), unwanted), list.end()); }

struct PlainWorld {
    std::vector<PlainUser> users;
    std::vector<PlainGroup> groups;
    std::vector<ObjectRef> assignments;

    PlainUser& at(UserId user) { return users[row(user)]; }
    PlainGroup& at(GroupId group) { return groups[row(group)]; }

    void hard_delete(UserId user)
    {
        PlainUser& gone = at(user);
        for (const GroupId group : gone.groups) take_out(at(group).members, user);
        for (PlainUser& other : users)
            if (other.manager == user) other.manager = no_user;
        take_out(assignments, user);
        gone.groups.clear();
        gone.assigned = false;
        gone.manager = no_user;
        gone.presence = Presence::absent;
    }
    void delete_group(GroupId group)
    {
        PlainGroup& gone = at(group);
        for (const UserId user : gone.members) take_out(at(user).groups, group);
        for (PlainGroup& other : groups) take_out(other.nested, group);
        take_out(assignments, group);
        gone.members.clear();
        gone.nested.clear();
        gone.assigned = false;
        gone.presence = Presence::absent;
    }
};

// The first difference between what `seen` (a Directory or a View) shows and the world, or nothing.
template <class Seen>
std::string difference(const Seen& seen, const PlainWorld& world)
{
    if (seen.user_rows() != world.users.size()) return "user_rows";
    if (seen.group_rows() != world.groups.size()) return "group_rows";
    if (seen.assignments() != world.assignments) return "assignments";
    // One row beyond the end belongs to the comparison: a view must not see what was made after it.
    for (std::uint32_t i = 0; i <= world.users.size(); ++i) {
        const UserId user{i};
        const std::string who = "user " + std::to_string(i) + ": ";
        PlainUser nobody;
        nobody.presence = Presence::absent;
        nobody.enabled = false;
        const PlainUser& plain = i < world.users.size() ? world.users[i] : nobody;
        if (seen.presence(user) != plain.presence) return who + "presence";
        if (seen.object_id(user) != plain.id) return who + "object_id";
        if (seen.enabled(user) != plain.enabled) return who + "enabled";
        if (seen.assigned(user) != plain.assigned) return who + "assigned";
        if (seen.manager(user) != plain.manager) return who + "manager";
        for (std::size_t number = 0; number < max_attributes; ++number) {
            const auto attribute = static_cast<Attribute>(number);
            const auto value = plain.values.find(attribute);
            if (seen.value(user, attribute) != (value == plain.values.end() ? std::string_view{} : value->second)) return who + "value " + std::to_string(number);
        }
        if (seen.handle(user) != seen.value(user, Attribute::handle)) return who + "handle";
        const auto groups = plain.presence == Presence::present ? plain.groups : std::vector<GroupId>{};
        if (seen.groups_of(user) != groups) return who + "groups_of";
        for (std::uint32_t g = 0; g <= world.groups.size(); ++g)
            if (seen.is_member(GroupId{g}, user) != holds(groups, GroupId{g})) return who + "is_member " + std::to_string(g);
    }
    for (std::uint32_t i = 0; i <= world.groups.size(); ++i) {
        const GroupId group{i};
        const std::string which = "group " + std::to_string(i) + ": ";
        PlainGroup nothing;
        nothing.presence = Presence::absent;
        const PlainGroup& plain = i < world.groups.size() ? world.groups[i] : nothing;
        if (seen.presence(group) != plain.presence) return which + "presence";
        if (seen.object_id(group) != plain.id) return which + "object_id";
        if (seen.handle(group) != plain.handle) return which + "handle";
        if (seen.display_name(group) != plain.display_name) return which + "display_name";
        if (seen.assigned(group) != plain.assigned) return which + "assigned";
        if (seen.nested(group) != plain.nested) return which + "nested";
        std::vector<UserId> members;
        for (const UserId user : plain.members)
            if (world.users[row(user)].presence == Presence::present) members.push_back(user);
        if (seen.members(group) != members) return which + "members";
    }
    return {};
}

}  // namespace provsim
