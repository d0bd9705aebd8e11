// SPDX-License-Identifier: Apache-2.0
// Okta's System Log has event types and sentences, and no codes: these name what happened. Their meanings: Okta: scim-20 and
// concepts/scim, unless the row says otherwise.
#include "connectors/okta/codes.h"

namespace provsim {
namespace {

constexpr std::string_view documented = "documented", observed = "observed", assumed = "assumed";
constexpr std::string_view scim = "Okta: scim-20", concepts = "Okta: concepts/scim", pushing = "Okta: group push operations";
constexpr std::string_view lab = "Timothy-itayi/okta-iam-lifecycle-lab", trace = "parkjongmin-ddam's trace of an AIW application";
constexpr std::string_view by_hand = "when an administrator retries it", on_change = "when the object changes", never = "not needed";

constexpr CodeNote all[] = {
    // --- nothing was sent
    {"NotAssigned", CodeKind::skip, "The user is no user of the application, so nothing is sent about him.", "Assign him, or a group he is in, if he should be provisioned.", "",
     on_change, documented, scim},
    {"UserNotActive", CodeKind::skip, "The user is staged or deactivated in Okta, and not provisioned.", "Activate him, or set push_pending_users if staged users are to be provisioned.", "",
     on_change, documented, "Okta: management API, PUSH_PENDING_USERS"},
    {"AlreadyProvisioned", CodeKind::skip, "The user or group is in the target, and nothing about it is to be written.", "Nothing to do; use Force Sync or Push now to have it written all the same.", "",
     never, observed, lab},
    {"AssignAgain", CodeKind::skip, "The user was deactivated, which ended his own assignment; only a group's assignment brings somebody back by itself.",
     "Unassign the user and assign him again.", "", on_change, documented, "Okta: OIN QA test C9293"},
    {"CreateUsersOff", CodeKind::skip, "The user was assigned while Create Users is off.", "Switch create_users on and use Provision User.", "", "when Provision User is used", observed, lab},
    {"UpdateUsersOff", CodeKind::skip, "The user changed while Update User Attributes is off.", "Switch update_users on; the next change, or Force Sync, sends his whole profile.", "",
     on_change, documented, "Okta: scim-provisioning-integration-connect"},
    {"DeactivateUsersOff", CodeKind::skip, "The user may no longer use the application, and his account was left active because Deactivate Users is off.",
     "Deactivate the account in the target by hand: switching deactivate_users on does not make up for it.", "", "never", observed, lab},
    {"SyncPasswordOff", CodeKind::skip, "The user has a new password, which is not pushed.", "Switch sync_password on if the target is to have it.", "", on_change, documented, scim},
    {"RenameGroupsOff", CodeKind::skip, "The group has a new name, which is not sent.", "Switch rename_groups on if the target is to follow.", "", on_change, documented, "Okta: OIN QA test C9314"},
    {"ImportGroupsOff", CodeKind::skip, "Groups are not imported.", "Switch import_groups on.", "", never, documented, scim},
    {"GroupNotPushed", CodeKind::skip, "The group is not pushed, or its mapping is inactive.", "Push the group, or activate its mapping: assigning it provisions its people only.", "",
     "when it is pushed", documented, "Okta: about group push"},
    {"GroupNotLinked", CodeKind::skip, "The group is pushed, and not in the target yet.", "See what became of its own push: when that succeeds, it takes its members along.", "",
     "with the group's push", assumed, pushing},
    {"SourceGroupDeleted", CodeKind::skip, "The group was deleted in Okta while it was pushed.", "Unlink it, and choose whether the target's group is deleted or left.", "", never, documented,
     "Okta: troubleshoot group push"},
    {"MembershipChanged", CodeKind::skip, "By the time the task began the membership was as before.", "Nothing to do.", "", never, assumed, pushing},
    {"MemberNotProvisioned", CodeKind::skip, "The member is no provisioned user of the application, so a push leaves him out.",
     "Assign him to the application; he joins the group a few seconds after he was created.", "", "when he is provisioned", documented, "Okta: about group push"},
    {"NoMoreMembers", CodeKind::skip, "A push in batches found no member left.", "Nothing to do.", "", never, assumed, pushing},
    {"NothingToDo", CodeKind::skip, "Okta has no work of this kind.", "Nothing to do.", "", never, assumed, scim},

    // --- the target refused
    {"BadRequest", CodeKind::error, "The target refused the content of the request.",
     "Read what the target said and correct the profile or the mapping; a retry sends the stored task, an edit of the profile makes a fresh one.", "", by_hand, observed, lab},
    {"Unauthorized", CodeKind::error, "The target did not accept the API token.", "Renew the token in the application's integration settings, then retry the tasks.", "", by_hand, documented,
     "Okta: event types, application.integration.authentication_failure"},
    {"Forbidden", CodeKind::error, "The target knows the token, but does not let it do this.", "Give the account behind the token the right to manage users and groups.", "", by_hand, documented,
     "Okta: event types, application.integration.authentication_failure"},
    {"NotFound", CodeKind::error, "The account or group created or linked earlier is not in the target any more; it is neither searched for nor created again.",
     "Unassign the user and assign him again, or push the group anew: that matches and creates.", "", by_hand, observed, trace},
    {"Conflict", CodeKind::error, "The target has an object with a value that must be unique; Okta does not search again.",
     "Find the account in the target: if it is the same person, let the target find it by userName; then retry.", "", by_hand, documented, scim},
    {"TooManyRequests", CodeKind::error, "The target kept answering 429 until Okta gave up.", "Raise the target's limit, then retry the task.", "", by_hand, documented, concepts},
    {"RequestRefused", CodeKind::error, "The target refused the request.", "Read the target's answer, and see that it implements the method at this address.", "", by_hand, assumed, scim},
    {"ServerError", CodeKind::error, "The target failed while it worked on the request.",
     "Look into the target's own log, then retry; of a failed deactivation Okta offers only Mark complete: deactivate the account by hand.", "", by_hand, observed,
     "parkjongmin-ddam's trace, second part"},

    // --- the answer was of no use
    {"EmptyUser", CodeKind::error, "The target created something and did not return it with an id.", "Answer 201 with the whole resource, its id included.", "", by_hand, documented, scim},
    {"InvalidJson", CodeKind::error, "The answer could not be read as the JSON that was expected.", "See what stands in front of the target (a proxy's HTML page?), and that the base URL is right.", "",
     by_hand, observed, lab},
    {"UnexpectedAnswer", CodeKind::error, "The answer is neither a success nor an error.", "See that no redirection stands in front of the target.", "", by_hand, assumed, scim},
    {"ConnectionFailed", CodeKind::error, "The target could not be reached, or the connection ended early.", "See that the target is up and the base URL right, then retry the tasks.", "",
     by_hand, observed, "parkjongmin-ddam's trace, second part"},
    {"TargetTimeout", CodeKind::error, "No answer came within 60 seconds.", "Make the target answer faster; large groups may need smaller batches (group_patch_batch).", "", by_hand, documented,
     "Okta: concepts/scim/faqs"},
    {"StillInactive", CodeKind::error, "The target kept answering that a user just provisioned is inactive.", "Let the target take \"active\": true, or set reply_inactive to ignore.", "", by_hand,
     assumed, scim},

    // --- Okta could not
    {"RequiredValueMissing", CodeKind::error, "An attribute that the application requires has no value, so nothing was sent.", "Fill it in Okta, or give its mapping a default value.", "", by_hand,
     assumed, scim},
    {"AccountTaken", CodeKind::error, "What was found or created in the target is linked to somebody else already.", "See which of the two the account belongs to, and correct the other's user name.",
     "", by_hand, assumed, scim},
};

}  // namespace

std::span<const CodeNote> okta_codes() noexcept
{
    return all;
}

}  // namespace provsim
