// SPDX-License-Identifier: Apache-2.0
#include "connectors/entra/mapping_source.h"

#include "connectors/entra/roles.h"
#include "model/check.h"

#include <algorithm>

namespace provsim {
namespace {

using Kind = Evaluated::Kind;

constexpr std::string_view soft_deleted_switch = R"(Switch([IsSoftDeleted], , "False", "True", "True", "False"))";
constexpr std::string_view join_names = R"(Join(" ", [givenName], [surname]))";

Evaluated value_of(std::string_view text) noexcept
{
    return {text.empty() ? Kind::nothing : Kind::value, text};
}

std::string_view kept(std::string text, std::vector<std::string>& computed)
{
    PROVSIM_CHECK(computed.size() < computed.capacity(), "views into the values already computed would dangle");
    return computed.emplace_back(std::move(text));
}

struct Evaluate {
    const SourceObject& from;
    std::vector<std::string>& computed;

    Evaluated operator()(const FromAttribute& source) const { return value_of(from.view.value(from.object.user(), source.attribute)); }
    Evaluated operator()(const FromObjectId&) const { return {Kind::value, kept(to_string(from.view.object_id(from.object)), computed)}; }
    Evaluated operator()(const FromGroupName&) const { return value_of(from.view.display_name(from.object.group())); }
    Evaluated operator()(const FromSoftDeleted&) const { return {Kind::value, from.soft_deleted ? "False" : "True"}; }
    Evaluated operator()(const FromConstant& source) const { return {Kind::value, source.text}; }
    Evaluated operator()(const FromNothing&) const { return {}; }

    // Skips what is empty (Entra: functions-for-customizing-application-data; settings.md).
    Evaluated operator()(const FromJoin& source) const
    {
        std::string_view only;
        std::string joined;
        for (const Attribute part : source.parts) {
            const auto value = from.view.value(from.object.user(), part);
            if (value.empty()) continue;
            if (only.empty()) {
                only = value;
                continue;
            }
            if (joined.empty()) joined = only;
            joined += source.separator;
            joined += value;
        }
        return {Kind::value, joined.empty() ? only : kept(std::move(joined), computed)};
    }

    Evaluated operator()(const FromExpression& source) const
    {
        const EntraSource values(source.attributes, from.view, from.object, from.soft_deleted);
        const Value value = source.expression.evaluate({values, from.now, from.draw, from.object.key(), from.ordinal, from.default_domain});
        if (value.is_drop()) return {Kind::dropped, {}};
        if (value.is_error()) return {Kind::failed, kept(value.error(), computed)};
        if (const auto* roles = std::get_if<AppRoles>(&value.held)) return roles->empty() ? Evaluated{} : Evaluated{Kind::value, kept(roles_text(*roles), computed)};
        const auto text = to_text(value);
        if (value.is_null()) return {};
        if (!text) return {Kind::failed, kept("it yields several values, and the target attribute takes one", computed)};
        return {Kind::value, kept(*text, computed)};
    }
};

}  // namespace

Result<MappingSource> mapping_source(std::string_view expression, ObjectKind kind, const Directory& directory, const Place& place)
{
    auto parsed = Expression::parse(expression, place);
    if (!parsed) return parsed.problems();
    auto attributes = EntraAttributes::find(parsed.value().attributes(), directory, place, kind);
    if (!attributes) return attributes.problems();
    if (expression == soft_deleted_switch) return MappingSource(FromSoftDeleted{});
    if (expression == join_names) return MappingSource(FromJoin{" ", {Attribute::given_name, Attribute::family_name}});
    const bool bare = !parsed.value().function() && attributes.value().names().size() == 1;
    if (bare) {
        const EntraAttributes::Name& name = attributes.value().names().front();
        if (const auto* attribute = std::get_if<Attribute>(&name)) return MappingSource(FromAttribute{*attribute});
        if (name == EntraAttributes::Name(EntraAttributes::Computed::object_id)) return MappingSource(FromObjectId{});
        if (name == EntraAttributes::Name(EntraAttributes::Computed::group_name)) return MappingSource(FromGroupName{});
    }
    return MappingSource(FromExpression{std::move(parsed).value(), std::move(attributes).value()});
}

bool computes(const MappingSource& source) noexcept
{
    return std::holds_alternative<FromJoin>(source) || std::holds_alternative<FromObjectId>(source) || std::holds_alternative<FromExpression>(source);
}

bool reads_soft_deleted(const MappingSource& source) noexcept
{
    if (std::holds_alternative<FromSoftDeleted>(source)) return true;
    const auto* expression = std::get_if<FromExpression>(&source);
    if (!expression) return false;
    const auto& names = expression->expression.attributes();
    return std::find(names.begin(), names.end(), "IsSoftDeleted") != names.end();
}

Evaluated evaluate(const MappingSource& source, const SourceObject& from, std::vector<std::string>& computed)
{
    return std::visit(Evaluate{from, computed}, source);
}

}  // namespace provsim
