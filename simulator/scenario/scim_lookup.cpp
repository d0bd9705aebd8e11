// SPDX-License-Identifier: Apache-2.0
#include "scenario/scim_lookup.h"

#include "model/scim/urns.h"
#include "model/text.h"

#include <algorithm>
#include <array>

namespace provsim {
namespace {

// RFC 7643 8.7.1: the attributes of User and Group, and of the enterprise extension, whose strings have caseExact false.
constexpr std::array core_caseless{
    std::string_view("username"), std::string_view("name"), std::string_view("displayname"), std::string_view("nickname"),
    std::string_view("profileurl"), std::string_view("title"), std::string_view("usertype"), std::string_view("preferredlanguage"),
    std::string_view("locale"), std::string_view("timezone"), std::string_view("emails"), std::string_view("phonenumbers"),
    std::string_view("ims"), std::string_view("photos"), std::string_view("addresses"), std::string_view("groups"),
    std::string_view("entitlements"), std::string_view("roles"), std::string_view("x509certificates"), std::string_view("members"),
};
constexpr std::array enterprise_caseless{
    std::string_view("employeenumber"), std::string_view("costcenter"), std::string_view("organization"),
    std::string_view("division"), std::string_view("department"), std::string_view("manager"),
};

bool is_core(std::string_view name)
{
    return name.empty() || equal_ignoring_ascii_case(name, urn::user) || equal_ignoring_ascii_case(name, urn::group);
}

int order_of(Comparison op, int order)
{
    switch (op) {
        case Comparison::eq: return order == 0;
        case Comparison::ne: return order != 0;
        case Comparison::gt: return order > 0;
        case Comparison::ge: return order >= 0;
        case Comparison::lt: return order < 0;
        case Comparison::le: return order <= 0;
        default: return 0;
    }
}

bool compare_texts(Comparison op, std::string_view have, std::string_view want)
{
    const std::string a = fold_case(have), b = fold_case(want);
    switch (op) {
        case Comparison::co: return a.find(b) != std::string::npos;
        case Comparison::sw: return a.starts_with(b);
        case Comparison::ew: return a.ends_with(b);
        default: return order_of(op, a.compare(b)) != 0;
    }
}

bool compare(Comparison op, const Json* have, const FilterValue& want)
{
    const bool present = have && !have->is_null();
    if (op == Comparison::pr) return present;
    if (!present) return want.kind == FilterValue::Kind::null ? op == Comparison::eq : op == Comparison::ne;
    switch (want.kind) {
        case FilterValue::Kind::string: return have->is_string() ? compare_texts(op, have->get_ref<const std::string&>(), want.text) : op == Comparison::ne;
        case FilterValue::Kind::boolean: return have->is_boolean() ? order_of(op, have->get<bool>() == (want.text == "true") ? 0 : 1) != 0 : op == Comparison::ne;
        case FilterValue::Kind::number: {
            const Json number = parse_json(want.text);
            if (!have->is_number() || !number.is_number()) return op == Comparison::ne;
            return order_of(op, *have == number ? 0 : *have < number ? -1 : 1) != 0;
        }
        case FilterValue::Kind::null:
        case FilterValue::Kind::none: return op == Comparison::ne;
    }
    return false;
}

// parse_filter bounds the depth, so recursion is bounded too.
bool fits(const Filter& filter, std::uint32_t at, const Json& value)
{
    const FilterNode& node = filter.nodes[at];
    const auto child_fits = [&](std::uint32_t child) { return fits(filter, child, value); };
    switch (node.kind) {
        case FilterNode::Kind::compare: {
            // In a value path, `value` of a list of plain values means the value itself.
            const Json* have = value.is_object() ? find_member(value, node.attribute.name)
                               : equal_ignoring_ascii_case(node.attribute.name, "value") ? &value : nullptr;
            if (have && !node.attribute.sub.empty()) have = find_member(*have, node.attribute.sub);
            return compare(node.op, have, node.value);
        }
        case FilterNode::Kind::all: return std::all_of(node.children.begin(), node.children.end(), child_fits);
        case FilterNode::Kind::any: return std::any_of(node.children.begin(), node.children.end(), child_fits);
        case FilterNode::Kind::negation: return !child_fits(node.children.front());
        case FilterNode::Kind::value_path: return false;    // none inside another value path (RFC 7644 3.4.2.2)
    }
    return false;
}

}  // namespace

const Json* find_member(const Json& object, std::string_view name)
{
    if (!object.is_object()) return nullptr;
    for (auto member = object.begin(); member != object.end(); ++member)
        if (equal_ignoring_ascii_case(member.key(), name)) return &member.value();
    return nullptr;
}

Json parse_json(std::string_view text)
{
    Json value = Json::parse(text.begin(), text.end(), nullptr, false);
    return value.is_discarded() ? Json() : value;
}

Result<AttributePath> AttributePath::parse(std::string_view text, const Place& place)
{
    AttributePath path;
    if (text.starts_with('/')) {
        // RFC 6901: '~' is followed by 0 or 1.
        for (auto at = text.find('~'); at != std::string_view::npos; at = text.find('~', at + 1))
            if (at + 1 == text.size() || (text[at + 1] != '0' && text[at + 1] != '1'))
                return Problem{Severity::error, "path", "\"" + std::string(text) + "\" is not a JSON pointer", "write ~0 for ~ and ~1 for /", place};
        path.pointer_ = text;
        return path;
    }
    auto parsed = parse_patch_path(text);
    if (!parsed) {
        Problem problem = parsed.problems().front();
        problem.code = "path";
        problem.what = "\"" + std::string(text) + "\" is not a SCIM attribute path: " + problem.what;
        problem.remedy = "write it as userName, name.givenName or emails[type eq \"work\"].value";
        problem.place = place;
        return problem;
    }
    path.path_ = std::move(parsed).value();
    return path;
}

std::vector<const Json*> AttributePath::find(const Json& resource) const
{
    if (!pointer_.empty()) {
        // Walked by hand: nlohmann's own lookup throws on an index that is no number.
        const Json* at = &resource;
        for (std::size_t begin = 1; begin <= pointer_.size();) {
            const std::size_t end = std::min(pointer_.find('/', begin), pointer_.size());
            std::string token = pointer_.substr(begin, end - begin);
            for (std::size_t i = 0; (i = token.find('~', i)) != std::string::npos; ++i) token.replace(i, 2, token[i + 1] == '0' ? "~" : "/");
            begin = end + 1;
            if (at->is_object()) {
                const auto found = at->find(token);
                if (found == at->end()) return {};
                at = &*found;
            } else if (at->is_array()) {
                if (token.empty() || token.size() > 9 || token.find_first_not_of("0123456789") != std::string::npos) return {};
                const auto index = static_cast<std::size_t>(std::stoul(token));
                if (index >= at->size()) return {};
                at = &(*at)[index];
            } else {
                return {};
            }
        }
        return {at};
    }

    const AttributeName& name = path_.attribute;
    const Json* at = &resource;
    if (!is_core(name.urn)) at = find_member(resource, name.urn);
    if (at && !name.name.empty()) at = find_member(*at, name.name);
    if (!at) return {};
    if (!path_.filter && name.sub.empty()) return {at};

    std::vector<const Json*> values;
    const auto take = [&](const Json& value) {
        if (path_.filter && !fits(*path_.filter, path_.filter->root, value)) return;
        const Json* found = name.sub.empty() ? &value : find_member(value, name.sub);
        if (found) values.push_back(found);
    };
    if (at->is_array())
        for (const Json& value : *at) take(value);
    else
        take(*at);
    return values;
}

bool AttributePath::ignores_case() const
{
    if (!pointer_.empty()) return false;
    const std::string name = ascii_lower(path_.attribute.name);
    const auto among = [&](const auto& names) { return std::find(names.begin(), names.end(), name) != names.end(); };
    if (is_core(path_.attribute.urn)) return among(core_caseless);
    return equal_ignoring_ascii_case(path_.attribute.urn, urn::enterprise_user) && (name.empty() || among(enterprise_caseless));
}

}  // namespace provsim
