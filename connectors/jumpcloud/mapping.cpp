// SPDX-License-Identifier: Apache-2.0
#include "connectors/jumpcloud/mapping.h"

#include "connectors/jumpcloud/constants.h"
#include "model/check.h"
#include "model/nearest.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

using From = JumpCloudMapping::From;

constexpr std::string_view documented = "documented", observed = "observed", assumed = "assumed";
constexpr std::string_view tables = "JumpCloud: tables of its catalogue applications (Heap)", captured = "Paul-E/scim-v2-rust, captured bodies",
                           bitwarden = "Bitwarden: JumpCloud SCIM integration";

constexpr JumpCloudDefaultRow rows[] = {
    {"map-user-name", "email", "userName", true, observed, captured},
    {"map-given-name", "firstname", "name.givenName", true, documented, tables},
    {"map-family-name", "lastname", "name.familyName", true, documented, tables},
    {"map-display-name", "displayname", "displayName", true, documented, tables},
    {"map-title", "jobTitle", "title", false, assumed, "Paul-E/scim-v2-rust, captured body with a title; that it is jobTitle is assumed"},
    {"map-email", "email", "emails[type eq \"work\"].value", true, documented, tables},
    {"map-phone", "phoneNumbers.work", "phoneNumbers[type eq \"work\"].value", false, observed, captured},
    {"map-street", "addresses.work.streetAddress", "addresses[type eq \"work\"].streetAddress", false, observed, captured},
    {"map-locality", "addresses.work.locality", "addresses[type eq \"work\"].locality", false, observed, captured},
    {"map-region", "addresses.work.region", "addresses[type eq \"work\"].region", false, observed, captured},
    {"map-postal-code", "addresses.work.postalCode", "addresses[type eq \"work\"].postalCode", false, observed, captured},
    {"map-country", "addresses.work.country", "addresses[type eq \"work\"].country", false, observed, captured},
    {"map-locale", "\"en-US\"", "locale", false, assumed, "Paul-E/scim-v2-rust, captured bodies; JumpCloud's users have no such field, so that it is taken for a constant"},
    {"map-preferred-language", "\"en-US\"", "preferredLanguage", false, assumed, "as locale"},
    {"map-external-id", "_id", "externalId", false, observed, captured},
    {"map-department", "department", "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", false, observed, captured},
    {"map-active", "active", "active", true, observed, bitwarden},
};

// Written by JumpCloud itself, or by the target.
constexpr std::string_view not_mapped[] = {"id", "schemas", "meta", "groups", "password", "active"};

Problem mistake(const MappingSpec& spec, std::string what, std::string remedy)
{
    return {Severity::error, "mapping", std::move(what), std::move(remedy), spec.place};
}

// "[department]" and "department" are the same.
std::string_view bare_name(std::string_view source)
{
    while (!source.empty() && source.front() == ' ') source.remove_prefix(1);
    while (!source.empty() && source.back() == ' ') source.remove_suffix(1);
    if (source.size() > 2 && source.front() == '[' && source.back() == ']') return source.substr(1, source.size() - 2);
    return source;
}

std::vector<std::string_view> known_names()
{
    std::vector<std::string_view> names{"_id"};
    for (std::size_t i = 0; i < builtin_attributes; ++i)
        if (const auto name = attribute_name(static_cast<Attribute>(i), Spelling::jumpcloud); !name.empty()) names.push_back(name);
    return names;
}

class Compiler {
public:
    std::optional<JumpCloudMapping> compile(const MappingSpec& spec)
    {
        auto path = parse_target_path(spec.target);
        if (!path || std::find(std::begin(not_mapped), std::end(not_mapped), spec.target) != std::end(not_mapped)) {
            problems.push_back(mistake(spec, path ? fmt::format("{} cannot be mapped: JumpCloud or the target decides it", spec.target)
                                                  : fmt::format("\"{}\" is no attribute of a SCIM resource", spec.target),
                                       "map title, name.givenName, emails[type eq \"work\"].value or urn:...:User:attribute"));
            return std::nullopt;
        }
        if (spec.default_value || spec.only_on_create || spec.matching != 0 || spec.from == MappingSpec::From::none) {
            problems.push_back(mistake(spec, fmt::format("{}: JumpCloud sends an attribute as it is, each time; it has no defaults, no mapping for creation alone, and looks users up by userName",
                                                         spec.target),
                                       "leave out default, only on create and match"));
            return std::nullopt;
        }
        JumpCloudMapping mapping;
        mapping.tel = path->attribute == "phoneNumbers" && path->sub == "value";
        mapping.target = std::move(*path);
        if (spec.from == MappingSpec::From::constant) {
            mapping.from = From::constant;
            mapping.constant = spec.source;
            return mapping;
        }
        if (!find_source(spec, mapping)) return std::nullopt;
        return mapping;
    }

    static JumpCloudMapping compile(const JumpCloudDefaultRow& row)
    {
        JumpCloudMapping mapping;
        mapping.target = *parse_target_path(row.target);
        mapping.tel = mapping.target.attribute == "phoneNumbers";
        if (row.source.front() == '"') {
            mapping.from = From::constant;
            mapping.constant = row.source.substr(1, row.source.size() - 2);
        } else if (row.source == "active") {
            mapping.from = From::active;
        } else {
            PROVSIM_CHECK(find_builtin(row.source, mapping), "a default row reads what JumpCloud has not");
        }
        return mapping;
    }

    Problems problems;

private:
    static bool find_builtin(std::string_view name, JumpCloudMapping& mapping)
    {
        if (name == "_id") {
            mapping.from = From::object_id;
            return true;
        }
        const auto attribute = find_attribute(name, Spelling::jumpcloud);
        if (!attribute) return false;
        mapping.from = *attribute == Attribute::mail ? From::email : From::attribute;
        mapping.attribute = *attribute;
        return true;
    }

    bool find_source(const MappingSpec& spec, JumpCloudMapping& mapping)
    {
        const std::string_view name = bare_name(spec.source);
        if (find_builtin(name, mapping)) return true;
        if (name.starts_with("custom.")) {      // the same page; Vanta: no custom attributes
            problems.push_back(mistake(spec, fmt::format("{}: JumpCloud's custom SCIM connector sends no custom attributes", name),
                                       "map one of the attributes that every JumpCloud user has, such as [department]"));
            return false;
        }
        if (name.find_first_of("()[]\",& ") != std::string_view::npos) {
            problems.push_back(mistake(spec, fmt::format("\"{}\" is an expression, and JumpCloud's custom SCIM connector has none", spec.source),
                                       "map an attribute as it is, such as [department], or a constant"));
            return false;
        }
        std::string remedy = "attributes have the names of JumpCloud's user API: username, email, firstname, jobTitle, ...";
        if (const auto neutral = find_attribute(name, Spelling::neutral); neutral && !attribute_name(*neutral, Spelling::jumpcloud).empty())
            remedy = fmt::format("JumpCloud calls it [{}]", attribute_name(*neutral, Spelling::jumpcloud));
        else if (const auto near = nearest(name, known_names()); !near.empty())
            remedy = fmt::format("did you mean [{}]?", near);
        problems.push_back(mistake(spec, fmt::format("JumpCloud's users have no attribute \"{}\"", name), std::move(remedy)));
        return false;
    }
};

JumpCloudTable base_rows(ObjectMapping::Base base, bool named_by_email)
{
    JumpCloudTable table;
    for (const JumpCloudDefaultRow& row : rows) {
        const bool kept = base == ObjectMapping::Base::standard || row.required || row.source == "_id";
        if (kept) table.push_back(Compiler::compile(row));
    }
    if (!named_by_email) {
        table.front().from = From::attribute;
        table.front().attribute = Attribute::user_name;
    }
    return table;
}

bool is_required(std::string_view target)
{
    return std::any_of(std::begin(rows), std::end(rows), [&](const JumpCloudDefaultRow& row) { return row.required && row.target == target; });
}

}  // namespace

std::span<const JumpCloudDefaultRow> jumpcloud_default_mapping() noexcept
{
    return rows;
}

Result<JumpCloudTable> compile_jumpcloud_mapping(const MappingSpecs& specs, bool named_by_email)
{
    JumpCloudTable table = base_rows(specs.users.base, named_by_email);
    Compiler compiler;
    for (const MappingSpec& spec : specs.users.rows) {
        const auto same = std::find_if(table.begin(), table.end(), [&](const JumpCloudMapping& row) { return row.target.text == spec.target; });
        if (spec.removed) {
            if (is_required(spec.target))
                compiler.problems.push_back(mistake(spec, fmt::format("{} cannot be excluded", spec.target), "only optional attributes can be left out of the Export Attribute Mapping"));
            else if (same != table.end()) table.erase(same);
        } else if (auto row = compiler.compile(spec)) {
            if (same != table.end()) *same = std::move(*row);
            else table.insert(table.end() - 1, std::move(*row));        // `active` stays last
        }
    }
    for (const MappingSpec& spec : specs.groups.rows)
        compiler.problems.push_back(mistake(spec, "JumpCloud's groups have no attribute mapping", "leave it out: a group is sent with its name and its members"));
    if (!compiler.problems.empty()) return std::move(compiler.problems);
    return table;
}

std::uint64_t mapped_attributes(const JumpCloudTable& table) noexcept
{
    std::uint64_t mask = 0;
    for (const JumpCloudMapping& row : table) {
        if (row.from == From::attribute || row.from == From::email) mask |= bit(row.attribute);
        if (row.from == From::email) mask |= bit(Attribute::user_name);
    }
    return mask;
}

}  // namespace provsim
