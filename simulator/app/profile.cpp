// SPDX-License-Identifier: Apache-2.0
#include "app/profile.h"

#include "connectors/entra/default_mapping.h"
#include "connectors/okta/default_mapping.h"
#include "model/check.h"
#include "model/time.h"

namespace provsim {

namespace {

// A cadence that a scenario gives takes the place of the profile's own.
void set_cycle(std::vector<ProfileLine>& lines, std::string_view name, std::optional<Duration> given)
{
    if (!given) return;
    for (ProfileLine& line : lines)
        if (line.name == name) line.value = format_duration(*given);
}

// Where a row's value comes from, as Entra's portal writes it.
std::string source_text(const MappingSpec& row)
{
    std::string text = row.from == MappingSpec::From::constant ? '"' + row.source + '"' : row.from == MappingSpec::From::none ? std::string("(none)") : row.source;
    if (row.default_value) text += ", default \"" + *row.default_value + '"';
    if (row.only_on_create) text += ", on creation only";
    if (row.required) text += ", required";
    return text;
}

void add_mapping(std::vector<MappingLine>& lines, std::string_view table, const std::vector<MappingSpec>& rows)
{
    for (const MappingSpec& row : rows)
        lines.push_back({table, row.target, source_text(row), row.matching, row.case_exact.value_or(row.target == "externalId")});
}

}  // namespace

std::vector<ProfileLine> profile_lines(const Flavour& flavour, const Scenario* scenario)
{
    std::vector<ProfileLine> lines;
    for (const Fact& fact : flavour.facts)
        lines.push_back({fact.group, fact.name, fact.value, fact.value, nullptr, fact.about, fact.evidence, fact.source, fact.simulated});
    if (scenario) {
        set_cycle(lines, "user-cycle", scenario->provider.users);
        set_cycle(lines, "group-cycle", scenario->provider.groups);
    }
    const auto checked = Settings::check(flavour.settings, scenario ? std::span<const SettingValue>(scenario->provider.settings) : std::span<const SettingValue>{});
    PROVSIM_CHECK(checked.ok(), "settings that the loader let through");
    for (const SettingRule& rule : flavour.settings)
        lines.push_back({"settings", rule.name, std::string(checked.value().text(rule.name)), std::string(rule.default_value), &rule, rule.about, rule.evidence, rule.source, true});
    return lines;
}

std::vector<MappingLine> mapping_lines(const Flavour& flavour, const Scenario* scenario)
{
    std::vector<MappingLine> lines;
    const MappingSpecs mappings = scenario ? scenario->provider.mappings : MappingSpecs{};
    if (flavour.name == "okta") add_mapping(lines, "users", okta_rows(mappings.users, false));
    if (flavour.name != "entra") return lines;
    add_mapping(lines, "users", effective_rows(mappings.users, ObjectKind::user));
    if (mappings.groups.enabled) add_mapping(lines, "groups", effective_rows(mappings.groups, ObjectKind::group));
    return lines;
}

std::string_view evidence_in_words(std::string_view evidence) noexcept
{
    if (evidence == "documented") return "in the vendor's documents";
    if (evidence == "staff") return "said by the vendor's staff, outside the documents";
    if (evidence == "observed") return "seen by those who run a SCIM server behind it";
    return "not published; this is how it is simulated";
}

}  // namespace provsim
