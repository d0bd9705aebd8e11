// SPDX-License-Identifier: Apache-2.0
// Attribute mappings as people write them: a scenario's provider.mappings, the rows of the portal's table, Graph's
// attributeMappings. A connector compiles them once (connectors/entra/mapping.h).
#pragma once

#include "model/result.h"

#include <optional>
#include <string>
#include <vector>

namespace provsim {

// What a target attribute holds (Graph: attributeDefinition.type; DateTime and Binary travel as strings).
enum class ValueType : std::uint8_t { string, boolean, integer, reference, complex };

struct MappingSpec {
    // Entra's types Direct and Expression are one thing here: "[mail]" is an expression. `none` has a default at most.
    enum class From : std::uint8_t { expression, constant, none };

    std::string target;                         // SCIM path: title, name.givenName, emails[type eq "work"].value, urn:...:User:x
    From from = From::expression;
    std::string source;                         // the expression, or the constant
    std::optional<std::string> default_value;   // instead of no value (Entra: customize-application-attributes)
    bool only_on_create = false;                // "apply this mapping: only during object creation"
    unsigned matching = 0;                      // precedence from 1; 0: objects are not matched by it
    // What the target's schema says of the attribute, if the mapping's author says it; else what SCIM's own schemas say.
    std::optional<ValueType> type;
    std::optional<bool> case_exact;
    bool required = false;                      // an object without a value is not sent
    bool removed = false;                       // takes the row of this target out of the table below
    Place place;
};

// The mapping of one kind of object.
struct ObjectMapping {
    // What `rows` are put on top of: a row replaces the one of the same target, or comes after all.
    enum class Base : std::uint8_t { standard, minimal, nothing };

    Base base = Base::standard;
    bool enabled = true;                                // groups only: users are always provisioned (Entra: use-scim)
    bool create = true, update = true, remove = true;   // target object actions (Graph: objectMapping.flowTypes)
    std::vector<MappingSpec> rows;
};

struct MappingSpecs {
    ObjectMapping users, groups;
};

}  // namespace provsim
