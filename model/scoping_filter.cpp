// SPDX-License-Identifier: Apache-2.0
// Scoping filters at work: values in, verdicts and sentences out.
#include "model/scoping_filter.h"

#include "model/check.h"
#include "model/filter_number.h"
#include "model/text.h"

#include <algorithm>

namespace provsim {
namespace {

using Op = FilterOperator;

template <class Each, class Test>
bool any_of(const std::vector<Each>& values, Test test)
{
    return std::any_of(values.begin(), values.end(), test);
}

bool ends_with(std::string_view text, std::string_view end) noexcept
{
    return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// Of integers a test of bits, as Graph's name for it, BitAnd, says; of other values what the portal's page says: the
// attribute "exists in" the clause's value, read as being a part of that text. Both assumed: nothing shows it at work.
bool bits_in_common(const FilterClause& clause, std::string_view value) noexcept
{
    const auto number = filter_number(value);
    return any_of(clause.values, [&](const std::string& wanted) {
        const auto mask = filter_number(wanted);
        return number && mask ? (*number & *mask) != 0 : wanted.find(value) != std::string::npos;
    });
}

// 1: some expression matches; 0: none; -1: not known, because an expression reached its limits.
int matches(const FilterClause& clause, std::string_view value) noexcept
{
    int answer = 0;
    for (const Regex& expression : clause.expressions) {
        const auto matched = expression.matches(value);
        if (matched == true) return 1;
        if (!matched) answer = -1;
    }
    return answer;
}

// `id` keeps the text of an object id.
std::string_view value_of(const FilterClause& clause, const View& view, ObjectRef object, std::string& id)
{
    switch (clause.input) {
        case FilterInput::attribute: return view.value(object.user(), clause.attribute);
        case FilterInput::account_enabled: return view.enabled(object.user()) ? "True" : "False";
        case FilterInput::group_name: return view.display_name(object.group());
        case FilterInput::object_id: break;
    }
    id = to_string(view.object_id(object));
    return id;
}

std::string in_quotes(std::string_view text) { return "\"" + std::string(text) + "\""; }

}  // namespace

bool holds(const FilterClause& clause, std::string_view value) noexcept
{
    if (clause.op == Op::is_null) return value.empty();
    if (value.empty()) return false;
    const auto number = clause.numbers.empty() ? std::nullopt : filter_number(value);
    switch (clause.op) {
        case Op::is_null: return false;
        case Op::is_not_null: return true;
        // Booleans are read as .NET reads them, without regard to case (assumed).
        case Op::is_true: return equal_ignoring_ascii_case(value, "true");
        case Op::is_false: return equal_ignoring_ascii_case(value, "false");
        case Op::equals: return any_of(clause.values, [&](const std::string& wanted) { return value == wanted; });
        case Op::not_equals: return !any_of(clause.values, [&](const std::string& unwanted) { return value == unwanted; });
        // .NET's String.Contains, which tells cases apart (Entra: the page of scoping filters). ENDS_WITH as well (assumed).
        case Op::includes: return any_of(clause.values, [&](const std::string& part) { return value.find(part) != std::string_view::npos; });
        case Op::ends_with: return any_of(clause.values, [&](const std::string& end) { return ends_with(value, end); });
        case Op::greater_than: return number && any_of(clause.numbers, [&](std::uint64_t bound) { return *number > bound; });
        case Op::greater_than_or_equals: return number && any_of(clause.numbers, [&](std::uint64_t bound) { return *number >= bound; });
        // An expression that reached its limits decides nothing, so neither of the two holds.
        case Op::regex_match: return matches(clause, value) == 1;
        case Op::not_regex_match: return matches(clause, value) == 0;
        case Op::bit_and: return bits_in_common(clause, value);
        case Op::not_bit_and: return !bits_in_common(clause, value);
    }
    return false;
}

const ScopingFilter::Groups& ScopingFilter::groups() const noexcept
{
    static const Groups none;
    return groups_ ? *groups_ : none;
}

FilterVerdict ScopingFilter::evaluate(const View& view, ObjectRef object) const
{
    FilterVerdict verdict;
    if (!groups_) return verdict;
    std::string id;
    for (const auto& group : *groups_) {
        const FilterClause* failed = nullptr;
        std::string_view saw;
        for (const FilterClause& clause : group) {
            PROVSIM_CHECK(clause.input == FilterInput::object_id || (clause.input == FilterInput::group_name) == object.is_group(),
                          "a filter of users is asked about a group, or the other way round");
            saw = value_of(clause, view, object, id);
            if (holds(clause, saw)) continue;
            failed = &clause;
            break;
        }
        if (!failed) return {};
        if (!verdict.failed) verdict = {failed, failed->input == FilterInput::object_id ? std::string_view{} : saw};
    }
    return verdict;
}

std::string describe(const FilterClause& clause)
{
    std::string text = clause.name + " " + std::string(to_string(clause.op));
    for (std::size_t i = 0; i < clause.values.size(); ++i) text += (i == 0 ? " " : " or ") + in_quotes(clause.values[i]);
    return text;
}

std::string describe(const FilterVerdict& verdict)
{
    if (verdict.passed()) return "passes the filters";
    const FilterClause& clause = *verdict.failed;
    std::string text = "filter " + describe(clause) + ": ";
    if (clause.input == FilterInput::object_id) {
        text += "its objectId does not fit";
    } else if (verdict.saw.empty()) {
        text += "has no value";
    } else {
        text += "is " + in_quotes(verdict.saw);
        if (!clause.numbers.empty() && !filter_number(verdict.saw)) text += ", which is not a whole number";
        if (!clause.expressions.empty() && matches(clause, verdict.saw) < 0) text += ", on which the expression takes too long";
    }
    if (!clause.only_group) text += "; every other filter fails as well";
    return text;
}

}  // namespace provsim
