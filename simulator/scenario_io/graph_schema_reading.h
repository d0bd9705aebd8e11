// SPDX-License-Identifier: Apache-2.0
// What the parts of the schema's reader share. Internal to graph_schema.
#pragma once

#include "scenario_io/graph_schema.h"
#include "scenario_io/json_text.h"

#include <map>
#include <optional>

namespace provsim {

// Rows and clauses of one object mapping; every one of them costs a walk through the text, to find its place.
inline constexpr std::size_t most_mappings = 1000;

// A value of the document and the way to it. What is missing and what is null are the same: nothing.
struct JsonAt {
    using Pointer = nlohmann::ordered_json::json_pointer;

    const nlohmann::ordered_json* value = nullptr;
    Pointer at{};

    explicit operator bool() const noexcept { return value != nullptr; }
    bool is_text() const noexcept { return value && value->is_string(); }
    const std::string& text() const { return value->get_ref<const std::string&>(); }
    JsonAt operator[](const char* key) const;
    std::vector<JsonAt> items() const;          // of a list; nothing else has any
};

struct GraphReading {
    // All outlive it.
    GraphReading(std::string_view text, const std::string& name, GraphSchema& out) : bytes(text), file(name), schema(out) {}

    std::string_view bytes;
    const std::string& file;
    GraphSchema& schema;
    Problems errors{};

    Place place(const JsonAt& where) const { return place_in_json(bytes, file, where.at); }
    void error(const JsonAt& where, std::string_view code, std::string what, std::string remedy = {});
    void warn(const JsonAt& where, std::string_view code, std::string what, std::string remedy = {});
    // The text under `key`; empty if there is none. One that is no text is an error.
    std::string text(const JsonAt& map, const char* key);
    // A source attribute that something reads; a user's that has no column is noted.
    void uses(ObjectKind kind, const std::string& attribute);

private:
    std::size_t said_ = 0;      // finding a place costs a walk through the text
};

// What the target directory says of an attribute (Graph: synchronization-attributedefinition).
struct TargetDefinition {
    std::optional<ValueType> type;
    bool case_exact = false;
    bool required = false;
    std::string default_value;
};
using TargetDefinitions = std::map<std::string, TargetDefinition, std::less<>>;

TargetDefinitions read_target_definitions(const JsonAt& root, const std::string& directory, const std::string& object, GraphReading& reading);
void read_attribute_mappings(const JsonAt& mapping, ObjectKind kind, const TargetDefinitions& target, ObjectMapping& out, GraphReading& reading);
void read_graph_filters(const JsonAt& scope, ObjectKind kind, GraphFilters& out, GraphReading& reading);

}  // namespace provsim
