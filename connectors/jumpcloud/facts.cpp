// SPDX-License-Identifier: Apache-2.0
// JumpCloud, fact by fact. "JumpCloud: x" is a page of jumpcloud.com/support. JumpCloud publishes no reference of what its client
// sends: three bodies are captured, some forms are told by people who run a server behind it, and the rest is assumed, which each
// fact says for itself. A fact of which its sources say only a part is tagged by what they leave open.
#include "connectors/jumpcloud/facts.h"

#include "connectors/jumpcloud/constants.h"
#include "connectors/jumpcloud/mapping.h"

#include <fmt/format.h>

#include <vector>

namespace provsim {
namespace {

constexpr std::string_view documented = "documented", observed = "observed", assumed = "assumed";
constexpr std::string_view custom = "JumpCloud: provision and manage users and groups in apps using custom SCIM", trouble = "JumpCloud: troubleshoot custom SCIM integrations",
                           groups_page = "JumpCloud: considerations of group management, on the pages of its applications (Heap)",
                           get_started = "JumpCloud: get started with SCIM identity management", guide = "JumpCloud: user provisioning with SCIM and HRIS",
                           captured = "Paul-E/scim-v2-rust, captured bodies", ssoready = "ssoready/ssoready, internal/authservice/scim.go", silent = "nothing is published";

using Facts = std::vector<Fact>;

void add_timing(Facts& all)
{
    constexpr std::string_view g = "timing";
    const LatencyModel delay = jumpcloud_start_delay;
    all.insert(all.end(), {
        {g, "event-driven", "there are no cycles", "Users and groups are sent when something changes; there is no timer and no button to synchronise. `provider.cycles` makes provsim look at "
         "what waits at a beat only.", documented, "Bitwarden: JumpCloud SCIM integration; Ory: JumpCloud; considerations of group management"},
        {g, "start-delay", fmt::format("{} to {}, half within {}", format_duration(delay.min), format_duration(delay.max), format_duration(delay.median)),
         fmt::format("From a change to its first request, drawn for each change; 95 of 100 are within {}. Vendors say \"immediately\" and \"a few minutes\"; the numbers are made up.",
                     format_duration(delay.p95)),
         assumed, "Bitwarden, Keepnet; no number is published"},
        {g, "request-timeout", format_duration(jumpcloud_request_timeout), "An answer later than this is none: the task fails, whatever the target has done meanwhile.", assumed, silent},
        {g, "one-at-a-time", "one request after the other", "Of one application (setting max_in_flight).", assumed, silent},
        {g, "order", "users, the group, its members", "Of what one change asks for, users come first, then groups, then memberships: each needs the ids of those before it.", assumed, silent},
        {g, "retry-wait", format_duration(jumpcloud_retry_wait), "How long a request that met a server error waits for its one repetition, if the setting retry_5xx has one.", assumed, silent},
    });
}

void add_activation(Facts& all)
{
    constexpr std::string_view g = "activation";
    all.insert(all.end(), {
        {g, "test-first", "a test user is created, updated, deleted", "Test Connection, Activate and the saving of settings make a round trip with a user of the test e-mail. Nothing else is sent "
         "before it succeeds.", documented, custom},
        {g, "test-order", "GET filter, POST, GET, PUT, group, DELETE", "Certain are a POST and a PUT of a user, an attempt to create, update and delete a group, and the deletion or deactivation of "
         "the user; their order, the lookups and the GET are assumed.", assumed, custom},
        {g, "test-values", "firstname, lastname, street-address, 80027", "The test user has the placeholders of a captured body, his externalId included.", observed, captured},
        {g, "test-update", "PUT with \"emails\": null", "The test user's update is minimal and has a null where a list belongs; servers must bear it.", observed, captured},
        {g, "test-group", fmt::format("{}, renamed {}", jumpcloud_test_group, jumpcloud_test_group_renamed), "Groups are tested if they are managed: created without members, renamed, the test user "
         "added, deleted. The name and the bodies are made up.", assumed, custom},
        {g, "test-group-verbs", "create, update and delete, or none", "Where one of them is missing, activation with groups fails: leave the management of groups off.", documented, trouble},
        {g, "test-no-delete", "DELETE refused: PUT active false", "Where users cannot be deleted, the test user is deactivated and stays, until somebody removes him. That 404, 405 and 501 tell so is "
         "assumed, and so is the form.", assumed, custom},
        {g, "test-new-email", "a test e-mail must be new", "An e-mail that the target has already makes the test fail; where the test user stayed, the next test needs another one.", documented, trouble},
        {g, "string-ids", "a numeric id is refused", "The target has to return `id` as a string; with a number the test fails.", documented, trouble},
        {g, "lookup-must-answer", "404 fails the test", "Activation asks for /Users and needs 200 and an empty list.", observed, "an open repository's list of pitfalls in setting up SCIM"},
        {g, "activation-problem", "one sentence for every cause", std::string(jumpcloud_activation_problem) + ": JumpCloud says no more; provsim's log adds what happened.", observed,
         "grokability/snipe-it issue 17002"},
        {g, "deactivated", "nothing is rolled back", "Deactivating the integration stops everything at once; users and groups in the target are left as they are.", documented, get_started},
        {g, "restart-sends-all", "everything bound is sent again", "On activation. Who lost his last group while nothing was sent is let go then.", assumed, silent},
    });
}

void add_binding(Facts& all)
{
    constexpr std::string_view g = "binding";
    all.insert(all.end(), {
        {g, "groups-bind-users", "users travel through groups", "An assignment of a group binds its members to the application. The API also knows users bound directly: setting direct_assignment.",
         documented, "JumpCloud: user provisioning with SCIM and HRIS; BoxyHQ; Bitwarden"},
        {g, "staged", "nothing until activated", "A staged user in a bound group is sent when he is activated.", documented, guide},
        {g, "suspended-not-created", "suspended users are not created", "Who is suspended and was never sent stays unsent until he is reactivated.", assumed, silent},
        {g, "suspended", "active false, memberships stay", "A suspended user's account is deactivated, and activated again when he is.", assumed,
         "Bitwarden: JumpCloud SCIM integration, the expression of active; that it is pushed, and that groups stay, is assumed"},
        {g, "active-expression", "not suspended, not password_expired", "What `active` is worked out of, whatever is sent.", observed, "Bitwarden: JumpCloud SCIM integration"},
        {g, "expired-is-created", "created, with active false", "Whose password has expired by the time he is bound.", assumed, "Bitwarden: JumpCloud SCIM integration"},
        {g, "locked-out", "a locked account is active", "account_locked plays no part in active.", assumed, "Bitwarden: JumpCloud SCIM integration"},
        {g, "last-group-lost", "active false", "A user who is in no bound group any more. Events for deactivation and for deletion are documented, but not when which is sent: setting "
         "last_binding_lost.", assumed, custom},
        {g, "other-group-holds", "he stays while a bound group has him", "Who leaves one of two bound groups only leaves that group.", documented, groups_page},
        {g, "user-deleted", "as one who lost his last group", "A user deleted in JumpCloud.", assumed, custom},
        {g, "dynamic-groups", "membership is what counts", "A dynamic group's members change by their attributes alone; what is sent is the same.", documented, "JumpCloud: API v2, usergroups membershipMethod"},
        {g, "one-way", "JumpCloud to the target", "What is changed in the target is not noticed, unless the same user is written.", documented, get_started},
    });
}

void add_users(Facts& all)
{
    constexpr std::string_view g = "users";
    all.insert(all.end(), {
        {g, "lookup-first", "a lookup decides create or update", "Before the first write of a user.", documented, custom},
        {g, "lookup-filter", "filter=userName%20eq%20%22...%22", "ssoready's first version for JumpCloud understood no other filter; how the query is written, encoding included, is not known.", assumed, ssoready},
        {g, "lookup-not-found", "404 counts as nobody", "Outside the test of the connection.", assumed, silent},
        {g, "several-found", "nothing is written", "More than one hit fails the user with user_lookup_provision.", assumed, silent},
        {g, "found-is-updated", "GET, PUT, no POST", "Who is found is taken over.", documented, custom},
        {g, "linked-by-id", "GET /Users/{id}", "Who was created or found is read by the target's id later on.", assumed, "Paul-E/scim-v2-rust: the captured PUT carries what only the target had"},
        {g, "put-whole", "PUT of what the target has, merged", "The captured PUT carries an attribute that JumpCloud's users have not (photos), the target's order of schemas and the id.", observed, captured},
        {g, "put-without-meta", "no meta, no groups", "The captured PUT has neither, though targets return them.", assumed, captured},
        {g, "cleared-lists", "\"phoneNumbers\": []", "A list without a value is sent empty.", observed, captured},
        {g, "cleared-values", "left out of the PUT", "A plain attribute without a value.", assumed, silent},
        {g, "always-put", "no comparison before a PUT", "A task writes, whether or not something differs.", assumed, silent},
        {g, "external-id", "24 hexadecimal digits", "externalId is JumpCloud's own id of the user. provsim derives it from the directory's object id.", observed, captured},
        {g, "phone-uri", "tel:+1-555-555-5555", "A phone number is sent as a tel: URI; hyphens for its blanks are assumed.", observed, captured},
        {g, "enterprise-listed", "the enterprise schema, always", "A POST lists its URN whether or not an attribute of it follows.", observed, captured},
        {g, "no-password", "no password is sent", "In the captured POST; passwords do not travel by SCIM.", observed, captured},
        {g, "excluded-attribute", "a change of it sends nothing", "An optional attribute that is left out of the Export Attribute Mapping (remove: true).", assumed,
         "JumpCloud: improved applications experience has the exclusion"},
        {g, "no-expressions", "attributes as they are, constants", "The custom SCIM connector supports no special attribute mapping.", documented, custom},
        {g, "user-then-groups", "additions follow the creation", "Who is new to the target is added to each of his bound groups right behind his own task; a group that had nobody is created then.", assumed,
         silent},
        {g, "gone-user", "404 on a known id: looked up anew", "What was deleted in the target is created again with the user's next change.", assumed, silent},
        {g, "email-falls-back", "mail, else userName", "JumpCloud's users all have an email; where the directory has no mail, userName stands in.", assumed, "provsim's directories"},
    });
}

void add_groups(Facts& all)
{
    constexpr std::string_view g = "groups";
    all.insert(all.end(), {
        {g, "groups-off", "users only, until ticked", "Without the management of groups, /Groups is never asked.", documented, groups_page},
        {g, "group-switched-off", "what exists stays as it is", "Groups and memberships are left alone from then on; users go on.", documented, groups_page},
        {g, "group-taken-over", "a group of that name is taken over", "A bound group is looked for by displayName; its members are added to the one found.", documented, groups_page},
        {g, "group-post", "POST with displayName and members", "The form of the body is not published.", assumed, silent},
        {g, "group-lookup", "filter=displayName%20eq%20%22...%22", "How it is found out that the name exists is not published.", assumed, silent},
        {g, "empty-group", "not created", "Nothing is sent about a group none of whose members is in the target.", documented, groups_page},
        {g, "group-renamed", "PATCH replace {displayName}, no path", "One operation.", observed, ssoready},
        {g, "group-deleted", "DELETE", "When it is deleted in JumpCloud while it is bound.", documented, groups_page},
        {g, "group-unbound", "left as it is", "Synchronisation stops; members who are in no other bound group are let go.", documented, groups_page},
        {g, "add-member", "add members [{\"value\": id}]", "One member a PATCH, lower case.", observed, "ssoready/ssoready, internal/authservice/scim.go; UniMoni: SSO setup with JumpCloud"},
        {g, "remove-member", "remove members [{\"value\": id}]", "The path names all members, a value beside it the one: not RFC 7644's way. One source; setting member_remove.", observed,
         "UniMoni: SSO setup with JumpCloud"},
        {g, "repeated-adds", "who is a member is added again", "Targets must take it as success. When JumpCloud does it is not known: here on a re-sync, and by the setting repeat_member_adds.", observed,
         "Infisical pull request 2138"},
        {g, "members-not-read", "memberships are never read", "A member put in or taken out in the target is not noticed.", assumed, silent},
        {g, "re-sync", "GET, then an addition for each member", "A group that the target lost is created again with its members. What the re-sync sends is not published.", assumed,
         "Swimlane's account of JumpCloud provisioning"},
        {g, "readded-rule", "told by the directory's log", "With readd_membership: not_sent, who is new to the target and was once taken out of the group, or the group unbound, is not added to it before a re-sync. "
         "What happened before the scenario's log begins, and whether the group was bound at that time, is not known to provsim.", assumed, "Swimlane's account of JumpCloud provisioning"},
    });
}

void add_wire(Facts& all)
{
    constexpr std::string_view g = "wire";
    all.insert(all.end(), {
        {g, "bearer", "Authorization: Bearer, the Token Key", "Sent with every request.", observed, "JumpCloud: custom SCIM identity management integration has the Token Key; an open repository's list of pitfalls has the form"},
        {g, "content-type", std::string(jumpcloud_content_type), "Of POST, PUT and PATCH.", assumed, silent},
        {g, "accept", std::string(jumpcloud_accept), "On every request.", assumed, silent},
        {g, "user-agent", std::string(jumpcloud_user_agent), "A placeholder: no public trace shows the real one. Do not let a server depend on it.", assumed, silent},
        {g, "base-url", "joined as it is typed", "A slash at the end of the Base URL makes //Users, which some applications answer 404.", documented, trouble},
        {g, "scim-one", "SCIM 1.1", "Applications may be set to SCIM 1.1. provsim speaks 2.0.", documented, custom, false},
        {g, "key-order", "as in the captured bodies", "They may have been sorted by what logged them, so that the order is no evidence.", assumed, captured},
        {g, "import", fmt::format("GET /Users, {} a page", jumpcloud_import_page), "Importing users reads pages and writes nothing. The page size and the parameters are assumed.", assumed, guide},
        {g, "import-plus", "a + in an address fails", "On import, userName becomes the local part of the e-mail, and a + in it fails. provsim makes no users of what it imports.", observed, "Currents: JumpCloud user provisioning",
         false},
    });
}

void add_failures(Facts& all)
{
    constexpr std::string_view g = "failures";
    all.insert(all.end(), {
        {g, "no-retry", "a failure waits for the next change", "No retry is published; hints at redeliveries are a setting (retry_5xx).", assumed, silent},
        {g, "no-retry-button", "Directory Insights shows it", "There is no list of failed tasks to be sent again.", assumed, silent},
        {g, "lookup-failed", "user_lookup_provision, no create", "A lookup that is answered with an error ends the task.", documented, custom},
        {g, "conflict", "a failure like others", "What a 409 does is not known.", assumed, silent},
        {g, "too-many-requests", "a failure like others", "What a 429 does, or Retry-After, is not known.", assumed, silent},
        {g, "delete-of-nobody", "404 counts as deleted", "What is to be deleted and is not there needs no deleting.", assumed, silent},
        {g, "insights-delay", "events come minutes later", "Directory Insights itself lags. provsim's log does not.", observed, "AWS: JumpCloud data connector", false},
    });
}

// The Export Attribute Mapping before anybody touches it.
void add_mapping(Facts& all)
{
    for (const JumpCloudDefaultRow& row : jumpcloud_default_mapping())
        all.push_back({"mapping", row.name, fmt::format("from {}{}", row.source, row.required ? ", required" : ""), fmt::format("{} is sent from {}.", row.target, row.source), row.evidence,
                       row.origin});
}

}  // namespace

std::span<const Fact> jumpcloud_facts()
{
    static const Facts all = [] {
        Facts facts;
        for (const auto add : {add_timing, add_activation, add_binding, add_users, add_groups, add_mapping, add_wire, add_failures}) add(facts);
        return facts;
    }();
    return all;
}

}  // namespace provsim
