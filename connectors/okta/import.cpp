// SPDX-License-Identifier: Apache-2.0
// Imports, one page a task: Okta: scim-20; concepts/scim/faqs. What is found is linked and nothing is sent about it
// (parkjongmin-ddam's trace).
#include "connectors/okta/conversation.h"
#include "connectors/okta/wire.h"
#include "model/text.h"

#include <fmt/format.h>

#include <charconv>
#include <unordered_map>

namespace provsim {
namespace {

std::uint64_t start_index(const Brief& brief)
{
    std::uint64_t start = 1;
    std::from_chars(brief.memo.data(), brief.memo.data() + brief.memo.size(), start);
    return start == 0 ? 1 : start;
}

struct Page {
    std::size_t inactive = 0, matched = 0;
    std::vector<Effect> adopted;
};

// EXACT by userName, ignoring case as Okta's user names do. A link needs an assignment: who is in Okta and not assigned is left
// to the administrator (Okta would assign him when the match is confirmed).
Page look_at_users(const Brief& brief, const std::vector<json::element>& resources)
{
    Page page;
    std::unordered_map<std::string, std::string_view> ids;      // by user name, folded; looked up, never walked
    for (const json::element resource : resources) {
        const auto active = member_ignoring_case(resource, "active");
        if (active && active->is_bool() && !bool(*active)) {
            ++page.inactive;
            continue;
        }
        const auto id = string_member(resource, "id"), name = string_member(resource, "userName");
        if (id && name && !id->empty() && id->size() <= LinkTable::longest_id) ids.emplace(fold_case(*name), *id);
    }
    for (const Member& candidate : brief.members) {
        if (candidate.display.empty()) continue;
        const auto found = ids.find(fold_case(candidate.display));
        if (found == ids.end()) continue;
        page.adopted.emplace_back(Adopt{candidate.user, std::string(found->second), true});
        ids.erase(found);
    }
    page.matched = page.adopted.size();
    return page;
}

}  // namespace

Move okta_import(const OktaApp& context, const Brief& brief, Transcript heard)
{
    const bool users = brief.task.action == Action::import_users;
    if (!users && !context.settings.import_groups) return okta_skipped("ImportGroupsOff", "groups are not imported");
    const std::uint64_t start = start_index(brief);
    const Reply* answer = heard.next();
    if (!answer) return okta_page(context, users ? "/Users" : "/Groups", start, okta_page_size, Intent::import);
    const auto list = answer->list();
    if (!list) return okta_failed(LoggedAction::other, "InvalidJson", "The import's page is no SCIM list");
    Page page;
    if (users) page = look_at_users(brief, list->resources);
    std::string detail = fmt::format("Import: {} {} of {} scanned from {} on", list->resources.size(), users ? "users" : "groups", list->total_results, start);
    if (users) detail += fmt::format("; {} matched exactly, {} inactive and not imported", page.matched, page.inactive);
    Done done = okta_done(LoggedAction::other, std::move(detail));
    done.effects = std::move(page.adopted);
    // The next index is this one and 100, whatever itemsPerPage says. That an empty page ends the import is assumed.
    const std::uint64_t next = start + okta_page_size;
    if (next <= list->total_results && !list->resources.empty())
        done.effects.emplace_back(Follow{Planned({brief.task.action, {}, {}}, 0, std::to_string(next)), okta_least_gap, okta_most_gap});
    else if (users && context.settings.import_groups)
        done.effects.emplace_back(Follow{Planned({Action::import_groups, {}, {}}, 0, "1"), okta_least_gap, okta_most_gap});
    return done;
}

}  // namespace provsim
