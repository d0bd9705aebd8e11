// SPDX-License-Identifier: Apache-2.0
#include "target/assign.h"

#include "model/hash.h"
#include "model/scim/attribute_name.h"
#include "model/text.h"
#include "target/store.h"

#include <algorithm>

namespace provsim::target {
namespace {

std::string in_quotes(std::string_view name) { return '"' + std::string(name) + '"'; }

bool is_manager(const Attribute& attribute) noexcept { return attribute.storage == Storage::text && attribute.slot == slot::manager; }

// The index of "primary"; every list has one.
std::size_t primary_of(const Attribute& attribute) noexcept { return attribute.subs.size() - 1; }

}  // namespace

std::optional<std::string_view> boolean_text(std::string_view text) noexcept
{
    if (equal_ignoring_ascii_case(text, "true")) return "true";
    if (equal_ignoring_ascii_case(text, "false")) return "false";
    return std::nullopt;
}

bool Assigner::typed_text(Type type, std::string_view name, json::element value, std::string_view& out)
{
    if (value.is_null()) {
        out = absent;
        return true;
    }
    bool flag = false;
    if (type == Type::boolean && value.get(flag) == simdjson::SUCCESS) {
        out = flag ? "true" : "false";
        return true;
    }
    const auto text = as_string(value);
    if (type == Type::boolean) {
        const auto boolean = text ? boolean_text(*text) : std::nullopt;
        if (!boolean) return fail(scim_type::invalid_value, in_quotes(name) + " must be true or false");
        out = *boolean;
        return true;
    }
    if (!text) return fail(scim_type::invalid_value, in_quotes(name) + " must be a string");
    out = *text;
    return true;
}

bool Assigner::sub_text(const SubAttribute& sub, json::element value, std::string_view& out)
{
    return typed_text(sub.type, sub.name, value, out);
}

void Assigner::unset(const Attribute& attribute)
{
    if (attribute.storage == Storage::list) {
        fields_.lists[attribute.slot].clear();
    } else if (attribute.storage == Storage::text) {
        const std::size_t count = attribute.subs.empty() ? 1 : attribute.subs.size();
        for (std::size_t i = 0; i < count && attribute.slot + i < slot::count; ++i) fields_.text[attribute.slot + i] = absent;
    }
}

bool Assigner::whole(const Attribute& attribute, json::element value, Mode mode)
{
    if (attribute.storage == Storage::list) {
        if (mode == Mode::replace || value.is_null()) fields_.lists[attribute.slot].clear();
        json::array values;
        if (value.get(values) != simdjson::SUCCESS) {
            std::optional<Element> read;
            if (!element(attribute, value, read)) return false;
            if (read) append(attribute, *read);
            return true;
        }
        for (const json::element one : values) {
            std::optional<Element> read;
            if (!element(attribute, one, read)) return false;
            if (read) append(attribute, *read);
        }
        return true;
    }
    if (attribute.type == Type::complex) return complex(attribute, value);
    std::string_view& text = fields_.text[attribute.slot];
    if (!typed_text(attribute.type, attribute.name, value, text)) return false;
    // Only a trace of the password is kept, enough to see that it changed.
    if (attribute.slot == slot::password && present(text)) text = arena_.keep(std::to_string(hash_text(text)));
    return true;
}

bool Assigner::complex(const Attribute& attribute, json::element value)
{
    if (value.is_null()) {
        unset(attribute);
        return true;
    }
    if (is_manager(attribute)) {   // Entra sends the bare id, and "" to take it away; an object whose value is "" says the same
        const auto text = as_string(value);
        const auto id = member_ignoring_case(value, "value");
        const bool nobody = text ? text->empty() : id && (id->is_null() || as_string(*id) == std::string_view());
        if (text || nobody) {
            unset(attribute);
            if (!nobody) fields_.text[attribute.slot] = *text;
            return true;
        }
    }
    json::object object;
    if (value.get(object) != simdjson::SUCCESS) return fail(scim_type::invalid_value, in_quotes(attribute.name) + " must be an object");
    for (const auto& field : object) {
        const int which = find_sub(attribute, field.key);
        if (which != no_sub && attribute.subs[static_cast<std::size_t>(which)].mutability != Mutability::read_only &&
            !sub(attribute, which, field.value))
            return false;
    }
    return true;
}

bool Assigner::sub(const Attribute& attribute, int which, json::element value)
{
    const auto index = static_cast<std::size_t>(which);
    const SubAttribute& rule = attribute.subs[index];
    if (attribute.storage == Storage::list) {   // no filter: all values; where there is none, a first one
        auto& list = fields_.lists[attribute.slot];
        std::string_view text;
        if (!sub_text(rule, value, text)) return false;
        if (list.empty() && present(text)) list.emplace_back();
        for (Element& one : list) one.text[index] = text;
        list.erase(std::remove_if(list.begin(), list.end(), [](const Element& one) { return one.empty(); }), list.end());
        return true;
    }
    if (is_manager(attribute) && index == 0 && as_string(value) == std::string_view()) {
        unset(attribute);
        return true;
    }
    return sub_text(rule, value, fields_.text[attribute.slot + index]);
}

bool Assigner::element(const Attribute& attribute, json::element value, std::optional<Element>& out)
{
    out.reset();
    if (value.is_null()) return true;
    const int bare = find_sub(attribute, "value");
    Element read;
    if (const auto text = as_string(value); text && bare != no_sub) {
        read.text[static_cast<std::size_t>(bare)] = *text;
        out = read;
        return true;
    }
    json::object object;
    if (value.get(object) != simdjson::SUCCESS) return fail(scim_type::invalid_value, "a value of " + in_quotes(attribute.name) + " must be an object");
    for (const auto& field : object) {
        const int which = find_sub(attribute, field.key);
        if (which == no_sub) continue;
        const auto index = static_cast<std::size_t>(which);
        if (!sub_text(attribute.subs[index], field.value, read.text[index])) return false;
    }
    if (!read.empty()) out = read;
    return true;
}

void Assigner::append(const Attribute& attribute, const Element& one)
{
    auto& list = fields_.lists[attribute.slot];
    if (std::find(list.begin(), list.end(), one) != list.end()) return;
    list.push_back(one);
    settle_primary(attribute, list.size() - 1);
}

void Assigner::settle_primary(const Attribute& attribute, std::size_t of)
{
    auto& list = fields_.lists[attribute.slot];
    const std::size_t primary = primary_of(attribute);
    if (list[of].text[primary] != "true") return;
    for (std::size_t i = 0; i < list.size(); ++i)
        if (i != of && list[i].text[primary] == "true") list[i].text[primary] = "false";
}

bool Assigner::custom(std::string_view urn, std::string_view name, json::element value)
{
    if (value.is_null()) fields_.remove_custom(urn, name);
    else fields_.set_custom({urn, name, arena_.keep(simdjson::minify(value))});
    return true;
}

bool Assigner::custom(std::string_view urn, json::element value)
{
    if (value.is_null()) {
        fields_.remove_custom(urn, {});
        return true;
    }
    json::object object;
    if (value.get(object) != simdjson::SUCCESS) return fail(scim_type::invalid_value, "the attributes of an extension must be an object");
    for (const auto& field : object) custom(urn, field.key, field.value);
    return true;
}

bool Assigner::one_member(json::element value, Unknown unknown, std::vector<MemberRef>& out)
{
    auto id = as_string(value);
    if (!id) {
        const auto held = member_ignoring_case(value, "value");
        if (held) id = as_string(*held);
    }
    if (!id) return fail(scim_type::invalid_value, "each member needs the id of a user or group as its \"value\"");
    const auto found = store_.find(*id);
    if (found) out.push_back(*found);
    else if (unknown == Unknown::refuse) return fail(scim_type::invalid_value, "a member's \"value\" is not the id of a user or group here");
    return true;
}

bool Assigner::read_members(json::element value, Unknown unknown, std::vector<MemberRef>& out)
{
    json::array values;
    if (value.is_null()) return true;
    if (value.get(values) != simdjson::SUCCESS) return one_member(value, unknown, out);
    for (const json::element one : values)
        if (!one_member(one, unknown, out)) return false;
    return true;
}

bool Assigner::key(std::string_view name, json::element value)
{
    const auto colon = name.rfind(':');
    if (colon == std::string_view::npos) {
        const Attribute* attribute = find_attribute(schema_, {}, name);
        if (attribute == nullptr || attribute->mutability == Mutability::read_only) return true;
        if (attribute->storage != Storage::members) return whole(*attribute, value, Mode::replace);
        members_.emplace();
        return read_members(value, Unknown::refuse, *members_);
    }
    const auto split = split_attribute_name(name);
    if (!split || split->urn.empty()) return true;
    if (!knows_urn(schema_, split->urn)) {
        return split->name.empty() || value.is_object() ? custom(split->name.empty() ? split->urn : name, value) : custom(split->urn, split->name, value);
    }
    if (!split->name.empty()) {
        const Attribute* attribute = find_attribute(schema_, split->urn, split->name);
        return attribute == nullptr || attribute->mutability == Mutability::read_only || whole(*attribute, value, Mode::replace);
    }
    json::object object;
    if (value.is_null()) return true;
    if (value.get(object) != simdjson::SUCCESS) return fail(scim_type::invalid_value, "the attributes of an extension must be an object");
    for (const auto& field : object) {
        const Attribute* attribute = find_attribute(schema_, split->urn, field.key);
        if (attribute != nullptr && attribute->mutability != Mutability::read_only && !whole(*attribute, field.value, Mode::replace)) return false;
    }
    return true;
}

bool Assigner::body(json::element value)
{
    json::object object;
    if (value.get(object) != simdjson::SUCCESS) return fail(scim_type::invalid_syntax, "the body must be a JSON object");
    for (const auto& field : object)
        if (!key(field.key, field.value)) return false;
    return true;
}

bool Assigner::check_required(const Fields* before)
{
    for (const Attribute& attribute : schema_.attributes) {
        if (!attribute.required || !fields_.text[attribute.slot].empty()) continue;
        if (before != nullptr && !present(fields_.text[attribute.slot]))
            return fail(scim_type::mutability, in_quotes(attribute.name) + " is required and cannot be taken away");
        return fail(scim_type::invalid_value, in_quotes(attribute.name) + " is required and must not be empty");
    }
    return true;
}

}  // namespace provsim::target
