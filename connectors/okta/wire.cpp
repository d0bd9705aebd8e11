// SPDX-License-Identifier: Apache-2.0
// Bodies: Okta: scim-20, its samples; order of keys: parkjongmin-ddam's and Timothy-itayi's traces, okta-blog-archive pull requests
// 1956 and 2022.
#include "connectors/okta/wire.h"

#include "connectors/okta/ids.h"
#include "connectors/okta/wire_parts.h"
#include "model/scim/urns.h"

#include <fmt/format.h>

namespace provsim {
namespace {

// Where the target's own id stands in a resource that goes back to it: as "id", and at the end of an address ("meta.location").
void note_echoes(Ask& made, std::string_view id, ObjectRef object)
{
    std::string quoted;
    append_json_string(quoted, id);
    const std::string text = quoted.substr(1, quoted.size() - 2);
    const std::string& body = made.request.body;
    for (auto at = body.find(text); at != std::string::npos; at = body.find(text, at + text.size())) {
        const bool whole = at > 0 && (body[at - 1] == '"' || body[at - 1] == '/') && at + text.size() < body.size() && body[at + text.size()] == '"';
        if (whole) note_id(made, {object, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(text.size())});
    }
}

void add_schema(ResourceTree& resource, std::string_view urn)
{
    if (!resource.find("schemas") || !resource.find("schemas")->is_list()) resource.set("schemas", ResourceTree::list());
    const ResourceTree wanted = ResourceTree::text(urn);
    for (const ResourceTree& each : resource.find("schemas")->elements())
        if (each.json() == wanted.json()) return;
    resource.find("schemas")->push_back(wanted);
}

std::string_view password(const Brief& brief) noexcept
{
    for (const Wanted& wanted : brief.desired)
        if (wanted.row == okta_password_row) return wanted.value;
    return {};
}

const Wanted* find_row(const Brief& brief, std::size_t row) noexcept
{
    for (const Wanted& wanted : brief.desired)
        if (wanted.row == row) return &wanted;
    return nullptr;
}

// Whether a push of the profile writes this row.
bool is_pushed(const OktaApp& context, const Brief& brief, std::size_t row)
{
    if (row == context.name_row && context.settings.exclude_username) return false;
    if (!context.settings.changed_only || !has_reason(brief, OktaWhy::profile) || has_reason(brief, OktaWhy::forced)) return true;
    return (context.users[row].reads & OktaWhy::attributes(brief.why)) != 0;
}

// What was read, with the application's profile on top. What is mapped and has no value goes, or is emptied, if the target has it.
ResourceTree with_profile(const OktaApp& context, const Brief& brief, ResourceTree resource)
{
    for (std::size_t row = 0; row < context.users.size(); ++row) {
        if (!is_pushed(context, brief, row)) continue;
        const OktaMapping& mapping = context.users[row];
        if (const Wanted* wanted = find_row(brief, row)) {
            if (is_left_alone(*wanted)) continue;
            resource.place(mapping.target, ResourceTree::raw(okta_json(mapping, wanted->value)));
            if (!mapping.target.extension.empty()) add_schema(resource, mapping.target.extension);
        } else if (const ResourceTree* there = resource.at(mapping.target); there && !there->is_empty()) {
            if (context.settings.empty_value == OktaSettings::Empty::omit) resource.remove(mapping.target);
            else resource.place(mapping.target, ResourceTree::raw(context.settings.empty_value == OktaSettings::Empty::null ? "null" : "\"\""));
        }
    }
    return resource;
}

// `body`: what was read; or nothing, to have what is put into it alone.
ResourceTree put_body(const OktaApp& context, const Brief& brief, ResourceTree body, const OktaPut& what)
{
    if (what.profile) body = with_profile(context, brief, std::move(body));
    if (what.active) body.set("active", ResourceTree::raw(*what.active ? "true" : "false"));
    if (what.password) body.set("password", ResourceTree::text(password(brief)));
    return body;
}

// As people read it: a string without its quotes.
std::string shown(const ResourceTree* value)
{
    if (!value) return {};
    const std::string text = value->dump();
    if (text.size() < 2 || text.front() != '"') return text == "null" ? std::string{} : text;
    return text.substr(1, text.size() - 2);
}

}  // namespace

Ask okta_page(const OktaApp& context, std::string_view endpoint, std::uint64_t start, std::uint64_t count, Intent intent)
{
    Ask made = okta_ask(context, Method::get, intent);
    made.request.target = fmt::format("{}?startIndex={}&count={}", endpoint, start, count);
    return made;
}

Ask okta_plain_get(const OktaApp& context, std::string_view path)
{
    Ask made = okta_ask(context, Method::get, Intent::probe);
    made.request.target = path;
    return made;
}

// Spaces as %20, never + (Okta: scim-20; older captures have the +).
Ask okta_match(const OktaApp& context, const Brief& brief)
{
    Ask made = okta_ask(context, Method::get, Intent::match);
    made.matching = brief.task.object.is_group() ? "displayName" : "userName";
    made.request.target = fmt::format("{}?filter={}%20eq%20%22", okta_endpoint(brief), made.matching);
    std::string quoted;
    append_json_string(quoted, brief.name);
    append_path_segment(made.request.target, std::string_view(quoted).substr(1, quoted.size() - 2));
    made.request.target += fmt::format("%22&startIndex=1&count={}", okta_page_size);
    return made;
}

Ask okta_read(const OktaApp& context, const Brief& brief, std::string_view id)
{
    return okta_ask_about(context, Method::get, Intent::read, brief, id);
}

Ask okta_delete(const OktaApp& context, const Brief& brief, std::string_view id)
{
    return okta_ask_about(context, Method::delete_, Intent::delete_, brief, id);
}

// The core attributes stand before the extensions'.
Ask okta_create_user(const OktaApp& context, const Brief& brief)
{
    ResourceTree body = ResourceTree::object();
    add_schema(body, urn::user);
    for (const bool extensions : {false, true}) {
        for (const Wanted& wanted : brief.desired) {
            if (wanted.row == okta_password_row || is_left_alone(wanted)) continue;
            const OktaMapping& mapping = context.users[wanted.row];
            if (mapping.target.extension.empty() == extensions) continue;
            body.place(mapping.target, ResourceTree::raw(okta_json(mapping, wanted.value)));
            if (extensions) add_schema(body, mapping.target.extension);
        }
    }
    body.set("externalId", ResourceTree::text(okta_id(okta_user_prefix, brief.guid)));
    body.set("groups", ResourceTree::list());
    if (!context.settings.without_password) body.set("password", ResourceTree::text(password(brief)));
    body.set("active", ResourceTree::raw("true"));
    Ask made = okta_ask(context, Method::post, Intent::create);
    made.request.target = okta_endpoint(brief);
    made.request.body = body.dump();
    return made;
}

Ask okta_put_user(const OktaApp& context, const Brief& brief, std::string_view id, json::element read, const OktaPut& what)
{
    Ask made = okta_ask_about(context, Method::put, what.active == false ? Intent::disable : Intent::update, brief, id);
    made.request.body = put_body(context, brief, ResourceTree::copy(read), what).dump();
    made.own = put_body(context, brief, ResourceTree::object(), what).dump();
    note_echoes(made, id, brief.task.object);
    return made;
}

std::vector<Modified> okta_changes(const OktaApp& context, const Brief& brief, json::element read, const OktaPut& what)
{
    std::vector<Modified> found;
    const ResourceTree before = ResourceTree::copy(read), after = put_body(context, brief, before, what);
    const auto compare = [&](const TargetPath& path) {
        const std::string had = shown(before.at(path)), has = shown(after.at(path));
        if (had != has) found.push_back({path.text, had, has});
    };
    for (const OktaMapping& mapping : context.users) compare(mapping.target);
    TargetPath active;
    active.text = active.attribute = "active";
    compare(active);
    if (what.password) found.push_back({"password", "", "********"});
    return found;
}

// Lower case, no path, a real boolean (Okta: scim-20).
Ask okta_patch_active(const OktaApp& context, const Brief& brief, std::string_view id, bool active)
{
    Ask made = okta_ask_about(context, Method::patch, active ? Intent::update : Intent::disable, brief, id);
    PatchWriter patch;
    patch.begin("replace", {});
    patch.begin_value();
    patch.text() += active ? "{\"active\":true}" : "{\"active\":false}";
    patch.end();
    made.request.body = std::move(patch).finish();
    return made;
}

// Okta: scim-20 says that it is a PATCH; the body is as that of `active` (assumed).
Ask okta_patch_password(const OktaApp& context, const Brief& brief, std::string_view id)
{
    Ask made = okta_ask_about(context, Method::patch, Intent::update, brief, id);
    PatchWriter patch;
    patch.begin("replace", {});
    patch.begin_value();
    patch.text() += "{\"password\":";
    append_json_string(patch.text(), password(brief));
    patch.text() += '}';
    patch.end();
    made.request.body = std::move(patch).finish();
    return made;
}

}  // namespace provsim
