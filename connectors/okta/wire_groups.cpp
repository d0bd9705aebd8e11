// SPDX-License-Identifier: Apache-2.0
// Bodies about groups: Okta: scim-20, its samples; okta-blog-archive pull requests 1956 and 2022.
#include "connectors/okta/wire.h"

#include "connectors/okta/wire_parts.h"
#include "model/scim/urns.h"

#include <fmt/format.h>

namespace provsim {
namespace {

void append_member(Ask& made, std::string& body, ObjectRef user, std::string_view id, std::string_view display)
{
    body += "{\"value\":";
    note_id(made, append_json_id(body, id, user));
    body += ",\"display\":";
    append_json_string(body, display);
    body.push_back('}');
}

void append_members(Ask& made, std::string& body, std::span<const Member> members)
{
    body.push_back('[');
    made.more_in_body.reserve(members.size());
    for (const Member& member : members) {
        if (&member != &members.front()) body.push_back(',');
        append_member(made, body, member.user, member.target_id, member.display);
    }
    body.push_back(']');
}

}  // namespace

Ask okta_create_group(const OktaApp& context, const Brief& brief)
{
    Ask made = okta_ask(context, Method::post, Intent::create);
    made.request.target = okta_endpoint(brief);
    std::string& body = made.request.body;
    body = fmt::format(R"({{"schemas":["{}"],"displayName":)", urn::group);
    append_json_string(body, brief.name);
    body += ",\"members\":";
    append_members(made, body, brief.members);
    body.push_back('}');
    return made;
}

// Nothing of what was read goes back but the id (Okta: scim-20; with the id: scimgateway#95).
Ask okta_put_group(const OktaApp& context, const Brief& brief, std::string_view id, const std::vector<ResourceTree>& kept)
{
    Ask made = okta_ask_about(context, Method::put, is_membership(brief.task) ? Intent::member : Intent::update, brief, id);
    std::string& body = made.request.body;
    body = fmt::format(R"({{"schemas":["{}"],"id":)", urn::group);
    note_id(made, append_json_id(body, id, brief.task.object));
    body += ",\"displayName\":";
    append_json_string(body, brief.name);
    body += ",\"members\":";
    append_members(made, body, brief.members);
    for (const ResourceTree& member : kept) {
        body.pop_back();
        if (!body.ends_with('[')) body.push_back(',');
        member.append_to(body);
        body.push_back(']');
    }
    body.push_back('}');
    return made;
}

Ask okta_rename_group(const OktaApp& context, const Brief& brief, std::string_view id)
{
    Ask made = okta_ask_about(context, Method::patch, Intent::update, brief, id);
    PatchWriter patch;
    patch.begin("replace", {});
    patch.begin_value();
    patch.text() += "{\"id\":";
    note_id(made, append_json_id(patch.text(), id, brief.task.object));
    patch.text() += ",\"displayName\":";
    append_json_string(patch.text(), brief.name);
    patch.text() += '}';
    patch.end();
    made.request.body = std::move(patch).finish();
    return made;
}

Ask okta_patch_members(const OktaApp& context, const Brief& brief, std::string_view id, std::string_view op, std::span<const Member> members)
{
    Ask made = okta_ask_about(context, Method::patch, Intent::member, brief, id);
    PatchWriter patch;
    patch.begin(op, "members");
    patch.begin_value();
    append_members(made, patch.text(), members);
    patch.end();
    made.request.body = std::move(patch).finish();
    return made;
}

// Removals first, one operation each; then one addition of all (okta-blog-archive pull requests 1956 and 2022).
Ask okta_change_members(const OktaApp& context, const Brief& brief)
{
    Ask made = okta_ask_about(context, Method::patch, Intent::member, brief, *brief.link);
    PatchWriter patch;
    std::string& body = patch.text();
    std::vector<const Brief*> all{&brief};
    for (const Brief& other : brief.also) all.push_back(&other);
    if (context.settings.name_with_members) {
        patch.begin("replace", {});
        patch.begin_value();
        body += "{\"id\":";
        note_id(made, append_json_id(body, *brief.link, brief.task.object));
        body += ",\"displayName\":";
        append_json_string(body, brief.name);
        body += '}';
        patch.end();
    }
    bool adds = false;
    for (const Brief* each : all) {
        adds = adds || each->task.action == Action::add_member;
        if (each->task.action == Action::add_member || !each->other_link) continue;
        std::string filter = "members[value eq ";
        append_json_string(filter, *each->other_link);
        filter += ']';
        patch.begin("remove", {});
        body += ",\"path\":";
        const auto at = body.size();
        append_json_string(body, filter);
        std::string id;                     // the id, as a string inside the string
        append_json_string(id, *each->other_link);
        std::string inside;
        append_json_string(inside, id.substr(1, id.size() - 2));
        note_id(made, {each->other, static_cast<std::uint32_t>(at + std::string_view("\"members[value eq \\\"").size()), static_cast<std::uint32_t>(inside.size() - 2)});
        patch.end();
    }
    if (adds) {
        patch.begin("add", "members");
        patch.begin_value();
        body += '[';
        bool first = true;
        for (const Brief* each : all) {
            if (each->task.action != Action::add_member || !each->other_link) continue;
            if (!first) body += ',';
            first = false;
            append_member(made, body, each->other, *each->other_link, each->desired.empty() ? std::string_view{} : each->desired.front().value);
        }
        body += ']';
        patch.end();
    }
    made.request.body = std::move(patch).finish();
    return made;
}

}  // namespace provsim
