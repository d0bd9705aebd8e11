// SPDX-License-Identifier: Apache-2.0
#include "connectors/okta/assignment.h"

#include <algorithm>
#include <limits>

namespace provsim {
namespace {

// Twice its place, so that one that has ended stands before what moved up.
std::size_t order(const View& view, ObjectRef object, const OktaBefore* before)
{
    if (before && before->object == object && !view.assigned(object)) return 2 * before->place;
    const auto& all = view.live().assignments();
    return 2 * static_cast<std::size_t>(std::find(all.begin(), all.end(), object) - all.begin()) + 1;
}

std::uint64_t rank(const std::optional<unsigned>& priority) noexcept
{
    return priority ? std::uint64_t{*priority} : std::numeric_limits<std::uint64_t>::max();
}

const Attribute* bare_attribute(const OktaMapping& row) noexcept
{
    const auto* profile = std::get_if<FromProfile>(&row.source);
    return profile ? std::get_if<Attribute>(&profile->name) : nullptr;
}

}  // namespace

OktaWinner okta_winner(const View& view, UserId user, const OktaBefore* before)
{
    const auto was = [before](ObjectRef object) { return before && before->object == object; };
    const auto terms = [&](ObjectRef object) { return was(object) ? before->terms : AssignmentTerms{view.assignment_priority(object), view.assignment_values(object)}; };
    if (was(user) ? before->path : view.assigned(user)) return {user, terms(user)};

    std::vector<ObjectRef> ways;
    for (const GroupId group : view.groups_of(user))
        if (!was(group) && view.assigned(group)) ways.push_back(group);
    if (before && before->path && before->object.is_group()) ways.push_back(before->object);
    if (ways.empty()) return {};

    const auto priority = [&](ObjectRef object) { return rank(was(object) ? before->terms.priority : view.assignment_priority(object)); };
    const ObjectRef best = *std::min_element(ways.begin(), ways.end(), [&](ObjectRef a, ObjectRef b) {
        const auto first = priority(a), second = priority(b);
        return first != second ? first < second : order(view, a, before) < order(view, b, before);
    });
    return {best, terms(best)};
}

std::optional<std::string_view> okta_assigned_value(const OktaMapping& row, const AssignmentTerms& terms) noexcept
{
    const Attribute* attribute = terms.values.empty() ? nullptr : bare_attribute(row);
    if (!attribute) return std::nullopt;
    for (const auto& [each, value] : terms.values)
        if (each == *attribute) return value;
    return std::nullopt;
}

std::uint64_t assignable_attributes(const OktaMappingTable& table) noexcept
{
    std::uint64_t all = 0;
    for (const OktaMapping& row : table)
        if (const Attribute* attribute = bare_attribute(row)) all |= bit(*attribute);
    return all;
}

std::uint64_t differing(const AssignmentTerms& one, const AssignmentTerms& other) noexcept
{
    std::uint64_t all = 0;
    for (const auto& [these, those] : {std::pair{&one, &other}, std::pair{&other, &one}})
        for (const auto& value : these->values)
            if (std::find(those->values.begin(), those->values.end(), value) == those->values.end()) all |= bit(value.first);
    return all;
}

std::uint64_t triggering_attributes(const OktaMappingTable& table, const AssignmentTerms& terms) noexcept
{
    std::uint64_t all = 0;
    for (const OktaMapping& row : table)
        if (!row.only_on_create && !okta_assigned_value(row, terms)) all |= row.reads;
    return all;
}

}  // namespace provsim
