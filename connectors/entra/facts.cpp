// SPDX-License-Identifier: Apache-2.0
// Entra, fact by fact. "Entra: x" is learn.microsoft.com/entra/identity/app-provisioning/x. A fact of which its sources say only a
// part is tagged by what they leave open. What engine, directory or expressions do by numbers of their own is held to these texts by
// tests/connectors/facts_test.cpp and tests/engine/facts_test.cpp.
#include "connectors/entra/facts.h"

#include "connectors/entra/constants.h"
#include "connectors/requests.h"
#include "model/expression.h"

#include <fmt/format.h>

#include <vector>

namespace provsim {
namespace {

constexpr std::string_view documented = "documented", staff = "staff", observed = "observed", assumed = "assumed";
constexpr std::string_view works = "Entra: how-provisioning-works", issues = "Entra: known-issues", use_scim = "Entra: use-scim-to-provision-users-and-groups",
                           quarantined = "Entra: application-provisioning-quarantine-status", on_demand = "Entra: provision-on-demand",
                           flagged = "Entra: application-provisioning-config-problem-scim-compatibility", codes = "Entra: howto-analyze-provisioning-logs";

using Facts = std::vector<Fact>;

void add_timing(Facts& all)
{
    constexpr std::string_view g = "timing";
    all.insert(all.end(), {
        {g, "user-cycle", format_duration(entra_user_cycle), "From the start of one user cycle to the start of the next. It cannot be configured in the real service; "
         "`provider.cycles` does it here, to play what a product's own documents say.", documented, "Entra: use-scim; Graph: synchronizationSchedule, PT40M"},
        {g, "group-cycle", format_duration(entra_group_cycle), "From one cycle of groups and memberships to the next. The real service has one schedule of 40 minutes for both. "
         "Documents of the products behind it speak of 20 minutes for groups, and Microsoft's own page on accidental deletions of \"20 to 40 minutes\"; two timers let "
         "a rehearsal keep either account. `cycles: { all: 40m }` is the real service.", observed, "Swimlane Turbine; Entra: accidental-deletions; dbt and Databricks documents"},
        {g, "start-to-start", "the interval runs from start to start", "Nothing says whether the 40 minutes run from a cycle's start or from its end.", assumed,
         "Graph: synchronizationSchedule, \"between iterations\""},
        {g, "no-overlap", "a longer cycle delays the next", "Cycles of one job run back to back, never side by side: next start = the later of previous start + interval and previous end.",
         documented, works},
        {g, "snapshot", "a change waits for the next cycle", "What is changed while a cycle runs belongs to the next one: a cycle sees the directory as of its start.", assumed,
         "Entra: how-provisioning-works, watermark and delta query"},
        {g, "initial-duration", "0.01 to 0.08 min an object", "How long an initial cycle takes by the published formula, N being the assigned users and groups with their members. Here a cycle takes "
         "as long as its requests do, by `clock.latency`, or this, by `cycle_duration: published`.", documented, "Entra: application-provisioning-when-will-provisioning-finish-specific-user"},
        {g, "recycle-bin", "30 d", "From a user's deletion to his hard deletion, unless he is restored or purged.", documented, works},
        {g, "request-timeout", format_duration(entra_request_timeout), "An answer later than this is none: the object fails with Timeout, whatever the target has done meanwhile.", staff,
         "Microsoft Q&A 1151866"},
        {g, "quarantine-ladder", "6 h, 12 h, 24 h, then every 24 h", "When a job in quarantine is tried again, counted from the quarantine's beginning. It belongs to the job, not to an "
         "object. A sample in Graph's documents shows 5 minutes for the first attempt.", documented, quarantined},
        {g, "quarantine-end", "28 d", "A job that has been in quarantine for so long is disabled.", documented, quarantined},
        {g, "escrow-retry", "next cycle, then doubling, at most 24 h", "When an object that failed is tried again: in the next cycle of its timer, then less and less often, evaluated when a "
         "cycle begins. That the interval doubles, and its cap, are not published.", assumed, "Entra: how-provisioning-works; Microsoft Q&A 623752 (exponential)"},
        {g, "restart-keeps-links", "links stay, watermark and escrow go", "Restart provisioning evaluates everybody again; who is known by id stays known. A restart can lose pending work: a "
         "membership that was to be removed is not removed any more.", documented, "Graph: synchronizationJobRestartCriteria"},
    });
}

void add_scope(Facts& all)
{
    constexpr std::string_view g = "scope";
    all.insert(all.end(), {
        {g, "direct-members", "members of an assigned group", "Under scope `assigned`: who is assigned, and the direct members of assigned groups.", documented, works},
        {g, "nested", "nested groups are not read", "Members of a group inside an assigned group are not in scope, nor is that group.", documented, works},
        {g, "filters-after-assignment", "filters narrow, never widen", "Clauses of one scoping filter are ANDed, filters are ORed; case matters; who has no value fails every clause but IS NULL.",
         documented, "Entra: define-conditional-rules-for-provisioning-user-accounts"},
        {g, "leaves-scope", "active \"False\"", "Unassigned, filtered out, sign-in blocked, or in the recycle bin: a user is disabled by an update, not deleted.", documented, works},
        {g, "unassigned-is-let-go", "no DELETE follows", "A user disabled because he was unassigned is no longer managed: when he is deleted later, nothing is sent. Sources disagree, "
         "hence the setting delete_after_unassign.", staff, "Microsoft Q&A 5646806; Entra: how-provisioning-works"},
        {g, "hard-deleted", "DELETE", "A user who is gone for good from the directory is deleted in the target.", documented, works},
        {g, "hard-deleted-when", "in the next cycle after day 30", "In the first cycle after the recycle bin let the user go, or after he was purged.", assumed, works},
        {g, "disabled-not-created", "not created", "Who may not sign in and was never provisioned is not created.", documented, issues},
        {g, "disabled-not-asked", "no request at all", "Nor is the target asked whether it has him.", assumed, issues},
        {g, "group-leaves-scope", "DELETE", "Groups have no soft delete: one that is unassigned or deleted is deleted in the target.", assumed,
         "AzureAD/SCIMReferenceCode, SCIM-Validation-Test-Overview"},
        {g, "memberships-not-restored", "a restored user stays out of his groups", "Who is restored from the recycle bin is active again; his memberships in the target are not restored by "
         "themselves.", documented, issues},
        {g, "late-member", "not added until a restart", "A member who enters scope after his group was written is not added before a restart, or before his membership changes.", documented,
         issues},
        {g, "late-manager", "not set until a restart", "The same for a manager who enters scope after the user.", documented, issues},
    });
}

void add_matching(Facts& all)
{
    constexpr std::string_view g = "matching";
    all.insert(all.end(), {
        {g, "probe", "GET by a random GUID", "Each cycle and each provision on demand first asks /Users and /Groups for somebody who cannot exist. Anything but 200 and a list ends the run.",
         observed, "Entra: use-scim, Test Connection; AzureAD/SCIMReferenceCode issue 63"},
        {g, "probe-both", "users and groups, whichever is due", "Whichever timer is due, both kinds are probed.", assumed, "Entra: use-scim, Test Connection"},
        {g, "match-by-name", "userName eq, displayName eq", "An object that is not linked is looked for by its matching attributes, one query each in the order of their precedence, up to "
         "the first that finds something.", documented, "Entra: customize-application-attributes; default mapping of use-scim"},
        {g, "linked-by-id", "GET /Users/{id}", "Once created or matched, an object is read by the target's id, never by its name again.", staff, "Microsoft Q&A 923479"},
        {g, "several-matches", "nothing is written", "More than one match fails the object with DuplicateTargetEntries.", documented, codes},
        {g, "equal-is-skipped", "no write, RedundantExport", "If the target has what the mappings yield, nothing is sent and the log says skipped.", documented, on_demand},
        {g, "sent-again", "what the answer lacks is sent again", "Differences are found against the target's answer. What the target does not return looks missing, and is sent at each "
         "evaluation of the object.", observed, "azure-docs issue 11784; chainguard-dev/edu"},
        {g, "target-not-watched", "changes in the target stay", "What is changed in the target is neither noticed nor reverted, unless the same object changes in the directory.", documented,
         issues},
        {g, "null-is-never-sent", "a cleared attribute stays", "An attribute without a value is skipped: the target keeps the old one.", documented, issues},
        {g, "idle-cycle", "the probes only", "Incremental cycles look at what changed since the watermark; an idle directory costs no request beyond the probes.", documented,
         "Entra: how-provisioning-works, delta query"},
    });
}

std::string encoded_sample()
{
    std::string out = "filter=";
    append_equals(out, "userName", "a@b.test");
    return out;
}

void add_wire(Facts& all)
{
    constexpr std::string_view g = "wire";
    all.insert(all.end(), {
        {g, "no-user-agent", "no User-Agent, no Accept", "Firewalls that want a User-Agent answer 403.", observed, "kortix-ai/suna pull request 7297; azure-docs issue 94189"},
        {g, "version-header", fmt::format("{}: {}", entra_version_header, entra_version), "On every request; the only header to know Entra by. The value is one seen in 2019.", observed,
         "azure-docs issue 21660; bitwarden/server ScimContext"},
        {g, "content-type", std::string(entra_content_type), "Of POST and PATCH; GET and DELETE have none.", observed, "azure-docs issue 12728; scimitar issue 123"},
        {g, "query-encoding", encoded_sample(), "A blank is +, the rest is %xx in lower case, as .NET's HttpUtility.UrlEncode writes it.", observed,
         "azure-docs issues 94189 and 11784"},
        {g, "excluded-members", "?excludedAttributes=members", "With each GET of a group, before the filter: members are never read back.", observed, "Microsoft Q&A 923479, 2278290"},
        {g, "key-order", "schemas, externalId, userName, active, ...", "Of POST bodies: base classes first, then by the alphabet, extensions last.", observed,
         "AzureAD/SCIMReferenceCode; published samples agree"},
        {g, "empty-members", "\"members\":[]", "In the POST of a group, whoever its members are; each follows in a PATCH of his own.", observed,
         "jelhub/scimgateway issue 116; Microsoft Q&A 637791"},
        {g, "empty-roles", "\"roles\":[]", "In the POST of a user, even without a mapping of roles.", documented, use_scim},
        {g, "title-case-ops", "Add, Replace, Remove", "Of PATCH operations; with the flag aadOptscim062020 add, replace, remove.", documented, flagged},
        {g, "active-as-string", "\"False\", a string", "Booleans of a PATCH are strings with a capital letter; JSON booleans with the flag aadOptscim062020, and in every POST.", observed,
         "rancher issue 52996; ssoready issue 155; Entra: application-provisioning-config-problem-scim-compatibility"},
        {g, "add-or-replace", "Add if the answer lacks it, else Replace", "\"In practice it could be either\".", staff, "Microsoft Q&A 1373350"},
        {g, "one-path-each", "a path for each attribute", "One operation for each attribute that differs, all in one PATCH; with the flag, plain attributes are collected in one operation "
         "without a path, its keys dotted.", observed, "limosa-io/laravel-scim-server issue 34; scimitar issue 123"},
        {g, "no-put", "PUT is never sent", "Updates are PATCH.", documented, use_scim},
        {g, "get-before-write", "a GET before every write", "Of the object, by id or by query; one GET may be followed by several PATCHes of a group.", staff, "Microsoft Q&A 1195656"},
        {g, "which-is-primary", "e-mail and phone of type work", "Every element says `primary`. That addresses are never primary follows captures; for phones it is assumed.", assumed,
         "pranems/SCIMServer captures"},
        {g, "expression-length", fmt::format("{} characters", longest_expression), "The longest mapping expression.", documented, "Entra: functions-for-customizing-application-data"},
        {g, "join-skips-empty", "Join leaves out what is empty", "`Join(\", \", \"\", [surname], [givenName])` gives \"Doe, John\".", documented, "Entra: functions-for-customizing-application-data"},
        {g, "no-discovery", "/Schemas is not asked", "A custom application's job asks for no discovery endpoint.", observed, "no capture shows one"},
    });
}

void add_references(Facts& all)
{
    constexpr std::string_view g = "references";
    all.insert(all.end(), {
        {g, "members-last", "memberships after users and groups", "A reference is written by the target's id, so both ends must be there first.", documented, works},
        {g, "phase-order", "users, managers, groups, members", "Where managers stand between users and members is not said.", assumed, works},
        {g, "manager-not-in-post", "a PATCH of its own", "A user is created without the manager; a PATCH behind all users sets it.", documented, works},
        {g, "manager-as-string", "\"<id>\", not {\"value\": \"<id>\"}", "The manager is written as a bare string.", observed, "azure-docs issue 73842; SCIM-SDK issue 686"},
        {g, "one-member-a-patch", "one PATCH a member", "Several at once for the same group: see max_in_flight_per_group. Targets that read, change and write a group lose members.", observed,
         "SCIM-SDK issue 646; scimmy issue 79; Infisical pull request 6471"},
        {g, "remove-as-value", "Remove members [{\"value\": id}]", "RFC 7644 has a path with a filter instead, as has the flag aadOptscim062020.", documented, flagged},
        {g, "members-never-read", "drift is not repaired", "Membership changes follow the directory's changes alone. A restart adds every member again, and removes nobody added in the target.",
         observed, "Microsoft Q&A 2278290"},
        {g, "not-linked-yet", "tried again in each pass", "A member or manager who is in scope but not provisioned yet.", assumed, "Entra: how-provisioning-works, reference attributes"},
    });
}

void add_failures(Facts& all)
{
    constexpr std::string_view g = "failures";
    all.insert(all.end(), {
        {g, "no-retry-in-cycle", "a failed write waits for a cycle", "No write is tried again within a cycle: none such is documented.", assumed, codes},
        {g, "retry-after", "not obeyed", "Unless the setting honor_retry_after says so; sources disagree.", observed, "feedback.azure.com 38354572; Microsoft Q&A 1922038"},
        {g, "retry-after-attempts", fmt::format("{} attempts", entra_most_attempts), "Of one request, if Retry-After is obeyed.", assumed, "nothing is published"},
        {g, "probe-fails", "the cycle ends, quarantine", "Nothing but the probe is sent; the job is tried again by the quarantine's ladder.", documented, quarantined},
        {g, "invalid-anchor", "404 on a linked id: InvalidAnchor", "The entry created or matched earlier no longer exists.", documented, codes},
        {g, "not-recreated", "no POST until the link is broken", "What was deleted in the target is not created again; a restart keeps the link.", observed,
         "pranems/SCIMServer; Ricoh and Project Insight help pages"},
        {g, "unreadable-answer", "ServiceIncompatible", "A 2xx without an id, or with a body that is no resource.", observed, "snipe-it issue 11094; Budibase issue 15369"},
        {g, "conflict-on-create", "EntryConflict", "409 on a POST; the next attempt begins with the query again.", assumed, codes},
        {g, "precondition-failed", "as 409", "What a 412 does is not known.", assumed, "nothing is published"},
        {g, "delete-of-nobody", "404 counts as deleted", "What is to be deleted and is not there needs no deleting.", assumed, "nothing is published"},
        {g, "quarantine-floor", "5,000 failures", "Before so many objects have failed, their number puts no job into quarantine.", documented, quarantined},
        {g, "quarantine-share", "more than 40 % of events", "From the floor on, this share of failed events is quarantine.", documented, quarantined},
        {g, "quarantine-count", "more than 40,000 failures", "So is this number of them, failed references not counted.", documented, quarantined},
        {g, "quarantine-ceiling", "60,000 failures", "And this number with the references.", documented, quarantined},
        {g, "deletion-guard", "off", "Accidental deletion prevention is opt-in: beyond a threshold of disables and deletes in one cycle the job goes to quarantine and they are held back.",
         documented, "Entra: accidental-deletions"},
    });
}

void add_on_demand(Facts& all)
{
    constexpr std::string_view g = "provision on demand";
    all.insert(all.end(), {
        {g, "one-object", "one user, or one group", "At a time.", documented, on_demand},
        {g, "chosen-members", fmt::format("{} members", entra_most_members_pushed), "Of a group, chosen by hand; push again for more.", documented, on_demand},
        {g, "not-restored", "no restore, no disable by deletion", "Who was unassigned is disabled; who is disabled or deleted in the directory is left to the cycles, and nobody is restored.",
         documented, on_demand},
        {g, "watermark-stays", "the next cycle looks again", "A push moves no watermark: the change that it carried is compared once more.", assumed, "Entra: provision-on-demand is silent"},
        {g, "clears-escrow", "the object's back-off is forgotten", "An object that failed before is tried at once, and afterwards as if for the first time.", staff, "Microsoft Q&A 623752"},
        {g, "on-demand-first", "a connection of its own", "A push does not wait for the running cycle, but for its object if the cycle has it in hand.", assumed,
         "Entra: provision-on-demand, \"within 30 seconds\""},
    });
}

}  // namespace

std::span<const Fact> entra_facts()
{
    static const Facts all = [] {
        Facts facts;
        for (const auto add : {add_timing, add_scope, add_matching, add_wire, add_references, add_failures, add_on_demand}) add(facts);
        return facts;
    }();
    return all;
}

}  // namespace provsim
