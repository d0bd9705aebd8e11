// SPDX-License-Identifier: Apache-2.0
// What a step does: each kind of action, carried out.
#include "scenario/runner.h"

#include "model/check.h"
#include "scenario/judges.h"
#include "scenario/target_lookup.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

Problems refused(std::string code, std::string what, std::string remedy = {})
{
    return {{Severity::error, std::move(code), std::move(what), std::move(remedy), {}}};
}

}  // namespace

bool ScenarioRunner::act(const Step& step)
{
    step_edits_.emplace_back(step.id, journal_.edits().size());
    bool done = true;
    for (const StepAction& action : step.actions) {
        if (!allowed(action.only, action.verb)) continue;
        // What is done to the job is told before what the job then tells.
        const bool tell_first = std::holds_alternative<JobAction>(action.what);
        const auto tell = [&] { for (StepObserver* o : observers_) o->acted(action, engine_.now()); };
        if (tell_first) tell();
        Problems problems = std::visit([this](const auto& what) { return perform(what); }, action.what);
        if (problems.empty()) {
            if (!tell_first) tell();
            continue;
        }
        done = false;
        problems.front().place = action.place;
        for (StepObserver* o : observers_) o->refused(action, problems.front(), engine_.now());
    }
    return done;
}

Problems ScenarioRunner::perform(const Edit& edit)
{
    const auto result = engine_.edit(edit);
    return result ? Problems{} : result.problems();
}

Problems ScenarioRunner::perform(const PushAction& push)
{
    Push order;
    order.object = find_object(engine_.directory(), push.object, push.kind);
    if (!order.object) return refused("unknown-object", "there is nothing called \"" + push.object + "\" to push");
    for (const std::string& member : push.members) {
        const ObjectRef user = find_object(engine_.directory(), member, ObjectKind::user);
        if (!user) return refused("unknown-object", "there is no user \"" + member + "\" to push");
        order.members.push_back(user.user());
    }
    engine_.push(std::move(order));
    return {};
}

Problems ScenarioRunner::perform(const FaultAction& fault)
{
    faults_.add(fault.rule);
    return {};
}

Problems ScenarioRunner::perform(const ClearFault& clear)
{
    if (clear.name.empty()) faults_.clear();
    else if (!faults_.remove(clear.name)) return refused("unknown-fault", "no fault \"" + clear.name + "\" is set");
    return {};
}

Problems ScenarioRunner::perform(const JobAction& action)
{
    using Verb = JobAction::Verb;
    switch (action.verb) {
    case Verb::start: engine_.start_job(); return {};
    case Verb::stop: engine_.stop_job(); return {};
    case Verb::pause: engine_.pause_job(); return {};
    case Verb::restart: break;
    }
    ResetScope scope = action.words.empty() ? ResetScope::standard() : ResetScope{};
    for (const std::string& word : action.words) scope.add(word);
    engine_.restart_job(scope);
    return {};
}

Problems ScenarioRunner::perform(const ScopeAction& change)
{
    Scope scope = engine_.scope();
    if (change.mode) scope.mode = *change.mode;
    if (change.users) scope.users = *change.users;
    if (change.groups) scope.groups = *change.groups;
    engine_.set_scope(std::move(scope));
    return {};
}

Problems ScenarioRunner::perform(const MappingAction& action)
{
    const auto settings = with(settings_);
    PROVSIM_CHECK(settings, "settings that were let through before");
    auto connector = flavour_.make({settings.value(), action.mappings, engine_.directory(), scenario_.provider.default_domain});
    if (!connector) return connector.problems();
    if (action.restored) {
        Scope scope = engine_.scope();
        scope.users = scope.groups = ScopingFilter();
        engine_.set_scope(std::move(scope));
    }
    mappings_ = action.mappings;
    engine_.set_connector(std::move(connector).value());
    return {};
}

Result<Settings> ScenarioRunner::with(const std::vector<SettingValue>& settings) const { return Settings::check(flavour_.settings, settings); }

// A story that is told to another provider than its own may name settings that this one does not have: nothing to be set then.
Problems ScenarioRunner::perform(const SettingsAction& change)
{
    std::vector<SettingValue> settings = settings_;
    for (const SettingValue& value : change.settings) {
        const auto same_name = [&value](const auto& other) { return other.name == value.name; };
        if (std::none_of(flavour_.settings.begin(), flavour_.settings.end(), same_name)) {
            for (StepObserver* o : observers_) o->left_out(fmt::format("{} is no setting of {}'s: not set", value.name, flavour_.name), engine_.now());
            continue;
        }
        std::erase_if(settings, same_name);
        settings.push_back(value);
    }
    const auto checked = with(settings);
    if (!checked) return checked.problems();
    auto connector = flavour_.make({checked.value(), mappings_, engine_.directory(), scenario_.provider.default_domain});
    if (!connector) return connector.problems();
    settings_ = std::move(settings);
    engine_.set_settings(std::move(connector).value(), flavour_.policy ? flavour_.policy(checked.value()) : JobPolicy{});
    return {};
}

Problems ScenarioRunner::perform(const NoteAction&) { return {}; }

Problems ScenarioRunner::perform(const TargetDelete& gone)
{
    const ObjectRef found = find_object(engine_.directory(), gone.object);
    const auto link = engine_.job().memory().links.find(found);
    if (!link) return refused("target", "the target is not known to have \"" + gone.object + "\"");
    Request request;
    request.method = Method::delete_;
    request.target = (found.is_group() ? "/Groups/" : "/Users/") + percent_encode(link->target_id);
    const Reply reply = target_.read(request);
    if (reply.success()) return {};
    return refused("target", "DELETE " + request.target + (reply.arrived() ? " was answered " + std::to_string(reply.status) : ": " + std::string(reply.error_text())));
}

Problems ScenarioRunner::perform(const AdminAction& act)
{
    std::vector<ObjectRef> objects;
    for (const std::string& name : act.objects) {
        objects.push_back(find_object(engine_.directory(), name));
        if (!objects.back()) objects.back() = find_ever(name, evidence());     // a pushed group that was deleted is unlinked afterwards
        if (!objects.back()) return refused("unknown-object", "there is nothing called \"" + name + "\"");
    }
    if (objects.empty()) objects.emplace_back();
    for (const ObjectRef object : objects) engine_.act({act.verb, object});
    return {};
}

Problems ScenarioRunner::perform(const WaitingAction& action)
{
    const ObjectRef object = action.object.empty() ? ObjectRef() : find_object(engine_.directory(), action.object);
    if (!action.object.empty() && !object) return refused("unknown-object", "there is nothing called \"" + action.object + "\"");
    const std::size_t found = action.verb == WaitingAction::Verb::retry ? engine_.retry(object) : engine_.mark_complete(object);
    if (found > 0) return {};
    // Whoever waits for its effect would wait in vain.
    return refused("no-task", fmt::format("no failed task {}waits for an administrator", action.object.empty() ? "" : "of " + action.object + " "),
                   "expect job: { waiting_tasks: 1 } before it");
}

Problems ScenarioRunner::perform(const PushRuleAction& action)
{
    using Verb = PushRuleAction::Verb;
    if (action.verb == Verb::add) {
        engine_.add_push_rule(action.rule);
        return {};
    }
    const bool found = action.verb == Verb::stop ? engine_.stop_push_rule(action.rule.name) : engine_.remove_push_rule(action.rule.name);
    return found ? Problems{} : refused("unknown-rule", "there is no push rule \"" + action.rule.name + "\"");
}

}  // namespace provsim
