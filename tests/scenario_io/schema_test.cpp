// SPDX-License-Identifier: Apache-2.0
// The schema that editors use and the checker that loads are drawn from one table. Here another validator says so.
#include "tests/catch.h"

#include "fixtures.h"

#include "scenario_io/schema.h"
#include "scenario_io/yaml.h"

#include <valijson/adapters/nlohmann_json_adapter.hpp>
#include <valijson/schema.hpp>
#include <valijson/schema_parser.hpp>
#include <valijson/validator.hpp>

#include <set>

using namespace provsim;

namespace {

nlohmann::json to_json(const YamlNode& node)
{
    if (node.is_list()) {
        nlohmann::json list = nlohmann::json::array();
        for (const auto& item : node.items) list.push_back(to_json(item));
        return list;
    }
    if (node.is_map()) {
        nlohmann::json map = nlohmann::json::object();
        for (const auto& entry : node.entries) map[entry.key] = to_json(entry.value);
        return map;
    }
    if (scalar_type(node) == ScalarType::text) return node.text;
    if (scalar_type(node) == ScalarType::null) return nullptr;
    if (scalar_type(node) == ScalarType::boolean) return node.text[0] == 't' || node.text[0] == 'T';
    return nlohmann::json::parse(node.text);
}

class Validation {
public:
    Validation()
    {
        const nlohmann::json document = nlohmann::json::parse(scenario_schema().dump());
        const valijson::adapters::NlohmannJsonAdapter adapter(document);
        valijson::SchemaParser().populateSchema(adapter, schema_);
    }
    bool accepts(const nlohmann::json& scenario)
    {
        const valijson::adapters::NlohmannJsonAdapter adapter(scenario);
        return valijson::Validator().validate(schema_, adapter, nullptr);
    }

private:
    valijson::Schema schema_;
};

// Problems that a schema can see: the shape, not the meaning. (Twice the same key is lost before a schema sees it.)
bool is_structural(const std::string& code)
{
    static const std::set<std::string> codes{"type", "unknown-key", "missing-key", "choice", "duration", "time", "range", "not-together", "handle"};
    return codes.count(code) > 0;
}

}  // namespace

TEST_CASE("The schema accepts every scenario that loads")
{
    Validation validation;
    for (const char* folder : {"/tests/scenario_io/good", "/scenarios"}) {
        for (const auto& file : fixtures::scenarios_in(std::string(PROVSIM_SOURCE_DIR) + folder)) {
            CAPTURE(file.string());
            const auto tree = parse_yaml(fixtures::read(file), "file");
            REQUIRE(tree);
            CHECK(validation.accepts(to_json(tree.value())));
        }
    }
}

TEST_CASE("The schema refuses what is refused for its structure, fault by fault")
{
    // One fault a file, made out of a sound scenario: what the loader calls structural, the schema refuses, and only that.
    Validation validation;
    const std::string base = "provsim: 1\nscope: { mode: all }\ndirectory: { users: { ada: { userName: a@b.test } }, groups: { g: {} } }\n";
    std::size_t refused = 0, accepted = 0;
    std::ifstream lines(std::string(PROVSIM_FIXTURES) + "/scenario_io/one-fault.txt");
    for (std::string line; std::getline(lines, line);) {
        if (line.empty() || line[0] == '#') continue;
        CAPTURE(line);
        const std::string text = line[0] == '!' ? line.substr(1) + "\n" : base + line + "\n";
        const auto tree = parse_yaml(text, "line");
        REQUIRE(tree);
        const auto loaded = fixtures::load_text(text);
        REQUIRE_FALSE(loaded);
        bool structural = false;
        for (const Problem& problem : loaded.problems()) structural |= is_structural(problem.code);
        CAPTURE(fixtures::messages(loaded.problems()));
        CHECK(validation.accepts(to_json(tree.value())) == !structural);
        ++(structural ? refused : accepted);
    }
    CHECK(refused >= 40);
    CHECK(accepted >= 8);
}

TEST_CASE("The schema says what each key is for")
{
    const auto schema = scenario_schema();
    CHECK(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema");
    CHECK(schema["properties"]["clock"]["properties"]["speed"]["description"] == "scaled: virtual seconds a wall second");
    CHECK(schema["required"] == nlohmann::ordered_json::array({"provsim"}));
    for (const auto& [name, property] : schema["properties"].items()) CHECK(property.contains("description"));
}
