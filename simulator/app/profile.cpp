// SPDX-License-Identifier: Apache-2.0
#include "app/profile.h"

#include "connectors/entra/mapping.h"
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

std::string bracketed(Attribute attribute)
{
    return '[' + std::string(attribute_name(attribute, Spelling::entra)) + ']';
}

// Where a row's value comes from, as Entra's portal writes it.
std::string source_text(const AttributeMapping& mapping)
{
    struct Writer {
        std::string operator()(const FromAttribute& from) const { return bracketed(from.attribute); }
        std::string operator()(const FromConstant& from) const { return '"' + from.text + '"'; }
        std::string operator()(const FromObjectId&) const { return "[objectId]"; }
        std::string operator()(const FromGroupName&) const { return "[displayName]"; }
        std::string operator()(const FromManager&) const { return "[manager]"; }
        std::string operator()(const FromJoin& from) const
        {
            std::string text = "Join(\"" + from.separator + '"';
            for (const Attribute part : from.parts) text += ", " + bracketed(part);
            return text + ')';
        }
        std::string operator()(const FromSoftDeleted&) const { return "Switch([IsSoftDeleted], , \"False\", \"True\", \"True\", \"False\")"; }
    };
    return std::visit(Writer{}, mapping.source);
}

void add_mapping(std::vector<MappingLine>& lines, std::string_view table, const MappingTable& rows)
{
    for (const AttributeMapping& row : rows) lines.push_back({table, row.target.text, source_text(row), row.matching, row.case_exact});
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

std::vector<MappingLine> default_mapping_lines(const Flavour& flavour)
{
    std::vector<MappingLine> lines;
    if (flavour.name != "entra") return lines;
    add_mapping(lines, "users", entra_user_mapping());
    add_mapping(lines, "groups", entra_group_mapping());
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
