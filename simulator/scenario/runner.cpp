// SPDX-License-Identifier: Apache-2.0
#include "scenario/runner.h"

#include "connectors/registry.h"
#include "model/check.h"

#include "scenario/target_lookup.h"

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
    : scenario_(scenario), engine_(engine), faults_(faults), journal_(journal), target_(target), start_(engine.now()), step_began_(start_),
      previous_end_(start_)
{
}

StoryOutcome ScenarioRunner::play(std::optional<TimePoint> until)
{
    if (until) limit_ = *until;
    for (const Step& step : scenario_.steps) {
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

bool ScenarioRunner::act(const Step& step)
{
    step_edits_.emplace_back(step.id, journal_.edits().size());
    bool done = true;
    for (const StepAction& action : step.actions) {
        Problems problems;
        // What is done to the job is told before what the job then tells.
        if (const auto* verb = std::get_if<JobAction>(&action.what)) {
            for (StepObserver* o : observers_) o->acted(action, engine_.now());
            act_on_job(*verb);
            continue;
        }
        if (const auto* edit = std::get_if<Edit>(&action.what)) {
            const auto result = engine_.edit(*edit);
            if (!result) problems = result.problems();
        } else if (const auto* push = std::get_if<PushAction>(&action.what)) {
            Push order;
            order.object = find_object(engine_.directory(), push->object, push->kind);
            if (!order.object)
                problems.push_back({Severity::error, "unknown-object", "there is nothing called \"" + push->object + "\" to push", "", action.place});
            for (const std::string& member : push->members) {
                const ObjectRef user = find_object(engine_.directory(), member, ObjectKind::user);
                if (user) order.members.push_back(user.user());
                else problems.push_back({Severity::error, "unknown-object", "there is no user \"" + member + "\" to push", "", action.place});
            }
            if (problems.empty()) engine_.push(std::move(order));
        } else if (const auto* fault = std::get_if<FaultAction>(&action.what)) {
            faults_.add(fault->rule);
        } else if (const auto* clear = std::get_if<ClearFault>(&action.what)) {
            if (clear->name.empty()) faults_.clear();
            else if (!faults_.remove(clear->name))
                problems.push_back({Severity::error, "unknown-fault", "no fault \"" + clear->name + "\" is set", "", action.place});
        } else if (const auto* gone = std::get_if<TargetDelete>(&action.what)) {
            problems = delete_in_target(gone->object);
        } else if (const auto* save = std::get_if<MappingAction>(&action.what)) {
            problems = save_mappings(*save);
        } else if (const auto* change = std::get_if<ScopeAction>(&action.what)) {
            Scope scope = engine_.scope();
            if (change->mode) scope.mode = *change->mode;
            if (change->users) scope.users = *change->users;
            if (change->groups) scope.groups = *change->groups;
            engine_.set_scope(std::move(scope));
        }
        if (problems.empty()) {
            for (StepObserver* o : observers_) o->acted(action, engine_.now());
            continue;
        }
        done = false;
        problems.front().place = action.place;
        for (StepObserver* o : observers_) o->refused(action, problems.front(), engine_.now());
    }
    return done;
}

Problems ScenarioRunner::delete_in_target(const std::string& object)
{
    const auto refused = [](std::string what) { return Problems{{Severity::error, "target", std::move(what), "", {}}}; };
    const ObjectRef found = find_object(engine_.directory(), object);
    const auto link = engine_.job().memory().links.find(found);
    if (!link) return refused("the target is not known to have \"" + object + "\"");
    Request request;
    request.method = Method::delete_;
    request.target = (found.is_group() ? "/Groups/" : "/Users/") + percent_encode(link->target_id);
    const Reply reply = target_.read(request);
    if (reply.success()) return {};
    return refused("DELETE " + request.target + (reply.arrived() ? " was answered " + std::to_string(reply.status) : ": " + std::string(reply.error_text())));
}

Problems ScenarioRunner::save_mappings(const MappingAction& action)
{
    const ProviderSpec& provider = scenario_.provider;
    const Flavour& flavour = *find_flavour(provider.profile);
    const auto settings = Settings::check(flavour.settings, provider.settings);
    PROVSIM_CHECK(settings, "settings that the loader let through");
    auto connector = flavour.make({settings.value(), action.mappings, engine_.directory(), provider.default_domain});
    if (!connector) return connector.problems();
    if (action.restored) {
        Scope scope = engine_.scope();
        scope.users = scope.groups = ScopingFilter();
        engine_.set_scope(std::move(scope));
    }
    engine_.set_connector(std::move(connector).value());
    return {};
}

void ScenarioRunner::act_on_job(const JobAction& action)
{
    using Verb = JobAction::Verb;
    switch (action.verb) {
    case Verb::start: return engine_.start_job();
    case Verb::stop: return engine_.stop_job();
    case Verb::pause: return engine_.pause_job();
    case Verb::restart: break;
    }
    ResetScope scope = action.words.empty() ? ResetScope::standard() : ResetScope{};
    for (const std::string& word : action.words) scope.add(word);
    engine_.restart_job(scope);
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
        if (propagated && !outcome_.interrupted) wait_for_landing(propagated->change, propagated->effect, propagated->within);
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
