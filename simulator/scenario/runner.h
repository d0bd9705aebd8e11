// SPDX-License-Identifier: Apache-2.0
// Plays a scenario's timeline: moves the clock, does what each step says, waits as it says, judges what it expects.
#pragma once

#include "connectors/registry.h"
#include "engine/engine.h"
#include "engine/faults.h"
#include "scenario/evaluate.h"
#include "scenario/scenario.h"

#include <string>
#include <vector>

namespace provsim {

// Told as the story goes on. References are valid during the call.
class StepObserver {
public:
    virtual ~StepObserver() = default;
    virtual void step_began(const Step&, TimePoint) {}
    virtual void acted(const StepAction&, TimePoint) {}                        // edits are told by Recorder::edited too
    virtual void refused(const StepAction&, const Problem&, TimePoint) {}     // the action made no sense at that time
    virtual void left_out(const std::string& /*what*/, TimePoint) {}           // a step, an action or an expectation that is for another provider
    virtual void found(const Step&, const Expectation&, const Finding&) {}
    virtual void step_ended(const Step&, bool /*passed*/, TimePoint) {}
};

struct StoryOutcome {
    unsigned steps_passed = 0, steps_failed = 0, steps_left_out = 0;
    unsigned expectations = 0, held = 0;
    bool interrupted = false;
    bool passed() const noexcept { return steps_failed == 0 && !interrupted; }
};

// Semantics, where the format leaves room:
//  - What is done in the target is done by somebody else: it is no traffic of the run, and takes no virtual time.
//  - A step's actions are one event: all are done at one instant, before that instant's pushes and cycles.
//  - A step that pushes ends when the push is over.
//  - Expectations are judged when `until` is reached and each `propagated` among them has held or run out of time.
//  - What is for another provider than the one that runs is left out, and neither passed nor failed. A step that is left out
//    takes no time.
//  - Where the provider has no cycles, their end is when it is quiet.
//  - A step whose action is refused (there is no such user any more) has failed; the story goes on.
class ScenarioRunner {
public:
    // All outlive the runner. `engine` stands at clock.start with its job started; `journal` is among its recorders.
    ScenarioRunner(const Scenario& scenario, Engine& engine, FaultTransport& faults, const Journal& journal, TargetReader& target);

    void add(StepObserver& observer) { observers_.push_back(&observer); }
    // Plays steps in order. `until` cuts the story there (virtual), if given. Ends with no run under way unless interrupted.
    StoryOutcome play(std::optional<TimePoint> until = {});

private:
    bool begin(const Step& step);               // moves the clock to the step's time; false: interrupted or cut
    bool act(const Step& step);                 // false: an action was refused
    bool allowed(const OnlyUnder& only, const std::string& what);      // false: left out, and told so
    // Do it; the problems if it is not done.
    Problems perform(const Edit& edit);
    Problems perform(const PushAction& push);
    Problems perform(const FaultAction& fault);
    Problems perform(const ClearFault& clear);
    Problems perform(const JobAction& action);
    Problems perform(const ScopeAction& change);
    Problems perform(const MappingAction& action);
    Problems perform(const NoteAction& note);
    Problems perform(const TargetDelete& gone);
    Problems perform(const SettingsAction& change);
    Problems perform(const AdminAction& act);
    Problems perform(const WaitingAction& action);
    Problems perform(const PushRuleAction& action);
    Result<Settings> with(const std::vector<SettingValue>& settings) const;
    bool wait(const Step& step);                // false: interrupted or cut
    bool wait_for(const Until& until);
    bool wait_for_landing(const std::string& change, PropagatedExpectation::Effect effect, Duration within);
    bool judge(const Step& step);               // false: something did not hold
    template <class Reached> bool step_until(TimePoint limit, Reached&& reached);
    Evidence evidence() const;

    const Scenario& scenario_;
    const Flavour& flavour_;
    std::vector<SettingValue> settings_;        // as they are by now
    MappingSpecs mappings_;
    Engine& engine_;
    FaultTransport& faults_;
    const Journal& journal_;
    TargetReader& target_;
    std::vector<StepObserver*> observers_;
    std::vector<std::pair<std::string, std::size_t>> step_edits_;
    TimePoint start_, step_began_, previous_end_;
    std::size_t exchanges_before_ = 0, entries_before_ = 0;     // in the journal, when the step began
    TimePoint limit_ = TimePoint::max();
    StoryOutcome outcome_;
};

}  // namespace provsim
