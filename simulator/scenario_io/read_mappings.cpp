// SPDX-License-Identifier: Apache-2.0
// provider.mappings and provider.group_mappings, and what mappings.set saves.
#include "scenario_io/read.h"

#include "connectors/registry.h"
#include "model/expression.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

ValueType type_of(std::string_view word)
{
    return word == "boolean" ? ValueType::boolean : word == "integer" ? ValueType::integer : word == "reference" ? ValueType::reference : ValueType::string;
}

// A free attribute that nobody has is one that everybody lacks; a name of Entra's own that there is not is a mistake.
void make_custom_attributes(const MappingSpec& spec, Reading& reading)
{
    const auto parsed = Expression::parse(spec.source, spec.place);
    if (!parsed) return;    // told when the table is compiled
    for (const std::string& name : parsed.value().attributes())
        if (name.size() > 7 && name.rfind("custom.", 0) == 0) make_custom_attribute(name, spec.place, reading);
}

class MappingReader {
public:
    explicit MappingReader(Reading& reading) : reading_(reading) {}

    void read(const YamlNode& node, ObjectMapping& mapping)
    {
        const YamlNode* rows = &node;
        if (node.is_map()) {
            if (const auto base = text_at(node, "base")) set_base(*base, mapping);
            rows = part(node, "rows");
        } else if (node.is_scalar()) {
            mapping.enabled = node.text != "off";
            set_base(node.text, mapping);
            return;
        }
        if (!rows) return;
        for (const YamlNode& item : rows->items)
            if (!item.faulty) row(item, mapping);
    }

private:
    static void set_base(std::string_view word, ObjectMapping& mapping)
    {
        mapping.base = word == "minimal" ? ObjectMapping::Base::minimal : word == "nothing" ? ObjectMapping::Base::nothing : ObjectMapping::Base::standard;
    }

    void row(const YamlNode& node, ObjectMapping& mapping)
    {
        MappingSpec spec;
        spec.place = reading_.place(node.mark);
        spec.target = text_at(node, "target").value_or("");
        spec.from = MappingSpec::From::none;
        if (const YamlNode* expression = part(node, "expression")) {
            spec.from = MappingSpec::From::expression;
            spec.source = expression->text;
            spec.place = reading_.place(expression->mark);
        } else if (const YamlNode* attribute = part(node, "attribute")) {
            spec.from = MappingSpec::From::expression;
            spec.source = "[" + attribute->text + "]";
            spec.place = reading_.place(attribute->mark);
        } else if (const YamlNode* constant = part(node, "constant")) {
            spec.from = MappingSpec::From::constant;
            spec.source = value_text(*constant);
        }
        if (const YamlNode* other = part(node, "default")) spec.default_value = value_text(*other);
        spec.only_on_create = text_at(node, "apply") == "create";
        spec.matching = static_cast<unsigned>(std::min<std::uint64_t>(count_at(node, "match").value_or(0), 1000));
        spec.required = flag_at(node, "required").value_or(false);
        spec.case_exact = flag_at(node, "case_exact");
        if (const auto type = text_at(node, "type")) spec.type = type_of(*type);
        spec.removed = flag_at(node, "remove").value_or(false);
        const bool says_nothing = spec.from == MappingSpec::From::none && !spec.default_value && !spec.removed;
        if (says_nothing)
            return reading_.error(node.mark, "mapping", fmt::format("nothing says where the value of \"{}\" comes from", spec.target),
                                  "write expression, attribute, constant or default; remove: true takes the attribute out");
        const auto same = [&](const MappingSpec& other) { return other.target == spec.target; };
        if (std::any_of(mapping.rows.begin(), mapping.rows.end(), same))
            return reading_.error(node.mark, "mapping", fmt::format("\"{}\" is mapped twice", spec.target), "one row is one target attribute");
        mapping.rows.push_back(std::move(spec));
    }

    Reading& reading_;
};

}  // namespace

void read_mappings(const YamlNode* users, const YamlNode* groups, MappingSpecs& mappings, Reading& reading)
{
    if (users) MappingReader(reading).read(*users, mappings.users);
    if (groups) MappingReader(reading).read(*groups, mappings.groups);
}

void check_mappings(const MappingSpecs& mappings, Reading& reading)
{
    const ProviderSpec& provider = reading.scenario.provider;
    for (const ObjectMapping* mapping : {&mappings.users, &mappings.groups})
        for (const MappingSpec& spec : mapping->rows)
            if (spec.from == MappingSpec::From::expression) make_custom_attributes(spec, reading);
    const Flavour* flavour = find_flavour(provider.profile);
    if (!flavour) return;
    const auto settings = Settings::check(flavour->settings, provider.settings);
    if (!settings) return;
    const auto made = flavour->make({settings.value(), mappings, reading.scenario.directory, provider.default_domain});
    if (!made) reading.problems.insert(reading.problems.end(), made.problems().begin(), made.problems().end());
}

}  // namespace provsim
