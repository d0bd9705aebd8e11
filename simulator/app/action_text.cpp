// SPDX-License-Identifier: Apache-2.0
#include "app/action_text.h"

#include <fmt/format.h>

namespace provsim {
namespace {

std::string_view word(PushRule::Match match)
{
    switch (match) {
    case PushRule::Match::starts_with: return "starts with";
    case PushRule::Match::ends_with: return "ends with";
    case PushRule::Match::contains: return "contains";
    case PushRule::Match::equals: break;
    }
    return "is";
}

struct Words {
    std::string operator()(const Edit&) const { return {}; }
    std::string operator()(const PushAction& push) const { return "push " + push.object; }
    std::string operator()(const FaultAction& fault) const { return "fault " + fault.rule.name + " is set"; }
    std::string operator()(const ClearFault&) const { return "faults are cleared"; }
    std::string operator()(const TargetDelete& gone) const { return gone.object + " is deleted in the target"; }
    std::string operator()(const NoteAction& note) const { return note.text; }
    std::string operator()(const MappingAction& save) const { return save.restored ? "the default mappings are restored" : "other mappings are saved"; }

    std::string operator()(const JobAction& action) const
    {
        switch (action.verb) {
        case JobAction::Verb::start: return "start provisioning";
        case JobAction::Verb::stop: return "stop provisioning";
        case JobAction::Verb::pause: return "pause provisioning";
        case JobAction::Verb::restart: break;
        }
        if (action.words.empty()) return "restart provisioning";
        return action.words == std::vector<std::string>{"ForceDeletes"} ? std::string("allow deletes") : fmt::format("restart provisioning: {}", fmt::join(action.words, ", "));
    }

    std::string operator()(const ScopeAction& scope) const
    {
        std::vector<std::string> parts;
        if (scope.mode) parts.push_back(*scope.mode == ScopeMode::all ? "everybody" : "only who is assigned");
        if (scope.users) parts.push_back(scope.users->empty() ? "no filter on users" : "another filter on users");
        if (scope.groups) parts.push_back(scope.groups->empty() ? "no filter on groups" : "another filter on groups");
        return fmt::format("scope: {}", fmt::join(parts, ", "));
    }

    std::string operator()(const SettingsAction& change) const
    {
        std::vector<std::string> parts;
        for (const SettingValue& setting : change.settings) parts.push_back(fmt::format("{} is {}", setting.name, setting.value));
        return fmt::format("settings: {}", fmt::join(parts, ", "));
    }

    std::string operator()(const AdminAction& act) const
    {
        const std::string named = fmt::format("{}", fmt::join(act.objects, ", "));
        const auto all = [&](std::string_view everything) { return named.empty() ? std::string(everything) : named; };
        switch (act.verb) {
        case AdminVerb::push_group: return fmt::format("pushed from now on: {}", named);
        case AdminVerb::push_now: return fmt::format("push now: {}", all("all pushed groups"));
        case AdminVerb::stop_pushing: return fmt::format("no longer pushed: {}", named);
        case AdminVerb::go_on_pushing: return fmt::format("pushed again: {}", named);
        case AdminVerb::unlink: return fmt::format("unlinked, and left in the target: {}", named);
        case AdminVerb::unlink_and_delete: return fmt::format("unlinked, and deleted in the target: {}", named);
        case AdminVerb::force_sync: return fmt::format("force sync: {}", all("everybody"));
        case AdminVerb::apply_updates: return "apply updates now";
        case AdminVerb::provision_user: return fmt::format("provision user: {}", all("everybody"));
        case AdminVerb::import_now: return "import now";
        case AdminVerb::resync_group: return fmt::format("synchronise again: {}", all("all groups"));
        }
        return {};
    }

    std::string operator()(const WaitingAction& action) const
    {
        return fmt::format("{}: {}", action.verb == WaitingAction::Verb::retry ? "retry" : "mark complete", action.object.empty() ? "all that failed" : action.object);
    }

    std::string operator()(const PushRuleAction& action) const
    {
        const PushRule& rule = action.rule;
        switch (action.verb) {
        case PushRuleAction::Verb::add: return fmt::format("push rule {}: groups whose name {} \"{}\"", rule.name, word(rule.match), rule.text);
        case PushRuleAction::Verb::stop: return fmt::format("push rule {} adds no more", rule.name);
        case PushRuleAction::Verb::remove: break;
        }
        return fmt::format("push rule {} is deleted", rule.name);
    }
};

}  // namespace

std::string action_text(const ActionSpec& action) { return std::visit(Words{}, action); }

}  // namespace provsim
