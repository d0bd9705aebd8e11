// SPDX-License-Identifier: Apache-2.0
// attributeMappings and what the target's directory says of their attributes (Graph: synchronization-attributemapping,
// -attributemappingsource, -attributedefinition).
#include "scenario_io/graph_schema_reading.h"

#include "model/expression.h"
#include "model/nearest.h"
#include "model/text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

namespace provsim {
namespace {

// A text in quotes, as an expression has it. Nothing if it is none.
std::optional<std::string> unquoted(std::string_view text)
{
    if (text.size() < 2 || text.front() != '"' || text.back() != '"') return std::nullopt;
    std::string out;
    for (std::size_t i = 1; i + 1 < text.size(); ++i) {
        if (text[i] == '"') return std::nullopt;
        if (text[i] == '\\' && i + 2 < text.size()) ++i;
        out += text[i];
    }
    return out;
}

class RowReader {
public:
    RowReader(ObjectKind kind, const TargetDefinitions& target, GraphReading& reading) : kind_(kind), target_(target), reading_(reading) {}

    std::optional<MappingSpec> read(const JsonAt& node)
    {
        MappingSpec row;
        row.target = reading_.text(node, "targetAttributeName");
        if (row.target.empty()) {
            reading_.error(node, "graph-schema", "this mapping has no \"targetAttributeName\"");
            return std::nullopt;
        }
        row.place = reading_.place(node);
        const JsonAt value = node["defaultValue"];
        // The portal writes an empty text where its field was left blank.
        if (value && !(value.is_text() && value.text().empty())) row.default_value = value.is_text() ? value.text() : value.value->dump();
        flow_type(node["flowType"], row);
        matching(node["matchingPriority"], row);
        if (const JsonAt source = node["source"]) this->source(source, row);
        else row.from = MappingSpec::From::none;
        define(row);
        return row;
    }

private:
    void flow_type(const JsonAt& node, MappingSpec& row)
    {
        constexpr std::array<std::string_view, 5> types{"Always", "ObjectAddOnly", "MultiValueAddOnly", "ValueAddOnly", "AttributeAddOnly"};
        if (!node) return;
        const std::string word = node.is_text() ? node.text() : node.value->dump();
        const auto found = std::find_if(types.begin(), types.end(), [&](std::string_view type) { return equal_ignoring_ascii_case(type, word); });
        if (found == types.end()) {
            const std::string near = nearest(word, types);
            reading_.error(node, "graph-schema", fmt::format("there is no flow type \"{}\"", word), near.empty() ? fmt::format("they are {}", fmt::join(types, ", ")) : fmt::format("did you mean \"{}\"?", near));
        } else if (*found == "ObjectAddOnly") {
            row.only_on_create = true;
        } else if (*found != "Always") {
            reading_.warn(node, "graph-schema", fmt::format("the flow type {} is taken for Always", *found));
        }
    }

    void matching(const JsonAt& node, MappingSpec& row)
    {
        if (!node) return;
        if (node.value->is_number_unsigned() && node.value->get<std::uint64_t>() <= 1000) row.matching = node.value->get<unsigned>();
        else reading_.error(node, "graph-schema", fmt::format("{} is not a matching priority", node.value->dump()), "it is a whole number; 0 stands for none");
    }

    void source(const JsonAt& node, MappingSpec& row)
    {
        const std::string type = reading_.text(node, "type"), name = reading_.text(node, "name"), expression = reading_.text(node, "expression");
        if (equal_ignoring_ascii_case(type, "Constant")) {
            row.from = MappingSpec::From::constant;
            const auto quoted = unquoted(expression);
            row.source = quoted ? *quoted : !name.empty() ? name : expression;
            return;
        }
        if (!type.empty() && !equal_ignoring_ascii_case(type, "Attribute") && !equal_ignoring_ascii_case(type, "Function")) {
            const std::string near = nearest(type, std::array<std::string_view, 3>{"Attribute", "Constant", "Function"});
            return reading_.error(node["type"], "graph-schema", fmt::format("there is no source type \"{}\"", type), near.empty() ? "they are Attribute, Constant and Function" : fmt::format("did you mean \"{}\"?", near));
        }
        row.source = expression;
        if (row.source.empty() && !name.empty() && !equal_ignoring_ascii_case(type, "Function")) row.source = "[" + name + "]";
        if (row.source.empty()) return reading_.error(node, "graph-schema", fmt::format("the mapping of {} has a source without an expression", row.target), "a source of null stands for none");
        this->expression(node, row);
    }

    void expression(const JsonAt& source, MappingSpec& row)
    {
        const JsonAt written = source["expression"] ? source["expression"] : source;
        const auto parsed = Expression::parse(row.source, {reading_.file, 1, 1});
        const auto told = [&](const Problem& problem) {
            return problem.place.column > 1 ? fmt::format("{}, at character {} of the expression of {}", problem.what, problem.place.column, row.target)
                                            : fmt::format("{}, in the expression of {}", problem.what, row.target);
        };
        if (!parsed) {
            for (const Problem& problem : parsed.problems()) reading_.error(written, problem.code, told(problem), problem.remedy);
            return;
        }
        for (const Problem& problem : parsed.value().warnings()) reading_.warn(written, problem.code, told(problem), problem.remedy);
        for (const std::string& attribute : parsed.value().attributes()) {
            if (kind_ == ObjectKind::group && !is_entra_group_attribute(attribute)) {
                reading_.warn(written, "graph-schema", fmt::format("groups here have no {}, so that {} is not sent", attribute, row.target), "they have displayName, objectId and members");
                row.from = MappingSpec::From::none;
                row.source.clear();
                return;
            }
            reading_.uses(kind_, attribute);
        }
    }

    void define(MappingSpec& row)
    {
        const auto found = target_.find(row.target);
        if (found == target_.end()) return;
        const TargetDefinition& definition = found->second;
        row.type = definition.type;
        row.case_exact = definition.case_exact;
        row.required = definition.required;
        // "If required and there is no value, the default is used" (Graph: attributeDefinition, `required`).
        if (definition.required && !row.default_value && !definition.default_value.empty()) row.default_value = definition.default_value;
    }

    ObjectKind kind_;
    const TargetDefinitions& target_;
    GraphReading& reading_;
};

bool flag(const JsonAt& map, const char* key)
{
    const JsonAt found = map[key];
    return found && *found.value == true;
}

}  // namespace

TargetDefinitions read_target_definitions(const JsonAt& root, const std::string& directory, const std::string& object, GraphReading& reading)
{
    constexpr std::array<std::pair<std::string_view, ValueType>, 6> types{{{"String", ValueType::string}, {"Boolean", ValueType::boolean},
        {"Integer", ValueType::integer}, {"Reference", ValueType::reference}, {"DateTime", ValueType::string}, {"Binary", ValueType::string}}};
    TargetDefinitions definitions;
    for (const JsonAt& each : root["directories"].items()) {
        if (reading.text(each, "name") != directory) continue;
        for (const JsonAt& definition : each["objects"].items()) {
            if (reading.text(definition, "name") != object) continue;
            for (const JsonAt& attribute : definition["attributes"].items()) {
                TargetDefinition out;
                const std::string type = reading.text(attribute, "type");
                const auto found = std::find_if(types.begin(), types.end(), [&](const auto& known) { return equal_ignoring_ascii_case(known.first, type); });
                if (found != types.end()) out.type = found->second;
                else if (!type.empty()) reading.warn(attribute["type"], "graph-schema", fmt::format("there is no attribute type \"{}\"; it is taken for what SCIM says", type));
                out.case_exact = flag(attribute, "caseExact");
                out.required = flag(attribute, "required");
                out.default_value = reading.text(attribute, "defaultValue");
                definitions.emplace(reading.text(attribute, "name"), std::move(out));
            }
        }
    }
    return definitions;
}

void read_attribute_mappings(const JsonAt& mapping, ObjectKind kind, const TargetDefinitions& target, ObjectMapping& out, GraphReading& reading)
{
    RowReader reader(kind, target, reading);
    const std::vector<JsonAt> nodes = mapping["attributeMappings"].items();
    if (nodes.size() > most_mappings) return reading.error(mapping, "graph-schema", fmt::format("more than {} attribute mappings", most_mappings));
    for (const JsonAt& node : nodes) {
        auto row = reader.read(node);
        if (!row) continue;
        const auto same = std::find_if(out.rows.begin(), out.rows.end(), [&](const MappingSpec& other) { return other.target == row->target; });
        if (same != out.rows.end()) reading.error(node["targetAttributeName"], "graph-schema", fmt::format("{} is mapped twice", row->target), "leave one of them out");
        else out.rows.push_back(std::move(*row));
    }
    if (!out.enabled) return;       // what is missing does no harm
    if (out.rows.empty()) return reading.error(mapping, "graph-schema", "this object mapping has no attribute mappings");
    if (std::none_of(out.rows.begin(), out.rows.end(), [](const MappingSpec& row) { return row.matching > 0; }))
        reading.error(mapping["attributeMappings"], "graph-schema", "objects are matched by no attribute", "give one a matchingPriority of 1");
}

void read_graph_filters(const JsonAt& scope, ObjectKind kind, GraphFilters& out, GraphReading& reading)
{
    const auto word = [&](const JsonAt& node) { return node.is_text() ? FilterWord{node.text(), reading.place(node)} : FilterWord{{}, reading.place(node)}; };
    std::size_t count = 0;
    const auto read = [&](const char* key, std::vector<FilterGroupText>& groups) {
        for (const JsonAt& group : scope[key].items()) {
            FilterGroupText clauses;
            for (const JsonAt& node : group["clauses"].items()) {
                if (++count > most_mappings) return reading.error(scope, "graph-schema", fmt::format("more than {} clauses", most_mappings));
                FilterClauseText clause;
                for (const char* name : {"sourceOperandName", "operatorName"})
                    if (reading.text(node, name).empty()) reading.error(node, "graph-schema", fmt::format("this clause has no \"{}\"", name));
                clause.attribute = word(node["sourceOperandName"]);
                clause.op = word(node["operatorName"]);
                const auto op = parse_filter_operator(clause.op.text, clause.op.place);
                if (!op && !clause.op.text.empty()) reading.error(node["operatorName"], op.problems().front().code, op.problems().front().what, op.problems().front().remedy);
                for (const JsonAt& value : node["targetOperand"]["values"].items()) {
                    if (++count > most_mappings) return reading.error(scope, "graph-schema", fmt::format("more than {} clauses and values", most_mappings));
                    if (value.is_text() && !value.text().empty()) clause.values.push_back(word(value));
                    // An operator without a value is written with an empty one.
                    else if (op && takes_value(op.value())) reading.error(value, "filter-value", fmt::format("{} needs a value that is a text and not empty", to_string(op.value())));
                }
                reading.uses(kind, clause.attribute.text);
                clauses.push_back(std::move(clause));
            }
            if (clauses.empty()) reading.warn(group, "graph-schema", "a filter without clauses filters nothing");
            else groups.push_back(std::move(clauses));
        }
    };
    read("groups", out.scoping);
    read("inputFilterGroups", out.input);
    if (!scope["categoryFilterGroups"].items().empty())
        reading.warn(scope["categoryFilterGroups"], "graph-schema", "categoryFilterGroups are experimental and not documented; they are kept and not used");
}

}  // namespace provsim
