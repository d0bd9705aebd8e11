// SPDX-License-Identifier: Apache-2.0
// Failures have the event types of JumpCloud: custom SCIM identity management integration. What is done about each status is
// not published, apart from what makes an activation fail.
#include "connectors/jumpcloud/judge.h"

#include "connectors/jumpcloud/codes.h"

#include <fmt/format.h>

namespace provsim {
namespace {

namespace code = jumpcloud_code;

std::string_view user_code(const JumpCloudContext& context, const Brief& brief, Intent intent) noexcept
{
    switch (intent) {
        case Intent::match: return code::user_lookup;
        case Intent::create: return code::user_create;
        case Intent::disable: return code::user_deprovision;
        case Intent::delete_: return code::user_delete;
        default: break;
    }
    if (brief.entitlement.in_scope()) return code::user_update;
    return context.settings.deletes_unbound ? code::user_delete : code::user_deprovision;
}

std::string_view code_of(const JumpCloudContext& context, const Brief& brief, Intent intent) noexcept
{
    if (brief.task.action == Action::test_connection) return code::activate;
    if (brief.task.action == Action::import_users) return code::import;
    if (brief.task.object.is_user()) return user_code(context, brief, intent);
    if (intent == Intent::match || intent == Intent::create) return code::group_create;
    return intent == Intent::delete_ ? code::group_delete : code::group_update;
}

std::string what_happened(const Ask& ask, const Reply& reply)
{
    const auto said = reply.success() ? std::string() : reply.error_text();
    if (reply.arrived())
        return fmt::format("{} {} was answered {}{}{}", to_string(ask.request.method), ask.request.target, reply.status, said.empty() ? "" : ": ", said);
    const auto failure = to_string(reply.failure);
    return fmt::format("{} {}: {}{}{}", to_string(ask.request.method), ask.request.target, failure, said == failure ? "" : ": ", said == failure ? "" : said);
}

bool has_usable_id(std::string_view id) noexcept
{
    return !id.empty() && id.size() <= LinkTable::longest_id;
}

// JumpCloud: troubleshoot custom SCIM integrations.
std::string_view about_id(const Reply& reply)
{
    if (!reply.document.filled()) return "the resource received cannot be read";
    const auto id = member(reply.document.root(), "id");
    if (id && id->is_number()) return "the id of the resource is a number, and has to be a string";
    return "the resource received has no id that is a string";
}

// A 2xx whose body cannot be used: what it lacks; empty if it is good.
std::string_view lacking(const Ask& ask, const Reply& reply)
{
    if (ask.intent == Intent::match || ask.intent == Intent::import) {
        const auto list = reply.list();
        if (!list) return "the answer is no SCIM list";
        if (ask.intent == Intent::match && list->total_results > 0 && list->resources.empty()) return "the list counts results, but shows none";
        for (const json::element resource : list->resources)
            if (!has_usable_id(string_member(resource, "id").value_or(std::string_view{}))) return "a resource in the list has no id that is a string";
    } else if ((ask.intent == Intent::read || ask.intent == Intent::create) && !has_usable_id(reply.id())) {
        return about_id(reply);
    }
    return {};
}

// What an administrator does about a connection test that failed; empty if nothing special is known.
std::string_view hint(const Ask& ask, const Reply& reply)
{
    const bool about_groups = ask.request.target.starts_with("/Groups");
    if (!reply.arrived()) return "is the target up, and does a firewall let JumpCloud through?";
    if (reply.status == 401 || reply.status == 403) return "is the Token Key right?";
    if (ask.intent == Intent::create && reply.status == 409 && !about_groups) return "the test e-mail is taken; use another one (setting test_email)";
    if (ask.intent == Intent::match) return "200 and an empty list were expected; is the Base URL right?";
    if (about_groups) return "managing groups takes their creation, update and deletion; where one of them is missing, do not tick it (setting manage_groups)";
    return {};
}

Verdict judge_activation(const Ask& ask, const Reply& reply)
{
    const auto refuse = [&](std::string_view why) {
        return HaltCycle{code::activate, fmt::format("{}: {}{}{}", jumpcloud_activation_problem, what_happened(ask, reply), why.empty() ? "" : "; ", why)};
    };
    const bool about_groups = ask.request.target.starts_with("/Groups");
    if (!reply.success()) {
        // Where users cannot be deleted the test user is deactivated.
        const bool no_delete = reply.status == 404 || reply.status == 405 || reply.status == 501;
        if (ask.intent == Intent::delete_ && !about_groups && no_delete) return Accept{};
        return refuse(hint(ask, reply));
    }
    if (const auto why = lacking(ask, reply); !why.empty()) return refuse(why);
    if (ask.intent == Intent::match && (reply.list()->total_results > 0 || !reply.list()->resources.empty()))
        return refuse(about_groups ? "the test group is there already; remove it from the target"
                                   : "the test e-mail is taken; use another one (setting test_email)");
    return Accept{};
}

}  // namespace

Verdict judge_jumpcloud(const JumpCloudContext& context, const Brief& brief, const Ask& ask, const Reply& reply, Attempt attempt)
{
    if (brief.task.action == Action::test_connection) return judge_activation(ask, reply);
    const bool broken = !reply.arrived() || reply.status >= 500;
    if (broken && context.settings.retries_once && attempt.number < 2) return RetryAfter{jumpcloud_retry_wait};
    if (reply.arrived() && reply.success()) {
        const auto why = lacking(ask, reply);
        if (why.empty()) return Accept{};
        return Escrow{code_of(context, brief, ask.intent), what_happened(ask, reply) + "; " + std::string(why)};
    }
    // Nobody was found; or is there any more: the conversation says what follows (assumed).
    const bool may_be_missing = ask.intent == Intent::match || ask.intent == Intent::read || ask.intent == Intent::delete_;
    if (reply.status == 404 && may_be_missing) return Accept{};
    return Escrow{code_of(context, brief, ask.intent), what_happened(ask, reply)};
}

}  // namespace provsim
