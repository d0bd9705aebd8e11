// SPDX-License-Identifier: Apache-2.0
#include "connectors/member_bodies.h"

#include "connectors/requests.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace provsim {
namespace {

using Members = std::vector<std::pair<std::string, ObjectRef>>;     // ids as JSON; of whom the group had itself, the object is not known

template <class Each>
void each_task(const Brief& brief, Each each)
{
    each(brief);
    for (const Brief& other : brief.also) each(other);
}

bool adds(const Brief& brief) noexcept { return brief.task.action == Action::add_member; }

Members members_of(const ResourceTree& group)
{
    Members members;
    if (const ResourceTree* list = group.find("members"))
        for (const ResourceTree& each : list->elements())
            if (const ResourceTree* id = each.find("value"); id && id->json().size() > 2) members.emplace_back(id->json(), ObjectRef{});
    return members;
}

// False if the members are so already.
bool change(Members& members, const Brief& brief)
{
    const std::string id = ResourceTree::text(*brief.other_link).json();
    const auto found = std::find_if(members.begin(), members.end(), [&](const auto& member) { return member.first == id; });
    if (adds(brief) == (found != members.end())) return false;
    if (adds(brief)) members.emplace_back(id, brief.other);
    else members.erase(found);
    return true;
}

// `inner`: the id as it is escaped there. It stands between `before` and `after`.
void mark(Ask& ask, std::string_view before, std::string_view inner, std::string_view after, ObjectRef object)
{
    const IdSpan& last = ask.more_in_body.empty() ? ask.id_in_body : ask.more_in_body.back();
    const auto at = ask.request.body.find((std::string(before) += inner) += after, last.at);
    if (at == std::string::npos) return;
    const IdSpan span{object, static_cast<std::uint32_t>(at + before.size()), static_cast<std::uint32_t>(inner.size())};
    if (ask.id_in_body.length == 0) ask.id_in_body = span;
    else ask.more_in_body.push_back(span);
}

std::string_view without(std::string_view text, std::size_t at_each_end) noexcept
{
    return text.substr(at_each_end, text.size() - 2 * at_each_end);
}

}  // namespace

void mark_id(Ask& ask, std::string_view id, ObjectRef object)
{
    const ResourceTree text = ResourceTree::text(id);
    mark(ask, "{\"value\":\"", without(text.json(), 1), "\"}", object);
}

bool removes_members(const Brief& brief) noexcept
{
    return !adds(brief) || !std::all_of(brief.also.begin(), brief.also.end(), adds);
}

bool write_members_patch(Ask& ask, const Brief& brief, const ResourceTree* group)
{
    Members members = group ? members_of(*group) : Members{};
    std::vector<const Brief*> coming, going;
    each_task(brief, [&](const Brief& task) {
        if (!group || change(members, task)) (adds(task) ? coming : going).push_back(&task);
    });
    PatchWriter patch;
    if (!coming.empty()) {
        patch.begin("add", "members");
        patch.begin_value();
        char before = '[';
        for (const Brief* task : coming) {
            (patch.text() += before) += "{\"value\":";
            append_json_string(patch.text(), *task->other_link);
            patch.text() += '}';
            before = ',';
        }
        patch.text() += ']';
        patch.end();
    }
    for (const Brief* task : going) {
        patch.begin("remove", "members[value eq " + ResourceTree::text(*task->other_link).json() + ']');    // a filter's string is JSON's (3.4.2.2)
        patch.end();
    }
    ask.request.body = std::move(patch).finish();
    for (const Brief* task : coming) mark_id(ask, *task->other_link, task->other);
    for (const Brief* task : going) {
        const ResourceTree twice = ResourceTree::text(ResourceTree::text(*task->other_link).json());
        mark(ask, "[value eq \\\"", without(twice.json(), 3), "\\\"]", task->other);
    }
    return !coming.empty() || !going.empty();
}

bool write_put(Ask& ask, const Brief& brief, ResourceTree resource)
{
    for (const char* own : {"id", "meta", "groups"}) resource.erase(own);
    Members members;
    bool changed = false;
    if (brief.task.object.is_group()) {
        members = members_of(resource);
        if (is_membership(brief.task)) each_task(brief, [&](const Brief& task) { changed |= change(members, task); });
        ResourceTree all = ResourceTree::list();
        for (const auto& [id, object] : members) {
            all.push_back(ResourceTree::object());
            all.elements().back().set("value", ResourceTree::raw(id));
        }
        resource.set("members", std::move(all));
    }
    ask.request.body = resource.dump();
    for (const auto& [id, object] : members) mark(ask, "{\"value\":\"", without(id, 1), "\"}", object);
    return changed;
}

}  // namespace provsim
