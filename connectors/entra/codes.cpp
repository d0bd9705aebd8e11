// SPDX-License-Identifier: Apache-2.0
// Codes and what to do: Entra: howto-analyze-provisioning-logs, unless the row says otherwise. Graph has three categories
// (provisioningStatusErrorCategory): failure = of the provisioning service, nonServiceFailure = of the target or of the
// configuration. Which code has which is published for EntryConflict alone (provisioningobjectsummary-list); the others follow
// whose fault the page says it is (assumed).
#include "connectors/entra/codes.h"

namespace provsim {
namespace {

constexpr std::string_view page = "howto-analyze-provisioning-logs";
constexpr std::string_view in_target = "nonServiceFailure", in_service = "failure";
constexpr std::string_view next = "next cycle", not_before_change = "when the object changes", never = "not needed";
constexpr std::string_view documented = "documented", observed = "observed";

constexpr CodeNote all[] = {
    // --- skip reasons
    {"RedundantExport", CodeKind::skip, "The target already is as the directory says, so nothing was written.",
     "Nothing to do; if you expected a change, compare the attribute mapping with the attribute you edited.", "", never, documented, "provision-on-demand"},
    {"NotEffectivelyEntitled", CodeKind::skip,
     "The object is not in scope: not assigned, left out by a scoping filter, disabled or deleted.",
     "If it should be provisioned: assign it or its group to the application, look at the scoping filter, and see that the account is enabled.",
     "", not_before_change, documented, "provision-on-demand; sap-cloud-platform tutorial: disabled accounts are not matched"},
    {"EntrySynchronizationSkipped", CodeKind::skip, "The object was found in the directory, and no action was called for.",
     "If you expected one, look at the scope, and at whether the target has the change already.", "", not_before_change, documented, page},
    {"ImportSkipped", CodeKind::skip, "The object has no value for the attribute that objects are matched by, so it could not be looked at any further.",
     "Fill that attribute in the directory, or match by another one.", "", not_before_change, documented, page},
    {"UnableToResolveReferenceAttributeValue", CodeKind::skip, "A reference (manager or member) points to somebody who is not in the target yet, or is not in scope.",
     "See that the other object is in scope and provisioned without failure; one that is out of scope is dropped.", "", next, observed, "Microsoft Q&A, provisioning log entries"},
    {"AttributeValidationFailed", CodeKind::skip, "A required attribute has no value, or one that does not fit.",
     "Correct the named attribute in the directory, or give its mapping a default value.", "", not_before_change, observed, "elastic/integrations, azure provisioning sample"},

    // --- errors: the target refused
    {"EntryConflict", CodeKind::error, "The target refused to create the object, because one of its values is taken already.",
     "Find the account in the target that has the same value: correct one of the two, or choose a matching attribute by which it is found.", in_target, next, documented, page},
    {"Conflict", CodeKind::error, "The target refused the change, because it conflicts with what it holds.",
     "Correct the conflicting value in the directory or in the target, or review the matching attributes.", in_target, next, documented, page},
    {"TooManyRequests", CodeKind::error, "The target refused the request, because it gets too many.",
     "Nothing to do at once; if it lasts, raise the target's limit for the provisioning service.", in_target, next, documented, page},
    {"Unauthorized", CodeKind::error, "The target did not accept the credentials for this request.",
     "Renew the secret token in the provisioning settings and test the connection.", in_target, next, documented, page},
    {"InsufficientRights", CodeKind::error, "The target knows the credentials, but does not let them do this.",
     "Give the account behind the secret token the right to manage users and groups.", in_target, next, documented, page},
    {"NotPermitted", CodeKind::error, "The target does not permit this operation to the provisioning service.",
     "Give the account behind the secret token the right to manage users and groups.", in_target, next, documented, page},
    {"MethodNotAllowed", CodeKind::error, "The target does not know this method at this address.",
     "See that the target implements it (RFC 7644 3.2), and that the tenant URL is right.", in_target, next, documented, page},
    {"UnprocessableEntity", CodeKind::error, "The target understood the request and refuses its content.",
     "Read the target's answer in the entry: it names the value it does not take.", in_target, next, documented, page},
    {"NotImplemented", CodeKind::error, "The target has not implemented what was asked of it.",
     "Implement it, or leave out the attribute or action that calls for it.", in_target, next, documented, page},
    {"InternalServerError", CodeKind::error, "The target failed while it worked on the request.",
     "Look into the target's own log at this time; the change is sent again.", in_target, next, documented, page},
    {"InvalidAnchor", CodeKind::error, "The object that was created or matched earlier no longer exists in the target, and is not created anew.",
     "Restore it there, or restart provisioning with a full cycle, which matches everything again.", in_target, next, documented, page},
    {"DuplicateTargetEntries", CodeKind::error, "Several objects in the target match this one, so that none was written.",
     "Remove the duplicate from the target, or match by an attribute that is unique there.", in_target, next, documented, page},
    {"DuplicateSourceEntries", CodeKind::error, "Several objects of the directory match the same object in the target.",
     "Remove the duplicate, or match by an attribute that is unique in the directory.", in_target, next, documented, page},
    {"MandatoryFieldsMissing", CodeKind::error, "The target wants a value that the object does not have.",
     "Fill it in the directory, or give its mapping a default value.", in_target, next, documented, page},
    {"MissingValues", CodeKind::error, "The target wants a value that the object does not have.",
     "Fill it in the directory, or give its mapping a default value.", in_target, next, documented, page},
    {"SchemaAttributeNotFound", CodeKind::error, "An attribute mapping names an attribute that the target does not have.",
     "Correct the mapping's target attribute, or remove the mapping.", in_target, next, documented, page},
    {"SchemaPropertyCanOnlyAcceptValue", CodeKind::error, "An attribute that takes one value in the target has several in the directory.",
     "Map an attribute of one value, leave one value in the directory, or remove the mapping.", in_target, next, documented, page},
    {"InvalidDomain", CodeKind::error, "A value holds a domain that the target does not accept.",
     "Correct the domain of the user, or permit it in the target.", in_target, next, documented, page},
    {"LicenseLimitExceeded", CodeKind::error, "The target has no licence left for this user.",
     "Buy licences, or assign fewer users.", in_target, next, documented, page},

    // --- errors: no answer, or none that can be used
    {"Timeout", CodeKind::error, "The target took longer than a minute to answer.",
     "See why the target is slow; the change is sent again, and a create that was done all the same then ends in a conflict.", in_target, next, documented,
     "howto-analyze-provisioning-logs; Microsoft Q&A 1151866"},
    {"WebExceptionProtocolError", CodeKind::error, "The connection to the target broke off.",
     "See that the target is up and that nothing between cuts connections; the change is sent again.", in_target, next, documented, page},
    {"InternalError", CodeKind::error, "The provisioning service itself failed.", "Nothing to do; it is tried again.", in_service, next, documented, page},
    {"SystemForCrossDomainIdentityManagementServiceIncompatible", CodeKind::error, "The target's answer is not what SCIM asks for, so that it cannot be used.",
     "Compare the answer with RFC 7644: a list for a query, a resource with an id for a create, application/scim+json; and see that the tenant URL is right.", in_target, next,
     documented, page},
    {"SystemForCrossDomainIdentityManagementServiceIncompatibleFiltering", CodeKind::error, "The target did not filter as it was asked to.",
     "Support filters of the form: attribute eq \"value\" (RFC 7644 3.4.2.2).", in_target, next, observed, "Microsoft Q&A"},
    {"SystemForCrossDomainIdentityManagementMultipleEntriesInResponse", CodeKind::error, "The target answered with several resources where one was expected.",
     "Answer a query by a unique attribute with at most one resource, and leave out members when asked to.", in_target, next, documented, page},
    {"SystemForCrossDomainIdentityManagementBadRequest", CodeKind::error, "The target says that the request is malformed.",
     "Read the target's answer in the entry and compare the request with what the target accepts.", in_target, next, observed, "bitwarden/server#7309"},
    {"SystemForCrossDomainIdentityManagementCredentialValidationUnavailable", CodeKind::error, "The connection test got no usable answer, so that the cycle was given up.",
     "See that the target is up and can be reached from outside under the tenant URL.", in_target, "with the next attempt of the quarantine", observed, "snipe-it#11913"},
    {"SystemForCrossDomainIdentityManagementCredentialValidationFailure", CodeKind::error, "The target refused the secret token in the connection test, so that the cycle was given up.",
     "Renew the secret token in the provisioning settings and test the connection.", in_target, "with the next attempt of the quarantine", observed, "snipe-it#11913"},
    {"SystemForCrossDomainIdentityManagementInvalidCredentials", CodeKind::error, "The tenant URL or the secret token is not usable.",
     "Enter both again in the provisioning settings and test the connection.", in_target, "with the next attempt of the quarantine", documented, "Graph: synchronization tutorial"},

    // --- quarantine reasons
    {"EncounteredQuarantineException", CodeKind::quarantine, "The connection test or the whole cycle failed.",
     "Mend what the error says; a cycle that completes lifts the quarantine, a restart at once.", "", "6, 12, 24 h, then daily", documented, "application-provisioning-quarantine-status"},
    {"EncounteredBaseEscrowThreshold", CodeKind::quarantine, "More than 40,000 objects fail.",
     "Mend what most of them fail with, then restart provisioning.", "", "6, 12, 24 h, then daily", documented, "application-provisioning-quarantine-status"},
    {"EncounteredEscrowProportionThreshold", CodeKind::quarantine, "More than 40 % of at least 5,000 objects fail.",
     "Mend what most of them fail with, then restart provisioning.", "", "6, 12, 24 h, then daily", documented, "application-provisioning-quarantine-status"},
    {"EncounteredTotalEscrowThreshold", CodeKind::quarantine, "More than 60,000 objects and references fail.",
     "Mend what most of them fail with, then restart provisioning.", "", "6, 12, 24 h, then daily", documented, "application-provisioning-quarantine-status"},
    {"TooManyDeletes", CodeKind::quarantine, "More objects would be disabled or deleted in one cycle than the threshold allows, so that none was.",
     "See whether that is meant: allow the deletes, or correct scope and assignments and restart.", "", "when allowed", documented, "accidental-deletions"},
    {"QuarantinedOnDemand", CodeKind::quarantine, "Somebody put the job into quarantine.", "Restart provisioning.", "", "after a restart", documented,
     "Graph: quarantineReason"},
    {"IngestionInterrupted", CodeKind::quarantine, "Reading the directory was interrupted.", "Restart provisioning.", "", "after a restart", documented, "Graph: quarantineReason"},
    {"Unknown", CodeKind::quarantine, "The reason is not known.", "Look at the failures in the log, then restart provisioning.", "", "after a restart", documented,
     "Graph: quarantineReason"},
};

}  // namespace

std::span<const CodeNote> entra_codes() noexcept
{
    return all;
}

}  // namespace provsim
