// SPDX-License-Identifier: Apache-2.0
// provider.schema: mappings and filters out of an exported synchronization schema.
#include "scenario_io/graph_schema.h"
#include "scenario_io/read.h"

#include <fmt/format.h>

#include <fstream>
#include <iterator>

namespace provsim {
namespace {

// What the schema reads of users becomes an attribute of the directory, so that it can be named before anybody has it.
void make_custom_attributes(const GraphSchema& schema, const YamlNode& key, Reading& reading)
{
    for (const std::string& name : schema.custom) make_custom_attribute("custom." + name, reading.place(key.mark), reading);
}

void warn_of_empty_attributes(Reading& reading)
{
    const Directory& directory = reading.scenario.directory;
    std::vector<std::string> empty;
    for (const std::string& name : reading.schema->custom) {
        const auto attribute = directory.find_custom("custom." + name);
        bool somebody = false;
        for (std::uint32_t i = 0; attribute && !somebody && i < directory.user_rows(); ++i) somebody = !directory.value(UserId{i}, *attribute).empty();
        if (!somebody) empty.push_back(name);
    }
    if (empty.empty() || directory.user_rows() == 0) return;
    reading.problems.push_back({Severity::warning, "schema-attribute", fmt::format("nobody has {} when the clock starts", fmt::join(empty, ", ")),
                                fmt::format("give a user custom.{}, or import it", empty.front()), {reading.scenario.provider.schema_file, 0, 0}});
}

}  // namespace

void read_schema(const YamlNode& provider, Reading& reading)
{
    const YamlNode* key = part(provider, "schema");
    if (!key) return;
    const std::string file = reading.path(key->text);
    std::ifstream in(file, std::ios::binary);
    const std::string bytes{std::istreambuf_iterator<char>(in), {}};
    if (!in && bytes.empty()) return reading.error(key->mark, "file", fmt::format("{} cannot be read", file), "paths are relative to the scenario's folder");
    auto read = read_graph_schema(bytes, file);
    if (!read) return (void)reading.problems.insert(reading.problems.end(), read.problems().begin(), read.problems().end());
    auto schema = std::make_shared<GraphSchema>(std::move(read).value());
    reading.problems.insert(reading.problems.end(), schema->warnings.begin(), schema->warnings.end());
    reading.scenario.provider.schema_file = file;
    reading.scenario.provider.mappings = schema->mappings;
    make_custom_attributes(*schema, *key, reading);
    reading.schema = std::move(schema);
}

void read_schema_filters(const YamlNode& root, Reading& reading)
{
    if (!reading.schema) return;
    const YamlNode* scope = part(root, "scope");
    const auto fill = [&](const char* key, ObjectKind kind, const std::vector<FilterGroupText>& groups, ScopingFilter& filter) {
        if (groups.empty()) return;
        if (const YamlNode* own = scope ? scope->find(key) : nullptr)
            return reading.warn(own->mark, "schema-filter", fmt::format("the filters of {} are not used, because \"{}\" is given here", reading.scenario.provider.schema_file, key), "leave it out to use the schema's");
        auto compiled = ScopingFilter::compile(groups, kind, reading.scenario.directory, reading.whole_expressions());
        if (compiled) filter = std::move(compiled).value();
        else reading.problems.insert(reading.problems.end(), compiled.problems().begin(), compiled.problems().end());
    };
    Scope& to = reading.scenario.scope;
    fill("filters", ObjectKind::user, reading.schema->users.scoping, to.users);
    fill("input_filters", ObjectKind::user, reading.schema->users.input, to.input_users);
    fill("group_filters", ObjectKind::group, reading.schema->groups.scoping, to.groups);
    fill("group_input_filters", ObjectKind::group, reading.schema->groups.input, to.input_groups);
    warn_of_empty_attributes(reading);
}

}  // namespace provsim
