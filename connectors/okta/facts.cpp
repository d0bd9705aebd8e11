// SPDX-License-Identifier: Apache-2.0
// One line for each thing Okta is known, or thought, to do. The traces: parkjongmin-ddam/parkjongmin-ddam.github.io and
// Timothy-itayi/okta-iam-lifecycle-lab, two people who logged what a real org sent to their AIW applications.
#include "connectors/okta/facts.h"

#include "connectors/okta/constants.h"
#include "connectors/okta/default_mapping.h"
#include "connectors/okta/ids.h"
#include "connectors/okta/job.h"

#include <fmt/format.h>

#include <vector>

namespace provsim {
namespace {

constexpr std::string_view documented = "documented", observed = "observed", assumed = "assumed";
constexpr std::string_view scim = "Okta: scim-20", concepts = "Okta: concepts/scim", faqs = "Okta: concepts/scim/faqs", api = "Okta: management API",
                           pushing = "Okta: about group push", language = "Okta: Expression Language", tests = "Okta: OIN QA test plan",
                           trace = "parkjongmin-ddam's trace", lab = "Timothy-itayi/okta-iam-lifecycle-lab", archive = "okta-blog-archive pull requests 1956 and 2022";

using Facts = std::vector<Fact>;

void add_timing(Facts& all)
{
    constexpr std::string_view g = "timing";
    const LatencyModel delay = okta_start_delay();
    all.insert(all.end(), {
        {g, "no-cycles", "a change is work at once", "Nothing is swept: a change in the directory asks for work, per user and per group. Only imports have a schedule. `provider.cycles` makes the "
         "queue wait for a beat all the same.", documented, faqs},
        {g, "start-delay", fmt::format("median {}, 95 % within {}", format_duration(delay.median), format_duration(delay.p95)),
         "From a change to its first request. 1.5, 1.8 and 9.4 seconds were measured.", observed, lab},
        {g, "request-gap", fmt::format("{} to {}", format_duration(okta_least_gap), format_duration(okta_most_gap)), "Between an answer and the next request of the same task.", observed, lab},
        {g, "group-after-user", fmt::format("{} to {}", format_duration(okta_least_group_delay), format_duration(okta_most_group_delay)),
         "Somebody who was created joins the pushed groups he is in so long after his POST.", observed, lab},
        {g, "request-timeout", format_duration(okta_request_timeout), "Okta closes the connection when nothing has come by then.", documented, faqs},
        {g, "concurrency", "max_in_flight tasks", "How many tasks are under way at once is not published; one of a user, and one of a group, at a time.", assumed, "devforum.okta.com 33791"},
        {g, "one-trigger-one-delay", "drawn once for all it asks for", "An assigned group's users follow each other as fast as the target answers.", assumed, lab},
    });
}

void add_scope(Facts& all)
{
    constexpr std::string_view g = "scope";
    all.insert(all.end(), {
        {g, "assigned", "directly, or by a group", "Whoever is assigned to the application, and direct members of assigned groups. Assigning a group makes no group object.", documented, scim},
        {g, "last-path", "only the last one counts", "Who is assigned twice and loses one of the two is left alone.", assumed, api},
        {g, "winning-assignment", "one's own, then the lowest priority", "Whose attribute values an application user takes: of several assigned groups the one with the lowest priority number.", documented, api},
        {g, "no-priority", "behind, in the order of assignment", "Groups without a priority, and equal ones.", assumed, api},
        {g, "assignment-values", "instead of the mapping's", "Of the row that is the bare attribute, user.title; an expression goes on with the user's own. The user's own title then sends nothing.", assumed, api},
        {g, "assignment-edited", "an update where it wins", "Also when the winning assignment is another than before, and its values differ.", documented, "Okta: OIN QA tests C9291 and C9309"},
        {g, "user-name-value", "never", "Neither a group nor a user's assignment sets userName here; in Okta it is a credential of the application user, beside the profile.", documented, api},
        {g, "assigned-again", "every member is pushed again", "Of a group that was unassigned and assigned again.", observed, "Metatavu/keycloak-scim-server#114"},
        {g, "suspended", "nothing is sent", "Nor for somebody locked out, with an expired password or in recovery; assignments stay.", documented, scim},
        {g, "deactivated", "as unassigned", "Deactivating a user takes his application memberships away, each of which deactivates an account.", documented, concepts},
        {g, "deleted", "nothing is sent", "A user is deactivated before he is deleted, and the deletion sends nothing. One who is deleted here while active is deactivated in the application.", documented, concepts},
        {g, "staged", "not provisioned", "Until he is activated, unless push_pending_users. metabase#48276 saw it otherwise.", observed, lab},
        {g, "pending", "provisioned", "A user who has not signed in yet is created, with active true.", documented, tests},
        {g, "reactivated-by-group", "provisioned again", "Who is activated again, and assigned by a group.", observed, lab},
        {g, "reactivated-directly", "must be assigned again", "One's own assignment ended with the deactivation. The directory here keeps it: the connector takes an account it has deactivated for the sign of that, until "
         "the user is assigned anew.", documented, "Okta: OIN QA test C9293"},
        {g, "before-provisioning", "needs Provision User", "Who was assigned while Create Users was off is not created when it is switched on, nor by Force Sync.", observed, lab},
        {g, "opening-directory", "provisioned at the start", "A rehearsal begins by provisioning whoever is assigned in its opening directory, as Provision User would.", assumed, lab},
        {g, "deactivate-off", "never made up for", "What happened while Deactivate Users was off is not sent when it is switched on.", observed, lab},
        {g, "same-group", "not supported", "The same group for assignment and for push. It works here as it happens to; `lint` warns.", documented, pushing},
    });
}

void add_users(Facts& all)
{
    constexpr std::string_view g = "users";
    all.insert(all.end(), {
        {g, "matching", "userName eq, once", "Before a user is created; nothing else is ever matched by. Of several hits the first is taken (assumed).", documented, scim},
        {g, "not-found", "200 and none, or 404", "Both say that nobody has the name.", documented, scim},
        {g, "found", "GET by id, then PUT", "The id is kept and the application's profile is written.", observed, trace},
        {g, "read-before-update", "GET by id", "An update is a PUT of the resource that was just read.", documented, scim},
        {g, "echo", "what is not mapped goes back unchanged", "id, meta, unknown attributes, even a password that a target returns. What is mapped is overwritten, drift or not.", documented, scim},
        {g, "full-profile", "every mapped attribute", "Those mapped on creation only as well: that they are means that their change triggers nothing.", documented, "Okta: about profile mappings"},
        {g, "update-keeps-active", "active as it was read", "A profile push does not change the state.", documented, concepts},
        {g, "deactivate-oin", R"([{"op":"replace","value":{"active":false}}])", "One PATCH, nothing read before.", documented, scim},
        {g, "deactivate-aiw", "GET, PUT with active false", "An AIW application has no PATCH.", documented, scim},
        {g, "never-deleted", "no DELETE of users", "deprovision_delete is the exception, of which Okta has published event names only.", documented, faqs},
        {g, "gone-at-update", "an error", "404 to the GET ends an update: no search, no POST. Unassigning and assigning again heals it.", observed, trace},
        {g, "gone-at-deactivation", "done", "404 ends a deactivation, and the assignment is removed.", observed, trace},
        {g, "hidden-inactive", "created anew", "A target that does not show inactive users gets a new account when one returns.", documented, scim},
        {g, "inactive-reply", fmt::format("again after {}, {} times", format_duration(okta_inactive_retry), okta_most_inactive_retries),
         "A target that answers active false about somebody just provisioned; when and how often it is tried again is assumed.", assumed, scim},
        {g, "placeholder-password", fmt::format("{} characters", okta_password_length), "In every POST, with Sync Password off as well.", documented, scim},
        {g, "password-seed", "a new random one", "Sync Password pushes one that is drawn: the directory keeps no passwords.", assumed, api},
        {g, "external-id", "00u and 17 characters", "The Okta user id; here it follows from the object's id in the directory.", documented, scim},
        {g, "groups-key", "\"groups\": []", "In every POST.", documented, scim},
        {g, "manager", "two texts of the profile", "Okta has no reference to a manager: managerId and manager are attributes. Here they are the manager's Okta id and display name, and a change of his pushes "
         "nothing.", documented, language},
    });
}

void add_groups(Facts& all)
{
    constexpr std::string_view g = "groups";
    all.insert(all.end(), {
        {g, "pushed-only", "only what is pushed", "A group object is made by pushing it, not by assigning it.", documented, pushing},
        {g, "pushed-members", "users of the application", "Members who are not assigned are left out, and are not created.", documented, pushing},
        {g, "create-aiw", "POST, GET, PUT", "The PUT repeats the POST's list; it is a task of its own here, so that the group's id is kept whatever becomes of it.", observed, trace},
        {g, "create-oin", "POST, PATCH add", "The POST has the members, which are added once more.", observed, "Okta blog, Flask SCIM server"},
        {g, "lookup", "with Import Groups off", "By displayName, before a group is created. With Import Groups on Okta knows the target's groups from imports, which is not simulated: it creates.", observed, lab},
        {g, "linked-members", "the target's own stay", "A group that was found keeps the members the target has.", documented, "Okta: OIN QA tests C9315 and C9330"},
        {g, "members-aiw", "GET, PUT of the whole list", "All that changed by the time the task begins goes into one.", documented, scim},
        {g, "members-oin", "removals, then one addition", "In one PATCH of at most group_patch_batch changes.", documented, archive},
        {g, "push-now-aiw", "GET, PUT, GET, PUT", "Push now reads and writes twice.", observed, trace},
        {g, "push-now-oin", "PATCH replace members", "What is more than group_patch_batch is added behind (assumed).", documented, scim},
        {g, "unassigned-member", "stays in the group", "A member who is deactivated in the application is not removed until the group is written the next time.", observed, trace},
        {g, "rename-oin", R"({"op":"replace","value":{"id","displayName"}})", "One PATCH without a path.", documented, scim},
        {g, "unlink", "DELETE, or nothing", "As the administrator chooses.", documented, "Okta: group push operations"},
        {g, "source-deleted", "nothing is sent", "The mapping waits to be unlinked.", documented, "Okta: troubleshoot group push"},
        {g, "activated", "the whole list at once", "Activating a mapping pushes; while it is inactive nothing is sent.", documented, api},
        {g, "rule-limit", "100 groups", "A push rule that matches more fails. Here it pushes them all.", documented, "Okta: group push operations", false},
        {g, "nested-groups", "Okta has none", "A group inside a group is left alone.", documented, api},
    });
}

void add_wire(Facts& all)
{
    constexpr std::string_view g = "wire";
    all.insert(all.end(), {
        {g, "user-agent", std::string(okta_user_agent), "On every request.", documented, scim},
        {g, "accept", std::string(okta_accept), "On every request, with Accept-Charset: utf-8.", observed, archive},
        {g, "content-type", std::string(okta_content_type), "On all but GET.", observed, archive},
        {g, "accept-encoding", "gzip,deflate", "Okta sends it; provsim does not, as it cannot read compressed answers.", observed, archive, false},
        {g, "query-encoding", "filter=userName%20eq%20%22a%40b.test%22", "%20 for a space; older captures have a plus sign.", documented, scim},
        {g, "query-paging", fmt::format("startIndex=1&count={}", okta_page_size), "Behind every filter.", documented, scim},
        {g, "service-provider-config", "never read", "Nor /Schemas and /ResourceTypes, but for import_user_schema; no Bulk, no /.search.", documented, faqs},
        {g, "patch-style", "lower case, JSON booleans", "No path for single values.", documented, scim},
        {g, "post-order", "externalId, groups, password, active", "How a POST ends, behind schemas, userName, name, emails, other attributes and extensions.", observed, archive},
        {g, "extension-schema", "only with a value", "An extension's URN is in schemas when one of its attributes has a value.", observed, trace},
        {g, "test", "GET /Users?startIndex=1&count=2", "Test and Save each send it.", documented, "okta-scim-beta, SCIM tests for Runscope"},
        {g, "save-groups", "GET /Groups?startIndex=1&count=100", "Save sends it as well when groups are imported.", documented, "okta-scim-beta, SCIM tests for Runscope"},
        {g, "user-id", std::string(okta_user_prefix) + "...", "Okta's ids: a prefix and 17 letters and digits.", documented, api},
    });
}

void add_failures(Facts& all)
{
    constexpr std::string_view g = "failures";
    all.insert(all.end(), {
        {g, "rate-limit-wait", format_duration(okta_first_wait), "After a 429 without a Retry-After of whole seconds; each further wait is twice the one before.", documented, concepts},
        {g, "retry-after", "whole seconds", "Obeyed to the second the first time; a date counts as none.", documented, concepts},
        {g, "rate-limit-doubles", "the wait before, doubled", "Whether a later header replaces it is not said.", assumed, concepts},
        {g, "others", "no retry", "A task that failed otherwise waits for an administrator.", observed, lab},
        {g, "group-server-error", format_duration(okta_group_retry), "A group push that met a 5xx is tried once more so much later (retry_group_5xx).", assumed, "Okta: event types"},
        {g, "retry", "the stored task", "Retry sends what was to be sent then; a mapping corrected meanwhile is not looked at. In an AIW application the GET is repeated.", observed, lab},
        {g, "edit-after-failure", "a fresh task", "Editing the profile of somebody whose task failed makes a new one.", observed, lab},
        {g, "deactivation-failed", "Mark complete", "All Okta offers for a deactivation that failed: it cannot be retried.", observed, "parkjongmin-ddam's second part"},
        {g, "conflict", "no second search", "409 to a POST ends it.", documented, scim},
        {g, "not-json", "the parser's words", "An answer that is no JSON ends up in the task as the parser's complaint about it.", observed, lab},
        {g, "patch-unsupported", "no PUT instead", "501 to a PATCH is an error.", observed, archive},
        {g, "test-failed", "nothing is saved", "A test that fails leaves provisioning off.", assumed, tests},
    });
}

void add_imports(Facts& all)
{
    constexpr std::string_view g = "imports";
    all.insert(all.end(), {
        {g, "import-page", std::to_string(okta_page_size), "The next page's index is this one's and 100, as long as totalResults says that there is more.", documented, scim},
        {g, "import-inactive", "not imported", "Users whom the target calls inactive.", documented, concepts},
        {g, "import-match", "by userName, ignoring case", "An exact match is linked, if auto_confirm_exact, and nothing is sent. Here it must be assigned already; Okta would assign him.", observed, trace},
        {g, "import-partial", "by first and last name", "Partial matches are left to the administrator; not simulated.", documented, "Okta: app-provisioning-connection", false},
        {g, "import-groups", "counted", "Groups are listed behind the users; what Okta makes of them is not simulated.", documented, scim, false},
        {g, "import-roadblock", "20 %", "An import that would unassign more than this stops.", documented, "Okta: scim-provisioning-integration-connect", false},
        {g, "import-full", "always everything", "No filter, no meta.lastModified.", documented, faqs},
    });
}

void add_mapping(Facts& all)
{
    constexpr std::string_view g = "mapping";
    all.insert(all.end(), {
        {g, "default-rows", fmt::format("{} attributes", okta_default_rows().size()), "No page of Okta's lists them: vendors' guides and traces do, the rest is assumed.", observed,
         "NINJIO help 47661718960916, Sign In Solutions help 10578218"},
        {g, "user-name", "user.login", "As configured on the Sign On tab: the application user name format.", documented, scim},
        {g, "empty", "left out", "An attribute without a value is not in a POST.", observed, trace},
        {g, "custom-namespace", "needed", "A custom attribute without an external namespace is never sent; a path here names it.", observed, "Sign In Solutions help 10578218"},
        {g, "group-functions", "not re-evaluated", "A mapping that asks what groups a user is in is not pushed when that changes.", documented, language},
    });
}

Facts make()
{
    Facts all;
    add_timing(all);
    add_scope(all);
    add_users(all);
    add_groups(all);
    add_wire(all);
    add_failures(all);
    add_imports(all);
    add_mapping(all);
    return all;
}

}  // namespace

std::span<const Fact> okta_facts()
{
    static const Facts all = make();
    return all;
}

}  // namespace provsim
