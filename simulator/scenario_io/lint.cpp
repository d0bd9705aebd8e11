// SPDX-License-Identifier: Apache-2.0
#include "scenario_io/lint.h"

#include "connectors/registry.h"
#include "model/nearest.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace provsim {
namespace {

// --- which change is meant (as scenario/landing.cpp finds it when the time has come) ---------------------------------

std::vector<std::string> words_of(std::string_view text)
{
    std::vector<std::string> words;
    for (std::size_t at = 0; (at = text.find_first_not_of(" ,=", at)) != std::string_view::npos;) {
        const std::size_t end = std::min(text.find_first_of(" ,=", at), text.size());
        std::string_view word = text.substr(at, end - at);
        for (const std::string_view prefix : {"user:", "group:"})
            if (word.substr(0, prefix.size()) == prefix) word.remove_prefix(prefix.size());
        if (word != "<-") words.emplace_back(word);
        at = end;
    }
    return words;
}

struct Made {
    std::size_t step;
    std::string described;
    const Edit* edit;
};

class Lint {
public:
    explicit Lint(const Scenario& scenario) : scenario_(scenario)
    {
        const Flavour* flavour = find_flavour(scenario.provider.profile);
        users_ = scenario.provider.users.value_or(flavour ? flavour->user_cycle : minutes{40});
        groups_ = scenario.provider.groups.value_or(flavour ? flavour->group_cycle : minutes{40});
        regular_ = !scenario.provider.on_change && users_ > Duration{0} && groups_ > Duration{0};
    }

    Problems run()
    {
        secret();
        scope();
        for (std::size_t i = 0; i < scenario_.steps.size(); ++i) step(i);
        return std::move(problems_);
    }

private:
    void say(Severity severity, std::string_view code, const Place& place, std::string what, std::string remedy)
    {
        problems_.push_back({severity, std::string(code), std::move(what), std::move(remedy), place});
    }

    // Of what is for other providers nothing is asked: it is no part of this story.
    bool told(const OnlyUnder& only) const { return only.allows(scenario_.provider.profile); }

    void secret()
    {
        const TargetSpec& target = scenario_.target;
        if (target.bearer.from != SecretSource::From::literal) return;
        const bool here = target.url.empty() || is_loopback_url(target.url);
        say(here ? Severity::warning : Severity::error, "literal-secret", target.bearer.place, "the token is written in the file", "use { env: NAME } or { file: PATH }");
    }

    void scope()
    {
        if (scenario_.scope.mode != ScopeMode::assigned || !scenario_.directory.assignments().empty() || scenario_.steps.empty()) return;
        for (const Step& step : scenario_.steps)
            for (const StepAction& action : step.actions)
                if (const Edit* edit = std::get_if<Edit>(&action.what); edit && told(step.only) && told(action.only) && std::holds_alternative<Assign>(*edit)) return;
        say(Severity::warning, "nobody-in-scope", scenario_.steps.front().place, "nobody is assigned to the application, so nobody is provisioned", "scope: { assigned: [user:ada] }, or scope: { mode: all }");
    }

    // Okta: about group push, "using the same Okta group for assignments and for group push isn't supported".
    void group_for_both(const StepAction& action)
    {
        const auto object = [this](const std::string& name) { return find_object(scenario_.directory, name, ObjectKind::group); };
        if (const Edit* edit = std::get_if<Edit>(&action.what))
            if (const Assign* assign = std::get_if<Assign>(edit)) assigned_.push_back(object(assign->object));
        const auto* act = std::get_if<AdminAction>(&action.what);
        if (!act || act->verb != AdminVerb::push_group || scenario_.provider.profile != "okta") return;
        for (const std::string& name : act->objects) {
            const ObjectRef group = object(name);
            const bool assigned = scenario_.directory.assigned(group) || std::find(assigned_.begin(), assigned_.end(), group) != assigned_.end();
            if (group && assigned)
                say(Severity::warning, "group-for-both", action.place, fmt::format("{} is assigned to the application and pushed, which Okta does not support", name),
                    "assign one group and push another with the same people");
        }
    }

    // The first cycle of a timer from `at` on, as time since clock.start.
    Duration next_cycle(Duration every, Duration at) const
    {
        const Duration offset = scenario_.provider.offset;
        if (at <= offset || every <= Duration{0}) return offset;
        return offset + (at - offset + every - Duration{1}) / every * every;
    }

    void step(std::size_t number)
    {
        const Step& step = scenario_.steps[number];
        if (!told(step.only)) return;
        // Lower bounds: a step may end later than can be told from here. The second one takes cycles to be shorter than the
        // time between them; the end that is waited for may be that of a long one under way.
        if (step.at && *step.at < earliest_)
            say(Severity::error, "time-order", step.place, fmt::format("step {} is at T+{}, but the step before ends at T+{} or later", step.id, format_elapsed(*step.at), format_elapsed(earliest_)),
                "move it, or say `after`");
        else if (step.at && *step.at < earliest_if_short_)
            say(Severity::warning, "time-order", step.place,
                fmt::format("step {} is at T+{}, but the step before ends at T+{} or later, unless a long cycle is under way", step.id, format_elapsed(*step.at), format_elapsed(earliest_if_short_)),
                "move it, or say `after`");
        const auto begins = [&](Duration before) { return std::max(before, step.at.value_or(before + step.after.value_or(Duration{0}))); };
        earliest_ = begins(earliest_);
        earliest_if_short_ = begins(earliest_if_short_);

        for (const StepAction& action : step.actions) {
            if (!told(action.only)) continue;
            if (const Edit* edit = std::get_if<Edit>(&action.what)) made_.push_back({number, describe(*edit), edit});
            group_for_both(action);
            // A job that is restarted, or stopped and started, beats from then on; a setting may say from when an interval counts.
            if (std::holds_alternative<JobAction>(action.what) || std::holds_alternative<SettingsAction>(action.what)) regular_ = false;
        }
        if (step.until.kind == Until::Kind::propagated) find(step.until.change, step.place);
        for (const Expectation& expectation : step.expect)
            if (const auto* propagated = std::get_if<PropagatedExpectation>(&expectation.what); propagated && told(expectation.only)) {
                const Made* change = find(propagated->change, expectation.place);
                if (change && change->step == number && step.at && regular_) timing(*propagated, step, expectation.place);
            }
        if (!regular_) return;
        if (step.until.kind == Until::Kind::user_cycle_end) until_cycle(users_);
        if (step.until.kind == Until::Kind::group_cycle_end) until_cycle(groups_);
    }

    void until_cycle(Duration every)
    {
        if (earliest_ <= scenario_.provider.offset) earliest_ = scenario_.provider.offset;     // nothing is under way before the first
        earliest_if_short_ = next_cycle(every, earliest_if_short_);
    }

    // A change that is made at a known time cannot arrive before the cycle that carries it begins.
    void timing(const PropagatedExpectation& wanted, const Step& step, const Place& place)
    {
        using By = PropagatedExpectation::By;
        if (wanted.by == By::on_demand) return;
        for (const StepAction& action : step.actions)
            if (std::holds_alternative<PushAction>(action.what)) return;
        const Duration user = next_cycle(users_, *step.at), group = next_cycle(groups_, *step.at);
        const bool by_user = wanted.by == By::user_cycle || (wanted.by == By::anything && user <= group);
        const Duration wait = (by_user ? user : group) - *step.at;
        if (wanted.within >= wait) return;
        say(Severity::warning, "impossible-timing", place, fmt::format("within {}, but the next {} cycle is {} away: cannot hold", format_duration(wanted.within), by_user ? "user" : "group", format_duration(wait)),
            fmt::format("allow {} at least", format_duration(wait)));
    }

    const Made* find(const std::string& change, const Place& place)
    {
        const std::size_t dot = change.rfind('.');
        std::size_t ordinal = 0;
        const char* end = change.data() + change.size();
        if (dot != std::string::npos && std::from_chars(change.data() + dot + 1, end, ordinal).ptr == end && ordinal > 0) return find_by_step(change.substr(0, dot), ordinal, change, place);

        const auto asked = words_of(change);
        const Made* found = nullptr;
        std::size_t fitting = 0;
        Nearest near(change);
        for (const Made& made : made_) {
            near.offer(made.described);
            const auto described = words_of(made.described);
            if (asked.empty() || asked.front() != described.front()) continue;
            if (!std::all_of(asked.begin() + 1, asked.end(), [&](const auto& word) { return std::find(described.begin() + 1, described.end(), word) != described.end(); })) continue;
            found = &made;
            ++fitting;
        }
        if (fitting == 1) return found;
        if (fitting == 0)
            say(Severity::error, "unknown-change", place, fmt::format("no change up to here is \"{}\"", change), near.best().empty() ? "name a change that was made: leaver.1 is the first of step leaver" : fmt::format("did you mean \"{}\"?", near.best()));
        else
            say(Severity::error, "unknown-change", place, fmt::format("\"{}\" fits {} changes", change, fitting), fmt::format("write {}.1 for the first change of step {}", scenario_.steps[found->step].id, scenario_.steps[found->step].id));
        return nullptr;
    }

    const Made* find_by_step(const std::string& id, std::size_t ordinal, const std::string& change, const Place& place)
    {
        std::size_t changes = 0;
        for (const Made& made : made_)
            if (scenario_.steps[made.step].id == id && ++changes == ordinal) return &made;
        Nearest near(id);
        bool known = false;
        for (const Step& step : scenario_.steps) {
            near.offer(step.id);
            known |= step.id == id;
        }
        if (known) say(Severity::error, "unknown-change", place, fmt::format("step {} has made {} changes up to here, so there is no {}", id, changes, change), "changes of the directory count; pushes, faults and notes do not");
        else say(Severity::error, "unknown-change", place, fmt::format("there is no step \"{}\"", id), near.best().empty() ? std::string() : fmt::format("did you mean \"{}.{}\"?", near.best(), ordinal));
        return nullptr;
    }

    const Scenario& scenario_;
    Duration users_{}, groups_{};
    Duration earliest_{0}, earliest_if_short_{0};
    std::vector<ObjectRef> assigned_;           // groups, by the steps so far
    bool regular_;              // cycles begin where the intervals say
    std::vector<Made> made_;
    Problems problems_;
};

}  // namespace

bool is_loopback_url(std::string_view url) noexcept
{
    const std::size_t scheme = url.find("://");
    if (scheme == std::string_view::npos) return false;
    std::string_view host = url.substr(scheme + 3);
    host = host.substr(0, host.find_first_of("/?#"));
    if (const std::size_t at = host.rfind('@'); at != std::string_view::npos) host.remove_prefix(at + 1);
    if (!host.empty() && host.front() == '[') return host.substr(0, host.find(']')) == "[::1";
    host = host.substr(0, host.find(':'));
    return host == "localhost" || (host.substr(0, 4) == "127." && host.find_first_not_of("0123456789.") == std::string_view::npos);
}

Problems lint(const Scenario& scenario) { return Lint(scenario).run(); }

}  // namespace provsim
