// SPDX-License-Identifier: Apache-2.0
#include "scenario/runner.h"

#include "scenario/describe.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {

namespace {

// How many cycles of a timer have ended so far.
std::size_t ended(const Journal& journal, bool RunInfo::*timer)
{
    return static_cast<std::size_t>(std::count_if(journal.runs().begin(), journal.runs().end(),
                                                  [timer](const RunInfo& run) { return run.kind != RunKind::on_demand && run.*timer; }));
}

constexpr Duration quiet_limit = hours{24} * 7;   // a job that is never quiet (a lasting fault) must not run for ever

}  // namespace

ScenarioRunner::ScenarioRunner(const Scenario& scenario, Engine& engine, FaultTransport& faults, const Journal& journal, TargetReader& target)
    : scenario_(scenario), flavour_(*find_flavour(scenario.provider.profile)), settings_(scenario.provider.settings), mappings_(scenario.provider.mappings),
      engine_(engine), faults_(faults), journal_(journal), target_(target), start_(engine.now()),
      step_began_(start_), previous_end_(start_)
{
}

StoryOutcome ScenarioRunner::play(std::optional<TimePoint> until)
{
    if (until) limit_ = *until;
    for (const Step& step : scenario_.steps) {
        if (!allowed(step.only, "step " + step.id)) {
            ++outcome_.steps_left_out;
            continue;
        }
        if (!begin(step)) break;
        for (StepObserver* o : observers_) o->step_began(step, engine_.now());
        bool passed = act(step);
        if (!wait(step)) break;
        passed = judge(step) && passed;
        ++(passed ? outcome_.steps_passed : outcome_.steps_failed);
        previous_end_ = engine_.now();
        for (StepObserver* o : observers_) o->step_ended(step, passed, engine_.now());
    }
    // What is under way is brought to its end, so that the recording closes on whole runs.
    if (!outcome_.interrupted) step_until(TimePoint::max(), [this] { return !engine_.job().running(); });
    return outcome_;
}

bool ScenarioRunner::allowed(const OnlyUnder& only, const std::string& what)
{
    if (only.allows(flavour_.name)) return true;
    for (StepObserver* o : observers_) o->left_out(fmt::format("{} is for {}: skipped under {}", what, fmt::join(only.providers, ", "), flavour_.name), engine_.now());
    return false;
}

bool ScenarioRunner::begin(const Step& step)
{
    TimePoint at = engine_.now();
    if (step.at) at = start_ + *step.at;
    else if (step.after) at = previous_end_ + *step.after;
    at = std::max(at, engine_.now());
    const Progress progress = engine_.run_until(std::min(at, limit_), Lane::edit);
    if (progress == Progress::stopped) outcome_.interrupted = true;
    step_began_ = engine_.now();
    exchanges_before_ = journal_.exchanges().size();
    entries_before_ = journal_.entries().size();
    return progress == Progress::reached && at <= limit_;
}

// Handles events until `reached` holds, `limit` (or the cut) is passed, or somebody says stop. True if reached.
template <class Reached>
bool ScenarioRunner::step_until(TimePoint limit, Reached&& reached)
{
    limit = std::min(limit, limit_);
    while (!reached()) {
        if (!engine_.has_events() || engine_.next_due() > limit) {
            if (limit != TimePoint::max() && engine_.run_until(limit, Lane::check) == Progress::stopped) outcome_.interrupted = true;
            return reached();
        }
        if (engine_.step() == Progress::stopped) {
            outcome_.interrupted = true;
            return false;
        }
    }
    return true;
}

bool ScenarioRunner::wait(const Step& step)
{
    // The pushes and cycles of this instant come before anything is judged in it.
    if (engine_.run_until(engine_.now(), Lane::check) == Progress::stopped) outcome_.interrupted = true;
    const bool pushed = std::any_of(step.actions.begin(), step.actions.end(), [](const StepAction& a) { return std::holds_alternative<PushAction>(a.what); });
    if (pushed && !outcome_.interrupted) step_until(TimePoint::max(), [this] { return !engine_.job().pushing(); });
    if (!outcome_.interrupted) wait_for(step.until);
    for (const Expectation& expectation : step.expect) {
        const auto* propagated = std::get_if<PropagatedExpectation>(&expectation.what);
        if (propagated && expectation.only.allows(flavour_.name) && !outcome_.interrupted) wait_for_landing(propagated->change, propagated->effect, propagated->within);
    }
    return !outcome_.interrupted;
}

bool ScenarioRunner::wait_for(const Until& until)
{
    switch (until.kind) {
    case Until::Kind::none: return true;
    case Until::Kind::user_cycle_end:
    case Until::Kind::group_cycle_end: {
        const auto timer = until.kind == Until::Kind::user_cycle_end ? &RunInfo::users : &RunInfo::groups;
        if (engine_.job().reacts()) return step_until(engine_.now() + quiet_limit, [this] { return engine_.job().quiet(); });
        const std::size_t before = ended(journal_, timer);
        // A job that was stopped finishes its cycle and begins no other.
        const auto no_more = [this] { return engine_.job().state() == JobState::disabled || (engine_.job().state() == JobState::paused && !engine_.job().running()); };
        return step_until(TimePoint::max(), [&] { return ended(journal_, timer) > before || no_more(); });
    }
    case Until::Kind::quiet: return step_until(engine_.now() + quiet_limit, [this] { return engine_.job().quiet(); });
    case Until::Kind::propagated: return wait_for_landing(until.change, PropagatedExpectation::Effect::natural, until.within);
    }
    return true;
}

bool ScenarioRunner::wait_for_landing(const std::string& change, PropagatedExpectation::Effect effect, Duration within)
{
    const auto first = find_landing(change, effect, evidence());
    if (!first) return true;    // names nothing: the judgement says so
    std::size_t seen = journal_.entries().size();
    bool landed = first.value().landed.has_value();
    return step_until(first.value().made + within, [&] {
        if (!landed && journal_.entries().size() != seen) {
            seen = journal_.entries().size();
            const auto now = find_landing(change, effect, evidence());
            landed = now && now.value().landed.has_value();
        }
        return landed;
    });
}

bool ScenarioRunner::judge(const Step& step)
{
    bool all = true;
    for (const Expectation& expectation : step.expect) {
        if (!allowed(expectation.only, expectation.name.empty() ? describe(expectation) : expectation.name)) continue;
        const Finding finding = evaluate(expectation, evidence());
        ++outcome_.expectations;
        if (finding.held) ++outcome_.held;
        all = all && finding.held;
        for (StepObserver* o : observers_) o->found(step, expectation, finding);
    }
    return all;
}

Evidence ScenarioRunner::evidence() const
{
    return {journal_, engine_.directory(), engine_.job().memory().links, target_, start_, step_began_, engine_.now(), step_edits_, exchanges_before_, entries_before_, &engine_.job()};
}

}  // namespace provsim
