// SPDX-License-Identifier: Apache-2.0
// Groups of the user, and users who are linked to him.
#include "model/okta_expression/functions.h"

#include <algorithm>

namespace provsim {
namespace {

template <class Test>
OktaValue any_group(const OktaArguments& a, Test test)
{
    const std::vector<OktaGroup> groups = a.context().source.groups();
    return OktaValue(std::any_of(groups.begin(), groups.end(), test));
}

OktaArray listed(const OktaValue& value) { return value.array() != nullptr ? *value.array() : OktaArray{value}; }

// "West Coast.*" in the overview's table is a name's beginning, as without ".*".
std::string_view beginning(std::string_view name)
{
    if (name.ends_with(".*")) name.remove_suffix(2);
    return name;
}

// One search criterion: a key with one value or several, of which one must fit.
bool fits(const OktaGroup& group, std::string_view key, const OktaValue& wanted, bool exact)
{
    const OktaArray values = listed(wanted);
    return std::any_of(values.begin(), values.end(), [&](const OktaValue& value) {
        if (value.text() == nullptr) return false;
        const std::string_view text = *value.text();
        if (key == "group.id") return group.id == text;
        if (key == "group.type") return group.type == text;
        if (key == "group.source.id") return group.source_id == text;
        return exact ? group.name == text : group.name.starts_with(beginning(text));
    });
}

bool meets(const OktaGroup& group, const OktaArray& criteria)
{
    // Names begin so, unless the operator says EXACT (the overview).
    bool exact = false;
    for (std::size_t i = 0; i + 1 < criteria.size(); i += 2)
        if (*criteria[i].text() == "operator") exact = criteria[i + 1] == OktaValue("EXACT");
    for (std::size_t i = 0; i + 1 < criteria.size(); i += 2)
        if (*criteria[i].text() != "operator" && !fits(group, *criteria[i].text(), criteria[i + 1], exact)) return false;
    return true;
}

}  // namespace

OktaValue okta_member_of_group(const OktaArguments& a)
{
    return any_group(a, [&](const OktaGroup& group) {
        for (std::size_t i = 0; i < a.count(); ++i)
            if (a.has(i) && group.id == a.text(i)) return true;
        return false;
    });
}

OktaValue okta_member_of_name(const OktaArguments& a)
{
    return any_group(a, [&](const OktaGroup& group) { return a.has(0) && group.name == a.text(0); });
}

OktaValue okta_member_of_name_start(const OktaArguments& a)
{
    return any_group(a, [&](const OktaGroup& group) { return a.has(0) && group.name.starts_with(a.text(0)); });
}

OktaValue okta_member_of_name_part(const OktaArguments& a)
{
    return any_group(a, [&](const OktaGroup& group) { return a.has(0) && group.name.find(a.text(0)) != std::string_view::npos; });
}

OktaValue okta_member_of_name_regex(const OktaArguments& a)
{
    for (const OktaGroup& group : a.context().source.groups()) {
        OktaValue found = okta_matches(a.call(), std::string(group.name), a.text(0));
        if (found.is_error() || found == OktaValue(true)) return found;
    }
    return OktaValue(false);
}

// The ids of the groups that meet every criterion, or what .![...] takes of each. (The overview shows groups by their ids.)
OktaValue okta_get_groups(const OktaArguments& a)
{
    OktaArray out;
    for (const OktaGroup& group : a.context().source.groups()) {
        bool fits_all = true;
        for (std::size_t i = 0; i < a.count() && fits_all; ++i) fits_all = meets(group, *a[i].array());
        if (!fits_all) continue;
        const std::string& property = a.call().name;
        out.emplace_back(property == "name" ? group.name : property == "type" ? group.type : group.id);
    }
    return OktaValue(std::move(out));
}

OktaValue okta_internal_property(const OktaArguments& a)
{
    if (a.text(0) != "id" && a.text(0) != "status") return a.error("a user has no internal property \"" + a.text(0) + "\"");
    return a.context().source.internal_property(a.text(0));
}

OktaValue okta_linked_user(const OktaArguments& a) { return a.context().source.linked_user(a.text(0), a.call().name); }

// The overview: "active_directory" is the only source; what another one gives is assumed to be no user.
OktaValue okta_manager(const OktaArguments& a)
{
    return a.text(0) == "active_directory" ? a.context().source.linked_user("manager", a.call().name) : OktaValue();
}

// A simulated organization is the source of its users: no directory and no Workday.
OktaValue okta_no_other_user(const OktaArguments&) { return OktaValue(false); }

OktaValue okta_find_other_user(const OktaArguments& a) { return a.error("there is no such user; ask hasDirectoryUser() or hasWorkdayUser() first"); }

}  // namespace provsim
