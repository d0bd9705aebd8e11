// SPDX-License-Identifier: Apache-2.0
// Of the scenario format, what is one provider's: its administrators' verbs, and `provider:` of steps, actions and expectations.
#include "scenario_io/table.h"

#include "scenario_io/vendor_verbs.h"

namespace provsim::shapes {
namespace {

using Kind = Shape::Kind;
using Takes = VendorVerb::Takes;

const Shape no_keys{.kind = Kind::object, .expected = "nothing"};
const Shape no_value{.kind = Kind::either, .expected = "nothing", .when_scalar = &nothing, .when_map = &no_keys};

const Shape group_map{.kind = Kind::object, .expected = "{ group }", .keys = {{"group", &name, "handle of the group", true}}};
const Shape group{.kind = Kind::either, .expected = "a group's handle", .when_scalar = &name, .when_map = &group_map};
const Shape group_or_nothing{.kind = Kind::either, .expected = "a group's handle, or nothing for all", .when_scalar = &scalar, .when_map = &group_map};
const Shape groups_map{.kind = Kind::object, .expected = "{ group } or { groups }", .keys = {
    {"group", &name, "handle of the group"},
    {"groups", &names, "handles of groups"},
}, .exactly_one = {"group", "groups"}};
const Shape groups{.kind = Kind::either, .expected = "a group's handle, or { groups: [...] }", .when_scalar = &name, .when_map = &groups_map};
const Shape unlinked_map{.kind = Kind::object, .expected = "{ group, delete }", .keys = {
    {"group", &name, "handle of the group", true},
    {"delete", &boolean, "in the target too; false if not given"},
}};
const Shape unlinked{.kind = Kind::either, .expected = "a group's handle, or { group, delete }", .when_scalar = &name, .when_map = &unlinked_map};
const Shape user_map{.kind = Kind::object, .expected = "{ user }", .keys = {{"user", &name, "handle of the user", true}}};
const Shape user_or_nothing{.kind = Kind::either, .expected = "a user's handle, or nothing for all", .when_scalar = &scalar, .when_map = &user_map};
const Shape object_map{.kind = Kind::object, .expected = "{ user } or { group }", .keys = {
    {"user", &name, "handle of the user"},
    {"group", &name, "handle of the group"},
}, .exactly_one = {"user", "group"}};
const Shape object_or_nothing{.kind = Kind::either, .expected = "user:ada or group:engineers, or nothing for all", .when_scalar = &scalar, .when_map = &object_map};
const Shape new_rule{.kind = Kind::object, .name = "pushRule", .expected = "{ name, starts_with }", .keys = {
    {"name", &name, "of the rule", true},
    {"starts_with", &name, "groups whose displayName begins so"},
    {"ends_with", &name, "groups whose displayName ends so"},
    {"contains", &name, "groups with this in their displayName"},
    {"equals", &name, "the group of this displayName"},
}, .exactly_one = {"starts_with", "ends_with", "contains", "equals"}};

const Shape& shape_of(Takes takes)
{
    switch (takes) {
        case Takes::nothing: break;
        case Takes::group: return group;
        case Takes::group_or_nothing: return group_or_nothing;
        case Takes::groups: return groups;
        case Takes::unlinked_group: return unlinked;
        case Takes::user_or_nothing: return user_or_nothing;
        case Takes::object_or_nothing: return object_or_nothing;
        case Takes::new_rule: return new_rule;
        case Takes::rule: return name;
        case Takes::flag: return boolean;
    }
    return no_value;
}

}  // namespace

std::vector<FormatKey> vendor_actions()
{
    std::vector<FormatKey> keys;
    for (const VendorVerb& verb : vendor_verbs()) keys.push_back({verb.name, &shape_of(verb.takes), std::string(verb.about)});
    return keys;
}

const Shape& only_under()
{
    static const Shape one{.kind = Kind::choice, .name = "providerName", .expected = "a provider", .choices = {provider_names().begin(), provider_names().end()}};
    static const Shape several{.kind = Kind::list, .expected = "a list of providers", .element = &one};
    static const Shape shape{.kind = Kind::either, .expected = "a provider, or a list of them", .when_scalar = &one, .when_list = &several};
    return shape;
}

}  // namespace provsim::shapes
