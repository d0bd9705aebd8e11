// SPDX-License-Identifier: Apache-2.0
#include "model/filter_operator.h"

#include "model/nearest.h"
#include "model/text.h"

#include <algorithm>
#include <array>

namespace provsim {
namespace {

struct Names {
    std::string_view words, entra;
    bool takes_value;
};

// In the order of the enumeration.
constexpr std::array<Names, filter_operators> names{{
    {"equals", "EQUALS", true},
    {"not equals", "NOT EQUALS", true},
    {"is true", "IS TRUE", false},
    {"is false", "IS FALSE", false},
    {"is null", "IS NULL", false},
    {"is not null", "IS NOT NULL", false},
    {"regex match", "REGEX MATCH", true},
    {"not regex match", "NOT REGEX MATCH", true},
    {"greater than", "GREATER_THAN", true},
    {"greater than or equals", "GREATER_THAN_OR_EQUALS", true},
    {"includes", "INCLUDES", true},
    {"ends with", "ENDS_WITH", true},
    {"bit and", "&", true},
    {"not bit and", "!&", true},
}};

// Those of `names`, and what else the documentation writes: the portal's capitals differ from Graph's, where "&" is BitAnd.
constexpr std::array<std::string_view, 32> spellings{
    "equals", "not equals", "is true", "is false", "is null", "is not null", "regex match", "not regex match", "greater than",
    "greater than or equals", "includes", "ends with", "bit and", "not bit and",
    "EQUALS", "NOT EQUALS", "IS TRUE", "IS FALSE", "IS NULL", "IS NOT NULL", "REGEX MATCH", "NOT REGEX MATCH", "GREATER_THAN",
    "GREATER_THAN_OR_EQUALS", "INCLUDES", "ENDS_WITH", "&", "!&", "Greater_Than", "Greater_Than_OR_EQUALS", "Includes", "BitAnd"};

const Names& of(FilterOperator op) noexcept { return names[static_cast<std::size_t>(op)]; }

constexpr bool parts_words(char c) noexcept { return c == ' ' || c == '_'; }

bool same_operator(std::string_view a, std::string_view b) noexcept
{
    std::size_t i = 0, j = 0;
    for (;;) {
        while (i < a.size() && parts_words(a[i])) ++i;
        while (j < b.size() && parts_words(b[j])) ++j;
        if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
        if (ascii_lower(a[i++]) != ascii_lower(b[j++])) return false;
    }
}

}  // namespace

std::string_view to_string(FilterOperator op) noexcept { return of(op).entra; }
bool takes_value(FilterOperator op) noexcept { return of(op).takes_value; }

std::optional<FilterOperator> find_filter_operator(std::string_view name) noexcept
{
    for (std::size_t i = 0; i < names.size(); ++i)
        if (same_operator(name, names[i].entra) || same_operator(name, names[i].words)) return static_cast<FilterOperator>(i);
    return {};
}

Result<FilterOperator> parse_filter_operator(std::string_view name, const Place& place)
{
    if (const auto found = find_filter_operator(name)) return *found;
    const std::string near = nearest(name, spellings);
    std::string remedy = "did you mean \"" + near + "\"?";
    if (near.empty()) {
        remedy = "the operators are ";
        for (const Names& each : names) remedy += std::string(&each == names.data() ? "" : ", ") + std::string(each.entra);
    }
    return Problem{Severity::error, "filter-operator", "there is no filter operator \"" + std::string(name) + "\"", std::move(remedy), place};
}

std::span<const std::string_view> filter_operator_spellings() noexcept { return spellings; }

}  // namespace provsim
