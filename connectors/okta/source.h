// SPDX-License-Identifier: Apache-2.0
// A user of the directory as Okta's expressions read him. Internal to the Okta connector.
#pragma once

#include "model/directory.h"
#include "model/okta_expression.h"

#include <deque>
#include <string_view>
#include <variant>

namespace provsim {

// What a name of Okta's user profile is here: an attribute, or one of what has no column.
enum class OktaProfileExtra : std::uint8_t {
    manager,        // the manager's display name
    manager_id,     // the manager's Okta id
    empty,          // an attribute of Okta's base profile that this directory has no values of
};
using OktaProfileName = std::variant<Attribute, OktaProfileExtra>;
// Nothing if Okta's base profile has no such attribute, and the directory no custom one. Okta keeps manager and managerId as texts of
// the profile; here they follow the directory's manager, unless it has custom attributes of these names (assumed).
std::optional<OktaProfileName> find_profile_name(std::string_view name, const Directory& directory);
// What may have been meant.
std::string nearest_profile_name(std::string_view name);

// "STAGED", "ACTIVE", as user.getInternalProperty("status") has it.
std::string_view okta_status(UserState state) noexcept;

// `computed` keeps what no column holds; it must not grow beyond its capacity.
std::string_view profile_value(const OktaProfileName& name, const View& view, UserId user, std::vector<std::string>& computed);

class OktaUserSource final : public OktaSource {
public:
    OktaUserSource(const View& view, UserId user) : view_(view), user_(user) {}
    OktaValue value(std::string_view scope, std::string_view name) const override;
    OktaValue internal_property(std::string_view name) const override;
    OktaValue linked_user(std::string_view relation, std::string_view name) const override;
    std::vector<OktaGroup> groups() const override;

private:
    OktaValue of(UserId user, std::string_view name) const;
    const View& view_;
    UserId user_;
    mutable std::deque<std::string> ids_;       // of groups that were handed out
};

}  // namespace provsim
