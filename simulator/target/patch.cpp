// SPDX-License-Identifier: Apache-2.0
#include "target/patch.h"

#include "model/scim/path.h"
#include "model/scim/urns.h"
#include "model/text.h"

#include <algorithm>

namespace provsim::target {
namespace {

std::string in_quotes(std::string_view name) { return '"' + std::string(name) + '"'; }

}  // namespace

struct Patch::Target {
    const PatchPath& path;
    const Attribute* attribute = nullptr;   // null: an extension without a table
    int sub = no_sub;
    bool may_create = false;                // a filter that meets nothing makes a value that would have met it
};

bool Patch::apply(json::element body)
{
    const auto schemas = member_ignoring_case(body, "schemas");
    json::array urns, operations;
    bool named = false;
    if (schemas && schemas->get(urns) == simdjson::SUCCESS)
        for (const json::element one : urns) named = named || equal_ignoring_ascii_case(as_string(one).value_or(""), urn::patch_op);
    if (!named) return fail(scim_type::invalid_syntax, "the body's \"schemas\" must name " + std::string(urn::patch_op));
    const auto held = member_ignoring_case(body, "Operations");
    if (!held || held->get(operations) != simdjson::SUCCESS) return fail(scim_type::invalid_syntax, "the body needs an array \"Operations\"");
    for (const json::element one : operations)
        if (!operation(one)) return false;
    return true;
}

bool Patch::operation(json::element operation)
{
    const auto name = member_ignoring_case(operation, "op");
    const auto text = name ? as_string(*name) : std::nullopt;
    Op op{};
    if (!text) return fail(scim_type::invalid_syntax, "each operation needs an \"op\"");
    if (equal_ignoring_ascii_case(*text, "add")) op = Op::add;
    else if (equal_ignoring_ascii_case(*text, "replace")) op = Op::replace;
    else if (equal_ignoring_ascii_case(*text, "remove")) op = Op::remove;
    else return fail(scim_type::invalid_syntax, "\"op\" must be add, replace or remove");

    const auto value = member_ignoring_case(operation, "value");
    const auto path = member_ignoring_case(operation, "path");
    if (op != Op::remove && !value) return fail(scim_type::invalid_value, "add and replace need a \"value\"");
    if (!path || path->is_null()) {
        if (op == Op::remove) return fail(scim_type::no_target, "remove needs a \"path\"");
        return without_path(op, *value);
    }
    const auto path_text = as_string(*path);
    if (!path_text) return fail(scim_type::invalid_path, "\"path\" must be a string");
    return at_path(op, *path_text, value ? &*value : nullptr, op == Op::add);
}

// The value holds attributes of the resource. Entra writes whole paths as their names. What the resource has no
// such attribute for, or does not let change, is passed over as in POST: Okta names the id beside what it changes.
bool Patch::without_path(Op op, json::element value)
{
    json::object object;
    if (value.get(object) != simdjson::SUCCESS) return fail(scim_type::invalid_value, "without a \"path\" the value must be an object");
    for (const auto& field : object) {
        const auto bracket = field.key.find('[');
        const auto split = split_attribute_name(field.key.substr(0, bracket));
        if (!split) continue;
        const bool known = split->urn.empty() || knows_urn(schema_, split->urn);
        const Attribute* attribute = known && !split->name.empty() ? find_attribute(schema_, split->urn, split->name) : nullptr;
        if (known && !split->name.empty() && (attribute == nullptr || attribute->mutability == Mutability::read_only)) continue;
        if (!at_path(op, field.key, &field.value, true)) return false;
    }
    return true;
}

bool Patch::at_path(Op op, std::string_view text, const json::element* value, bool may_create)
{
    auto parsed = parse_patch_path(text);
    if (!parsed) return fail(scim_type::invalid_path, parsed.problems().front().what + " (column " + std::to_string(parsed.problems().front().place.column) + " of the path)");
    const PatchPath& path = parsed.value();
    if (path.attribute.name.empty()) return attributes_of(path.attribute.urn, op, value);
    if (equal_ignoring_ascii_case(path.attribute.name, "schemas") && path.attribute.urn.empty()) return true;   // follows from the values

    Target target{path, nullptr, no_sub, may_create};
    if (!path.attribute.urn.empty() && !knows_urn(schema_, path.attribute.urn)) return custom(op, target, value);
    target.attribute = find_attribute(schema_, path.attribute.urn, path.attribute.name);
    if (target.attribute == nullptr) return fail(scim_type::invalid_path, in_quotes(path.attribute.name) + " is not an attribute of a " + std::string(schema_.name));
    const Attribute& attribute = *target.attribute;
    if (!path.attribute.sub.empty()) {
        target.sub = find_sub(attribute, path.attribute.sub);
        if (target.sub == no_sub) return fail(scim_type::invalid_path, in_quotes(path.attribute.sub) + " is not a sub-attribute of " + in_quotes(attribute.name));
    }
    const bool fixed_sub = target.sub != no_sub && attribute.storage != Storage::list &&
                           attribute.subs[static_cast<std::size_t>(target.sub)].mutability != Mutability::read_write;
    if (attribute.mutability == Mutability::read_only || fixed_sub) return fail(scim_type::mutability, in_quotes(to_string(path.attribute)) + " cannot be changed");

    if (path.filter) return attribute.storage == Storage::members ? chosen_members(op, target, value) : chosen_values(op, target, value);
    if (attribute.storage == Storage::members) return edit_members(op, value);
    return plain(op, target, value);
}

bool Patch::attributes_of(std::string_view urn, Op op, const json::element* value)
{
    if (!knows_urn(schema_, urn)) {
        if (op != Op::remove) return assign_.custom(arena_.keep(std::string(urn)), *value);   // the path is gone before the fields are packed
        fields_.remove_custom(urn, {});
        return true;
    }
    if (op == Op::remove) {
        if (equal_ignoring_ascii_case(urn, schema_.urn)) return fail(scim_type::mutability, "a resource cannot lose its core schema");
        for (const Attribute& attribute : schema_.attributes)
            if (equal_ignoring_ascii_case(attribute.schema, urn)) assign_.unset(attribute);
        return true;
    }
    if (equal_ignoring_ascii_case(urn, schema_.urn)) return without_path(op, *value);
    json::object object;
    if (value->get(object) != simdjson::SUCCESS) return fail(scim_type::invalid_value, "the value for a schema's attributes must be an object");
    for (const auto& field : object) {
        const auto split = split_attribute_name(field.key);
        const Attribute* attribute = split && split->urn.empty() ? find_attribute(schema_, urn, split->name) : nullptr;
        if (attribute == nullptr) continue;
        const int sub = split->sub.empty() ? no_sub : find_sub(*attribute, split->sub);
        if (!split->sub.empty() && sub == no_sub) continue;
        const auto mode = op == Op::add ? Assigner::Mode::add : Assigner::Mode::replace;
        if (!(sub == no_sub ? assign_.whole(*attribute, field.value, mode) : assign_.sub(*attribute, sub, field.value))) return false;
    }
    return true;
}

bool Patch::custom(Op op, const Target& target, const json::element* value)
{
    const AttributeName& name = target.path.attribute;
    if (target.path.filter || !name.sub.empty())
        return fail(scim_type::invalid_path, "attributes of extensions without a schema here can only be changed as a whole");
    if (op != Op::remove) return assign_.custom(arena_.keep(name.urn), arena_.keep(name.name), *value);
    fields_.remove_custom(name.urn, name.name);
    return true;
}

bool Patch::plain(Op op, const Target& target, const json::element* value)
{
    const Attribute& attribute = *target.attribute;
    if (op != Op::remove) {
        if (target.sub != no_sub) return assign_.sub(attribute, target.sub, *value);
        return assign_.whole(attribute, *value, op == Op::add ? Assigner::Mode::add : Assigner::Mode::replace);
    }
    if (target.sub == no_sub) {
        if (attribute.storage == Storage::list && value != nullptr && !value->is_null()) return remove_listed(attribute, *value);
        assign_.unset(attribute);
        return true;
    }
    const auto sub = static_cast<std::size_t>(target.sub);
    if (attribute.storage == Storage::list) {
        auto& list = fields_.lists[attribute.slot];
        for (Element& element : list) element.text[sub] = absent;
        list.erase(std::remove_if(list.begin(), list.end(), [](const Element& element) { return element.empty(); }), list.end());
    } else {
        fields_.text[attribute.slot + sub] = absent;
    }
    return true;
}

// Not in the RFC: "remove" with a path and a value takes away the values that agree with it in all it names.
bool Patch::remove_listed(const Attribute& attribute, json::element value)
{
    auto& list = fields_.lists[attribute.slot];
    const auto remove = [&](json::element one) {
        std::optional<Element> wanted;
        if (!assign_.element(attribute, one, wanted)) return false;
        const auto agrees = [&](const Element& element) {
            for (std::size_t i = 0; i < slot::subs; ++i)
                if (present(wanted->text[i]) && element.text[i] != wanted->text[i]) return false;
            return true;
        };
        if (wanted) list.erase(std::remove_if(list.begin(), list.end(), agrees), list.end());
        return true;
    };
    json::array values;
    if (value.get(values) != simdjson::SUCCESS) return remove(value);
    for (const json::element one : values)
        if (!remove(one)) return false;
    return true;
}

bool Patch::chosen_values(Op op, const Target& target, const json::element* value)
{
    const Attribute& attribute = *target.attribute;
    if (attribute.subs.empty()) return fail(scim_type::invalid_path, in_quotes(attribute.name) + " has no values to choose from");
    Matcher matcher;
    if (!Matcher::compile_for_values(*target.path.filter, attribute, scim_type::invalid_path, matcher, error_)) return false;
    if (attribute.storage == Storage::text) return chosen_single(op, target, value, matcher);

    auto& list = fields_.lists[attribute.slot];
    std::vector<std::size_t> chosen;   // before any change, since a change may make another value match
    for (std::size_t i = 0; i < list.size(); ++i)
        if (matcher.matches(list[i])) chosen.push_back(i);
    if (chosen.empty()) {
        if (target.may_create && op != Op::remove) return create_value(target, *value, matcher);
        return fail(scim_type::no_target, "no value of " + in_quotes(attribute.name) + " meets the filter");
    }
    for (const std::size_t i : chosen) {
        if (!change_element(op, target, value, list[i])) return false;
        if (op != Op::remove) assign_.settle_primary(attribute, i);
    }
    list.erase(std::remove_if(list.begin(), list.end(), [](const Element& element) { return element.empty(); }), list.end());
    return true;
}

bool Patch::change_element(Op op, const Target& target, const json::element* value, Element& element)
{
    const Attribute& attribute = *target.attribute;
    if (target.sub != no_sub) {
        const auto sub = static_cast<std::size_t>(target.sub);
        if (op != Op::remove) return assign_.sub_text(attribute.subs[sub], *value, element.text[sub]);
        element.text[sub] = absent;
        return true;
    }
    if (op == Op::remove) {
        element = {};
        return true;
    }
    std::optional<Element> given;
    if (!assign_.element(attribute, *value, given)) return false;
    if (!given) return true;
    if (op == Op::replace) element = *given;   // RFC 7644 3.5.2.3: matching values are replaced
    else
        for (std::size_t i = 0; i < slot::subs; ++i)
            if (present(given->text[i])) element.text[i] = given->text[i];
    return true;
}

bool Patch::create_value(const Target& target, json::element value, const Matcher& matcher)
{
    const auto wanted = matcher.equalities();
    if (!wanted) return fail(scim_type::no_target, "no value of " + in_quotes(target.attribute->name) + " meets the filter, and none can be made that would");
    Element made;
    for (const auto& [sub, text] : *wanted) made.text[sub] = arena_.keep(std::string(text));
    if (!change_element(Op::add, target, &value, made)) return false;
    assign_.append(*target.attribute, made);
    return true;
}

// manager[value eq "x"]: a single value that is meant only if it meets the filter.
bool Patch::chosen_single(Op op, const Target& target, const json::element* value, const Matcher& matcher)
{
    const Attribute& attribute = *target.attribute;
    Element element;
    for (std::size_t i = 0; i < attribute.subs.size() && attribute.slot + i < slot::count; ++i) element.text[i] = fields_.text[attribute.slot + i];
    if (!matcher.matches(element)) return fail(scim_type::no_target, in_quotes(attribute.name) + " does not meet the filter");
    return plain(op, target, op == Op::remove ? nullptr : value);
}

bool Patch::edit_members(Op op, const json::element* value)
{
    const bool all = op == Op::remove && (value == nullptr || value->is_null());
    std::vector<MemberRef> named;
    // Whoever is to be removed and does not exist (any more) is no member: nothing to refuse.
    if (!all && !assign_.read_members(*value, op == Op::remove ? Assigner::Unknown::leave_out : Assigner::Unknown::refuse, named)) return false;
    if (all || op == Op::replace) {
        members_->replace_all(named);
        return true;
    }
    for (const MemberRef member : named) {
        if (op == Op::add) members_->add(member);
        else members_->remove(member);
    }
    return true;
}

bool Patch::chosen_members(Op op, const Target& target, const json::element* value)
{
    const Attribute& attribute = *target.attribute;
    Matcher matcher;
    if (!Matcher::compile_for_values(*target.path.filter, attribute, scim_type::invalid_path, matcher, error_)) return false;

    std::vector<MemberRef> candidates, chosen;
    if (const auto lookup = matcher.lookup(); lookup && lookup->kind == Matcher::Lookup::Kind::has_member) {
        if (const auto member = store_.find(lookup->text); member && members_->members().contains(*member)) candidates.push_back(*member);
    } else {
        candidates = members_->members().list();
    }
    for (const MemberRef member : candidates) {
        TextArena arena;
        if (matcher.matches(reference_element(store_, attribute, member, arena))) chosen.push_back(member);
    }
    if (op == Op::remove) {
        if (target.sub != no_sub) return fail(scim_type::mutability, "a member's sub-attributes cannot be changed");
        if (chosen.empty()) return fail(scim_type::no_target, "no member meets the filter");
        for (const MemberRef member : chosen) members_->remove(member);
        return true;
    }
    if (chosen.empty() && op == Op::replace) return fail(scim_type::no_target, "no member meets the filter");
    if (target.sub != no_sub) return fail(scim_type::mutability, "a member's sub-attributes cannot be changed");
    std::vector<MemberRef> named;
    if (!assign_.read_members(*value, Assigner::Unknown::refuse, named)) return false;
    if (op == Op::replace)
        for (const MemberRef member : chosen) members_->remove(member);
    for (const MemberRef member : named) members_->add(member);
    return true;
}

}  // namespace provsim::target
