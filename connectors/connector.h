// SPDX-License-Identifier: Apache-2.0
// The connector: how one identity provider provisions. Start here.
//
// A connector is four pure functions. It does no I/O, knows no clock and keeps no state between calls:
//
//   plan       a reason for work -> tasks, drawn lazily, phase by phase
//   brief      a task, as it starts -> everything about the source that its conversation needs
//   next_move  brief + replies heard so far -> the next request, or the end and what follows from it
//   judge      a reply -> is it accepted into the transcript, retried, a failure of this object, or of the whole cycle
//
// The engine owns time, order, the link table and memory of failures; it applies a connector's effects in one place.
// next_move is re-read from its start at each reply: linear code that can be held beside the vendor's page.
#pragma once

#include "connectors/link_table.h"
#include "connectors/transcript.h"
#include "model/random.h"
#include "model/scope.h"

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace provsim {

// --- tasks -------------------------------------------------------------------------------------------------------

// The phases of a run, in their order. A later phase is drawn only when the earlier is over, so it sees its links.
enum class Phase : std::uint8_t { probe, users, managers, groups, members };
inline constexpr std::size_t phase_count = 5;

enum class Action : std::uint8_t {
    probe_users, probe_groups,      // is the target there, does it speak SCIM (no object)
    provision,                      // bring `object` into the state its source asks for: create, update, disable, delete or nothing
    set_manager,                    // write, or clear, the manager of user `object`
    add_member, remove_member,      // user `other` in group `object`
    delete_disabled,                // user `object`, disabled some time ago, unless he is back
};
std::string_view to_string(Action action) noexcept;   // "provision", "add_member", ...

struct Task {
    Action action = Action::provision;
    ObjectRef object;
    ObjectRef other;
    friend auto operator<=>(const Task&, const Task&) = default;
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

using Trigger = std::variant<CycleDue, Push>;

// --- what a connector sees ---------------------------------------------------------------------------------------

// The directory is as of the cycle's opening (live for a push); links are always live. Refers, owns nothing.
struct World {
    View directory;
    const LinkTable& links;
    const Scope& scope;
    TimePoint now{};              // when the run began
};

// Draws tasks lazily. Refers to the World it was made with, which outlives it.
class TaskCursor {
public:
    virtual ~TaskCursor() = default;
    // The next task of `phase`; nothing when the phase is over. Phases are asked for in order, each until it is over.
    virtual std::optional<Task> next(Phase phase) = 0;
};

// --- briefs ------------------------------------------------------------------------------------------------------

// One mapped attribute with a value. `row` counts the connector's mapping table.
struct Wanted {
    enum class When : std::uint8_t { always, on_create, if_empty };   // if_empty: the target has no value yet

    std::uint16_t row = 0;
    When when = When::always;
    std::string_view value;       // into the directory's strings, or into Brief::computed
};

// All that a conversation needs to know of the source, fixed when the task starts. What an administrator's retry
// replays later is this. Movable; views in it stay valid when it moves.
struct Brief {
    Task task;
    Presence presence = Presence::absent;         // of the object
    bool enabled = false;                         // users: may sign in
    Entitlement entitlement;                      // of the object
    std::string_view name;                        // display name for logs: userName or displayName
    std::vector<Wanted> desired;                  // in the connector's order; attributes without a value are missing
    std::vector<std::string> computed;            // owns values that no column holds; reserved up front, never grows beyond
    std::string_view missing;                     // the first required attribute without a value, or empty
    std::string trouble;                          // which mappings could not be evaluated, and why; or empty
    std::optional<std::string> link;              // target id, if linked
    bool managed = false;                         // as Link::managed
    std::vector<Brief> also;                      // of membership tasks that share this one's request: same action, same group
    ObjectRef held_by;                            // whom the target id met by this conversation belongs to already; none, mostly
    ObjectRef other;                              // manager as the source has it, or the member of a membership task
    std::optional<std::string> other_link;        // its target id, if linked
    bool other_in_scope = false;
    std::string memo;                             // what the task that spawned this one saw
    Guid guid;                                    // for probes
    bool on_demand = false;
};

// --- moves -------------------------------------------------------------------------------------------------------

enum class Intent : std::uint8_t { probe, match, read, create, update, disable, delete_, manager, member };
std::string_view to_string(Intent intent) noexcept;

// Where in the request a target id stands, so that the fingerprint can put the object's identity in its place.
struct IdSpan {
    ObjectRef object;
    std::uint32_t at = 0;
    std::uint32_t length = 0;     // 0 = none
};

struct Ask {
    Request request;
    Intent intent = Intent::read;
    IdSpan id_in_path;
    IdSpan id_in_body;
    std::vector<IdSpan> more_in_body;   // behind it, in order
    // A target id from a reply that the conversation takes for its object's, though it is not linked so yet; empty if none.
    // The engine looks whether another object has it. A view of the transcript.
    std::string_view claims;
    std::string_view matching{};  // match: the target's attribute that is asked for. Lives as long as the connector
};

enum class Status : std::uint8_t { success, failure, skipped, warning };
// Graph: provisioningObjectSummary. staged_delete: a disable or deletion that was held back. Run files keep the numbers: new ones come last.
enum class LoggedAction : std::uint8_t { create, update, delete_, disable, other, staged_delete };
std::string_view to_string(Status status) noexcept;          // "success"
std::string_view to_string(LoggedAction action) noexcept;    // "create", "delete", "stagedDelete"

struct Modified {
    std::string name;             // target attribute
    std::string old_value;        // as the target had it; empty if it had none
    std::string new_value;
};

// How a conversation ended; becomes one entry of the provisioning log, except for probes that succeed.
struct Outcome {
    Status status = Status::success;
    LoggedAction action = LoggedAction::other;
    std::string_view code;        // static text: error code or skip reason in the vendor's words ("RedundantExport"); empty on success
    std::string detail;           // for people: what happened, and what the target said
    std::vector<Modified> modified;   // for updates; a create's values are those of its request
};

// What follows for the job's memory. Applied by the engine, in order, when the conversation is over.
struct LinkTo { std::string target_id; bool managed = true; };    // the task's object is known by this id
struct Unlink {};                                                 // the task's object is forgotten
struct Defer {};                                                  // the reference cannot be written yet: this task again in each later pass
struct Spawn { Task task; Phase phase; std::string memo; };       // more work in a later phase of this run
struct Later { Task task; std::optional<Duration> wait; };       // that task in a cycle once `wait` is over, unless it is due already; none: not any more
using Effect = std::variant<LinkTo, Unlink, Defer, Spawn, Later>;

struct Done {
    Outcome outcome;
    std::vector<Effect> effects;
};

using Move = std::variant<Ask, Done>;
// Ask::claims or LinkTo::target_id; empty if the move takes its object for nothing new.
std::string_view claimed_id(const Move& move) noexcept;

// --- verdicts ----------------------------------------------------------------------------------------------------

struct Accept {};
struct RetryAfter { Duration wait; };                              // same request again, `wait` later, within the run
struct Escrow { std::string_view code; std::string detail; };      // this object failed; the engine remembers it and tries again later
struct HaltCycle { std::string_view code; std::string detail; };   // nothing more is sent in this run
using Verdict = std::variant<Accept, RetryAfter, Escrow, HaltCycle>;

// --- the connector -----------------------------------------------------------------------------------------------

struct Traits {
    std::string_view name;                  // "entra"
    unsigned max_in_flight = 1;             // conversations of one run
    unsigned max_in_flight_per_group = 1;   // of them, membership tasks of one group
    Duration request_timeout{};             // virtual; a reply later than this is a timeout
    unsigned members_per_request = 1;       // membership tasks of one action and group that share a request (Brief::also)
};

class Connector {
public:
    virtual ~Connector() = default;
    virtual const Traits& traits() const noexcept = 0;
    virtual std::unique_ptr<TaskCursor> plan(const Trigger& trigger, const World& world) const = 0;
    virtual Brief brief(const Task& task, const World& world, bool on_demand, std::string memo, Draw draw, std::uint64_t ordinal) const = 0;
    // Asked again with Brief::held_by once the engine finds that another object has the target id which the move claims.
    // Of a task in Brief::also, asked with its own brief: before the request whether it needs one, after it how it ended.
    virtual Move next_move(const Brief& brief, Transcript heard) const = 0;
    // `attempt` counts from 1 the times this request was sent.
    virtual Verdict judge(const Brief& brief, const Ask& ask, const Reply& reply, unsigned attempt) const = 0;
};

}  // namespace provsim
