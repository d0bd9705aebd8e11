// SPDX-License-Identifier: Apache-2.0
// Paths, queries and bodies as captured or published; `style` below is the one of the side-by-side table of
// Entra: application-provisioning-config-problem-scim-compatibility.
#include "connectors/entra/wire.h"

#include "connectors/entra/roles.h"
#include "connectors/requests.h"

#include <algorithm>

namespace provsim {
namespace {

// How PATCH bodies are spelled: Entra's own way, or RFC 7644's under the flag aadOptscim062020.
struct Style {
    bool flag;
    bool json_booleans;
    Style(const EntraContext& context, const Brief& brief) noexcept
        : flag(context.optscim(brief)), json_booleans(flag || context.settings.json_booleans) {}
    std::string_view add() const noexcept { return flag ? "add" : "Add"; }
    std::string_view replace() const noexcept { return flag ? "replace" : "Replace"; }
    std::string_view remove() const noexcept { return flag ? "remove" : "Remove"; }
    std::string_view set(bool present) const noexcept { return present ? replace() : add(); }
};

std::string_view endpoint(ObjectKind kind) noexcept
{
    return kind == ObjectKind::group ? "/Groups" : "/Users";
}

Ask ask(const EntraContext& context, Method method, Intent intent)
{
    Ask made;
    made.intent = intent;
    made.request.method = method;
    made.request.target.reserve(112);       // most queries, and every path, in one allocation
    const bool body = method == Method::post || method == Method::patch;
    made.request.headers = body ? &context.write_headers : &context.read_headers;
    return made;
}

Ask ask_about(const EntraContext& context, Method method, Intent intent, ObjectRef object, std::string_view id)
{
    Ask made = ask(context, method, intent);
    made.id_in_path = append_resource_path(made.request.target, endpoint(object.kind), id, object);
    return made;
}

// excludedAttributes comes before filter (Microsoft Q&A 923479; its SCIM library composes queries in that order).
void append_query(std::string& target, ObjectKind kind, std::string_view attribute, std::string_view value)
{
    target += endpoint(kind);
    target += kind == ObjectKind::group ? "?excludedAttributes=members&filter=" : "?filter=";
    append_equals(target, attribute, value);
}

// Older style: booleans and numbers are strings, because the service's patch values are (see rancher#52996, ssoready#155).
void append_value(std::string& out, const AttributeMapping& mapping, std::string_view value, Style style)
{
    if (mapping.type == ValueType::complex) {
        if (style.flag) append_roles(out, value);
        else append_stringified_roles(out, value);
    } else if (mapping.single_role && !style.flag) {
        append_stringified_role(out, value);
    } else if (style.json_booleans) {
        append_typed(out, mapping, value);
    } else {
        append_json_string(out, value);
    }
}

void write_each(PatchWriter& patch, const MappingTable& table, const Difference& d, Style style)
{
    patch.begin(style.set(d.present), table[d.row].target.text);
    patch.begin_value();
    append_value(patch.text(), table[d.row], d.wanted, style);
    patch.end();
}

// With the flag, what selects an element has an operation of its own; the rest is one operation without a path for each
// kind of operation, its keys dotted (scimitar#123). A single attribute keeps its path (the published table).
void write_collected(PatchWriter& patch, const EntraContext& context, const MappingTable& table, const std::vector<Difference>& found,
                     bool present, Style style)
{
    const auto collected = [&](const Difference& d) { return d.present == present && !table[d.row].target.selects_element(); };
    const auto count = std::count_if(found.begin(), found.end(), collected);
    if (count == 0) return;
    if (count == 1 && !context.settings.flag_single_pathless)
        return write_each(patch, table, *std::find_if(found.begin(), found.end(), collected), style);
    patch.begin(style.set(present), {});
    patch.begin_value();
    char before = '{';
    for (const Difference& d : found) {
        if (!collected(d)) continue;
        patch.text().push_back(before);
        before = ',';
        append_json_string(patch.text(), table[d.row].target.text);
        patch.text().push_back(':');
        append_value(patch.text(), table[d.row], d.wanted, style);
    }
    patch.text().push_back('}');
    patch.end();
}

// `members[value eq "<id>"]` as a JSON string; the span is the id in it.
IdSpan append_filter_path(std::string& out, std::string_view attribute, std::string_view id, ObjectRef object)
{
    std::string in_filter, in_json;
    append_json_string(in_filter, id);          // a filter's string is written as JSON's (RFC 7644 3.4.2.2),
    append_json_string(in_json, in_filter);     // and the whole filter stands in a JSON string
    out += '"';
    out += attribute;
    out += "[value eq ";
    const auto at = out.size() + 2;             // behind \"
    out.append(in_json, 1, in_json.size() - 2);
    const auto length = out.size() - 2 - at;
    out += "]\"";
    return {object, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(length)};
}

}  // namespace

Ask ask_probe(const EntraContext& context, const Brief& brief)
{
    Ask made = ask(context, Method::get, Intent::probe);
    const bool users = brief.task.action == Action::probe_users;
    append_query(made.request.target, users ? ObjectKind::user : ObjectKind::group, users ? "userName" : "displayName", to_string(brief.guid));
    return made;
}

Ask ask_match(const EntraContext& context, const Brief& brief, const Wanted& wanted)
{
    Ask made = ask(context, Method::get, Intent::match);
    const ObjectKind kind = brief.task.object.kind;
    made.matching = context.table(kind)[wanted.row].target.text;
    append_query(made.request.target, kind, made.matching, wanted.value);
    return made;
}

// Members are never read back (Microsoft Q&A 2278290).
Ask ask_read(const EntraContext& context, const Brief& brief, std::string_view id)
{
    Ask made = ask_about(context, Method::get, Intent::read, brief.task.object, id);
    if (brief.task.object.is_group()) made.request.target += "?excludedAttributes=members";
    return made;
}

Ask ask_create(const EntraContext& context, const Brief& brief)
{
    Ask made = ask(context, Method::post, Intent::create);
    made.request.target = endpoint(brief.task.object.kind);
    made.request.body.reserve(1000);     // glibc tidies up its small chunks at each request for more than 1 KB
    (brief.task.object.is_group() ? context.group_post : context.user_post).write(made.request.body, brief.desired);
    return made;
}

Ask ask_update(const EntraContext& context, const Brief& brief, std::string_view id, const std::vector<Difference>& found)
{
    const MappingTable& table = context.table(brief.task.object.kind);
    const Style style(context, brief);
    const bool disables = std::any_of(found.begin(), found.end(), [&](const Difference& d) {
        return table[d.row].is_active() && is_false(d.wanted);
    });
    Ask made = ask_about(context, Method::patch, disables ? Intent::disable : Intent::update, brief.task.object, id);
    PatchWriter patch;
    if (style.flag) {
        for (const Difference& d : found)
            if (table[d.row].target.selects_element()) write_each(patch, table, d, style);
        write_collected(patch, context, table, found, true, style);
        write_collected(patch, context, table, found, false, style);
    } else {
        for (const Difference& d : found) write_each(patch, table, d, style);
    }
    made.request.body = std::move(patch).finish();
    return made;
}

Ask ask_delete(const EntraContext& context, const Brief& brief, std::string_view id)
{
    return ask_about(context, Method::delete_, Intent::delete_, brief.task.object, id);
}

// A bare string, not {"value": id} (SCIM-SDK#686); cleared by "" (better-auth, SCIM-SDK#653), or by a filter (scim-patch#453).
Ask ask_manager(const EntraContext& context, const Brief& brief, std::string_view manager_id, std::string_view had)
{
    const Style style(context, brief);
    Ask made = ask_about(context, Method::patch, Intent::manager, brief.task.object, *brief.link);
    PatchWriter patch;
    if (manager_id.empty() && context.settings.manager_clear == EntraSettings::ManagerClear::path_filter) {
        patch.begin(style.remove(), {});
        patch.text() += ",\"path\":";
        made.id_in_body = append_filter_path(patch.text(), "manager", had, {});
    } else {
        patch.begin(style.set(!had.empty()), entra_manager_path);
        patch.begin_value();
        if (manager_id.empty()) patch.text() += "\"\"";
        else made.id_in_body = append_json_id(patch.text(), manager_id, brief.other);
    }
    patch.end();
    made.request.body = std::move(patch).finish();
    return made;
}

// One member a request (SCIM-SDK#646, scimmy#79), unless the setting members_per_patch gives it company. Without the flag,
// Remove carries the members as values; with it, each has an operation.
Ask ask_member(const EntraContext& context, const Brief& brief)
{
    const Style style(context, brief);
    const bool add = brief.task.action == Action::add_member;
    Ask made = ask_about(context, Method::patch, Intent::member, brief.task.object, *brief.link);
    PatchWriter patch;
    std::string& text = patch.text();
    made.more_in_body.reserve(brief.also.size());
    const auto note = [&](const Brief& member, const IdSpan& span) {
        if (&member == &brief) made.id_in_body = span;
        else made.more_in_body.push_back(span);
    };
    if (!add && style.flag) {
        const auto remove = [&](const Brief& member) {
            patch.begin(style.remove(), {});
            text += ",\"path\":";
            note(member, append_filter_path(text, "members", *member.other_link, member.other));
            patch.end();
        };
        remove(brief);
        for (const Brief& member : brief.also) remove(member);
    } else {
        const std::string_view opening = context.settings.member_ref_null ? "{\"$ref\":null,\"value\":" : "{\"value\":";
        patch.begin(add ? style.add() : style.remove(), "members");
        patch.begin_value();
        text += '[';
        text += opening;
        note(brief, append_json_id(text, *brief.other_link, brief.other));
        for (const Brief& member : brief.also) {
            text += "},";
            text += opening;
            note(member, append_json_id(text, *member.other_link, member.other));
        }
        text += "}]";
        patch.end();
    }
    made.request.body = std::move(patch).finish();
    return made;
}

}  // namespace provsim
