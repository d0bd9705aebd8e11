// SPDX-License-Identifier: Apache-2.0
#include "connectors/entra/post_body.h"

#include "connectors/entra/roles.h"
#include "model/check.h"
#include "model/json.h"
#include "model/scim/urns.h"

#include <algorithm>
#include <array>

namespace provsim {
namespace {

constexpr std::string_view user_order[] = {"externalId", "userName"};
constexpr std::string_view group_order[] = {"externalId", "displayName"};
constexpr std::string_view name_order[] = {"formatted", "familyName", "givenName"};   // of the library's class Name

std::string json_text(std::string_view text)
{
    std::string out;
    append_json_string(out, text);
    return out;
}

// Entra's library has no null for `primary`: every element says it. That addresses are never primary, and e-mail and phone
// of type work are, follows captures of e-mails and addresses; for phones it is assumed.
bool is_primary(const TargetPath& target)
{
    return target.type == "work" && target.attribute != "addresses";
}

// What an element says before its mapped members: `true,"type":"work"`; a primary one has no type of its own.
std::string beginning(const TargetPath& target)
{
    if (target.primary) return target.attribute == "roles" ? R"(true,"type":"WindowsAzureActiveDirectoryRole")" : "true";
    return std::string(is_primary(target) ? "true" : "false") + ",\"type\":" + json_text(target.type);
}

}  // namespace

struct PostBody::Values {
    std::array<std::string_view, longest_mapping> of_row;
};

PostBody::Node& PostBody::child(Node& parent, std::string_view key, std::string_view opening, std::string_view closing)
{
    for (Node& known : parent.children)
        if (known.key == key) return known;
    Node& made = parent.children.emplace_back();
    made.key = key;
    made.opening = opening;
    made.closing = closing;
    return made;
}

void PostBody::add(const AttributeMapping& mapping, int row)
{
    const TargetPath& target = mapping.target;
    Node* parent = &root_;
    if (!target.extension.empty()) parent = &child(*parent, target.extension, json_text(target.extension) + ":{", "}");
    std::string_view name = target.attribute;
    if (target.selects_element()) {
        Node& list = child(*parent, target.attribute, json_text(target.attribute) + ":[", "]");
        Node& element = child(list, target.type, "{\"primary\":", "}");
        if (!element.begun) element.opening += beginning(target);
        element.begun = true;
        parent = &element;
        name = target.sub;
    } else if (!target.sub.empty()) {
        parent = &child(*parent, target.attribute, json_text(target.attribute) + ":{", "}");
        name = target.sub;
    }
    Node& value = child(*parent, name, json_text(name) + ":", {});
    value.row = row;
    value.mapping = &mapping;
}

// `first`, in this order, then the rest by the alphabet; then the enterprise extension, and others last.
void PostBody::sort(Node& node, std::span<const std::string_view> first)
{
    const auto rank = [&](const Node& n) {
        const auto at = std::find(first.begin(), first.end(), n.key) - first.begin();
        return at + (n.key == urn::enterprise_user ? 1 : n.key.substr(0, 4) == "urn:" ? 2 : 0);
    };
    std::sort(node.children.begin(), node.children.end(), [&](const Node& a, const Node& b) {
        return rank(a) != rank(b) ? rank(a) < rank(b) : a.key < b.key;
    });
    for (Node& below : node.children) sort(below, below.key == "name" ? std::span<const std::string_view>(name_order) : std::span<const std::string_view>{});
}

// The order of keys: Microsoft's SCIM library (AzureAD/SCIMReferenceCode) serialises base classes first, then by the
// alphabet; its published samples and captures agree. Which of several addresses or phones comes first is assumed: by type.
PostBody::PostBody(const MappingTable& table, ObjectKind kind, bool legacy_group)
{
    PROVSIM_CHECK(table.size() <= longest_mapping, "a mapping table that its compiler should have refused");
    root_.opening = "{\"schemas\":[" + json_text(kind == ObjectKind::user ? urn::user : urn::group);
    if (kind == ObjectKind::user) root_.opening += "," + json_text(urn::enterprise_user);
    else if (legacy_group) root_.opening += ",\"http://schemas.microsoft.com/2006/11/ResourceManagement/ADSCIM/2.0/Group\"";
    root_.opening += "]";
    root_.closing = "}";
    root_.begun = root_.always = true;
    for (std::size_t i = 0; i < table.size(); ++i)
        add(table[i], static_cast<int>(i));
    if (kind == ObjectKind::user) {
        child(root_, "meta", "\"meta\":{\"resourceType\":\"User\"}", {}).always = true;
        child(root_, "roles", "\"roles\":[]", {}).always = true;    // in samples even without a mapping of roles
        sort(root_, user_order);
    } else {
        if (!legacy_group) child(root_, "members", "\"members\":[]", {}).always = true;    // jelhub/scimgateway#116, Microsoft Q&A 637791
        child(root_, "meta", "\"meta\":{\"resourceType\":\"Group\"}", {}).always = true;
        sort(root_, group_order);
    }
}

void PostBody::write(std::string& out, const std::vector<Wanted>& desired) const
{
    Values values{};
    for (const Wanted& wanted : desired) values.of_row[wanted.row] = wanted.value;
    write(root_, values, out, true);
}

bool PostBody::write(const Node& node, const Values& values, std::string& out, bool first)
{
    const auto mark = out.size();
    if (node.row >= 0) {
        const std::string_view value = values.of_row[static_cast<std::size_t>(node.row)];
        if (value.empty() && !node.always) return false;
        if (!first) out.push_back(',');
        out += node.opening;
        if (node.mapping->type == ValueType::complex) append_roles(out, value);
        else append_typed(out, *node.mapping, value);
        return true;
    }
    if (!first) out.push_back(',');
    out += node.opening;
    bool any = false;
    for (const Node& below : node.children) any |= write(below, values, out, !any && !node.begun);
    if (!any && !node.always) {
        out.resize(mark);
        return false;
    }
    out += node.closing;
    return true;
}

}  // namespace provsim
