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
#include "connectors/push_groups.h"
#include "connectors/transcript.h"
#include "connectors/work.h"
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

// --- what a connector sees ---------------------------------------------------------------------------------------

inline const std::string& nothing_remembered() noexcept
{
    static const std::string nothing;
    return nothing;
}

// The directory is as of the cycle's opening (live for a push, and for what reacts to changes); the rest is always live.
// Refers, owns nothing.
struct World {
    View directory;
    const LinkTable& links;
    const Scope& scope;
    TimePoint now{};              // when the run began
    const PushGroups& pushed = no_push_groups();
    const std::string& remembered = nothing_remembered();    // as the last Remember said
};

// Draws tasks lazily. Refers to the World it was made with, which outlives it.
class TaskCursor {
public:
    virtual ~TaskCursor() = default;
    // The next task of `phase`; nothing when the phase is over. Phases are asked for in order, each until it is over.
    virtual std::optional<Planned> next(Phase phase) = 0;
};

// --- briefs ------------------------------------------------------------------------------------------------------

// One mapped attribute with a value. `row` counts the connector's mapping table.
struct Wanted {
    enum class When : std::uint8_t { always, on_create, if_empty };   // if_empty: the target has no value yet

    std::uint16_t row = 0;
    When when = When::always;
    std::string_view value;       // into the directory's strings, or into Brief::computed
};

// Texts that views point into: they move together, and are never copied.
struct OwnTexts : std::vector<std::string> {
    OwnTexts() = default;
    OwnTexts(OwnTexts&&) = default;
    OwnTexts& operator=(OwnTexts&&) = default;
};

// Of a group, somebody who is known in the target.
struct Member {
    ObjectRef user;
    std::string target_id;
    std::string_view display;     // into the directory's strings
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
    OwnTexts computed;                            // values that no column holds; reserved up front, never grows beyond
    std::string_view missing;                     // the first required attribute without a value, or empty
    std::string trouble;                          // which mappings could not be evaluated, and why; or empty
    std::optional<std::string> link;              // target id, if linked
    bool managed = false;                         // as Link::managed
    std::vector<Brief> also;                      // of membership tasks that share this one's request: same action, same group
    ObjectRef held_by;                            // whom the target id met by this conversation belongs to already; none, mostly
    ObjectRef other;                              // manager as the source has it, or the member of a membership task
    std::optional<std::string> other_link;        // its target id, if linked
    bool other_in_scope = false;
    std::vector<Member> members;                  // of a request that carries a group's members as a whole; in the order of rows
    std::vector<Planned> follows;                 // of a user: what is to be done once he is known in the target
    std::uint32_t why = 0;                        // Planned::why
    std::string memo;                             // what the task that spawned this one saw
    Guid guid;                                    // for probes
    bool on_demand = false;
};

// --- moves -------------------------------------------------------------------------------------------------------

// Run files keep the numbers: new ones come last.
enum class Intent : std::uint8_t { probe, match, read, create, update, disable, delete_, manager, member, import };
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
    // Of a body that gives the target back what it returned, times and other objects' ids among it: what the provider put in itself.
    // Fingerprints look at this instead; empty: at the body.
    std::string own;
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
// Of providers that react: work of its own, between `least` and `most` from now.
struct Follow { Planned work; Duration least{0}, most{0}; };
// The object is known by this id from now on, though the task was about none (an import's match that was confirmed).
struct Adopt { ObjectRef object; std::string target_id; bool managed = true; };
// A word about the target that the job keeps, in place of the one before: what a probe found (World::remembered).
struct Remember { std::string word; };
using Effect = std::variant<LinkTo, Unlink, Defer, Spawn, Later, Follow, Adopt, Remember>;

struct Done {
    Outcome outcome;
    std::vector<Effect> effects;
};

// Ends that most conversations come to.
Done skipped(std::string_view code, std::string detail);
Done failed(LoggedAction action, std::string_view code, std::string detail);
Done succeeded(LoggedAction action, std::string detail, std::vector<Modified> modified = {});
std::string quoted_name(const Brief& brief);        // "User 'ada@contoso.com'", to begin a detail with

using Move = std::variant<Ask, Done>;
// Ask::claims or LinkTo::target_id; empty if the move takes its object for nothing new.
std::string_view claimed_id(const Move& move) noexcept;

// --- verdicts ----------------------------------------------------------------------------------------------------

struct Accept {};
// Same request again, `wait` later, within the run. `aside`: others take its place in the target meanwhile.
struct RetryAfter { Duration wait; bool aside = false; };
// This object failed. The engine remembers it, and JobPolicy says whether it comes again by itself or waits for an administrator.
struct Escrow { std::string_view code; std::string detail; };
struct HaltCycle { std::string_view code; std::string detail; };   // nothing more is sent in this run
using Verdict = std::variant<Accept, RetryAfter, Escrow, HaltCycle>;

// Which sending of one request it is.
struct Attempt {
    unsigned number = 1;                // from 1
    Duration last_wait{0};              // RetryAfter::wait that came before it; 0 at first
};

// --- the connector -----------------------------------------------------------------------------------------------

struct Traits {
    std::string_view name;                  // "entra"
    unsigned max_in_flight = 1;             // conversations of one run
    unsigned max_in_flight_per_group = 1;   // of them, membership tasks of one group
    Duration request_timeout{};             // virtual; a reply later than this is a timeout
    unsigned members_per_request = 1;       // membership tasks of one action and group that share a request (Brief::also)
    bool mixed_members = false;             // additions and removals share it as well
};

// How a task starts.
struct Start {
    bool on_demand = false;
    bool joins = false;                     // it shares the request of another membership task, which has the group's own facts
    std::uint32_t why = 0;
    std::string memo;
    Draw draw{0};
    std::uint64_t ordinal = 0;              // of the run: what is drawn at another time is drawn anew
};

class Connector {
public:
    virtual ~Connector() = default;
    virtual const Traits& traits() const noexcept = 0;
    virtual std::unique_ptr<TaskCursor> plan(const Trigger& trigger, const World& world) const = 0;
    virtual Brief brief(const Task& task, const World& world, Start start) const = 0;
    // Asked again with Brief::held_by once the engine finds that another object has the target id which the move claims.
    // Of a task in Brief::also, asked with its own brief: before the request whether it needs one, after it how it ended.
    virtual Move next_move(const Brief& brief, Transcript heard) const = 0;
    virtual Verdict judge(const Brief& brief, const Ask& ask, const Reply& reply, Attempt attempt) const = 0;
};

}  // namespace provsim
