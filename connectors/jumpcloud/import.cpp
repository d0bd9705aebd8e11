// SPDX-License-Identifier: Apache-2.0
// Import of users: pages of what the target has, and no writes (JumpCloud: user provisioning with SCIM and HRIS). Who is
// bound and has the userName is known from then on; provsim makes no users of the others.
#include "connectors/jumpcloud/codes.h"
#include "connectors/jumpcloud/conversation.h"
#include "connectors/jumpcloud/wire.h"
#include "model/text.h"

#include <fmt/format.h>

#include <charconv>
#include <map>
#include <set>

namespace provsim {
namespace {

std::size_t start_index(const std::string& memo)
{
    std::size_t index = 1;
    const auto [end, error] = std::from_chars(memo.data(), memo.data() + memo.size(), index);
    return error == std::errc{} && end == memo.data() + memo.size() && index > 0 && index < 1'000'000'000 ? index : 1;
}

}  // namespace

Move jumpcloud_import(const JumpCloudContext& context, const Brief& brief, Transcript heard)
{
    const std::size_t from = start_index(brief.memo);
    const Reply* page = heard.next();
    if (!page) return ask_jumpcloud_page(context, from);
    const auto list = page->list();
    if (!list) return jumpcloud_failed(jumpcloud_code::import, "The target's list of users cannot be read");
    std::map<std::string, ObjectRef> wanted;
    for (const Member& user : brief.members) wanted.try_emplace(fold_case(user.display), user.user);
    Done done;
    std::size_t found = 0;
    std::set<ObjectRef> adopted;
    for (const json::element resource : list->resources) {
        const auto id = string_member(resource, "id").value_or(std::string_view{});
        const auto known = wanted.find(fold_case(string_member(resource, "userName").value_or(std::string_view{})));
        if (known == wanted.end() || id.empty() || id.size() > LinkTable::longest_id || !adopted.insert(known->second).second) continue;
        done.effects.emplace_back(Adopt{known->second, std::string(id), true});
        ++found;
    }
    done.outcome.detail = fmt::format("{} of the target's {} users read, from number {} on; bound in JumpCloud and known from now on: {}", list->resources.size(),
                                      list->total_results, from, found);
    const std::size_t next = from + list->resources.size();
    if (!list->resources.empty() && next <= list->total_results)
        done.effects.emplace_back(Follow{Planned({Action::import_users, {}, {}}, 0, std::to_string(next)), Duration{0}, Duration{0}});
    return done;
}

}  // namespace provsim
