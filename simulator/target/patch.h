// SPDX-License-Identifier: Apache-2.0
// PATCH (RFC 7644 3.5.2) applied to a resource, Entra's forms included: operations in any case, dotted and
// URN-qualified keys in a value without path, "Remove" of members by a list of values, an "Add" through a value filter that meets nothing.
#pragma once

#include "target/assign.h"
#include "target/filter_match.h"
#include "target/store.h"

namespace provsim::target {

class Patch {
public:
    // `fields` are the resource's values and are changed in place; `members` belongs to the group and is null for a user.
    // Both must be dropped by the caller when apply() refuses.
    Patch(const ResourceSchema& schema, const Store& store, Fields& fields, TextArena& arena, MembershipEdit* members, ScimError& error)
        : schema_(schema), store_(store), fields_(fields), arena_(arena), members_(members), error_(error), assign_(schema, store, fields, arena, error)
    {
    }

    // The whole body of the request.
    bool apply(json::element body);

private:
    enum class Op { add, replace, remove };
    struct Target;   // what a path names

    bool operation(json::element operation);
    bool without_path(Op op, json::element value);
    bool at_path(Op op, std::string_view path, const json::element* value, bool may_create);
    bool attributes_of(std::string_view urn, Op op, const json::element* value);
    bool custom(Op op, const Target& target, const json::element* value);
    bool plain(Op op, const Target& target, const json::element* value);
    bool chosen_values(Op op, const Target& target, const json::element* value);
    bool chosen_single(Op op, const Target& target, const json::element* value, const Matcher& matcher);
    bool create_value(const Target& target, json::element value, const Matcher& matcher);
    bool change_element(Op op, const Target& target, const json::element* value, Element& element);
    bool edit_members(Op op, const json::element* value);
    bool chosen_members(Op op, const Target& target, const json::element* value);
    bool remove_listed(const Attribute& attribute, json::element value);
    bool fail(std::string_view type, std::string detail) { return refuse(error_, type, std::move(detail)); }

    const ResourceSchema& schema_;
    const Store& store_;
    Fields& fields_;
    TextArena& arena_;
    MembershipEdit* members_;
    ScimError& error_;
    Assigner assign_;
};

}  // namespace provsim::target
