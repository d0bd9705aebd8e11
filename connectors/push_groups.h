// SPDX-License-Identifier: Apache-2.0
// Which groups an administrator pushes to the application, apart from whom he assigns (Okta: about group push).
#pragma once

#include "model/directory.h"

#include <cstdint>
#include <string>
#include <vector>

namespace provsim {

// Okta: group push mappings. A rule's mapping is one like any other once it has been made.
enum class PushStatus : std::uint8_t { none, active, inactive };

// Groups whose name fits become pushed when they appear, or when the rule does (Okta: group push operations, "by rule").
struct PushRule {
    enum class Match : std::uint8_t { starts_with, ends_with, contains, equals };
    std::string name;
    Match match = Match::starts_with;
    std::string text;
    bool active = true;             // inactive: what is pushed already goes on, nothing is added

    bool fits(std::string_view group_name) const noexcept;      // ignoring case (assumed)
};

// Read by connectors, written by the engine alone. Plain data.
class PushGroups {
public:
    PushStatus status(GroupId group) const noexcept;
    void set(GroupId group, PushStatus now);
    std::vector<GroupId> groups(PushStatus wanted) const;       // in the order of rows

    const std::vector<PushRule>& rules() const noexcept { return rules_; }
    PushRule* find_rule(std::string_view name) noexcept;        // null if there is none
    void add_rule(PushRule rule) { rules_.push_back(std::move(rule)); }
    void remove_rule(std::string_view name);
    // Groups that an active rule fits and that are not mapped yet, of all rows; they become active ones.
    std::vector<GroupId> apply_rules(const View& directory);

private:
    std::vector<PushStatus> status_;        // by row; beyond its end: none
    std::vector<PushRule> rules_;
};

// Where nothing is pushed.
const PushGroups& no_push_groups() noexcept;

}  // namespace provsim
