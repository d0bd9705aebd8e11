// SPDX-License-Identifier: Apache-2.0
// Forms as captured: Paul-E/scim-v2-rust, src/test_data/jumpcloud_*.json.
#include "connectors/jumpcloud/user_body.h"

#include "connectors/requests.h"
#include "model/scim/urns.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

using Table = JumpCloudTable;

// A row's value as JSON; empty if it has none.
std::vector<std::string> values_of(const Table& table, const Brief& brief)
{
    std::vector<std::string> values(table.size());
    for (const Wanted& wanted : brief.desired) {
        if (table[wanted.row].from == JumpCloudMapping::From::active) values[wanted.row] = wanted.value;
        else append_json_string(values[wanted.row], wanted.value);
    }
    return values;
}

bool same_element(const TargetPath& a, const TargetPath& b)
{
    return a.selects_element() && b.selects_element() && a.extension == b.extension && a.attribute == b.attribute && a.type == b.type && a.primary == b.primary;
}

bool says(ResourceTree& element, std::string_view name, const std::string& json)
{
    const ResourceTree* value = element.find(name);
    return value && value->json() == json;
}

// The element of that type; failing that, the primary one if nobody gave it a type.
ResourceTree* find_element(ResourceTree& list, const TargetPath& path)
{
    const std::string type = ResourceTree::text(path.type).json();
    auto& elements = list.elements();
    for (ResourceTree& element : elements)
        if (path.primary ? says(element, "primary", "true") : says(element, "type", type)) return &element;
    if (path.type != "work") return nullptr;
    for (ResourceTree& element : elements)
        if (says(element, "primary", "true") && !element.find("type")) return &element;
    return nullptr;
}

ResourceTree& home_of(ResourceTree& resource, const TargetPath& path)
{
    if (path.extension.empty()) return resource;
    if (ResourceTree* there = resource.find(path.extension); !there || !there->is_object()) resource.set(path.extension, ResourceTree::object());
    return *resource.find(path.extension);
}

// For the log: a string without its quotes, escapes as they are.
std::string plain(const std::string& json)
{
    if (json == "null") return {};
    return json.size() >= 2 && json.front() == '"' ? json.substr(1, json.size() - 2) : json;
}

class Merger {
public:
    Merger(const Table& table, std::vector<std::string> values, JumpCloudMerge& merge, bool update)
        : table_(table), values_(std::move(values)), merge_(merge), update_(update) {}

    void run()
    {
        for (std::size_t i = 0; i < table_.size(); ++i) {
            const TargetPath& path = table_[i].target;
            if (!path.selects_element()) single(i);
            else if (std::none_of(table_.begin(), table_.begin() + static_cast<std::ptrdiff_t>(i), [&](const auto& row) { return same_element(row.target, path); })) element(path);
        }
    }

    void single(std::size_t row)
    {
        const TargetPath& path = table_[row].target;
        note(row, std::as_const(merge_.resource).at(path));
        if (!values_[row].empty()) merge_.resource.place(path, ResourceTree::raw(values_[row]));
        else if (update_) merge_.resource.remove(path);
    }

private:
    void note(std::size_t row, const ResourceTree* before)
    {
        const std::string had = before ? plain(before->json()) : std::string(), has = plain(values_[row]);
        if (had == has) return;
        merge_.rows.push_back(static_cast<std::uint16_t>(row));
        merge_.modified.push_back({table_[row].target.text, had, has});
    }

    // All rows of one element of a list at once: {"value", "type", "primary"}. Every element of type work is primary.
    void element(const TargetPath& path)
    {
        ResourceTree& home = home_of(merge_.resource, path);
        ResourceTree* list = home.find(path.attribute);
        if (!list || !list->is_list()) {
            if (!update_ && !any(path)) return;
            home.set(path.attribute, ResourceTree::list());     // "phoneNumbers": [], also where the target has none
            list = home.find(path.attribute);
        }
        ResourceTree* there = find_element(*list, path);
        ResourceTree fresh = ResourceTree::object();
        ResourceTree& changed = there ? *there : fresh;
        for (std::size_t row = 0; row < table_.size(); ++row) {
            if (!same_element(table_[row].target, path)) continue;
            note(row, changed.find(table_[row].target.sub));
            if (values_[row].empty()) changed.erase(table_[row].target.sub);
            else changed.set(table_[row].target.sub, ResourceTree::raw(values_[row]));
        }
        if (!any(path)) {
            if (there) list->elements().erase(list->elements().begin() + (there - list->elements().data()));
        } else if (!there) {
            if (!path.primary) fresh.set("type", ResourceTree::text(path.type));
            if (path.primary || path.type == "work") fresh.set("primary", ResourceTree::raw("true"));
            list->push_back(std::move(fresh));
        }
    }

    bool any(const TargetPath& path) const
    {
        for (std::size_t row = 0; row < table_.size(); ++row)
            if (same_element(table_[row].target, path) && !values_[row].empty()) return true;
        return false;
    }

    const Table& table_;
    std::vector<std::string> values_;
    JumpCloudMerge& merge_;
    bool update_;
};

// The captured PUT carries what only the target has (photos), and its id, but no meta; that groups stay out as well is assumed.
JumpCloudMerge begin_merge(json::element resource, std::string_view id)
{
    JumpCloudMerge merge;
    merge.resource = ResourceTree::copy(resource);
    merge.resource.set("id", ResourceTree::text(id));
    merge.resource.erase("meta");
    merge.resource.erase("groups");
    return merge;
}

ResourceTree schemas(std::initializer_list<std::string_view> urns)
{
    ResourceTree list = ResourceTree::list();
    for (const std::string_view name : urns) list.push_back(ResourceTree::text(name));
    return list;
}

void list_schema(ResourceTree& resource, std::string_view name)
{
    ResourceTree* listed = resource.find("schemas");
    if (!listed || !listed->is_list()) {
        resource.set("schemas", schemas({urn::user}));
        listed = resource.find("schemas");
    }
    const std::string text = ResourceTree::text(name).json();
    const auto& names = listed->elements();
    if (std::none_of(names.begin(), names.end(), [&](const ResourceTree& known) { return known.json() == text; })) listed->push_back(ResourceTree::text(name));
}

}  // namespace

std::string jumpcloud_create_body(const JumpCloudContext& context, const Brief& brief)
{
    JumpCloudMerge made;
    made.resource.set("schemas", schemas({urn::user, urn::enterprise_user}));
    Merger(context.table, values_of(context.table, brief), made, false).run();
    return made.resource.dump();
}

JumpCloudMerge merge_jumpcloud_user(const JumpCloudContext& context, const Brief& brief, json::element resource, std::string_view id)
{
    JumpCloudMerge merge = begin_merge(resource, id);
    Merger(context.table, values_of(context.table, brief), merge, true).run();
    for (const JumpCloudMapping& row : context.table)
        if (!row.target.extension.empty() && merge.resource.find(row.target.extension)) list_schema(merge.resource, row.target.extension);
    return merge;
}

JumpCloudMerge deactivate_jumpcloud_user(const JumpCloudContext& context, json::element resource, std::string_view id)
{
    JumpCloudMerge merge = begin_merge(resource, id);
    std::vector<std::string> values(context.table.size());
    values.back() = "false";
    Merger(context.table, std::move(values), merge, true).single(context.table.size() - 1);
    return merge;
}

std::string jumpcloud_patch_body(const JumpCloudContext& context, JumpCloudMerge& merge)
{
    PatchWriter patch;
    std::vector<std::string_view> lists;
    for (const std::uint16_t row : merge.rows) {
        const TargetPath& path = context.table[row].target;
        const ResourceTree* value = std::as_const(merge.resource).at(path);
        if (path.selects_element()) {
            if (std::find(lists.begin(), lists.end(), path.attribute) != lists.end()) continue;
            lists.push_back(path.attribute);
            value = home_of(merge.resource, path).find(path.attribute);
        }
        patch.begin(value ? "replace" : "remove", path.selects_element() ? std::string_view(path.attribute) : std::string_view(path.text));
        if (value) {
            patch.begin_value();
            value->append_to(patch.text());
        }
        patch.end();
    }
    return std::move(patch).finish();
}

static ResourceTree work_list(std::initializer_list<std::pair<std::string_view, std::string_view>> values)
{
    ResourceTree element = ResourceTree::object();
    for (const auto& [name, value] : values) element.set(name, ResourceTree::text(value));
    element.set("type", ResourceTree::text("work"));
    element.set("primary", ResourceTree::raw("true"));
    ResourceTree list = ResourceTree::list();
    list.push_back(std::move(element));
    return list;
}

std::string jumpcloud_test_user_body(std::string_view email)
{
    ResourceTree user = ResourceTree::object();
    user.set("schemas", schemas({urn::user, urn::enterprise_user}));
    user.set("userName", ResourceTree::text(email));
    ResourceTree name = ResourceTree::object();
    name.set("givenName", ResourceTree::text("firstname"));
    name.set("familyName", ResourceTree::text("lastname"));
    user.set("name", std::move(name));
    user.set("displayName", ResourceTree::text("displayname"));
    user.set("emails", work_list({{"value", email}}));
    user.set("phoneNumbers", work_list({{"value", "tel:+1-555-555-5555"}}));
    user.set("addresses", work_list({{"streetAddress", "street-address"}, {"locality", "locality"}, {"region", "region"}, {"postalCode", "80027"}, {"country", "US"}}));
    user.set("locale", ResourceTree::text(jumpcloud_language));
    user.set("preferredLanguage", ResourceTree::text(jumpcloud_language));
    user.set("externalId", ResourceTree::text(jumpcloud_test_user_id));
    user.set("active", ResourceTree::raw("true"));
    return user.dump();
}

std::string jumpcloud_test_user_update(const JumpCloudSettings& settings, std::string_view id, bool active)
{
    std::string body = fmt::format("{{\"schemas\":[\"{}\"],\"id\":", urn::user);
    append_json_string(body, id);
    body += ",\"userName\":";
    append_json_string(body, settings.test_email);
    body += ",\"name\":{\"givenName\":\"firstname\",\"familyName\":\"lastname\"},\"emails\":";
    body += settings.test_emails_null ? "null" : work_list({{"value", settings.test_email}}).dump();
    body += fmt::format(",\"active\":{}}}", active);
    return body;
}

}  // namespace provsim
