// SPDX-License-Identifier: Apache-2.0
#include "connectors/okta/source.h"

#include "connectors/okta/ids.h"
#include "model/check.h"
#include "model/nearest.h"

#include <algorithm>

namespace provsim {
namespace {

// Attributes of Okta's base profile that a directory here has only as custom ones, if at all (Okta: management API, UserProfile).
constexpr std::string_view base_profile[] = {
    "middleName", "honorificPrefix", "honorificSuffix", "nickName", "profileUrl", "secondEmail", "postalAddress", "locale", "timezone", "userType",
    "costCenter", "division", "manager", "managerId",
};

struct ValueOf {
    const View& view;
    UserId user;
    std::vector<std::string>& computed;

    std::string_view operator()(Attribute attribute) const { return view.value(user, attribute); }
    std::string_view operator()(OktaProfileExtra extra) const
    {
        const UserId manager = view.manager(user);
        if (extra == OktaProfileExtra::empty || manager == no_user) return {};
        if (extra == OktaProfileExtra::manager) return view.value(manager, Attribute::display_name);
        PROVSIM_CHECK(computed.size() < computed.capacity(), "views into the values already computed would dangle");
        return computed.emplace_back(okta_id(okta_user_prefix, view.object_id(manager)));
    }
};

}  // namespace

std::optional<OktaProfileName> find_profile_name(std::string_view name, const Directory& directory)
{
    if (const auto known = find_attribute(name, Spelling::okta)) return *known;
    if (const auto custom = directory.find_custom("custom." + std::string(name))) return *custom;
    if (name == "managerId") return OktaProfileExtra::manager_id;
    if (name == "manager") return OktaProfileExtra::manager;
    if (std::find(std::begin(base_profile), std::end(base_profile), name) != std::end(base_profile)) return OktaProfileExtra::empty;
    return std::nullopt;
}

std::string nearest_profile_name(std::string_view name)
{
    std::vector<std::string_view> names(std::begin(base_profile), std::end(base_profile));
    for (std::size_t i = 1; i < builtin_attributes; ++i)
        if (const auto known = attribute_name(static_cast<Attribute>(i), Spelling::okta); !known.empty()) names.push_back(known);
    return nearest(name, names);
}

std::string_view okta_status(UserState state) noexcept
{
    switch (state) {
        case UserState::active: return "ACTIVE";
        case UserState::staged: return "STAGED";
        case UserState::pending: return "PROVISIONED";
        case UserState::recovery: return "RECOVERY";
        case UserState::password_expired: return "PASSWORD_EXPIRED";
        case UserState::locked_out: return "LOCKED_OUT";
        case UserState::suspended: return "SUSPENDED";
        case UserState::deactivated: return "DEPROVISIONED";
    }
    return {};
}

std::string_view profile_value(const OktaProfileName& name, const View& view, UserId user, std::vector<std::string>& computed)
{
    return std::visit(ValueOf{view, user, computed}, name);
}

OktaValue OktaUserSource::of(UserId user, std::string_view name) const
{
    const auto found = find_profile_name(name, view_.live());
    if (!found) return {};
    std::vector<std::string> computed;
    computed.reserve(1);
    const auto value = profile_value(*found, view_, user, computed);
    return value.empty() ? OktaValue{} : OktaValue(value);
}

OktaValue OktaUserSource::value(std::string_view scope, std::string_view name) const
{
    return scope == "user" ? of(user_, name) : OktaValue{};
}

OktaValue OktaUserSource::internal_property(std::string_view name) const
{
    if (name == "id") return okta_id(okta_user_prefix, view_.object_id(user_));
    if (name == "status") return okta_status(view_.state(user_));
    return {};
}

OktaValue OktaUserSource::linked_user(std::string_view relation, std::string_view name) const
{
    const UserId manager = view_.manager(user_);
    return relation == "manager" && manager != no_user ? of(manager, name) : OktaValue{};
}

std::vector<OktaGroup> OktaUserSource::groups() const
{
    std::vector<OktaGroup> found;
    for (const GroupId group : view_.groups_of(user_)) {
        ids_.push_back(okta_id(okta_group_prefix, view_.object_id(group)));
        found.push_back({ids_.back(), view_.display_name(group)});
    }
    return found;
}

}  // namespace provsim
