// SPDX-License-Identifier: Apache-2.0
// Codes: Entra: howto-analyze-provisioning-logs; those that begin with SystemForCrossDomainIdentityManagement also from
// reports (bitwarden/server#7309, snipe-it#11913). No write is tried again within a cycle: none such is documented.
#include "connectors/entra/judge.h"

#include "connectors/entra/conversation.h"
#include "connectors/requests.h"

#include <fmt/format.h>

namespace provsim {
namespace {

constexpr std::string_view incompatible = "SystemForCrossDomainIdentityManagementServiceIncompatible";
constexpr std::string_view unavailable = "SystemForCrossDomainIdentityManagementCredentialValidationUnavailable";
constexpr std::string_view bad_credentials = "SystemForCrossDomainIdentityManagementCredentialValidationFailure";
constexpr std::string_view bad_request = "SystemForCrossDomainIdentityManagementBadRequest";

// "Creating user 'ada' failed", "The connection test failed"
std::string_view doing(Intent intent) noexcept
{
    switch (intent) {
        case Intent::probe: return "The connection test";
        case Intent::match: return "Matching";
        case Intent::read: return "Reading";
        case Intent::create: return "Creating";
        case Intent::update: return "Updating";
        case Intent::disable: return "Disabling";
        case Intent::delete_: return "Deleting";
        case Intent::manager: return "Setting the manager of";
        case Intent::import:
        case Intent::member: return "Changing the members of";
    }
    return "?";
}

std::string what(const Brief& brief, const Ask& ask)
{
    std::string text(doing(ask.intent));
    if (ask.intent != Intent::probe) text += (brief.task.object.is_group() ? " group '" : " user '") + std::string(brief.name) + '\'';
    return text;
}

std::string answered(const Brief& brief, const Ask& ask, const Reply& reply)
{
    const auto said = reply.error_text();
    return fmt::format("{} failed: {} {} was answered {}{}{}", what(brief, ask), to_string(ask.request.method), ask.request.target, reply.status,
                       said.empty() ? "" : ": ", said);
}

std::string not_answered(const Brief& brief, const Ask& ask, const Reply& reply)
{
    const auto detail = reply.error_text();
    const auto failure = to_string(reply.failure);
    return fmt::format("{} failed: {} {}: {}{}{}", what(brief, ask), to_string(ask.request.method), ask.request.target, failure,
                       detail == failure ? "" : ": ", detail == failure ? "" : detail);
}

Verdict judge_probe(const Brief& brief, const Ask& ask, const Reply& reply)
{
    if (!reply.arrived()) return HaltCycle{unavailable, not_answered(brief, ask, reply)};
    auto detail = answered(brief, ask, reply);
    if (reply.status == 200) {
        if (reply.list()) return Accept{};
        return HaltCycle{incompatible, std::move(detail) + ", which is no SCIM list; is the tenant URL right?"};
    }
    if (reply.status == 401) return HaltCycle{bad_credentials, std::move(detail) + "; the target does not accept the secret token"};
    if (reply.status == 403) return HaltCycle{bad_credentials, std::move(detail) + "; the secret token has no right to this"};
    if (reply.status == 404) return HaltCycle{incompatible, std::move(detail) + "; nothing is found at the tenant URL, 200 and an empty list were expected"};
    if (reply.status == 429) return HaltCycle{"TooManyRequests", std::move(detail)};
    if (reply.status >= 500) return HaltCycle{unavailable, std::move(detail)};
    return HaltCycle{incompatible, std::move(detail) + "; 200 and an empty list were expected"};
}

std::string_view code_of(Intent intent, int status) noexcept
{
    const bool by_id = intent != Intent::match && intent != Intent::create;
    switch (status) {
        case 401: return "Unauthorized";
        case 403: return "InsufficientRights";
        case 404: return by_id ? "InvalidAnchor" : incompatible;
        case 405: return "MethodNotAllowed";
        case 409: return intent == Intent::create ? "EntryConflict" : "Conflict";
        case 412: return "Conflict";                // unknown; taken as 409 (assumed)
        case 413:
        case 422: return "UnprocessableEntity";
        case 429: return "TooManyRequests";
        case 501: return "NotImplemented";
        default: break;
    }
    if (status >= 500) return "InternalServerError";
    return status >= 400 ? bad_request : incompatible;
}

}  // namespace

Verdict judge_reply(const EntraContext& context, const Brief& brief, const Ask& ask, const Reply& reply, Attempt attempt)
{
    if (context.settings.honor_retry_after && attempt.number < entra_most_attempts)
        if (const auto wait = retry_after(reply)) return RetryAfter{*wait};
    if (ask.intent == Intent::probe) return judge_probe(brief, ask, reply);
    if (!reply.arrived())
        return Escrow{reply.failure == Failure::timeout ? "Timeout" : "WebExceptionProtocolError", not_answered(brief, ask, reply)};
    if (reply.success()) {
        const auto why = lacking(ask, reply);
        if (why.empty()) return Accept{};
        return Escrow{incompatible, answered(brief, ask, reply) + "; " + std::string(why)};
    }
    // What is to be deleted and is not there needs no deleting.
    const bool removes = brief.task.action == Action::delete_disabled || wish(context, brief) == Wish::remove;
    const bool deleting = ask.intent == Intent::delete_ || (ask.intent == Intent::read && removes);
    if (reply.status == 404 && deleting) return Accept{};
    const bool by_link = ask.intent == Intent::read && brief.task.action == Action::provision && brief.link;
    if (reply.status == 404 && by_link && rematches(context, brief)) return Accept{};
    // A member who is there already: a failure, but one that does not wait longer and longer. The conversation says so.
    if (reply.status == 409 && brief.task.action == Action::add_member && !brief.on_demand) return Accept{};
    auto detail = answered(brief, ask, reply);
    const auto code = code_of(ask.intent, reply.status);
    if (code == "InvalidAnchor") detail += "; the entry created or matched earlier no longer exists";
    return Escrow{code, std::move(detail)};
}

}  // namespace provsim
