// SPDX-License-Identifier: Apache-2.0
// Microsoft Entra ID, a custom (non-gallery) SCIM application with its default attribute mappings.
//
// The behaviour, row by row. Pages named "Entra: x" are learn.microsoft.com/entra/identity/app-provisioning/x; others are
// reports of people who run a SCIM server behind Entra. What is disputed is a setting (entra/settings.cpp has the evidence);
// `provsim profile show entra` prints all of it, one by one, from entra/facts.cpp.
//
//  probe      Each cycle, and each provision on demand, first asks /Users and /Groups for somebody who cannot exist, by a random GUID;
//             anything but 200 and a list ends the run.                          Entra: use-scim; AzureAD/SCIMReferenceCode#63
//  order      Users, their managers, groups, members.                            Entra: how-provisioning-works
//  initial    Everything in scope, and what is linked and no longer in scope.    Entra: how-provisioning-works
//  increment  What changed since the last watermark; an idle directory costs the probes only.   (delta query) same page
//  match      By userName or displayName, one query; no hit: POST; one: GET by id (get_after_match), PATCH of differences, or
//             nothing (RedundantExport); several: nothing, DuplicateTargetEntries.      Entra: how-provisioning-works
//  linked     GET by id, PATCH of differences against the answer. What the target does not return is sent each time: "Add"
//             when the answer lacks it, else "Replace".                          azure-docs#11784; Microsoft Q&A 1373350
//  null       An attribute without a value in the directory is never sent.       Entra: known-issues
//  created    Only who is in scope and enabled. The manager is never in the POST. Entra: known-issues, use-scim
//  disabled   Unassigned, sign-in blocked, in the recycle bin: `active` "False". Unassigned ones are then left alone.
//                                                                                Entra: how-provisioning-works
//  deleted    Hard-deleted users and groups out of scope: GET, DELETE.           Entra: how-provisioning-works
//  manager    A PATCH of its own behind the user's, a bare id; "" clears.        SCIM-SDK#686, azure-docs#73842
//  members    One PATCH a member, at most five at once; never read back.         SCIM-SDK#646, Microsoft Q&A 2278290
//  nested     A group inside a group is not flattened; the log says so.          Entra: how-provisioning-works
//  twins      Two source objects that one entry of the target is taken for: DuplicateSourceEntries for the second.
//                                                                                howto-analyze-provisioning-logs
//  bodies     Title-case ops, a path each, booleans as strings; the flag aadOptscim062020 gives lower case, JSON booleans and
//             collected attributes.           Entra: application-provisioning-config-problem-scim-compatibility; scimitar#123
//  failures   No write is retried within a cycle; 404 on a linked id is InvalidAnchor, and nothing is created anew; Retry-After is
//             not honoured unless set.        howto-analyze-provisioning-logs; feedback.azure.com 38354572
//  job        When a failed object or a failed cycle comes again, quarantine, the guard of deletions: entra/job.cpp.
//  timeout    60 s a request.                                                    Microsoft Q&A 1151866
//  mapping    Default tables with a scenario's own rows on top; expressions; defaults on creation; roles as Entra sends them.
//                                                                                Entra: customize-application-attributes
#include "connectors/flavours.h"

#include "connectors/entra/brief.h"
#include "connectors/entra/codes.h"
#include "connectors/entra/constants.h"
#include "connectors/entra/conversation.h"
#include "connectors/entra/facts.h"
#include "connectors/entra/job.h"
#include "connectors/entra/judge.h"
#include "connectors/entra/on_demand.h"
#include "connectors/planning.h"
#include "model/check.h"

namespace provsim {
namespace {

class EntraConnector final : public Connector {
public:
    EntraConnector(const Settings& settings, MappingTables mappings, std::string default_domain)
        : context_(EntraSettings(settings), std::move(mappings), std::move(default_domain)),
          traits_{"entra", context_.settings.max_in_flight, context_.settings.max_in_flight_per_group, entra_request_timeout, context_.settings.members_per_patch}
    {
    }

    const Traits& traits() const noexcept override { return traits_; }

    std::unique_ptr<TaskCursor> plan(const Trigger& trigger, const World& world) const override
    {
        const auto* push = std::get_if<Push>(&trigger);
        if (!push) return plan_cycle(shape(context_.maps_members), std::get<CycleDue>(trigger), world);
        // A target that is only provisioned on demand takes members of a new group, and no changes of one it has.
        return plan_push(shape(context_.maps_members && (!context_.settings.on_demand_provisions_only || !world.links.find(push->object))), *push, world);
    }

    Brief brief(const Task& task, const World& world, Start start) const override
    {
        return make_brief(context_, task, world, std::move(start));
    }

    Move next_move(const Brief& brief, Transcript heard) const override
    {
        switch (brief.task.action) {
            case Action::probe_users:
            case Action::probe_groups: return probe(context_, brief, heard);
            case Action::provision: return with_trouble(brief, provision(context_, brief, heard));
            case Action::set_manager: return set_manager(context_, brief, heard);
            case Action::add_member:
            case Action::remove_member: return change_member(context_, brief, heard);
            case Action::delete_disabled: return delete_disabled(context_, brief, heard);
            case Action::write_members:
            case Action::test_connection:
            case Action::import_users:
            case Action::import_groups: break;      // never planned
        }
        fail_check(__FILE__, __LINE__, "an action that there is");
    }

    Verdict judge(const Brief& brief, const Ask& ask, const Reply& reply, Attempt attempt) const override
    {
        return judge_reply(context_, brief, ask, reply, attempt);
    }

private:
    // Groups are asked for only if they are mapped (observed: snipe-it#11913).
    CycleShape shape(bool members) const
    {
        CycleShape shape{{{Action::probe_users, {}, {}}}, context_.maps_groups, members, context_.settings.mixed_phases, context_.settings.redundant_member_adds};
        if (shape.groups) shape.probes.push_back({Action::probe_groups, {}, {}});
        return shape;
    }

    // A mapping that cannot be evaluated is left out, and the log says so (assumed: what the service does is not published).
    static Move with_trouble(const Brief& brief, Move move)
    {
        auto* done = brief.trouble.empty() ? nullptr : std::get_if<Done>(&move);
        if (!done) return move;
        if (done->outcome.status == Status::success) done->outcome.status = Status::warning;
        done->outcome.detail += "; " + brief.trouble;
        return move;
    }

    EntraContext context_;
    Traits traits_;
};

Result<std::unique_ptr<Connector>> make_entra(const ProviderConfig& config)
{
    auto mappings = compile_mappings(config.mappings, config.directory);
    if (!mappings) return mappings.problems();
    return std::unique_ptr<Connector>(std::make_unique<EntraConnector>(config.settings, std::move(mappings).value(), config.default_domain));
}

}  // namespace

// The real service runs one schedule of 40 minutes; documents of the products behind it speak of 20 for groups.
Flavour entra_flavour() noexcept
{
    Flavour entra;
    entra.name = "entra";
    entra.title = "Microsoft Entra ID";
    entra.settings = entra_setting_rules();
    entra.make = make_entra;
    entra.policy = entra_job_policy;
    entra.user_cycle = entra_user_cycle;
    entra.group_cycle = entra_group_cycle;
    entra.refuse_push = refuse_entra_push;
    entra.facts = entra_facts();
    entra.codes = entra_codes();
    return entra;
}

}  // namespace provsim
