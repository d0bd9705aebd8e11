// SPDX-License-Identifier: Apache-2.0
// One entry of the provisioning log with all that a vendor's shape of it can want: filled from a run file, or from a push that
// just happened.
#pragma once

#include "engine/recorder.h"

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

namespace provsim {

using NamedValues = std::vector<std::pair<std::string, std::string>>;

struct ChangeFacts {
    std::uint64_t number = 0;               // of the entry, from 1
    std::uint32_t run = 0;
    RunKind run_kind = RunKind::initial;
    Action task{};
    Status status{};
    LoggedAction action{};
    ObjectRef object;                       // none for a probe
    std::string name;                       // userName, or a group's displayName
    std::string display_name;               // in the directory; as `name` if there is none
    std::string object_id;                  // GUID in the directory
    std::string other, other_id;            // the member: "user:ada", GUID in the directory
    std::string code, detail;               // as Outcome has them
    std::string target_id;                  // empty if unknown
    ScopeReason scope{};
    std::string through;                    // "group:engineers", for members of an assigned group
    std::string filter, saw;                // the clause that left the object out, and the value it saw
    Presence presence = Presence::absent;
    bool enabled = false;
    bool linked = false;                    // known in the target before
    std::string matching;                   // attribute it was matched by; empty if it was not
    Intent last = Intent::probe;            // of the last request; probe: none was sent
    std::vector<Modified> modified;         // of a create: what was sent, if that is known
    NamedValues imported;                   // attributes of the object in the directory, if they are known
    NamedValues found;                      // attributes of the object in the target, if they are known
    TimePoint began{}, ended{};

    bool in_scope() const noexcept { return provsim::in_scope(scope); }
    bool active() const noexcept { return presence == Presence::present && (enabled || object.is_group()); }
};

// Of a user or a group that something else is written to: a manager, members.
constexpr bool is_reference(Action action) noexcept
{
    return action == Action::set_manager || action == Action::add_member || action == Action::remove_member || action == Action::write_members;
}

// What came of looking for the object in the target.
enum class MatchResult : std::uint8_t {
    not_asked,
    by_link,        // known from before
    one,            // found by ChangeFacts::matching
    none,           // not there
    several,
    failed,         // the question was not answered
};
// Read from how far the conversation came: a create follows an answer without a hit, an update one with a hit.
MatchResult match_result(const ChangeFacts& facts) noexcept;

// It was looked for, and that came to nothing: no answer, or several.
inline bool match_failed(const ChangeFacts& facts) noexcept
{
    const MatchResult match = match_result(facts);
    return match == MatchResult::failed || match == MatchResult::several;
}
// A user who was inactive in the target is active again.
bool reactivates(const ChangeFacts& facts) noexcept;
// It wrote this attribute, and no other.
bool changes_only(const ChangeFacts& facts, std::string_view attribute) noexcept;

// "active in the directory", ...: what is looked at to tell whether an object is in scope, and how it came out.
struct ScopeChecks {
    bool active = false;        // in the directory, and a user may sign in
    bool assigned = false;      // or everybody is in scope
    bool entitled = false;      // has a role of the application (ours come with the assignment)
    bool filter = true;         // passed, or there is none
};
// Of an object that is deleted, what remains of its assignment is not known: taken as none (assumed).
ScopeChecks scope_checks(const ChangeFacts& facts) noexcept;

// The body of a POST as property changes: dotted names, `emails[type eq "work"].value` for elements of lists, the schemas and
// empty lists left out. Empty if it is no JSON object. (Graph lists a created object's values as modifiedProperties without an old value.)
std::vector<Modified> modified_by_create(std::string_view body);
// The same of what the target answered to a query or a read: of the first resource, if it is a list.
NamedValues values_found(std::string_view reply_body);
// An entry as it is told, with the object's attributes as they are in the directory now.
ChangeFacts change_facts(const LogEntry& entry, const Directory& directory);
// modifiedProperties as a run file keeps it. Empty if it cannot be read.
std::vector<Modified> read_modified(std::string_view json);

}  // namespace provsim
