// SPDX-License-Identifier: Apache-2.0
// From JSON into Fields: what a client may say about each attribute, in which types.
// Nothing here knows paths or PATCH operations; POST and PUT need no more than this.
#pragma once

#include "model/json.h"
#include "target/errors.h"
#include "target/fields.h"
#include "target/member_set.h"

#include <optional>
#include <vector>

namespace provsim::target {

class Store;

class Assigner {
public:
    // `store` resolves members; `fields` is written to; views in it point into the request's document or `arena`.
    Assigner(const ResourceSchema& schema, const Store& store, Fields& fields, TextArena& arena, ScimError& error)
        : schema_(schema), store_(store), fields_(fields), arena_(arena), error_(error)
    {
    }

    enum class Mode { add, replace };   // for multi-valued attributes: keep the values there are, or not

    // The whole body of POST or PUT. Unknown attributes and read-only ones are ignored (RFC 7644 3.3, 3.5.1).
    bool body(json::element object);
    // Members named by body(), if it named any.
    const std::optional<std::vector<MemberRef>>& members() const noexcept { return members_; }

    // One attribute with all its sub-attributes. null and [] unassign (RFC 7643 2.5), an object is merged (RFC 7644
    // 3.5.2.3). Not for members and not for read-only attributes.
    bool whole(const Attribute& attribute, json::element value, Mode mode);
    // "name.givenName".
    bool sub(const Attribute& attribute, int sub, json::element value);
    // The attributes of an extension without a table, by name, or one of them.
    bool custom(std::string_view urn, json::element object);
    bool custom(std::string_view urn, std::string_view name, json::element value);

    void unset(const Attribute& attribute);
    // An element of a list from an object, or from a bare string as its "value". Nothing for null or an object without
    // any known sub-attribute; false on a wrong type.
    bool element(const Attribute& attribute, json::element value, std::optional<Element>& out);
    bool sub_text(const SubAttribute& sub, json::element value, std::string_view& out);
    // Appends unless an equal value is there. A new primary value takes the mark from the others (RFC 7644 3.5.2).
    void append(const Attribute& attribute, const Element& element);
    void settle_primary(const Attribute& attribute, std::size_t of);
    // The members that `value` (an array, an object or a bare id) names. Unknown ids are refused, or left out.
    enum class Unknown { refuse, leave_out };
    bool read_members(json::element value, Unknown unknown, std::vector<MemberRef>& out);
    bool fail(std::string_view type, std::string detail) { return refuse(error_, type, std::move(detail)); }

    // After all assignments: required attributes are there. `before` are the values until now, null on POST.
    bool check_required(const Fields* before);

private:
    bool key(std::string_view name, json::element value);
    bool complex(const Attribute& attribute, json::element value);
    bool typed_text(Type type, std::string_view name, json::element value, std::string_view& out);
    bool one_member(json::element value, Unknown unknown, std::vector<MemberRef>& out);

    const ResourceSchema& schema_;
    const Store& store_;
    Fields& fields_;
    TextArena& arena_;
    ScimError& error_;
    std::optional<std::vector<MemberRef>> members_;
};

// JSON booleans are kept as these texts; Entra's "True" and "False" become them.
std::optional<std::string_view> boolean_text(std::string_view text) noexcept;

}  // namespace provsim::target
