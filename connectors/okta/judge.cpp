// SPDX-License-Identifier: Apache-2.0
// Okta: concepts/scim, rate limiting; scim-20. The sentences are those of reports: Timothy-itayi/okta-iam-lifecycle-lab,
// getsentry/sentry#122540, fleetdm/fleet#53446 and #52593. Okta has no error codes; ours name the answer.
#include "connectors/okta/judge.h"

#include "connectors/okta/conversation.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

namespace provsim {
namespace {

// The name that creations are reported with.
std::string_view display_name(const OktaApp& context, const Brief& brief)
{
    for (const Wanted& wanted : brief.desired)
        if (wanted.row != okta_password_row && !is_left_alone(wanted) && context.users[wanted.row].target.text == "displayName") return wanted.value;
    return brief.name;
}

// "Error while creating user Ada: ", as a task's text begins.
std::string doing(const OktaApp& context, const Brief& brief, const Ask& ask)
{
    if (ask.intent == Intent::probe) return "Error authenticating: ";
    if (ask.intent == Intent::import) return "Error while importing: ";
    if (brief.task.object.is_group()) return fmt::format("Unable to update Group Push mapping target App group {}: ", brief.name);
    if (ask.intent == Intent::match) return "Error while verifying if user exists: ";
    if (ask.intent == Intent::create) return fmt::format("Error while creating user {}: ", display_name(context, brief));
    if (okta_deactivates(brief)) return fmt::format("Error while deactivating user {}: ", brief.name);
    return fmt::format("Error while trying to push profile update for {}: ", brief.name);
}

std::string_view reason_phrase(int status) noexcept
{
    switch (status) {
        case 400: return "Bad Request";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "Not Found";
        case 405: return "Method Not Allowed";
        case 409: return "Conflict";
        case 412: return "Precondition Failed";
        case 413: return "Payload Too Large";
        case 415: return "Unsupported Media Type";
        case 422: return "Unprocessable Entity";
        case 429: return "Too Many Requests";
        case 500: return "Internal Server Error";
        case 501: return "Not Implemented";
        case 502: return "Bad Gateway";
        case 503: return "Service Unavailable";
        case 504: return "Gateway Timeout";
        default: return {};
    }
}

std::string_view code_of(int status) noexcept
{
    switch (status) {
        case 400: return "BadRequest";
        case 401: return "Unauthorized";
        case 403: return "Forbidden";
        case 404: return "NotFound";
        case 409: return "Conflict";
        case 429: return "TooManyRequests";
        default: break;
    }
    if (status >= 500) return "ServerError";
    return status >= 400 ? "RequestRefused" : "UnexpectedAnswer";
}

// What Okta's JSON parser says of a body that is none; the text leaks into the task (Timothy-itayi's lab; keycloak-scim-server#114).
std::string parser_text(std::string_view body)
{
    const auto is_part = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '$'; };
    const auto begin = std::find_if(body.begin(), body.end(), [](char c) { return c != ' ' && c != '\n' && c != '\r' && c != '\t'; });
    if (begin == body.end()) return "Invalid JSON: No content to map due to end-of-input, line: 1, column: 0";
    const auto line = 1 + std::count(body.begin(), begin, '\n');
    const auto line_start = body.substr(0, static_cast<std::size_t>(begin - body.begin())).rfind('\n');
    const auto column = begin - body.begin() - (line_start == std::string_view::npos ? -1 : static_cast<std::ptrdiff_t>(line_start));
    if (!is_part(*begin) || (*begin >= '0' && *begin <= '9'))
        return fmt::format("Invalid JSON: Unexpected character ('{}' (code {})): expected a valid value, line: {}, column: {}", *begin, static_cast<unsigned char>(*begin), line, column);
    const auto end = std::find_if_not(begin, std::min(body.end(), begin + 60), is_part);
    return fmt::format("Invalid JSON: Unrecognized token '{}': was expecting ('true', 'false' or 'null'), line: {}, column: {}", std::string(begin, end), line, column + (end - begin));
}

std::string said(const Reply& reply)
{
    if (reply.document.filled()) {
        const auto detail = string_member(reply.document.root(), "detail");
        return detail ? std::string(*detail) : reply.error_text();
    }
    return reply.body.empty() ? std::string{} : parser_text(reply.body);
}

std::string answered(const OktaApp& context, const Brief& brief, const Ask& ask, const Reply& reply)
{
    const auto phrase = reason_phrase(reply.status);
    const std::string text = said(reply);
    return fmt::format("{}{}.{}{} ({} {} was answered {})", doing(context, brief, ask), phrase.empty() ? fmt::format("HTTP {}", reply.status) : std::string(phrase),
                       text.empty() ? "" : " Errors reported by remote server: ", text, to_string(ask.request.method), ask.request.target, reply.status);
}

std::string not_answered(const OktaApp& context, const Brief& brief, const Ask& ask, const Reply& reply)
{
    // "null" is what was read (parkjongmin-ddam's second part).
    const std::string_view word = ask.intent == Intent::match ? "null, " : "";
    return fmt::format("{}{}{} ({} {})", doing(context, brief, ask), word, reply.error_text(), to_string(ask.request.method), ask.request.target);
}

std::string_view failure_code(const Reply& reply) noexcept
{
    return reply.failure == Failure::timeout ? "TargetTimeout" : "ConnectionFailed";
}

// Whole seconds; a date, or anything else, counts as no header.
Duration first_wait(const Reply& reply)
{
    const auto text = find_header(reply.headers, "Retry-After");
    long count = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
    const bool whole = !text.empty() && error == std::errc{} && end == text.data() + text.size() && count >= 0 && count <= 10'000'000;
    return whole ? Duration(seconds{count}) : okta_first_wait;
}

Verdict rate_limited(const OktaApp& context, const Brief& brief, const Ask& ask, const Reply& reply, Attempt attempt)
{
    if (attempt.number >= context.settings.max_429) return Escrow{"TooManyRequests", answered(context, brief, ask, reply) + "; the application's API rate limit was exceeded too often"};
    const bool doubles = attempt.number > 1 && attempt.last_wait > Duration{0};
    return RetryAfter{doubles ? attempt.last_wait * 2 : first_wait(reply), true};
}

// A test of the connection: the settings are not saved.
Verdict judge_test(const OktaApp& context, const Brief& brief, const Ask& ask, const Reply& reply)
{
    if (!reply.arrived()) return HaltCycle{failure_code(reply), not_answered(context, brief, ask, reply) + "; is the SCIM connector base URL right?"};
    const bool page = ask.request.target.find('?') != std::string::npos;
    if (reply.success() && (reply.list() || !page)) return Accept{};
    auto detail = answered(context, brief, ask, reply);
    if (reply.success()) return HaltCycle{"InvalidJson", detail + "; 200 and a SCIM list were expected; is the SCIM connector base URL right?"};
    if (reply.status == 401 || reply.status == 403) return HaltCycle{code_of(reply.status), detail + "; the target does not accept the API token"};
    if (reply.status == 404) return HaltCycle{"NotFound", detail + "; nothing is found there; is the SCIM connector base URL right?"};
    return HaltCycle{code_of(reply.status), detail + "; 200 and a SCIM list were expected"};
}

bool has_usable_id(std::string_view id) noexcept
{
    return !id.empty() && id.size() <= LinkTable::longest_id;
}

// A 2xx that cannot be used.
std::optional<Verdict> unusable(const OktaApp& context, const Brief& brief, const Ask& ask, const Reply& reply)
{
    const auto bad_json = [&] { return Escrow{"InvalidJson", doing(context, brief, ask) + "Errors reported by remote server: " + parser_text(reply.body)}; };
    if (ask.intent == Intent::create) {
        if (reply.body.empty() && brief.task.object.is_user())
            return Escrow{"EmptyUser", fmt::format("Automatic provisioning of user {} failed: Error while creating user {}: Create new user returned empty user.", brief.name, display_name(context, brief))};
        if (!reply.document.filled()) return bad_json();
        if (!has_usable_id(reply.id())) return Escrow{"EmptyUser", doing(context, brief, ask) + "the resource returned has no id"};
    } else if (ask.intent == Intent::match || ask.intent == Intent::import) {
        if (!reply.document.filled()) return bad_json();
        const auto list = reply.list();
        if (!list) return Escrow{"InvalidJson", doing(context, brief, ask) + "the answer is no SCIM list"};
        if (ask.intent == Intent::match && !list->resources.empty() && !has_usable_id(string_member(list->resources.front(), "id").value_or(std::string_view{})))
            return Escrow{"InvalidJson", doing(context, brief, ask) + "a resource in the list has no id"};
    } else if (ask.intent == Intent::read) {
        if (!reply.document.filled()) return bad_json();
        if (!reply.document.root().is_object()) return Escrow{"InvalidJson", doing(context, brief, ask) + "the answer is no resource"};
    }
    return std::nullopt;
}

}  // namespace

Verdict okta_judge(const OktaApp& context, const Brief& brief, const Ask& ask, const Reply& reply, Attempt attempt)
{
    if (ask.intent == Intent::probe) return judge_test(context, brief, ask, reply);
    if (reply.status == 429) return rate_limited(context, brief, ask, reply, attempt);
    if (reply.success()) {
        auto bad = unusable(context, brief, ask, reply);
        return bad ? std::move(*bad) : Verdict(Accept{});
    }
    if (reply.status == 404 && (ask.intent == Intent::match || okta_may_be_gone(brief, ask))) return Accept{};
    const bool down = !reply.arrived() || reply.status >= 500;
    if (down && context.settings.retry_group_5xx && brief.task.object.is_group() && attempt.number == 1) return RetryAfter{okta_group_retry, true};
    if (!reply.arrived()) return Escrow{failure_code(reply), not_answered(context, brief, ask, reply)};
    return Escrow{code_of(reply.status), answered(context, brief, ask, reply)};
}

}  // namespace provsim
