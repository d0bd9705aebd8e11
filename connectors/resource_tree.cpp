// SPDX-License-Identifier: Apache-2.0
#include "connectors/resource_tree.h"

#include "model/text.h"

#include <algorithm>

namespace provsim {

ResourceTree ResourceTree::text(std::string_view value)
{
    std::string json;
    append_json_string(json, value);
    return raw(std::move(json));
}

ResourceTree ResourceTree::copy(json::element from)
{
    switch (from.type()) {
    case json::element_type::OBJECT: {
        ResourceTree made = object();
        for (const auto& [key, value] : json::object(from)) made.members_.emplace_back(std::string(key), copy(value));
        return made;
    }
    case json::element_type::ARRAY: {
        ResourceTree made = list();
        for (const json::element value : json::array(from)) made.elements_.push_back(copy(value));
        return made;
    }
    case json::element_type::STRING: return text(std::string_view(from));
    default: return raw(simdjson::minify(from));
    }
}

bool ResourceTree::is_empty() const noexcept
{
    if (kind_ == Kind::scalar) return json_ == "null" || json_ == "\"\"";
    return members_.empty() && elements_.empty();
}

const ResourceTree* ResourceTree::find(std::string_view name) const noexcept
{
    const auto found = std::find_if(members_.begin(), members_.end(), [name](const auto& member) { return equal_ignoring_ascii_case(member.first, name); });
    return found == members_.end() ? nullptr : &found->second;
}

ResourceTree* ResourceTree::find(std::string_view name) noexcept
{
    return const_cast<ResourceTree*>(std::as_const(*this).find(name));
}

void ResourceTree::set(std::string_view name, ResourceTree value)
{
    if (ResourceTree* there = find(name)) *there = std::move(value);
    else members_.emplace_back(std::string(name), std::move(value));
}

void ResourceTree::erase(std::string_view name)
{
    std::erase_if(members_, [name](const auto& member) { return equal_ignoring_ascii_case(member.first, name); });
}

ResourceTree& ResourceTree::member(std::string_view name, Kind kind)
{
    ResourceTree* there = find(name);
    if (!there) {
        members_.emplace_back(std::string(name), ResourceTree(kind));
        return members_.back().second;
    }
    if (there->kind_ != kind) *there = ResourceTree(kind);      // "emails": null
    return *there;
}

const ResourceTree* ResourceTree::element(const TargetPath& path) const noexcept
{
    const auto fits = [&path](const ResourceTree& candidate) {
        const bool by_rank = path.primary || path.secondary;
        const ResourceTree* mark = candidate.find(by_rank ? "primary" : "type");
        if (!mark) return false;
        if (path.secondary) return mark->json_ == "false" || equal_ignoring_ascii_case(mark->json_, "\"false\"");
        if (path.primary) return mark->json_ == "true" || equal_ignoring_ascii_case(mark->json_, "\"true\"");
        return equal_ignoring_ascii_case(mark->json_, text(path.type).json_);
    };
    const auto found = std::find_if(elements_.begin(), elements_.end(), fits);
    return found == elements_.end() ? nullptr : &*found;
}

void ResourceTree::place(const TargetPath& path, ResourceTree value)
{
    ResourceTree& home = path.extension.empty() ? *this : member(path.extension, Kind::object);
    if (!path.selects_element()) {
        if (path.sub.empty()) home.set(path.attribute, std::move(value));
        else home.member(path.attribute, Kind::object).set(path.sub, std::move(value));
        return;
    }
    ResourceTree& elements = home.member(path.attribute, Kind::list);
    auto* chosen = const_cast<ResourceTree*>(elements.element(path));
    if (!chosen) {
        elements.push_back(object());
        chosen = &elements.elements_.back();
        if (path.primary || path.secondary) chosen->set("primary", raw(path.primary ? "true" : "false"));
        else chosen->set("type", text(path.type));
    }
    chosen->set(path.sub.empty() ? "value" : path.sub, std::move(value));
}

bool ResourceTree::remove(const TargetPath& path)
{
    if (!at(path)) return false;
    ResourceTree& home = path.extension.empty() ? *this : *find(path.extension);
    if (path.selects_element()) {
        ResourceTree& elements = *home.find(path.attribute);
        const auto chosen = std::find_if(elements.elements_.begin(), elements.elements_.end(), [&](const ResourceTree& e) { return &e == elements.element(path); });
        chosen->erase(path.sub.empty() ? "value" : path.sub);
        const bool bare = std::all_of(chosen->members_.begin(), chosen->members_.end(), [](const auto& member) {
            return equal_ignoring_ascii_case(member.first, "type") || equal_ignoring_ascii_case(member.first, "primary");
        });
        if (bare) elements.elements_.erase(chosen);
        return true;
    }
    if (path.sub.empty()) {
        home.erase(path.attribute);
    } else {
        ResourceTree& complex = *home.find(path.attribute);
        complex.erase(path.sub);
        if (complex.members_.empty()) home.erase(path.attribute);
    }
    if (!path.extension.empty() && home.members_.empty()) erase(path.extension);
    return true;
}

const ResourceTree* ResourceTree::at(const TargetPath& path) const noexcept
{
    const ResourceTree* home = path.extension.empty() ? this : find(path.extension);
    const ResourceTree* there = home ? home->find(path.attribute) : nullptr;
    if (there && path.selects_element()) there = there->element(path);
    if (!there || (path.sub.empty() && !path.selects_element())) return there;
    return there->find(path.sub.empty() ? "value" : path.sub);
}

void ResourceTree::declare(std::string_view schema)
{
    ResourceTree& list = member("schemas", Kind::list);
    ResourceTree name = text(schema);
    const auto same = [&name](const ResourceTree& other) { return equal_ignoring_ascii_case(other.json_, name.json_); };
    if (std::none_of(list.elements_.begin(), list.elements_.end(), same)) list.push_back(std::move(name));
}

void ResourceTree::append_to(std::string& out) const
{
    if (kind_ == Kind::scalar) {
        out += json_;
        return;
    }
    out += kind_ == Kind::object ? '{' : '[';
    for (const auto& [name, value] : members_) {
        if (&value != &members_.front().second) out += ',';
        append_json_string(out, name);
        out += ':';
        value.append_to(out);
    }
    for (const ResourceTree& value : elements_) {
        if (&value != &elements_.front()) out += ',';
        value.append_to(out);
    }
    out += kind_ == Kind::object ? '}' : ']';
}

std::string ResourceTree::dump() const
{
    std::string out;
    append_to(out);
    return out;
}

}  // namespace provsim
