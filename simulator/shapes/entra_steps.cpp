// SPDX-License-Identifier: Apache-2.0
#include "shapes/entra_steps.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace provsim {
namespace {

std::string true_false(bool value)
{
    return value ? "True" : "False";
}

std::string quoted_object(const ChangeFacts& facts)
{
    return fmt::format("{} '{}'", entra_kind(facts), reportable_identifier(facts));
}

EntraStep import_step(const ChangeFacts& facts, const EntraNames& names)
{
    EntraStep step{"EntryImport", "import", Status::success, {}, {}};
    std::string_view change = facts.linked ? "Update" : "Add";
    if (facts.presence == Presence::absent) change = "Delete";
    if (facts.run_kind == RunKind::on_demand) {
        step.description = fmt::format("Retrieved {} from {}", quoted_object(facts), names.source);
    } else {
        step.name = change == "Add" ? "EntryImportAdd" : change == "Update" ? "EntryImportUpdate" : "EntryImportDelete";
        step.description = fmt::format("Received {} change of type ({}) from {}", quoted_object(facts), change, names.source);
    }
    step.details.emplace_back("objectId", facts.object_id);
    for (const auto& value : facts.imported) step.details.push_back(value);
    if (facts.imported.empty() && facts.object.is_user()) {
        step.details.emplace_back("accountEnabled", true_false(facts.enabled));
        step.details.emplace_back("IsSoftDeleted", true_false(facts.presence == Presence::soft_deleted));
    }
    return step;
}

// Two blanks behind "Retrieved", as the records have it.
EntraStep found_step(const ChangeFacts& facts, const EntraNames& names)
{
    EntraStep step{"EntryImport", "matching", Status::success, fmt::format("Retrieved  '{}' from {}", facts.name, names.target), facts.found};
    const bool has_id = std::any_of(step.details.begin(), step.details.end(), [](const auto& detail) { return detail.first == "id"; });
    if (!has_id && !facts.target_id.empty()) step.details.emplace_back("id", facts.target_id);
    return step;
}

EntraStep scoping_step(const ChangeFacts& facts)
{
    const ScopeChecks checks = scope_checks(facts);
    const std::string_view kind = entra_kind(facts);
    nlohmann::ordered_json result = nlohmann::ordered_json::object();
    if (!facts.filter.empty()) result[facts.filter] = false;
    // Success even of one who is out of scope: the step was carried out (seen in the portal's steps of such a user).
    return {"EntrySynchronizationScoping", "scoping", Status::success, fmt::format("Determine if {} in scope by evaluating against each scoping filter", kind),
            {{"Active in the source system", true_false(checks.active)},
             {"Assigned to the application", true_false(checks.assigned)},
             {fmt::format("{} has the required role", kind), true_false(checks.entitled)},
             {"Scoping filter evaluation passed", true_false(checks.filter)},
             {"ScopeEvaluationResult", result.dump()}}};
}

// What is to be done, once it is known whether the target has the object. The first wording is documented, the others are by analogy.
EntraStep decision_step(const ChangeFacts& facts, const EntraNames& names)
{
    const auto object = quoted_object(facts);
    const auto kind = entra_kind(facts);
    switch (facts.action) {
        case LoggedAction::create:
            return {"EntrySynchronizationAdd", "matching", Status::success,
                    fmt::format("{} will be created in {} ({} is active and assigned in {}, but no matching {} was found in {})", object, names.target, kind, names.source, kind, names.target), {}};
        case LoggedAction::disable:
            return {"EntrySynchronizationUpdateSoftDelete", "matching", Status::success, fmt::format("{} will be disabled in {}", object, names.target), {}};
        case LoggedAction::delete_:
            return {"EntrySynchronizationDelete", "matching", Status::success, fmt::format("{} will be deleted in {}", object, names.target), {}};
        default:
            return {"EntrySynchronizationUpdate", "matching", Status::success, fmt::format("{} will be updated in {}", object, names.target), {}};
    }
}

std::string_view export_name(LoggedAction action) noexcept
{
    switch (action) {
        case LoggedAction::create: return "EntryExportAdd";
        case LoggedAction::disable: return "EntryExportUpdateSoftDelete";
        case LoggedAction::delete_: return "EntryExportDelete";
        default: return "EntryExportUpdate";
    }
}

std::string_view past(LoggedAction action) noexcept
{
    switch (action) {
        case LoggedAction::create: return "created";
        case LoggedAction::disable: return "disabled";
        case LoggedAction::delete_: return "deleted";
        default: return "updated";
    }
}

std::string_view infinitive(LoggedAction action) noexcept
{
    switch (action) {
        case LoggedAction::create: return "create";
        case LoggedAction::disable: return "disable";
        case LoggedAction::delete_: return "delete";
        case LoggedAction::update: return "update";
        default: return "process";
    }
}

// The words for one without entitlement: Microsoft Q&A 1027106. That of a disabled account is by analogy.
std::string skip_text(const ChangeFacts& facts)
{
    const auto object = quoted_object(facts);
    if (facts.code == "RedundantExport")
        return fmt::format("The state of the entry in both the source and target systems already match. No change to the {} currently needs to be made.", object);
    if (facts.code != "NotEffectivelyEntitled") return fmt::format("The {} will be skipped: {}", object, facts.detail);
    const ScopeChecks checks = scope_checks(facts);
    std::string text = fmt::format("The {} will be skipped due to the following reasons:", object);
    unsigned number = 0;
    const auto reason = [&](bool ok, std::string_view why) {
        if (!ok) text += fmt::format(" {}) {}", ++number, why);
    };
    reason(checks.active, "This object is not active in the source system. If you did not expect the object to be skipped, enable or restore it.");
    reason(checks.assigned, "This object is not assigned to the application. If you did not expect the object to be skipped, assign the object to the application or change the scoping filter.");
    reason(checks.entitled, "This object does not have required entitlement for provisioning. If you did not expect the object to be skipped, update provisioning scope to 'Sync all users and groups' or assign the object to the application with entitlement of provisioning category.");
    reason(checks.filter, "This object does not pass the scoping filter.");
    return number > 0 ? text : fmt::format("The {} will be skipped: {}", object, facts.detail);
}

EntraStep skip_step(const ChangeFacts& facts)
{
    EntraStep step{"EntrySynchronizationSkip", "export", facts.status, skip_text(facts), {{"SkipReason", facts.code}, {"ReportableIdentifier", reportable_identifier(facts)}}};
    if (facts.code == "NotEffectivelyEntitled") {
        // As the portal shows them on provision on demand.
        const ScopeChecks checks = scope_checks(facts);
        step.details.emplace_back("IsActive", true_false(checks.active));
        step.details.emplace_back("Assigned to the application", true_false(checks.assigned));
        step.details.emplace_back("IsInProvisioningScope", true_false(checks.filter));
    }
    return step;
}

EntraStep export_step(const ChangeFacts& facts, const EntraNames& names)
{
    const auto object = quoted_object(facts);
    EntraStep step{export_name(facts.action), "export", facts.status, {}, {{"ReportableIdentifier", reportable_identifier(facts)}}};
    if (facts.status == Status::failure) step.description = fmt::format("Failed to {} {} in {}; Error: {}", infinitive(facts.action), object, names.target, facts.detail);
    else step.description = fmt::format("{} was {} in {}", object, past(facts.action), names.target);
    return step;
}

// Managers and members. No record of the service shows this step's name and words (assumed); its type is Graph's.
EntraStep reference_step(const ChangeFacts& facts)
{
    const bool unresolved = facts.code == "UnableToResolveReferenceAttributeValue";
    const std::string_view attribute = facts.task == Action::set_manager ? "manager" : "members";
    EntraStep step{"EntryReferenceResolution", "referenceResolution", unresolved ? facts.status : Status::success, {}, {{"attribute", std::string(attribute)}}};
    if (!facts.other_id.empty()) step.details.emplace_back("objectId", facts.other_id);
    step.description = unresolved ? facts.detail : fmt::format("Resolved the reference attribute {} of {}", attribute, quoted_object(facts));
    return step;
}

}  // namespace

const std::string& reportable_identifier(const ChangeFacts& facts) noexcept
{
    return facts.object.is_group() ? facts.object_id : facts.name;
}

std::string_view entra_kind(const ChangeFacts& facts) noexcept
{
    return facts.object.is_user() ? "User" : facts.object.is_group() ? "Group" : "ServicePrincipal";
}

std::vector<EntraStep> entra_steps(const ChangeFacts& facts, const EntraNames& names)
{
    std::vector<EntraStep> steps;
    if (!facts.object) {        // a connection test, or a page of an import: no object was imported
        steps.push_back({"EntryImport", "import", facts.status, facts.detail, {}});
        return steps;
    }
    steps.push_back(import_step(facts, names));
    if (facts.code == "ImportSkipped") {        // nothing can be said about its scope (howto-analyze-provisioning-logs)
        steps.back().status = Status::skipped;
        steps.back().details.emplace_back("SkipReason", facts.code);
        return steps;
    }
    const bool reference = is_reference(facts.task);
    const MatchResult match = match_result(facts);
    // A link says that the object is there; only a request shows it. References are written without a look.
    const bool seen = match == MatchResult::one || (match == MatchResult::by_link && facts.last != Intent::probe);
    if (seen && !reference) steps.push_back(found_step(facts, names));
    steps.push_back(scoping_step(facts));
    if (match == MatchResult::several || match == MatchResult::failed) {
        steps.push_back({"EntryImport", "matching", Status::failure, facts.detail, {{"attribute", facts.matching}}});
        return steps;
    }
    if (reference) steps.push_back(reference_step(facts));
    if (reference && steps.back().status != Status::success) return steps;
    if (facts.status == Status::skipped) {
        steps.push_back(skip_step(facts));
        return steps;
    }
    if (!reference && facts.action != LoggedAction::other) steps.push_back(decision_step(facts, names));
    steps.push_back(export_step(facts, names));
    return steps;
}

}  // namespace provsim
