// SPDX-License-Identifier: Apache-2.0
// Where the values of Entra's attribute mappings come from. Internal to the Entra connector.
#pragma once

#include "connectors/entra/source.h"

#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace provsim {

// The forms that the default table consists of are read without an expression's machinery: they are on the path of every
// object. Each means what the expression in its comment means.
struct FromAttribute { Attribute attribute{}; };                                  // [mail]
struct FromObjectId {};                                                           // [objectId]
struct FromGroupName {};                                                          // [displayName] of a group
struct FromJoin { std::string separator; std::vector<Attribute> parts; };         // Join(" ", [givenName], [surname])
struct FromSoftDeleted {};                                                        // Switch([IsSoftDeleted], , "False", "True", "True", "False")
struct FromConstant { std::string text; };
struct FromNothing {};                                                            // mapping type None: the default at most
struct FromExpression { Expression expression; EntraAttributes attributes; };     // anything else
using MappingSource = std::variant<FromAttribute, FromObjectId, FromGroupName, FromJoin, FromSoftDeleted, FromConstant, FromNothing, FromExpression>;

// The source of an expression's text, for objects of one kind. `directory` knows the custom attributes.
Result<MappingSource> mapping_source(std::string_view expression, ObjectKind kind, const Directory& directory, const Place& place);

// Whether evaluating it adds to `computed`.
bool computes(const MappingSource& source) noexcept;
// Whether it reads IsSoftDeleted: the mapping that disables and enables.
bool reads_soft_deleted(const MappingSource& source) noexcept;

// What one object's values are taken from.
struct SourceObject {
    const View& view;
    ObjectRef object;
    bool soft_deleted = false;      // Entra's IsSoftDeleted: out of scope, in the recycle bin or barred from signing in
    TimePoint now{};                // of Now()
    Draw draw{0};                   // of Guid() and RandomString()
    std::uint64_t ordinal = 0;
    std::string_view default_domain{};
};

// A value for the target, or why there is none. `text` refers to the directory's strings, to the source's own text or to an
// element appended to `computed`, which must not grow beyond its capacity.
struct Evaluated {
    enum class Kind : std::uint8_t {
        value,      // may be "": an expression that yields an empty text (assumed to be sent; Ory Polis tests expect it)
        nothing,    // null: nothing is sent (Entra: known-issues, "null can't be provisioned"), or the default
        dropped,    // IgnoreFlowIfNullOrEmpty: nothing is sent, not even a default
        failed,     // `text` says why
    } kind = Kind::nothing;
    std::string_view text{};
};
Evaluated evaluate(const MappingSource& source, const SourceObject& from, std::vector<std::string>& computed);

}  // namespace provsim
