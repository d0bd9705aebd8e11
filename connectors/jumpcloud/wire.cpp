// SPDX-License-Identifier: Apache-2.0
#include "connectors/jumpcloud/wire.h"

#include "connectors/requests.h"
#include "model/json.h"
#include "model/scim/urns.h"

#include <fmt/format.h>

namespace provsim {
namespace {

std::string_view endpoint(ObjectKind kind) noexcept
{
    return kind == ObjectKind::group ? "/Groups" : "/Users";
}

Ask ask(const JumpCloudContext& context, Method method, Intent intent)
{
    Ask made;
    made.intent = intent;
    made.request.method = method;
    const bool body = method == Method::post || method == Method::put || method == Method::patch;
    made.request.headers = body ? &context.write_headers : &context.read_headers;
    return made;
}

Ask ask_about(const JumpCloudContext& context, Method method, Intent intent, ObjectKind kind, ObjectRef object, std::string_view id)
{
    Ask made = ask(context, method, intent);
    made.id_in_path = append_resource_path(made.request.target, endpoint(kind), id, object);
    return made;
}

// Of a PUT: `"id":"..."` of the resource: whatever inside it has an id has another one.
IdSpan find_own_id(const std::string& body, std::string_view id, ObjectRef object)
{
    std::string member = "\"id\":";
    append_json_string(member, id);
    const auto at = body.find(member);
    if (at == std::string::npos) return {};
    return {object, static_cast<std::uint32_t>(at + 6), static_cast<std::uint32_t>(member.size() - 7)};
}

// `members[value eq "<id>"]` as a JSON string; the span is the id in it.
IdSpan append_filter_path(std::string& out, std::string_view id, ObjectRef object)
{
    std::string in_filter, in_json;
    append_json_string(in_filter, id);          // a filter's string is written as JSON's (RFC 7644 3.4.2.2),
    append_json_string(in_json, in_filter);     // and the whole filter stands in a JSON string
    out += "\"members[value eq ";
    const auto at = out.size() + 2;             // behind \"
    out.append(in_json, 1, in_json.size() - 2);
    const auto length = out.size() - 2 - at;
    out += "]\"";
    return {object, static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(length)};
}

}  // namespace

Ask ask_jumpcloud_lookup(const JumpCloudContext& context, ObjectKind kind, std::string_view value)
{
    Ask made = ask(context, Method::get, Intent::match);
    made.matching = kind == ObjectKind::group ? "displayName" : "userName";
    std::string filter = fmt::format("{} eq ", made.matching);
    append_json_string(filter, value);
    made.request.target = endpoint(kind);
    made.request.target += "?filter=";
    append_path_segment(made.request.target, filter);
    return made;
}

Ask ask_jumpcloud_read(const JumpCloudContext& context, ObjectKind kind, ObjectRef object, std::string_view id)
{
    return ask_about(context, Method::get, Intent::read, kind, object, id);
}

Ask ask_jumpcloud_create(const JumpCloudContext& context, ObjectKind kind, std::string body)
{
    Ask made = ask(context, Method::post, Intent::create);
    made.request.target = endpoint(kind);
    made.request.body = std::move(body);
    return made;
}

Ask ask_jumpcloud_write(const JumpCloudContext& context, Method method, Intent intent, ObjectKind kind, ObjectRef object, std::string_view id, std::string body)
{
    Ask made = ask_about(context, method, intent, kind, object, id);
    made.request.body = std::move(body);
    if (method == Method::put) made.id_in_body = find_own_id(made.request.body, id, object);
    return made;
}

Ask ask_jumpcloud_delete(const JumpCloudContext& context, ObjectKind kind, ObjectRef object, std::string_view id)
{
    return ask_about(context, Method::delete_, Intent::delete_, kind, object, id);
}

Ask ask_jumpcloud_page(const JumpCloudContext& context, std::size_t start_index)
{
    Ask made = ask(context, Method::get, Intent::import);
    made.request.target = fmt::format("/Users?startIndex={}&count={}", start_index, jumpcloud_import_page);
    return made;
}

Ask ask_jumpcloud_group_create(const JumpCloudContext& context, const Brief& brief, bool with_members)
{
    Ask made = ask(context, Method::post, Intent::create);
    made.request.target = endpoint(ObjectKind::group);
    std::string& body = made.request.body;
    body = fmt::format("{{\"schemas\":[\"{}\"],\"displayName\":", urn::group);
    append_json_string(body, brief.name);
    body += ",\"members\":[";
    if (with_members) made.more_in_body.reserve(brief.members.size());
    for (std::size_t i = 0; with_members && i < brief.members.size(); ++i) {
        body += i == 0 ? "{\"value\":" : ",{\"value\":";
        const IdSpan span = append_json_id(body, brief.members[i].target_id, brief.members[i].user);
        if (i == 0) made.id_in_body = span;
        else made.more_in_body.push_back(span);
        body += '}';
    }
    body += "]}";
    return made;
}

// One operation without a path (ssoready, internal/authservice/scim.go).
Ask ask_jumpcloud_rename(const JumpCloudContext& context, ObjectRef group, std::string_view id, std::string_view name)
{
    PatchWriter patch;
    patch.begin("replace", {});
    patch.begin_value();
    patch.text() += "{\"displayName\":";
    append_json_string(patch.text(), name);
    patch.text() += '}';
    patch.end();
    return ask_jumpcloud_write(context, Method::patch, Intent::update, ObjectKind::group, group, id, std::move(patch).finish());
}

// One member a request: the same place reads no more than one. That removals have the form of additions: UniMoni's account.
Ask ask_jumpcloud_member(const JumpCloudContext& context, bool add, ObjectRef group, std::string_view group_id, ObjectRef user, std::string_view user_id)
{
    Ask made = ask_about(context, Method::patch, Intent::member, ObjectKind::group, group, group_id);
    PatchWriter patch;
    if (!add && context.settings.removes_by_filter) {
        patch.begin("remove", {});
        patch.text() += ",\"path\":";
        made.id_in_body = append_filter_path(patch.text(), user_id, user);
    } else {
        patch.begin(add ? "add" : "remove", "members");
        patch.begin_value();
        patch.text() += "[{\"value\":";
        made.id_in_body = append_json_id(patch.text(), user_id, user);
        patch.text() += "}]";
    }
    patch.end();
    made.request.body = std::move(patch).finish();
    return made;
}

}  // namespace provsim
