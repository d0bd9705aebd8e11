// SPDX-License-Identifier: Apache-2.0
// JumpCloud, a custom SCIM integration (Identity Management, now "Provisioning").
//
// JumpCloud publishes no reference of what its client sends. Three bodies are captured (Paul-E/scim-v2-rust), a few forms told by
// people who run a server behind it (ssoready, Infisical, UniMoni, BoxyHQ), behaviour by support pages and by vendors' setup pages.
// The rest is assumed; `provsim profile show jumpcloud` says of each fact which it is (jumpcloud/facts.cpp, jumpcloud/settings.cpp).
//
//  reacts     A change is sent some seconds later; there are no cycles.             Bitwarden: at once; the numbers are assumed
//  test       Test Connection and Activate: a test user (and group) is created, updated and deleted.   custom SCIM integration
//  bound      Users travel through groups bound to the application; staged ones not until activated.   user provisioning with SCIM and HRIS
//  lookup     By userName; a hit is updated, else created.                          custom SCIM integration (user_lookup_provision)
//  update     GET, PUT of the target's own representation with JumpCloud's values.  captured
//  let go     `active` false when no bound group is left, or DELETE (last_binding_lost).   custom SCIM integration, in part
//  suspended  `active` false; memberships stay.                                     Bitwarden: the expression of `active`
//  groups     If managed: taken over by name or created with members, never empty; renamed; deleted when deleted in
//             JumpCloud; left alone when unbound.                                   considerations of group management
//  members    One PATCH a member.                                                   ssoready, UniMoni
//  failures   Are logged, and wait for the next change.                             assumed
#include "connectors/flavours.h"

#include "connectors/jumpcloud/brief.h"
#include "connectors/jumpcloud/codes.h"
#include "connectors/jumpcloud/conversation.h"
#include "connectors/jumpcloud/facts.h"
#include "connectors/jumpcloud/job.h"
#include "connectors/jumpcloud/judge.h"
#include "connectors/jumpcloud/plan.h"

namespace provsim {
namespace {

class JumpCloudConnector final : public Connector {
public:
    JumpCloudConnector(const Settings& settings, JumpCloudTable table, bool maps_groups)
        : context_(JumpCloudSettings(settings), std::move(table), maps_groups),
          traits_{"jumpcloud", context_.settings.max_in_flight, 1, jumpcloud_request_timeout}
    {
    }

    const Traits& traits() const noexcept override { return traits_; }

    std::unique_ptr<TaskCursor> plan(const Trigger& trigger, const World& world) const override { return jumpcloud_plan(context_, trigger, world); }

    Brief brief(const Task& task, const World& world, Start start) const override { return jumpcloud_brief(context_, task, world, std::move(start)); }

    Move next_move(const Brief& brief, Transcript heard) const override
    {
        switch (brief.task.action) {
            case Action::provision: return brief.task.object.is_group() ? jumpcloud_group(context_, brief, heard) : jumpcloud_user(context_, brief, heard);
            case Action::add_member:
            case Action::remove_member: return jumpcloud_member(context_, brief, heard);
            case Action::test_connection: return jumpcloud_activation(context_, heard);
            case Action::import_users: return jumpcloud_import(context_, brief, heard);
            case Action::probe_users:
            case Action::probe_groups:
            case Action::set_manager:
            case Action::delete_disabled:
            case Action::write_members:
            case Action::import_groups: break;      // never planned
        }
        return Done{};
    }

    Verdict judge(const Brief& brief, const Ask& ask, const Reply& reply, Attempt attempt) const override
    {
        return judge_jumpcloud(context_, brief, ask, reply, attempt);
    }

private:
    JumpCloudContext context_;
    Traits traits_;
};

Result<std::unique_ptr<Connector>> make_jumpcloud(const ProviderConfig& config)
{
    auto table = compile_jumpcloud_mapping(config.mappings, config.settings.text("user_name_source") == "email");
    if (!table) return table.problems();
    return std::unique_ptr<Connector>(std::make_unique<JumpCloudConnector>(config.settings, std::move(table).value(), config.mappings.groups.enabled));
}

}  // namespace

Flavour jumpcloud_flavour() noexcept
{
    Flavour jumpcloud;
    jumpcloud.name = "jumpcloud";
    jumpcloud.title = "JumpCloud";
    jumpcloud.settings = jumpcloud_setting_rules();
    jumpcloud.make = make_jumpcloud;
    jumpcloud.joins_url_as_typed = true;
    jumpcloud.policy = jumpcloud_job_policy;
    jumpcloud.refuse_push = refuse_jumpcloud_push;
    jumpcloud.facts = jumpcloud_facts();
    jumpcloud.codes = jumpcloud_codes();
    return jumpcloud;
}

}  // namespace provsim
