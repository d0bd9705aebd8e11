// SPDX-License-Identifier: Apache-2.0
// What all of Okta's conversations share, and the test of the connection.
#include "connectors/okta/conversation.h"

#include "connectors/okta/wire.h"

namespace provsim {

Done okta_skipped(std::string_view code, std::string detail)
{
    return {{Status::skipped, LoggedAction::other, code, std::move(detail), {}}, {}};
}

Done okta_failed(LoggedAction action, std::string_view code, std::string detail)
{
    return {{Status::failure, action, code, std::move(detail), {}}, {}};
}

Done okta_done(LoggedAction action, std::string detail, std::vector<Modified> modified)
{
    return {{Status::success, action, {}, std::move(detail), std::move(modified)}, {}};
}

std::string okta_name(const Brief& brief)
{
    return (brief.task.object.is_group() ? "Group " : "User ") + std::string(brief.name);
}

bool okta_deactivates(const Brief& brief) noexcept
{
    return brief.task.object.is_user() && brief.task.action == Action::provision && brief.link && brief.managed && !is_wanted(brief) && has_reason(brief, OktaWhy::unassigned);
}

// Read before a PUT: parkjongmin-ddam's trace. Of the PATCH, and of a group's deletion, it is assumed.
bool okta_may_be_gone(const Brief& brief, const Ask& ask) noexcept
{
    return okta_deactivates(brief) || ask.intent == Intent::delete_;
}

// Test and Save each ask for two users; Save, if groups are imported, for the application's groups as well (parkjongmin-ddam's trace;
// okta-scim-beta, SCIM tests for Runscope). /ServiceProviderConfig is never asked for (Okta: concepts/scim/faqs).
Move okta_test_connection(const OktaApp& context, const Brief& brief, Transcript heard)
{
    if (brief.memo != "save" && !heard.next()) return okta_page(context, "/Users", 1, 2, Intent::probe);
    if (brief.memo != "test") {
        if (!heard.next()) return okta_page(context, "/Users", 1, 2, Intent::probe);
        if (context.settings.import_groups && !heard.next()) return okta_page(context, "/Groups", 1, okta_page_size, Intent::probe);
        if (context.settings.import_user_schema)
            for (const std::string_view path : {"/ResourceTypes", "/Schemas"})
                if (!heard.next()) return okta_plain_get(context, path);
    }
    return okta_done(LoggedAction::other, "The target was verified");
}

}  // namespace provsim
