// SPDX-License-Identifier: Apache-2.0
// The engine: a virtual clock that moves from event to event. Single-threaded; start reading the run of a cycle here.
//
// The driver's duties (a scenario runner, a console, a test), in order:
//   1. build directory, connector, target and transport, then an Engine, then add() recorders;
//   2. start_job();
//   3. repeat: run_until(t, lane) to let everything before that place happen, then edit, push, set faults;
//   4. stop when it likes; fingerprint() is the run's check value.
//
// One rule covers every clock and transport: virtual time never passes the due time of a reply that has not arrived.
// A request sent at t is due at t + latency of the declared model, whatever the wire takes.
#pragma once

#include "cycle/job.h"
#include "engine/desk.h"
#include "engine/pacer.h"
#include "model/dynamic_groups.h"

#include <functional>
#include <memory>
#include <string>
#include <vector>

namespace provsim {

struct EngineOptions {
    std::uint64_t seed = 1;
    TimePoint start{};
    LatencyModel latency;
    Schedule schedule;
    JobPolicy policy;
    DynamicGroups dynamic_groups{};     // of the directory, as it is at the start
};

// How run_until and step came back.
enum class Progress : std::uint8_t {
    reached,        // the asked-for place was reached, or one event was handled
    idle,           // step(): there is no event
    stopped,        // the pacer or an interrupt said stop; state is whole, calling again goes on
};

class Engine {
public:
    // Refers to all of them; they outlive the engine.
    Engine(Directory& directory, const Scope& scope, const Connector& connector, Transport& transport, Inbox& inbox, Pacer& pacer,
           const EngineOptions& options);
    ~Engine();
    Engine(const Engine&) = delete;

    void add(Recorder& recorder) { desk_.recorders.push_back(&recorder); }

    // Handles every event that stands before (t, lane) in the order of events, then moves the clock to t.
    Progress run_until(TimePoint t, Lane lane = Lane::fault);
    // Handles one event, moving the clock to it.
    Progress step();

    // --- what a driver does at `now` -------------------------------------------------------------------------------
    Result<Position> edit(const Edit& edit);              // applied at once, with what rules of groups make of it, and told to the recorders
    void edit_at(TimePoint due, Edit edit);               // then, or now if that is past; a mistake found then is told to on_refused
    void push(Push push);                                 // in this instant's push lane
    void start_job(Duration offset = Duration{0}) { job_.start(desk_.now + offset); }
    void stop_job() { job_.stop(); }
    void pause_job() { job_.pause(); }
    // A change of mode that waits for it (see set_scope) comes with a restart that forgets the watermark.
    void restart_job(const ResetScope& scope = ResetScope::standard());
    // From now on these are in scope, for cycles that begin and pushes; if that changes anything, the job's next cycle is an
    // initial one (Entra: how-provisioning-works). From `all` to `assigned` the mode waits for a restart (Entra: known-issues).
    void set_scope(Scope scope);
    // The same provider with other mappings (Entra: how-provisioning-works, a saved change clears the watermark): the next cycle
    // is initial, a running one ends as it began.
    void set_connector(std::unique_ptr<const Connector> connector);
    void schema_changed() { job_.schema_changed(); }      // mappings were changed
    // The same provider with other settings; what its cycles have seen stays seen. `policy` as its flavour makes it of them.
    void set_settings(std::unique_ptr<const Connector> connector, const JobPolicy& policy);
    // What administrators of providers that react do to the application; nothing if the provider is none.
    void act(const AdminAct& act);
    std::size_t retry(ObjectRef object);            // what failed of it, or of all, is sent as it was; how many there were that can be
    std::size_t mark_complete(ObjectRef object);    // the same, given up instead
    void add_push_rule(PushRule rule);              // groups that fit are pushed
    bool stop_push_rule(std::string_view name);     // adds no more; false: there is none
    bool remove_push_rule(std::string_view name);   // what it pushed goes on; false: there is none
    void on_refused(std::function<void(const Problem&)> tell) { refused_ = std::move(tell); }

    TimePoint now() const noexcept { return desk_.now; }
    bool has_events() const noexcept { return !desk_.queue.empty(); }
    TimePoint next_due() const noexcept { return desk_.queue.next_due(); }     // has_events() only
    const Directory& directory() const noexcept { return desk_.directory; }
    const Job& job() const noexcept { return job_; }
    const Scope& scope() const noexcept { return *desk_.scope; }
    std::string fingerprint() const { return desk_.fingerprint.digest(); }
    ExchangeNumber exchanges() const noexcept { return desk_.exchanges; }

private:
    bool await_reply();     // the one that the next event delivers, if it is such; false: interrupted
    void handle(Event&& event);
    void schedule_purge(UserId user);

    void use_scope(Scope scope);

    Desk desk_;
    DynamicGroups dynamic_groups_;
    std::vector<std::unique_ptr<const Connector>> connectors_;      // that were set; runs under way and logs refer to old ones
    std::vector<std::unique_ptr<const Scope>> scopes_;      // that were set; logs and runs under way refer to old ones
    bool narrows_at_restart_ = false;
    Pacer& pacer_;
    Job job_;
    std::function<void(const Problem&)> refused_;
    std::uint64_t handled_ = 0;
};

}  // namespace provsim
