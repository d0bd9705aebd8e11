// SPDX-License-Identifier: Apache-2.0
// What mapping expressions read of a user or a group, by Entra's names. Internal to the Entra connector, and the verb `expression`.
#pragma once

#include "model/directory.h"
#include "model/expression.h"

#include <string>
#include <variant>
#include <vector>

namespace provsim {

// The names of an expression, looked up once. Entra's own spelling ("userPrincipalName"), custom attributes as the directory
// has them ("custom.costCode" or, as Entra would, "costCode"), and what Entra computes: IsSoftDeleted, accountEnabled, objectId.
// Immutable.
class EntraAttributes {
public:
    // Problems have the code "expression": a name that objects of this kind do not have, with the nearest.
    static Result<EntraAttributes> find(const std::vector<std::string>& names, const Directory& directory, const Place& place = {},
                                        ObjectKind kind = ObjectKind::user);

    enum class Computed : std::uint8_t { soft_deleted, account_enabled, object_id, app_roles, group_name, no_value };
    using Name = std::variant<Attribute, Computed>;
    const std::vector<Name>& names() const noexcept { return names_; }

private:
    std::vector<Name> names_;
};

// One object's values. Refers to all it is given.
class EntraSource final : public AttributeSource {
public:
    // `soft_deleted`: Entra's IsSoftDeleted, true for who is out of scope, in the recycle bin or barred from signing in.
    EntraSource(const EntraAttributes& attributes, const View& view, ObjectRef object, bool soft_deleted)
        : attributes_(attributes), view_(view), object_(object), soft_deleted_(soft_deleted) {}
    Value value(std::string_view name, std::size_t index) const override;

private:
    const EntraAttributes& attributes_;
    const View& view_;
    ObjectRef object_;
    bool soft_deleted_;
};

}  // namespace provsim
