// SPDX-License-Identifier: Apache-2.0
// Attribute mappings: from the attributes of a source object to the attributes of a SCIM resource, as tables.
#pragma once

#include "model/directory.h"
#include "model/mapping_spec.h"

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace provsim {

// Where a value goes, in the forms that provisioning services write (Entra: use-scim, default mappings):
//   title                          attribute
//   name.givenName                 attribute, sub
//   emails[type eq "work"].value   attribute, type, sub: the one element of that type
//   urn:...:2.0:User:department    extension, attribute (of a schema extension)
struct TargetPath {
    std::string text;         // as above; what a PATCH operation's "path" says
    std::string extension;    // the extension's URN, or empty
    std::string attribute;
    std::string type;         // of the element, or empty
    std::string sub;

    bool selects_element() const noexcept { return !type.empty(); }
};

// Nothing if the text has none of these forms.
std::optional<TargetPath> parse_target_path(std::string_view text);

// Where a value comes from. (A full expression language can take the place of the last three.)
struct FromAttribute { Attribute attribute{}; };
struct FromConstant { std::string text; };
struct FromObjectId {};
struct FromGroupName {};
struct FromManager {};                // a reference: written by requests of its own, no value here
// Join(separator, [a], [b], ...): skips what is empty (Entra: functions-for-customizing-application-data; settings.md).
struct FromJoin { std::string separator; std::vector<Attribute> parts; };
// Switch([IsSoftDeleted], , "False", "True", "True", "False"): "True" while the object is to be active.
struct FromSoftDeleted {};
using MappingSource = std::variant<FromAttribute, FromConstant, FromObjectId, FromGroupName, FromManager, FromJoin, FromSoftDeleted>;

struct AttributeMapping {
    TargetPath target;
    MappingSource source;
    ValueType type = ValueType::string;
    unsigned matching = 0;      // 1..n: tried in that order to find the object in the target; 0: not matched by
    bool case_exact = false;    // otherwise a difference of case alone is none
};

using MappingTable = std::vector<AttributeMapping>;

// What one object's values are taken from.
struct SourceObject {
    const View& view;
    ObjectRef object;
    bool soft_deleted = false;      // Entra's IsSoftDeleted: out of scope, in the recycle bin or barred from signing in
};

// How many of the table's values evaluate() may put into `computed`.
std::size_t computed_values(const MappingTable& table) noexcept;

// The value for the target; empty means there is none and nothing is sent (Entra: known-issues, "null can't be provisioned").
// Refers to the directory's strings, to the source's own text or to an element appended to `computed`, which must not grow
// beyond its capacity.
std::string_view evaluate(const MappingSource& source, const SourceObject& from, std::vector<std::string>& computed);

}  // namespace provsim
