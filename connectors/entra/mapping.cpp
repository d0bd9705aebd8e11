// SPDX-License-Identifier: Apache-2.0
#include "connectors/entra/mapping.h"

#include "connectors/entra/roles.h"
#include "model/check.h"
#include "model/json.h"
#include "model/text.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

Problem mistake(const MappingSpec& spec, std::string what, std::string remedy)
{
    return {Severity::error, "mapping", std::move(what), std::move(remedy), spec.place};
}

bool calls(const MappingSource& source, std::string_view name) noexcept
{
    const auto* expression = std::get_if<FromExpression>(&source);
    const FunctionSignature* function = expression ? expression->expression.function() : nullptr;
    return function && function->name == name;
}

bool is_complex(const MappingSource& source) noexcept
{
    return calls(source, "AppRoleAssignmentsComplex") || calls(source, "AssertiveAppRoleAssignmentsComplex");
}

// What SCIM's own schemas say (RFC 7643 4.1, 3.1); String for the rest.
ValueType type_of(const TargetPath& target, const MappingSource& source) noexcept
{
    if (is_complex(source)) return ValueType::complex;
    if (target.extension.empty() && (target.attribute == "active" || target.sub == "primary")) return ValueType::boolean;
    return ValueType::string;
}

class TableCompiler {
public:
    TableCompiler(ObjectKind kind, const Directory& directory, Problems& problems) : kind_(kind), directory_(directory), problems_(problems) {}

    MappingTable compile(const std::vector<MappingSpec>& rows, bool& references)
    {
        MappingTable table;
        for (const MappingSpec& spec : rows) {
            if (is_reference(spec)) references = true;
            else if (auto row = compile(spec)) table.push_back(std::move(*row));
        }
        if (table.size() > longest_mapping)
            problems_.push_back(mistake(rows.back(), fmt::format("a mapping of more than {} attributes", longest_mapping), "leave some out"));
        if (problems_.empty() && matching_rows(table).empty())
            problems_.push_back(mistake(rows.empty() ? MappingSpec{} : rows.back(), fmt::format("nothing tells which {} of the target is which", kind_ == ObjectKind::group ? "group" : "user"),
                                        "give one attribute a matching precedence: match: 1"));
        return table;
    }

private:
    bool is_reference(const MappingSpec& spec) const
    {
        return spec.type == ValueType::reference || spec.target == entra_manager_path || (kind_ == ObjectKind::group && spec.target == "members");
    }

    std::optional<AttributeMapping> compile(const MappingSpec& spec)
    {
        auto path = parse_target_path(spec.target);
        if (!path) {
            problems_.push_back(mistake(spec, fmt::format("\"{}\" is no attribute of a SCIM resource", spec.target),
                                        "write title, name.givenName, emails[type eq \"work\"].value or urn:...:User:attribute"));
            return std::nullopt;
        }
        if (spec.target == "id") {
            problems_.push_back(mistake(spec, "id cannot be mapped: the target gives it", "map externalId"));     // Entra: customize-application-attributes
            return std::nullopt;
        }
        AttributeMapping mapping;
        auto source = source_of(spec);
        if (!source) return std::nullopt;
        mapping.source = std::move(*source);
        mapping.target = std::move(*path);
        mapping.type = spec.type.value_or(type_of(mapping.target, mapping.source));
        mapping.matching = spec.matching;
        mapping.case_exact = spec.case_exact.value_or(mapping.target.text == "externalId");     // RFC 7643 3.1
        mapping.only_on_create = spec.only_on_create;
        mapping.required = spec.required;
        mapping.deprovisions = reads_soft_deleted(mapping.source);
        mapping.single_role = calls(mapping.source, "SingleAppRoleAssignment");
        mapping.replaces = calls(mapping.source, "AssertiveAppRoleAssignmentsComplex");
        mapping.default_value = spec.default_value;
        return mapping;
    }

    std::optional<MappingSource> source_of(const MappingSpec& spec)
    {
        if (spec.from == MappingSpec::From::constant) return FromConstant{spec.source};
        if (spec.from == MappingSpec::From::none) return FromNothing{};
        auto source = mapping_source(spec.source, kind_, directory_, spec.place);
        if (source) return std::move(source).value();
        problems_.insert(problems_.end(), source.problems().begin(), source.problems().end());
        return std::nullopt;
    }

    ObjectKind kind_;
    const Directory& directory_;
    Problems& problems_;
};

ObjectMapping without_rows(ObjectMapping mapping)
{
    mapping.rows.clear();
    return mapping;
}

MappingTables defaults()
{
    const Directory nobody;      // the default tables name no custom attribute
    auto tables = compile_mappings({}, nobody);
    PROVSIM_CHECK(tables, "the default mapping does not compile: " + format_problem(tables.problems().front()));
    return std::move(tables).value();
}

}  // namespace

Result<MappingTables> compile_mappings(const MappingSpecs& specs, const Directory& directory)
{
    MappingTables tables;
    Problems problems;
    tables.users = TableCompiler(ObjectKind::user, directory, problems).compile(effective_rows(specs.users, ObjectKind::user), tables.manager);
    tables.groups_enabled = specs.groups.enabled;
    if (tables.groups_enabled)
        tables.groups = TableCompiler(ObjectKind::group, directory, problems).compile(effective_rows(specs.groups, ObjectKind::group), tables.members);
    tables.user_actions = without_rows(specs.users);
    tables.group_actions = without_rows(specs.groups);
    if (!problems.empty()) return problems;
    return tables;
}

MappingTable entra_user_mapping()
{
    return defaults().users;
}

MappingTable entra_group_mapping()
{
    return defaults().groups;
}

bool is_false(std::string_view value) noexcept
{
    return equal_ignoring_ascii_case(value, "false");
}

void append_typed(std::string& out, const AttributeMapping& mapping, std::string_view value)
{
    const bool digits = !value.empty() && value.size() < 19 && value.find_first_not_of("0123456789", value[0] == '-' && value.size() > 1 ? 1 : 0) == std::string_view::npos
                        && (value[0] != '0' || value.size() == 1);
    if (mapping.type == ValueType::boolean && is_false(value)) out += "false";
    else if (mapping.type == ValueType::boolean && equal_ignoring_ascii_case(value, "true")) out += "true";
    else if (mapping.type == ValueType::integer && digits) out += value;
    else append_json_string(out, mapping.single_role ? single_role(value) : value);
}

std::vector<std::uint16_t> matching_rows(const MappingTable& table)
{
    std::vector<std::uint16_t> rows;
    for (std::size_t i = 0; i < table.size(); ++i)
        if (table[i].matching > 0) rows.push_back(static_cast<std::uint16_t>(i));
    std::stable_sort(rows.begin(), rows.end(), [&](std::uint16_t a, std::uint16_t b) { return table[a].matching < table[b].matching; });
    return rows;
}

std::size_t computed_values(const MappingTable& table) noexcept
{
    return static_cast<std::size_t>(std::count_if(table.begin(), table.end(), [](const AttributeMapping& row) { return computes(row.source); }));
}

}  // namespace provsim
