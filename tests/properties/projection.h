// SPDX-License-Identifier: Apache-2.0
// What the target should hold, said in the strictest way, and where it differs. Nothing is forgiven here: exceptions.h does
// that. Plain code on the directory's values; the connector's mapping, its comparison and the model's scope are not used.
#pragma once

#include "connectors/link_table.h"
#include "model/handler.h"
#include "scenario/scim_lookup.h"
#include "tests/properties/story.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace provsim::properties {

// --- the source ----------------------------------------------------------------------------------------------------

struct Column {
    const char* path;           // in the target
    Attribute source;
};
inline constexpr std::size_t columns = 20;
extern const Column user_columns[columns];                  // the last is name.formatted, of two attributes

struct UserState {
    Presence presence{};
    bool enabled = false, in_scope = false;
    UserId manager = no_user;
    std::vector<std::string> values;                        // one a column
    bool wanted() const { return presence == Presence::present && enabled && in_scope; }    // there and active
};
struct GroupState {
    Presence presence{};
    bool in_scope = false;
    std::string name, object_id;
    std::vector<UserId> members;
};
// The directory at one moment, with everybody's scope.
struct Picture {
    TimePoint at{};
    Position head = 0;
    std::vector<UserState> users;
    std::vector<GroupState> groups;
    bool is_member(std::size_t group, std::size_t user) const;
};
Picture take_picture(const Directory& directory, const Story& story, TimePoint at);

// --- the target ------------------------------------------------------------------------------------------------------

struct TargetState {
    std::map<std::string, Json> users, groups;              // by id
};
TargetState read_target(Handler& target, TimePoint now);
// The text at `path`: strings as they are, booleans as "true" and "false". Nothing if there is none.
std::optional<std::string> text_at(const Json& resource, const char* path);
std::vector<std::string> member_ids(const Json& group);

// --- the differences -------------------------------------------------------------------------------------------------

struct Difference {
    enum class What : std::uint8_t {
        missing,        // the object should be in the target
        extra,          // it should not
        value,          // `attribute` is another than expected
        active,         // a user should be active, or should not
        manager,
        no_member,      // `other` should be a member of the group
        member,         // `other`, or the target's user `id`, should not
        stranger,       // the target's object `id` is linked to nobody
        shared,         // the object and `other` are linked to one and the same
    } what{};
    ObjectRef object, other;
    std::string id;             // target id, if any
    std::size_t column = columns;
    std::string expected, got;  // texts; empty is none
    std::string says() const;
    std::string attribute;
};

std::string name_of(ObjectRef object);                      // "user:u3": by row, as stories name them

// In scope and enabled: there, active, every attribute as mapped, absent ones absent, the manager as linked if he is in
// scope. In scope, disabled: the same if it ever was provisioned, but `active` false (with target_soft_delete unsupported:
// not there). Everybody else: not there. Groups in scope: there, with those members who are to be there.
std::vector<Difference> differences(const Picture& source, const Story& story, const LinkTable& links, const TargetState& target);

}  // namespace provsim::properties
