// SPDX-License-Identifier: Apache-2.0
// Okta: an application with SCIM provisioning, from the App Integration Wizard (AIW) or from the catalogue (OIN).
//
// The behaviour, row by row. Pages named "Okta: x" are developer.okta.com/docs/.../x; the traces are of people who logged what a
// real org sent to their servers. What is disputed is a setting (okta/settings.cpp has the evidence); `provsim profile show okta`
// prints all of it, one by one, from okta/facts.cpp.
//
//  queue      No cycles: a change asks for work, which begins a second or some later, per user and per group.      Okta: concepts/scim/faqs
//  test       GET /Users?startIndex=1&count=2, twice; /Groups as well if groups are imported.   parkjongmin-ddam's trace; Runscope tests
//  match      By userName, one query; 404 says the same as an empty list. No hit: POST. A hit: GET by id, PUT.      Okta: scim-20
//  linked     GET by id; PUT of what was read with the application's profile on top: drift in what is not mapped survives. Okta: scim-20
//  state      active false by PATCH (OIN), or by GET and PUT (AIW); never DELETE.        Okta: scim-20; concepts/scim/faqs
//  states     Suspended, locked, expired: nothing. Deactivated: as unassigned. Deleted afterwards: nothing.         Okta: concepts/scim
//  return     Who is assigned by a group comes back by himself, others are assigned again. OIN: match, GET, PUT, PATCH active true.
//                                                                                OIN QA test C9293
//  groups     Only pushed ones, with those of their members who are users of the application. AIW: POST, GET, PUT; the whole list
//             each time. OIN: POST, then PATCH; changes in batches.              Okta: about group push; okta-blog-archive 1956, 2022
//  late       A user who is created joins his pushed groups 4 to 5 s later. One who is unassigned stays in them until the next
//             write.                                                             parkjongmin-ddam's and Timothy-itayi's traces
//  import     Pages of 100 by totalResults; what matches exactly is linked, and nothing is sent.      Okta: scim-20
//  failures   429: waits as told or 5 minutes, doubling, ten requests. All else waits for an administrator.        Okta: concepts/scim
//  bodies     Lower-case ops, JSON booleans, no path for single values.          Okta: scim-20
//  mapping    Default rows with a scenario's own on top, in Okta's Expression Language.               vendors' guides
#include "connectors/flavours.h"

#include "connectors/okta/brief.h"
#include "connectors/okta/codes.h"
#include "connectors/okta/conversation.h"
#include "connectors/okta/facts.h"
#include "connectors/okta/job.h"
#include "connectors/okta/judge.h"
#include "connectors/okta/plan.h"
#include "model/check.h"

namespace provsim {
namespace {

// Of an AIW application's group, all that changed by the time its task starts goes into one PUT.
constexpr unsigned whole_group = 1'000'000;

class OktaConnector final : public Connector {
public:
    OktaConnector(OktaSettings settings, OktaMappingTable mappings) : context_(settings, std::move(mappings))
    {
        traits_.name = "okta";
        traits_.max_in_flight = settings.max_in_flight;
        traits_.max_in_flight_per_group = 1;
        traits_.request_timeout = okta_request_timeout;
        traits_.members_per_request = settings.patches ? settings.group_patch_batch : whole_group;
        traits_.mixed_members = true;
    }

    const Traits& traits() const noexcept override { return traits_; }

    std::unique_ptr<TaskCursor> plan(const Trigger& trigger, const World& world) const override { return plan_okta(context_, trigger, world); }

    Brief brief(const Task& task, const World& world, Start start) const override { return make_okta_brief(context_, task, world, std::move(start)); }

    Move next_move(const Brief& brief, Transcript heard) const override
    {
        switch (brief.task.action) {
            case Action::provision:
                return brief.task.object.is_group() ? okta_provision_group(context_, brief, heard) : with_trouble(brief, okta_provision_user(context_, brief, heard));
            case Action::add_member:
            case Action::remove_member: return okta_change_member(context_, brief, heard);
            case Action::write_members: return okta_write_members(context_, brief, heard);
            case Action::test_connection: return okta_test_connection(context_, brief, heard);
            case Action::import_users:
            case Action::import_groups: return okta_import(context_, brief, heard);
            case Action::probe_users:
            case Action::probe_groups:
            case Action::set_manager:
            case Action::delete_disabled: return okta_skipped("NothingToDo", "Okta has no such work");
        }
        fail_check(__FILE__, __LINE__, "an action that there is");
    }

    Verdict judge(const Brief& brief, const Ask& ask, const Reply& reply, Attempt attempt) const override { return okta_judge(context_, brief, ask, reply, attempt); }

private:
    // A mapping that cannot be evaluated is left out, and the log says so (assumed: what Okta does is not published).
    static Move with_trouble(const Brief& brief, Move move)
    {
        auto* done = brief.trouble.empty() ? nullptr : std::get_if<Done>(&move);
        if (!done || done->outcome.status == Status::skipped) return move;
        if (done->outcome.status == Status::success) done->outcome.status = Status::warning;
        done->outcome.detail += "; " + brief.trouble;
        return move;
    }

    OktaApp context_;
    Traits traits_;
};

Result<std::unique_ptr<Connector>> make_okta(const ProviderConfig& config)
{
    const OktaSettings settings(config.settings);
    auto mappings = compile_okta_mappings(config.mappings, settings.apply_on_create, config.directory);
    if (!mappings) return mappings.problems();
    return std::unique_ptr<Connector>(std::make_unique<OktaConnector>(settings, std::move(mappings).value()));
}

}  // namespace

Flavour okta_flavour() noexcept
{
    Flavour okta;
    okta.name = "okta";
    okta.title = "Okta";
    okta.settings = okta_setting_rules();
    okta.make = make_okta;
    okta.policy = okta_job_policy;
    okta.facts = okta_facts();
    okta.codes = okta_codes();
    return okta;
}

}  // namespace provsim
