// SPDX-License-Identifier: Apache-2.0
// Which of a user's assignments says what his application profile is. Internal to the Okta connector.
#pragma once

#include "connectors/okta/mapping.h"
#include "model/directory.h"

#include <optional>
#include <string_view>
#include <utility>
#include <vector>

namespace provsim {

// An assignment as it was before a change, to see what the change makes of those whom it concerns.
struct OktaBefore {
    ObjectRef object;
    bool path = false;              // it was one of the user's ways to the application
    AssignmentTerms terms{};        // meaningful if it was
    std::size_t place = 0;          // where it stood in the order of assignment, if it has ended
};

// One's own assignment comes before those of groups, and of these the one with the lowest priority (Okta: management API, application
// groups). Groups without a priority come behind, and equal ones stand in the order of assignment (assumed).
// None: no assignment entitles him.
struct OktaWinner {
    ObjectRef object;
    AssignmentTerms terms{};
};
OktaWinner okta_winner(const View& view, UserId user, const OktaBefore* before = nullptr);

// What the winning assignment gives this row: the value of the application's attribute, in place of the mapping's. It is that of the
// row whose source is the bare attribute, user.title, as an assignment's profile has the application's attributes and not the user's:
// an expression that makes something of user.title goes on with the user's own.
std::optional<std::string_view> okta_assigned_value(const OktaMapping& row, const AssignmentTerms& terms) noexcept;
// Attributes that an assignment can give: those that have such a row.
std::uint64_t assignable_attributes(const OktaMappingTable& table) noexcept;
// Attributes whose values differ, as bits.
std::uint64_t differing(const AssignmentTerms& one, const AssignmentTerms& other) noexcept;
// The user's attributes that still make a difference where an assignment gives some of the values.
std::uint64_t triggering_attributes(const OktaMappingTable& table, const AssignmentTerms& terms) noexcept;

}  // namespace provsim
