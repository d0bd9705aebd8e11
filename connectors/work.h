// SPDX-License-Identifier: Apache-2.0
// Work as connectors and the engine speak of it: tasks, the phases they come in, and what gives rise to them.
#pragma once

#include "model/change.h"
#include "model/ids.h"
#include "model/time.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace provsim {

// --- tasks -------------------------------------------------------------------------------------------------------

// The phases of a run, in their order. A later phase is drawn only when the earlier is over, so it sees its links.
enum class Phase : std::uint8_t { probe, users, managers, groups, members };
inline constexpr std::size_t phase_count = 5;

// Run files keep the numbers: new ones come last.
enum class Action : std::uint8_t {
    probe_users, probe_groups,      // is the target there, does it speak SCIM (no object)
    provision,                      // bring `object` into the state its source asks for: create, update, disable, delete or nothing
    set_manager,                    // write, or clear, the manager of user `object`
    add_member, remove_member,      // user `other` in group `object`
    delete_disabled,                // user `object`, disabled some time ago, unless he is back
    write_members,                  // group `object` as a whole, whatever was written before (Okta: Push now; JumpCloud: group re-sync)
    test_connection,                // what the provider does when its administrator tests, saves or activates the connection (no object)
    import_users, import_groups,    // one page of what the target has (no object)
};
std::string_view to_string(Action action) noexcept;   // "provision", "add_member", ...

struct Task {
    Action action = Action::provision;
    ObjectRef object;
    ObjectRef other;
    friend auto operator<=>(const Task&, const Task&) = default;
};

inline bool is_membership(const Task& task) noexcept { return task.action == Action::add_member || task.action == Action::remove_member; }

// A task as a plan draws it. Of providers that react to changes, what waits for its turn is one per task: what comes again
// meanwhile adds its reasons to it.
struct Planned {
    Task task;
    std::uint32_t why = 0;          // reasons, as bits that the connector gives their meaning; Brief::why
    std::string memo;               // Brief::memo

    Planned(const Task& what, std::uint32_t reasons = 0, std::string note = {}) : task(what), why(reasons), memo(std::move(note)) {}
};

// --- why work arises ---------------------------------------------------------------------------------------------

// One timer's share of a cycle. `since` empty = initial: everything in scope is evaluated.
struct Sweep {
    bool due = false;
    std::optional<Position> since;
};

struct CycleDue {
    Sweep users, groups;
    // Tasks of earlier cycles that are due again: objects in escrow, references not linked yet. In task order.
    std::vector<Task> again;
};

// Provision on demand: one user, or one group with the members chosen for it.
struct Push {
    ObjectRef object;
    std::vector<UserId> members;
};

// To providers that react: provisioning was switched on, or restarted. Everything assigned by now is their work.
struct Started {};

// To providers that react: this just happened to the directory. The view is live, so that it shows the outcome.
struct Changes {
    Position from = 0, to = 0;
};

// What an administrator does to the application. The engine has brought PushGroups up to date before it asks.
enum class AdminVerb : std::uint8_t {
    push_group,             // Okta: push groups, by name
    push_now,               // Okta: the pushed group, or all
    stop_pushing, go_on_pushing,    // Okta: deactivate, activate a group push mapping
    unlink, unlink_and_delete,      // Okta: unlink pushed group, and leave or delete the group in the app
    force_sync,             // Okta: Force Sync, of one user or all
    apply_updates,          // Okta: a mapping was saved, "Apply updates now"
    provision_user,         // Okta: Provision User, of one or all
    import_now,             // Okta: Import Now; JumpCloud: import users
    resync_group,           // JumpCloud: the group is provisioned again
};
std::string_view to_string(AdminVerb verb) noexcept;     // "push_group", as in okta.push_group

struct AdminAct {
    AdminVerb verb{};
    ObjectRef object{};     // none: all it can be about
};

using Trigger = std::variant<CycleDue, Push, Started, Changes, AdminAct>;

}  // namespace provsim
