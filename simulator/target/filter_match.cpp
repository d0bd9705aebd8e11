// SPDX-License-Identifier: Apache-2.0
#include "target/filter_match.h"

#include "model/text.h"
#include "target/assign.h"
#include "target/resource_writer.h"

#include <algorithm>

namespace provsim::target {
namespace {

bool order_holds(Comparison op, int order) noexcept
{
    switch (op) {
        case Comparison::eq: return order == 0;
        case Comparison::gt: return order > 0;
        case Comparison::ge: return order >= 0;
        case Comparison::lt: return order < 0;
        case Comparison::le: return order <= 0;
        default: return false;
    }
}

bool text_holds(Comparison op, bool case_exact, std::string_view text, std::string_view wanted)
{
    if (!case_exact && op == Comparison::eq) return equal_ignoring_case(text, wanted);
    std::string folded_text, folded_wanted;
    if (!case_exact) {
        text = folded_text = fold_case(text);
        wanted = folded_wanted = fold_case(wanted);
    }
    switch (op) {
        case Comparison::co: return text.find(wanted) != std::string_view::npos;
        case Comparison::sw: return text.substr(0, wanted.size()) == wanted;
        case Comparison::ew: return text.size() >= wanted.size() && text.substr(text.size() - wanted.size()) == wanted;
        default: return order_holds(op, text.compare(wanted));
    }
}

}  // namespace

Element reference_element(const Store& store, const Attribute& attribute, MemberRef to, TextArena& arena)
{
    Element element;
    for (std::size_t i = 0; i < attribute.subs.size(); ++i) {
        const std::string_view name = attribute.subs[i].name;
        if (name == "value") element.text[i] = arena.keep(id_text(store.row(to).id));
        else if (name == "type") element.text[i] = attribute.storage == Storage::groups ? "direct" : to.is_group() ? "Group" : "User";
        else if (name == "display") element.text[i] = display_of(store, to);
    }
    return element;
}

// ---- compiling ----

struct Matcher::Compiler {
    const Filter& filter;
    const ResourceSchema* schema;       // of resources
    const Attribute* values_of;         // or of the values of this attribute
    std::string_view error_type;
    Matcher& out;
    ScimError& error;

    bool fail(std::string detail) { return refuse(error, error_type, std::move(detail)); }

    bool node(std::uint32_t from, std::uint32_t& to)
    {
        const FilterNode& source = filter.nodes[from];
        Node made;
        made.kind = source.kind;
        made.op = source.op;
        if (source.kind == FilterNode::Kind::compare) {
            if (!compare(source, made)) return false;
        } else if (source.kind == FilterNode::Kind::value_path) {
            if (!value_path(source, made)) return false;
        } else {
            for (const std::uint32_t child : source.children)
                if (!node(child, made.children.emplace_back())) return false;
        }
        out.nodes_.push_back(std::move(made));
        to = static_cast<std::uint32_t>(out.nodes_.size() - 1);
        return true;
    }

    bool value_path(const FilterNode& source, Node& made)
    {
        made.attribute = schema ? find_attribute(*schema, source.attribute.urn, source.attribute.name) : nullptr;
        if (made.attribute == nullptr || made.attribute->subs.empty() || made.attribute->storage == Storage::meta)
            return fail('"' + to_string(source.attribute) + "\" is not an attribute with values to choose from");
        Compiler inside{filter, nullptr, made.attribute, error_type, out, error};
        return inside.node(source.children[0], made.children.emplace_back());
    }

    bool compare(const FilterNode& source, Node& made)
    {
        const std::string name = '"' + to_string(source.attribute) + '"';
        if (values_of != nullptr) {
            if (!source.attribute.urn.empty() || !source.attribute.sub.empty()) return fail(name + " is not a sub-attribute of the attribute before the brackets");
            made.attribute = values_of;
            made.sub = find_sub(*values_of, source.attribute.name);
            if (made.sub == no_sub) return fail(name + " is not a sub-attribute of the attribute before the brackets");
        } else if (!source.attribute.urn.empty() && !knows_urn(*schema, source.attribute.urn)) {
            made.key = static_cast<std::uint32_t>(out.custom_.size());
            out.custom_.push_back({source.attribute.urn, source.attribute.name});
            made.type = Type::string;
            return check_value(source, made, name);
        } else {
            made.attribute = find_attribute(*schema, source.attribute.urn, source.attribute.name);
            if (made.attribute == nullptr || made.attribute->mutability == Mutability::write_only) return fail(name + " is not an attribute that can be filtered by");
            if (!source.attribute.sub.empty()) {
                made.sub = find_sub(*made.attribute, source.attribute.sub);
                if (made.sub == no_sub) return fail(name + " is not an attribute");
            } else if (!made.attribute->subs.empty() && source.op != Comparison::pr) {
                made.sub = find_sub(*made.attribute, "value");   // the default sub-attribute (RFC 7643 2.4)
                if (made.sub == no_sub) return fail(name + " is complex; compare one of its sub-attributes");
            }
        }
        const bool whole = made.sub == no_sub;
        const SubAttribute* sub = whole ? nullptr : &made.attribute->subs[static_cast<std::size_t>(made.sub)];
        made.type = sub ? sub->type : made.attribute->type;
        made.case_exact = sub ? sub->case_exact : made.attribute->case_exact;
        return check_value(source, made, name);
    }

    bool check_value(const FilterNode& source, Node& made, const std::string& name)
    {
        using Kind = FilterValue::Kind;
        if (source.op == Comparison::pr) return true;
        const bool equality = source.op == Comparison::eq || source.op == Comparison::ne;
        made.text = source.value.text;
        if (source.value.kind == Kind::null) {
            made.null = true;
            return equality || fail("null can only be compared by eq and ne");
        }
        if (made.attribute == nullptr) return true;   // custom attributes have no type
        switch (made.type) {
            case Type::boolean: {
                if (!equality) return fail(name + " is a boolean; compare it by eq, ne or pr");
                const auto text = boolean_text(made.text);   // Entra writes booleans as strings
                if (!text) return fail(name + " is a boolean; compare it with true or false");
                made.text = *text;
                return true;
            }
            case Type::date_time: {
                const auto time = source.value.kind == Kind::string ? parse_time(made.text) : std::nullopt;
                if (!time && source.op != Comparison::co && source.op != Comparison::sw && source.op != Comparison::ew)
                    return fail(name + " is a dateTime; compare it with one");
                if (time) made.time = *time;
                return true;
            }
            case Type::binary:
                if (!equality) return fail(name + " is binary; compare it by eq, ne or pr");
                [[fallthrough]];
            default: return source.value.kind == Kind::string || fail(name + " is a string; compare it with a string in double quotes");
        }
    }
};

bool Matcher::compile(const Filter& filter, const ResourceSchema& schema, Matcher& out, ScimError& error)
{
    return Compiler{filter, &schema, nullptr, scim_type::invalid_filter, out, error}.node(filter.root, out.root_);
}

bool Matcher::compile_for_values(const Filter& filter, const Attribute& attribute, std::string_view error_type, Matcher& out, ScimError& error)
{
    return Compiler{filter, nullptr, &attribute, error_type, out, error}.node(filter.root, out.root_);
}

// ---- matching ----

bool Matcher::holds(const Node& node, std::string_view text) const
{
    if (node.null) return !present(text);
    if (!present(text)) return false;
    if (node.op == Comparison::pr) return !text.empty();
    // ne is the negation of eq over all values, which the callers apply.
    const Comparison op = node.op == Comparison::ne ? Comparison::eq : node.op;
    if (node.type == Type::date_time && op != Comparison::co && op != Comparison::sw && op != Comparison::ew) {
        const auto time = parse_time(text);
        return time && order_holds(op, *time < node.time ? -1 : *time > node.time ? 1 : 0);
    }
    return text_holds(op, node.case_exact || node.type == Type::boolean, text, node.text);
}

bool Matcher::element_matches(std::uint32_t index, const Element& element) const
{
    const Node& node = nodes_[index];
    switch (node.kind) {
        case FilterNode::Kind::compare: {
            const bool held = holds(node, element.text[static_cast<std::size_t>(node.sub)]);
            return node.op == Comparison::ne ? !held : held;
        }
        case FilterNode::Kind::negation: return !element_matches(node.children[0], element);
        case FilterNode::Kind::any:
            return std::any_of(node.children.begin(), node.children.end(), [&](std::uint32_t child) { return element_matches(child, element); });
        default: return std::all_of(node.children.begin(), node.children.end(), [&](std::uint32_t child) { return element_matches(child, element); });
    }
}

// Every value as an element, until visit() returns true.
template <class Visit>
bool each_element(const Store& store, const Attribute& attribute, MemberRef which, const Fields& fields, TextArena& arena, Visit visit)
{
    bool stopped = false;
    const auto reference = [&](MemberRef to) {
        if (stopped) return;
        arena.clear();
        stopped = visit(reference_element(store, attribute, to, arena));
    };
    switch (attribute.storage) {
        case Storage::list:
            for (const Element& element : fields.lists[attribute.slot])
                if (visit(element)) return true;
            return false;
        case Storage::members: store.members(which.row()).each(reference); return stopped;
        case Storage::groups:
            for (const RowNumber group : store.row(which).groups) reference(MemberRef::group(group));
            return stopped;
        case Storage::text: {
            Element element;
            for (std::size_t i = 0; i < attribute.subs.size() && attribute.slot + i < slot::count; ++i) element.text[i] = fields.text[attribute.slot + i];
            return !element.empty() && visit(element);
        }
        default: return false;
    }
}

bool Matcher::compare_resource(const Node& node, const Store& store, MemberRef which, const Fields& fields) const
{
    if (node.attribute == nullptr) {
        const Custom& custom = custom_[node.key];
        const CustomValue* value = fields.find_custom(custom.urn, custom.name);
        if (value == nullptr) return holds(node, absent);
        if (node.op == Comparison::pr) return true;
        JsonReader reader;
        const auto document = reader.read(value->json);
        const auto text = document ? as_string(document->root()) : std::nullopt;
        return holds(node, text ? *text : value->json);
    }
    const Row& row = store.row(which);
    TextArena arena;
    switch (node.attribute->storage) {
        case Storage::id: return holds(node, id_text(row.id));
        case Storage::schemas: {
            bool held = false;
            each_schema(which.is_group() ? group_schema() : user_schema(), fields, [&](std::string_view urn) { held = held || (!node.null && holds(node, urn)); });
            return held;
        }
        case Storage::meta:
            switch (node.sub) {
                case no_sub: return true;   // pr
                case 0: return holds(node, which.is_group() ? "Group" : "User");
                case 1: return holds(node, format_time(row.created));
                case 2: return holds(node, format_time(row.modified));
                case 3: return holds(node, (which.is_group() ? "/Groups/" : "/Users/") + id_text(row.id));
                default: return holds(node, version_tag(row.version));
            }
        case Storage::text:
            if (node.attribute->subs.empty()) return holds(node, fields.text[node.attribute->slot]);
            if (node.sub != no_sub) {
                const std::size_t at = node.attribute->slot + static_cast<std::size_t>(node.sub);
                if (at < slot::count) return holds(node, fields.text[at]);
                const auto manager = present(fields.text[slot::manager]) ? store.find(fields.text[slot::manager]) : std::nullopt;
                return holds(node, manager ? display_of(store, *manager) : absent);   // manager.displayName
            }
            [[fallthrough]];
        default: break;
    }
    bool some = false;
    const bool held = each_element(store, *node.attribute, which, fields, arena, [&](const Element& element) {
        some = true;
        return node.sub == no_sub ? node.op == Comparison::pr : !node.null && holds(node, element.text[static_cast<std::size_t>(node.sub)]);
    });
    return node.null ? !some : held;
}

bool Matcher::resource_matches(std::uint32_t index, const Store& store, MemberRef which, const Fields& fields) const
{
    const Node& node = nodes_[index];
    switch (node.kind) {
        case FilterNode::Kind::compare: {
            const bool held = compare_resource(node, store, which, fields);
            return node.op == Comparison::ne ? !held : held;
        }
        case FilterNode::Kind::negation: return !resource_matches(node.children[0], store, which, fields);
        case FilterNode::Kind::any:
            return std::any_of(node.children.begin(), node.children.end(), [&](std::uint32_t child) { return resource_matches(child, store, which, fields); });
        case FilterNode::Kind::all:
            return std::all_of(node.children.begin(), node.children.end(), [&](std::uint32_t child) { return resource_matches(child, store, which, fields); });
        case FilterNode::Kind::value_path: break;
    }
    TextArena arena;
    return each_element(store, *node.attribute, which, fields, arena, [&](const Element& element) { return element_matches(node.children[0], element); });
}

bool Matcher::matches(const Store& store, MemberRef which, const Fields& fields) const { return resource_matches(root_, store, which, fields); }

// ---- what an index knows ----

std::optional<Matcher::Lookup> Matcher::lookup() const { return lookup(root_); }

std::optional<Matcher::Lookup> Matcher::lookup(std::uint32_t index) const
{
    const Node& node = nodes_[index];
    if (node.kind == FilterNode::Kind::all || node.kind == FilterNode::Kind::value_path) {
        for (const std::uint32_t child : node.children)
            if (const auto found = lookup(child)) return found;
        return std::nullopt;
    }
    if (node.kind != FilterNode::Kind::compare || node.op != Comparison::eq || node.null || node.attribute == nullptr) return std::nullopt;
    const bool of_value = node.sub == find_sub(*node.attribute, "value");
    switch (node.attribute->storage) {
        case Storage::id: return Lookup{Lookup::Kind::id, {}, node.text};
        case Storage::members: return of_value ? std::optional(Lookup{Lookup::Kind::has_member, {}, node.text}) : std::nullopt;
        case Storage::groups: return of_value ? std::optional(Lookup{Lookup::Kind::member_of, {}, node.text}) : std::nullopt;
        case Storage::text:
            if (node.attribute->slot == slot::user_name) return Lookup{Lookup::Kind::key, Key::user_name, node.text};
            if (node.attribute->slot == slot::external_id) return Lookup{Lookup::Kind::key, Key::external_id, node.text};
            if (node.attribute->slot == slot::display_name) return Lookup{Lookup::Kind::key, Key::display_name, node.text};
            return std::nullopt;
        default: return std::nullopt;
    }
}

std::optional<std::vector<std::pair<std::size_t, std::string_view>>> Matcher::equalities() const
{
    std::vector<std::pair<std::size_t, std::string_view>> out;
    const auto take = [&](const Node& node) {
        if (node.kind != FilterNode::Kind::compare || node.op != Comparison::eq || node.null || node.sub == no_sub) return false;
        out.emplace_back(static_cast<std::size_t>(node.sub), node.text);
        return true;
    };
    const Node& root = nodes_[root_];
    if (root.kind != FilterNode::Kind::all) return take(root) ? std::optional(std::move(out)) : std::nullopt;
    for (const std::uint32_t child : root.children)
        if (!take(nodes_[child])) return std::nullopt;
    return out;
}

}  // namespace provsim::target
