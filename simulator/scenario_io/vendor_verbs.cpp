// SPDX-License-Identifier: Apache-2.0
#include "scenario_io/vendor_verbs.h"

#include <algorithm>

namespace provsim {
namespace {

using Takes = VendorVerb::Takes;
using Words = VendorWords;

template <AdminVerb verb> ActionSpec act(Words&& said) { return AdminAction{verb, std::move(said.objects)}; }
template <WaitingAction::Verb verb> ActionSpec waiting(Words&& said) { return WaitingAction{verb, said.objects.empty() ? std::string() : said.objects.front()}; }
template <PushRuleAction::Verb verb> ActionSpec rule(Words&& said) { return PushRuleAction{verb, std::move(said.rule)}; }

ActionSpec unlink(Words&& said) { return AdminAction{said.flag ? AdminVerb::unlink_and_delete : AdminVerb::unlink, std::move(said.objects)}; }
ActionSpec bind(Words&& said) { return Edit(Assign{said.objects.front(), {}}); }
ActionSpec unbind(Words&& said) { return Edit(Unassign{said.objects.front(), {}}); }
ActionSpec manage_groups(Words&& said) { return SettingsAction{{{"manage_groups", said.flag ? "true" : "false", {}}}}; }
ActionSpec activate(Words&&) { return JobAction{JobAction::Verb::start, {}}; }
ActionSpec deactivate(Words&&) { return JobAction{JobAction::Verb::stop, {}}; }

constexpr VendorVerb verbs[] = {    // constant, because shapes are made of it before main
    {"okta.push_group", Takes::groups, "pushes groups to the application, by name", act<AdminVerb::push_group>},
    {"okta.push_now", Takes::group_or_nothing, "writes a pushed group as it is now, or all of them", act<AdminVerb::push_now>},
    {"okta.deactivate_push", Takes::group, "keeps the group's link, and pushes no more of it", act<AdminVerb::stop_pushing>},
    {"okta.activate_push", Takes::group, "pushes it again, all of it at once", act<AdminVerb::go_on_pushing>},
    {"okta.unlink_group", Takes::unlinked_group, "ends the push; delete: true deletes the group in the target", unlink},
    {"okta.push_rule", Takes::new_rule, "pushes the groups whose names fit, those to come too", rule<PushRuleAction::Verb::add>},
    {"okta.stop_push_rule", Takes::rule, "it adds no more groups; those it pushed are pushed on", rule<PushRuleAction::Verb::stop>},
    {"okta.delete_push_rule", Takes::rule, "the rule goes; those it pushed are pushed on", rule<PushRuleAction::Verb::remove>},
    {"okta.force_sync", Takes::user_or_nothing, "sends the profile of a user, or of everybody assigned", act<AdminVerb::force_sync>},
    {"okta.apply_updates", Takes::nothing, "after mappings were saved: applies them to everybody assigned", act<AdminVerb::apply_updates>},
    {"okta.provision_user", Takes::user_or_nothing, "provisions a user who was assigned before provisioning was on, or all of them", act<AdminVerb::provision_user>},
    {"okta.import_now", Takes::nothing, "reads what the target has", act<AdminVerb::import_now>},
    {"okta.retry", Takes::object_or_nothing, "sends what failed of a user or a group, or all that failed, as it was", waiting<WaitingAction::Verb::retry>},
    {"okta.mark_complete", Takes::object_or_nothing, "gives what failed up", waiting<WaitingAction::Verb::mark_complete>},
    {"jumpcloud.bind_group", Takes::group, "binds a group to the application: assign", bind},
    {"jumpcloud.unbind_group", Takes::group, "takes the binding back: unassign", unbind},
    {"jumpcloud.manage_groups", Takes::flag, "whether groups are provisioned, or their users alone", manage_groups},
    {"jumpcloud.resync_group", Takes::group, "provisions a group again", act<AdminVerb::resync_group>},
    {"jumpcloud.import_now", Takes::nothing, "reads what users the target has", act<AdminVerb::import_now>},
    {"jumpcloud.activate", Takes::nothing, "switches provisioning on: job.start", activate},
    {"jumpcloud.deactivate", Takes::nothing, "switches provisioning off: job.stop", deactivate},
};

constexpr std::string_view providers[] = {"entra", "okta", "jumpcloud", "generic"};

}  // namespace

std::span<const VendorVerb> vendor_verbs() noexcept { return verbs; }
std::span<const std::string_view> provider_names() noexcept { return providers; }

const VendorVerb* find_vendor_verb(std::string_view name) noexcept
{
    const auto found = std::find_if(std::begin(verbs), std::end(verbs), [name](const VendorVerb& verb) { return verb.name == name; });
    return found == std::end(verbs) ? nullptr : &*found;
}

}  // namespace provsim
