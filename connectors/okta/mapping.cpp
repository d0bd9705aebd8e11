// SPDX-License-Identifier: Apache-2.0
#include "connectors/okta/mapping.h"

#include "model/check.h"
#include "model/json.h"
#include "model/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

constexpr std::string_view user_name_target = "userName";

Problem problem(std::string_view code, std::string what, std::string remedy, const Place& place)
{
    return {Severity::error, std::string(code), std::move(what), std::move(remedy), place};
}

bool is_identifier(std::string_view text) noexcept
{
    const auto fits = [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_'; };
    return !text.empty() && std::all_of(text.begin(), text.end(), fits);
}

Problem unknown(std::string_view name, const Place& place)
{
    const auto near = nearest_profile_name(name);
    return problem("expression", fmt::format("no user has the attribute \"{}\"", name),
                   near.empty() ? fmt::format("give users a custom.{}, or name an attribute of Okta's base profile", name) : fmt::format("did you mean user.{}?", near), place);
}

// `'work'`, without what would need escapes.
std::optional<std::string> literal(std::string_view text)
{
    if (text.size() < 2 || (text.front() != '\'' && text.front() != '"') || text.back() != text.front()) return std::nullopt;
    const auto inside = text.substr(1, text.size() - 2);
    if (inside.find_first_of("'\"\\") != std::string_view::npos) return std::nullopt;
    return std::string(inside);
}

// (user.X != null && user.X != '') ? 'text' : ''
std::optional<std::pair<std::string_view, std::string>> type_if_present(std::string_view text)
{
    constexpr std::string_view open = "(user.", test = " != null && user.", then = " != '') ? ", otherwise = " : ''";
    if (!text.starts_with(open) || !text.ends_with(otherwise)) return std::nullopt;
    text = text.substr(open.size(), text.size() - open.size() - otherwise.size());
    const auto end = text.find(test);
    if (end == std::string_view::npos) return std::nullopt;
    const auto name = text.substr(0, end);
    text.remove_prefix(end + test.size());
    if (!is_identifier(name) || !text.starts_with(name) || !text.substr(name.size()).starts_with(then)) return std::nullopt;
    const auto constant = literal(text.substr(name.size() + then.size()));
    if (!constant) return std::nullopt;
    return std::pair{name, *constant};
}

// What an expression reads must be there: of the user; appuser, app and org have no values here.
Result<OktaMappingSource> expression(const MappingSpec& spec, const Directory& directory)
{
    auto parsed = OktaExpression::parse(spec.source, spec.place);
    if (!parsed) return parsed.problems();
    Problems problems;
    for (const std::string& name : parsed.value().attributes()) {
        if (name.find('.') != std::string::npos)
            problems.push_back(problem("expression", fmt::format("{} has no value in a rehearsal", name), "write a constant instead, or an attribute of the user", spec.place));
        else if (!find_profile_name(name, directory))
            problems.push_back(unknown(name, spec.place));
    }
    if (!problems.empty()) return problems;
    return OktaMappingSource(FromOktaExpression{std::move(parsed).value()});
}

Result<OktaMappingSource> mapping_source(const MappingSpec& spec, const Directory& directory)
{
    if (spec.from == MappingSpec::From::none) return OktaMappingSource(FromOktaConstant{});
    if (spec.from == MappingSpec::From::constant) return OktaMappingSource(FromOktaConstant{spec.source});
    const std::string_view text = spec.source;
    if (const auto constant = literal(text)) return OktaMappingSource(FromOktaConstant{*constant});
    if (text.starts_with("user.") && is_identifier(text.substr(5))) {
        if (const auto name = find_profile_name(text.substr(5), directory)) return OktaMappingSource(FromProfile{*name});
        return unknown(text.substr(5), spec.place);
    }
    if (const auto conditional = type_if_present(text))
        if (const auto name = find_profile_name(conditional->first, directory)) return OktaMappingSource(FromTypeIfPresent{*name, conditional->second});
    return expression(spec, directory);
}

std::uint64_t bits_of(const OktaProfileName& name) noexcept
{
    const auto* attribute = std::get_if<Attribute>(&name);
    return attribute ? bit(*attribute) : 0;       // a manager's change triggers nothing (Okta: Expression Language)
}

// Memberships are not among them: an expression that asks for groups is not evaluated again when they change (the same page).
std::uint64_t attributes_read(const OktaMappingSource& source, const Directory& directory)
{
    if (const auto* profile = std::get_if<FromProfile>(&source)) return bits_of(profile->name);
    if (const auto* type = std::get_if<FromTypeIfPresent>(&source)) return bits_of(type->name);
    std::uint64_t all = 0;
    if (const auto* from = std::get_if<FromOktaExpression>(&source))
        for (const std::string& name : from->expression.attributes())
            if (const auto found = find_profile_name(name, directory)) all |= bits_of(*found);
    return all;
}

struct ValueOf {
    const View& view;
    UserId user;
    TimePoint now;
    std::vector<std::string>& computed;

    OktaMapped operator()(const FromProfile& from) const { return {profile_value(from.name, view, user, computed), {}}; }
    OktaMapped operator()(const FromTypeIfPresent& from) const
    {
        std::vector<std::string> ids;
        ids.reserve(1);
        return {profile_value(from.name, view, user, ids).empty() ? std::string_view{} : std::string_view(from.text), {}};
    }
    OktaMapped operator()(const FromOktaConstant& from) const { return {from.text, {}}; }
    OktaMapped operator()(const FromOktaExpression& from) const
    {
        const OktaUserSource source(view, user);
        const OktaValue value = from.expression.evaluate({source, now});
        if (value.is_null()) return {};
        if (value.is_error()) return {{}, value.error()};
        auto text = to_text(value);
        if (!text) return {{}, "it yields several values, and the attribute takes one"};
        PROVSIM_CHECK(computed.size() < computed.capacity(), "views into the values already computed would dangle");
        return {computed.emplace_back(std::move(*text)), {}};
    }
};

}  // namespace

std::optional<TargetPath> parse_okta_target(std::string_view text)
{
    // emails.^[primary==true].value, emails[primary eq "false"].value
    for (const auto& [mark, primary] : {std::pair{std::string_view(".^[primary==true]."), true}, {".^[primary==false].", false}, {"[primary eq \"false\"].", false}}) {
        const auto at = text.find(mark);
        if (at == std::string_view::npos) continue;
        auto path = parse_target_path(std::string(text.substr(0, at)) + "[primary eq \"true\"]." + std::string(text.substr(at + mark.size())));
        if (!path) return std::nullopt;
        path->text = text;
        path->primary = primary;
        path->secondary = !primary;
        return path;
    }
    if (auto path = parse_target_path(text)) return path;
    // urn:...:User:manager.value
    const auto colon = text.rfind(':');
    if (colon == std::string_view::npos || !text.starts_with("urn:")) return std::nullopt;
    auto path = parse_target_path(text.substr(colon + 1));
    if (!path) return std::nullopt;
    path->text = text;
    path->extension = text.substr(0, colon);
    return path;
}

Result<OktaMappingTable> compile_okta_mappings(const MappingSpecs& specs, bool default_rows_on_create, const Directory& directory)
{
    Problems problems;
    OktaMappingTable table;
    for (const MappingSpec& row : specs.groups.rows)
        problems.push_back(problem("mapping", "Okta has no mappings of a group's attributes", "a pushed group has its name and its members; remove this row", row.place));
    for (const MappingSpec& spec : okta_rows(specs.users, default_rows_on_create)) {
        auto path = parse_okta_target(spec.target);
        if (!path) {
            problems.push_back(problem("mapping", fmt::format("\"{}\" is no path to an attribute", spec.target), "try title, name.givenName or emails[primary eq \"true\"].value", spec.place));
            continue;
        }
        // A custom attribute without an external namespace is never sent; here its path says the namespace (settings, corrections).
        if (spec.matching > 0 && path->text != user_name_target)
            problems.push_back(problem("mapping", fmt::format("Okta does not match users by \"{}\"", spec.target), "it matches them by userName alone", spec.place));
        auto source = mapping_source(spec, directory);
        if (!source) {
            problems.insert(problems.end(), source.problems().begin(), source.problems().end());
            continue;
        }
        OktaMapping made{std::move(*path), std::move(source).value(), spec.type.value_or(ValueType::string)};
        made.reads = attributes_read(made.source, directory);
        made.only_on_create = spec.only_on_create;
        made.required = spec.required;
        made.default_value = spec.default_value.value_or(std::string{});
        table.push_back(std::move(made));
    }
    if (problems.empty() && user_name_row(table) == table.size())
        problems.push_back(problem("mapping", "nothing is mapped to userName", "map it: Okta matches users by it", {}));
    if (table.size() > longest_okta_mapping)
        problems.push_back(problem("mapping", fmt::format("more than {} attributes are mapped", longest_okta_mapping), "remove some", {}));
    if (!problems.empty()) return problems;
    return table;
}

std::uint16_t user_name_row(const OktaMappingTable& table) noexcept
{
    const auto found = std::find_if(table.begin(), table.end(), [](const OktaMapping& row) { return equal_ignoring_ascii_case(row.target.text, user_name_target); });
    return static_cast<std::uint16_t>(found - table.begin());
}

Attribute user_name_attribute(const OktaMappingTable& table) noexcept
{
    const auto* profile = std::get_if<FromProfile>(&table[user_name_row(table)].source);
    const auto* attribute = profile ? std::get_if<Attribute>(&profile->name) : nullptr;
    return attribute ? *attribute : Attribute::user_name;
}

std::uint64_t triggering_attributes(const OktaMappingTable& table) noexcept
{
    std::uint64_t all = 0;
    for (const OktaMapping& row : table)
        if (!row.only_on_create) all |= row.reads;
    return all;
}

OktaMapped okta_value(const OktaMapping& mapping, const View& view, UserId user, TimePoint now, std::vector<std::string>& computed)
{
    OktaMapped mapped = std::visit(ValueOf{view, user, now, computed}, mapping.source);
    if (mapped.value.empty() && mapped.trouble.empty()) mapped.value = mapping.default_value;
    return mapped;
}

std::string okta_json(const OktaMapping& mapping, std::string_view value)
{
    if (mapping.type == ValueType::boolean)
        for (const std::string_view word : {"true", "false"})
            if (equal_ignoring_ascii_case(value, word)) return std::string(word);
    const bool digits = value.size() < 19 && (value[0] != '0' || value.size() == 1) && std::all_of(value.begin(), value.end(), [](char c) { return c >= '0' && c <= '9'; });
    if (mapping.type == ValueType::integer && digits) return std::string(value);
    std::string out;
    append_json_string(out, value);
    return out;
}

}  // namespace provsim
