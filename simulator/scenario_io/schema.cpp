// SPDX-License-Identifier: Apache-2.0
#include "scenario_io/schema.h"

#include "connectors/registry.h"
#include "scenario_io/table.h"

namespace provsim {
namespace {

using Json = nlohmann::ordered_json;
using Kind = Shape::Kind;

// ${{ env.X }} stands for a value that the loader sees and an editor does not.
constexpr const char* placeholder_pattern = R"(\$\{\{.*\}\})";

// The grammars of model/time.h, as far as a pattern goes.
constexpr const char* duration_pattern = R"(^([0-9]+y)?([0-9]+w)?([0-9]+d)?([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$|\$\{\{)";
constexpr const char* time_pattern = R"(^[0-9]{4}-[0-9]{2}-[0-9]{2}(T[0-9]{2}:[0-9]{2}:[0-9]{2}(\.[0-9]{1,9})?(Z|[+-][0-9]{2}:[0-9]{2}))?$|\$\{\{)";

class Writer {
public:
    Json write(const Shape& root)
    {
        Json schema = {{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                       {"title", "provsim scenario"},
                       {"description", "A story about a directory, told to a SCIM service by a simulated identity provider."}};
        schema.update(body(root));
        schema["$defs"] = std::move(definitions_);
        return schema;
    }

private:
    // In place, or by reference if the shape has a name; the name is taken before its body is written, since shapes may
    // contain themselves.
    Json of(const Shape& shape)
    {
        if (shape.name.empty()) return body(shape);
        const std::string name(shape.name);
        if (!definitions_.contains(name)) {
            definitions_[name] = nullptr;
            definitions_[name] = body(shape);
        }
        return {{"$ref", "#/$defs/" + name}};
    }

    static Json placeholder() { return {{"type", "string"}, {"pattern", placeholder_pattern}}; }
    static Json or_placeholder(Json schema) { return {{"anyOf", Json::array({std::move(schema), placeholder()})}}; }

    Json body(const Shape& shape)
    {
        switch (shape.kind) {
        case Kind::any: return Json::object();
        case Kind::nothing: return {{"type", "null"}};
        case Kind::scalar: return {{"type", {"string", "number", "boolean", "null"}}};
        case Kind::text:
            if (shape.handles) return {{"type", "string"}, {"pattern", std::string(handle_pattern) + R"(|\$\{\{)"}};
            return shape.empty_allowed ? Json{{"type", "string"}} : Json{{"type", "string"}, {"minLength", 1}};
        case Kind::integer: {
            Json schema = {{"type", "integer"}, {"minimum", shape.minimum}};
            if (shape.maximum != std::numeric_limits<std::int64_t>::max()) schema["maximum"] = shape.maximum;
            return or_placeholder(std::move(schema));
        }
        case Kind::number: return or_placeholder({{"type", "number"}, {"exclusiveMinimum", 0}});
        case Kind::boolean: return or_placeholder({{"type", "boolean"}});
        case Kind::duration: return {{"type", "string"}, {"minLength", 1}, {"pattern", duration_pattern}, {"examples", {"40m", "1h30m", "150ms"}}};
        case Kind::time: return {{"type", "string"}, {"pattern", time_pattern}};
        case Kind::choice: return or_placeholder({{"enum", shape.choices}});
        case Kind::either: return either(shape);
        case Kind::list: return {{"type", "array"}, {"items", of(*shape.element)}};
        case Kind::map: {
            Json schema = {{"type", "object"}, {"additionalProperties", of(*shape.element)}};
            if (shape.handles) schema["propertyNames"] = {{"pattern", handle_pattern}};
            return schema;
        }
        case Kind::object: return object(shape);
        case Kind::settings: return settings();
        }
        return Json::object();
    }

    Json either(const Shape& shape)
    {
        Json forms = Json::array();
        for (const Shape* form : {shape.when_scalar, shape.when_list, shape.when_map})
            if (form) forms.push_back(of(*form));
        return {{"anyOf", std::move(forms)}};
    }

    Json object(const Shape& shape)
    {
        Json schema = {{"type", "object"}};
        Json properties = Json::object(), required = Json::array();
        for (const FormatKey& key : shape.keys) {
            Json& property = properties[std::string(key.name)] = of(*key.shape);
            if (!key.about.empty()) property["description"] = key.about;
            if (key.required) required.push_back(key.name);
        }
        schema["properties"] = std::move(properties);
        if (shape.free_keys) schema["patternProperties"] = {{"^x-", Json::object()}};
        if (!shape.open_prefix.empty()) {
            std::string pattern = "^";
            for (const char c : shape.open_prefix) pattern += c == '.' ? std::string("\\.") : std::string(1, c);
            schema["patternProperties"] = {{pattern + ".", of(*shape.element)}};
        }
        schema["additionalProperties"] = false;
        if (!required.empty()) schema["required"] = std::move(required);
        for (const std::string_view key : shape.exactly_one) schema["oneOf"].push_back({{"required", {key}}});
        for (const auto& [one, other] : shape.not_together) schema["allOf"].push_back({{"not", {{"required", {one, other}}}}});
        return schema;
    }

    // Every provider's settings; which belong to the chosen one is checked when loading.
    static Json settings()
    {
        Json properties = Json::object();
        for (const Flavour& flavour : flavours()) {
            for (const SettingRule& rule : flavour.settings) {
                Json property = {{"description", std::string(rule.about) + " (" + std::string(flavour.name) + ", " + std::string(rule.evidence) + ")"}};
                // Written in a file, true and "true" are the same setting.
                Json values = Json::array();
                for (const std::string_view choice : rule.choices) {
                    values.push_back(choice);
                    if (choice == "true" || choice == "false") values.push_back(choice == "true");
                }
                const Json number = {{"type", "integer"}, {"minimum", rule.minimum}, {"maximum", rule.maximum}};
                const bool numbers = rule.minimum != 0 || rule.maximum != 0;
                if (rule.several) property["anyOf"] = {{{"type", "array"}, {"items", {{"enum", std::move(values)}}}}, {{"type", "string"}}};
                else if (values.empty()) property.update(number);
                else if (numbers) property["anyOf"] = {{{"enum", std::move(values)}}, number};
                else property["enum"] = std::move(values);
                property["default"] = rule.default_value;
                properties[std::string(rule.name)] = std::move(property);
            }
        }
        return {{"type", "object"}, {"properties", std::move(properties)}, {"additionalProperties", false}};
    }

    Json definitions_ = Json::object();
};

}  // namespace

nlohmann::ordered_json scenario_schema() { return Writer().write(scenario_shape()); }

}  // namespace provsim
