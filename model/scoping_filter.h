// SPDX-License-Identifier: Apache-2.0
// Scoping filters: conditions on attributes that an object must meet to be provisioned, compiled once. The clauses of a
// group must all hold; one group that holds is enough (Entra: define-conditional-rules-for-provisioning-user-accounts;
// Graph: synchronization-filter, `groups`).
#pragma once

#include "model/directory.h"
#include "model/filter_operator.h"
#include "model/regex.h"

#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

// --- as people write it ------------------------------------------------------------------------------------------

// A word of a filter, and where it stands.
struct FilterWord {
    std::string text;
    Place place;
};

// The attribute in the neutral or in Entra's spelling, "custom.x" (or "x", if the directory has it), "accountEnabled" or "objectId".
struct FilterClauseText {
    FilterWord attribute, op;
    std::vector<FilterWord> values;     // none for IS NULL and its like; several: any of them, or for NOT ... none (assumed: portal has one)
};
using FilterGroupText = std::vector<FilterClauseText>;

// --- compiled ----------------------------------------------------------------------------------------------------

// Where a clause's value comes from.
enum class FilterInput : std::uint8_t {
    attribute,          // of a user
    account_enabled,    // of a user: "True" or "False"
    object_id,
    group_name,         // a group's displayName
};

struct FilterClause {
    std::size_t group = 0, number = 0;      // the clause's place: groups[group][number], from 0
    bool only_group = true;                 // there is no other that could have held
    FilterInput input = FilterInput::attribute;
    Attribute attribute{};                  // where input is one
    FilterOperator op{};
    std::string name;                       // of the attribute, as written
    std::vector<std::string> values;
    std::vector<std::uint64_t> numbers;     // the values, for operators on integers
    std::vector<Regex> expressions;         // the values, for operators on expressions
};

// Does the clause hold for this value? An empty one is null: it makes every clause false but IS NULL. That is said of
// filters in general and of NOT REGEX MATCH again; NOT EQUALS, of which the page says only that it is true of what does not
// match, follows the general sentence, so that NOT EQUALS "x" leaves out whoever has no value at all.
bool holds(const FilterClause& clause, std::string_view value) noexcept;

// Whether an object passed, or the clause it failed: of the first group, the first that does not hold.
struct FilterVerdict {
    const FilterClause* failed = nullptr;   // null: passed. Lives as long as the filter, or a copy of it.
    // The value that the clause saw: empty if there is none. Lives as long as the directory. An object id has no text that
    // lives so long: this is empty then.
    std::string_view saw;

    bool passed() const noexcept { return failed == nullptr; }
};

// "department EQUALS \"Engineering\""
std::string describe(const FilterClause& clause);
// "filter department EQUALS \"Engineering\": is \"Sales\"", "filter employeeId IS NOT NULL: has no value"; of one who
// passed: "passes the filters".
std::string describe(const FilterVerdict& verdict);

// Copies share what was compiled. Without groups everybody passes.
class ScopingFilter {
public:
    using Groups = std::vector<std::vector<FilterClause>>;

    ScopingFilter() = default;
    // `kind`: what is filtered, users or groups. A custom attribute that nobody has yet is made in the directory.
    // `whole`: an expression must match the whole value. Default: any part (assumed, .NET's Regex.IsMatch; Entra's page gives
    // patterns that could be meant either way, entra.md 2.4).
    static Result<ScopingFilter> compile(const std::vector<FilterGroupText>& groups, ObjectKind kind, Directory& directory, bool whole = false);

    bool empty() const noexcept { return !groups_; }
    const Groups& groups() const noexcept;
    // O(clauses); allocates only for clauses with expressions or on object ids. Objects of another kind than compiled for are our bug.
    FilterVerdict evaluate(const View& view, ObjectRef object) const;

private:
    std::shared_ptr<const Groups> groups_;      // null if there are none
};

}  // namespace provsim
