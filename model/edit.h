// SPDX-License-Identifier: Apache-2.0
// Edits of the directory as data: what a scenario step, the console or an administrator asks for.
#pragma once

#include "model/directory.h"
#include "model/result.h"
#include "model/scoping_filter.h"

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace provsim {

// Objects are named as people name them: by handle ("ada"), or, if no handle fits, by userName or displayName.
struct AddUser { std::string handle; std::vector<std::pair<std::string, std::string>> values; bool enabled = true; std::string manager; };
// Neutral attribute names, "custom.x" included; an empty value clears. "manager" takes a user's handle ("" clears).
struct UpdateUser { std::string user; std::vector<std::pair<std::string, std::string>> values; };
struct EnableUser { std::string user; };
struct DisableUser { std::string user; };
// What the vendors call life-cycle operations. Where they make no sense for the user's state, they are a mistake.
enum class StateVerb : std::uint8_t { activate, suspend, unsuspend, expire_password, lock, unlock };
struct ChangeState { std::string user; StateVerb verb{}; };
struct SetPassword { std::string user; };                                         // ends an expired one's state
struct SoftDeleteUser { std::string user; };
struct RestoreUser { std::string user; };
struct HardDeleteUser { std::string user; };
// With a rule its members are those users who pass it (model/dynamic_groups.h), and none can be named.
struct AddGroup { std::string handle; std::string display_name; std::vector<std::string> members; ScopingFilter rule{}; };
struct RenameGroup { std::string group; std::string display_name; };
struct DeleteGroup { std::string group; };
struct AddMembers { std::string group; std::vector<std::string> members; };      // "ada", "user:ada" or "group:engineers" (nested)
struct RemoveMembers { std::string group; std::vector<std::string> members; };
// "user:ada" or "group:engineers"; no role: default access. Of what is assigned already, the priority and the values that are named
// change. Neutral attribute names; an empty value ends one. Only groups have a priority.
struct Assign {
    std::string object;
    std::string role{};
    std::optional<unsigned> priority{};
    std::vector<std::pair<std::string, std::string>> values{};
};
struct Unassign { std::string object; std::string role{}; };                     // no role: altogether

using Edit = std::variant<AddUser, UpdateUser, EnableUser, DisableUser, SoftDeleteUser, RestoreUser, HardDeleteUser, AddGroup,
                          RenameGroup, DeleteGroup, AddMembers, RemoveMembers, Assign, Unassign, ChangeState, SetPassword>;
std::string_view to_string(StateVerb verb) noexcept;     // "expire_password"

// Applies the edit in full or not at all. A mistake (unknown user, restoring somebody who is not in the recycle bin, ...)
// comes back as a Problem whose remedy names the nearest existing handle. Returns the log's head after the edit.
// Object ids of new objects are drawn from (seed, handle).
Result<Position> apply(Directory& directory, const Edit& edit, TimePoint now, const Draw& draw);

// "user.add ada", "group.add engineers <- grace": one line for the narrator, the log and `propagated`.
std::string describe(const Edit& edit);

// Finds "ada", "user:ada", "group:engineers", a userName or a displayName. None if nothing, or more than one thing, fits.
ObjectRef find_object(const Directory& directory, std::string_view name, ObjectKind expected = ObjectKind::none);
// "user:ada", "group:engineers": how reports name objects.
std::string object_name(const Directory& directory, ObjectRef object);

}  // namespace provsim
