// SPDX-License-Identifier: Apache-2.0
#include "connectors/push_groups.h"

#include "model/text.h"

#include <algorithm>

namespace provsim {

bool PushRule::fits(std::string_view group_name) const noexcept
{
    const std::string whole = fold_case(group_name), part = fold_case(text);
    switch (match) {
    case Match::starts_with: return whole.starts_with(part);
    case Match::ends_with: return whole.ends_with(part);
    case Match::contains: return whole.find(part) != std::string::npos;
    case Match::equals: return whole == part;
    }
    return false;
}

PushStatus PushGroups::status(GroupId group) const noexcept
{
    return row(group) < status_.size() ? status_[row(group)] : PushStatus::none;
}

void PushGroups::set(GroupId group, PushStatus now)
{
    if (row(group) >= status_.size()) status_.resize(row(group) + 1, PushStatus::none);
    status_[row(group)] = now;
}

std::vector<GroupId> PushGroups::groups(PushStatus wanted) const
{
    std::vector<GroupId> found;
    for (std::uint32_t group = 0; group < status_.size(); ++group)
        if (status_[group] == wanted) found.push_back(GroupId{group});
    return found;
}

PushRule* PushGroups::find_rule(std::string_view name) noexcept
{
    const auto found = std::find_if(rules_.begin(), rules_.end(), [name](const PushRule& rule) { return rule.name == name; });
    return found == rules_.end() ? nullptr : &*found;
}

void PushGroups::remove_rule(std::string_view name)
{
    std::erase_if(rules_, [name](const PushRule& rule) { return rule.name == name; });
}

std::vector<GroupId> PushGroups::apply_rules(const View& directory)
{
    std::vector<GroupId> mapped;
    if (rules_.empty()) return mapped;
    for (std::uint32_t group = 0; group < directory.group_rows(); ++group) {
        const GroupId id{group};
        if (directory.presence(id) != Presence::present || status(id) != PushStatus::none) continue;
        const auto fits = [&](const PushRule& rule) { return rule.active && rule.fits(directory.display_name(id)); };
        if (std::none_of(rules_.begin(), rules_.end(), fits)) continue;
        set(id, PushStatus::active);
        mapped.push_back(id);
    }
    return mapped;
}

const PushGroups& no_push_groups() noexcept
{
    static const PushGroups none;
    return none;
}

}  // namespace provsim
