// SPDX-License-Identifier: Apache-2.0
// From the words of a scoping filter to what is evaluated, and everything that can be wrong with them.
#include "model/filter_number.h"
#include "model/nearest.h"
#include "model/scoping_filter.h"
#include "model/text.h"

#include <algorithm>
#include <optional>

namespace provsim {
namespace {

using Op = FilterOperator;

struct Unsupported {
    std::string_view name, why;
};

// What Entra has and its filters refuse (Entra: define-conditional-rules-for-provisioning-user-accounts, known-issues).
constexpr std::string_view multi_valued = "attributes with several values cannot be filtered by";
constexpr std::string_view dates = "attributes of a date type cannot be filtered by";
constexpr Unsupported unsupported[] = {
    {"isMemberOf", "filtering by group membership is not supported"},
    {"memberOf", "filtering by group membership is not supported"},
    {"members", "a group's members cannot be filtered by"},
    {"manager", "the manager cannot be filtered by"},
    {"appRoleAssignments", "role assignments cannot be filtered by"},
    {"userType", "the user type cannot be filtered by"},
    {"proxyAddresses", multi_valued}, {"otherMails", multi_valued}, {"otherTelephone", multi_valued}, {"businessPhones", multi_valued},
    {"imAddresses", multi_valued}, {"assignedPlans", multi_valued}, {"assignedLicenses", multi_valued},
    {"accountExpires", dates},
    {"isSoftDeleted", "it is computed from what the filters say"},      // assumed
    {"handle", "it is the scenario's name for the object, which no provider sees"},
};

std::optional<std::string_view> why_unsupported(std::string_view name)
{
    for (const Unsupported& each : unsupported)
        if (equal_ignoring_ascii_case(each.name, name)) return each.why;
    // employeeHireDate, createdDateTime and their like.
    const std::string lower = ascii_lower(name);
    for (const std::string_view end : {"date", "datetime"})
        if (lower.size() > end.size() && lower.compare(lower.size() - end.size(), end.size(), end) == 0) return dates;
    return {};
}

bool is_custom(std::string_view name) { return name.size() > 7 && name.substr(0, 7) == "custom."; }

class Compiler {
public:
    Compiler(ObjectKind kind, Directory& directory, bool whole) : kind_(kind), directory_(directory), whole_(whole) {}

    FilterClause clause(const FilterClauseText& text)
    {
        FilterClause clause;
        clause.name = text.attribute.text;
        attribute(text.attribute, clause);
        auto op = parse_filter_operator(text.op.text, text.op.place);
        if (!op) {
            problems_.insert(problems_.end(), op.problems().begin(), op.problems().end());
            return clause;
        }
        clause.op = op.value();
        // Graph: filterOperators; EQUALS is for String and Integer.
        if (clause.input == FilterInput::account_enabled && takes_value(clause.op))
            say(text.op.place, "filter-operator", clause.name + " is true or false, and " + std::string(to_string(clause.op)) + " compares texts", "write IS TRUE or IS FALSE");
        else
            values(text, clause);
        return clause;
    }

    Problems& problems() { return problems_; }

private:
    void say(const Place& place, std::string_view code, std::string what, std::string remedy = {})
    {
        problems_.push_back({Severity::error, std::string(code), std::move(what), std::move(remedy), place});
    }

    void attribute(const FilterWord& word, FilterClause& clause)
    {
        const std::string& name = word.text;
        if (const auto why = why_unsupported(name)) return say(word.place, "filter-attribute", "a filter cannot look at \"" + name + "\": " + std::string(*why));
        if (name == "objectId") {
            clause.input = FilterInput::object_id;
        } else if (kind_ == ObjectKind::group) {
            clause.input = FilterInput::group_name;
            if (name != "displayName") unknown(word, {"displayName", "objectId"}, "a group has displayName and objectId");
        } else if (name == "accountEnabled" || name == "enabled") {
            clause.input = FilterInput::account_enabled;
        } else if (is_custom(name)) {
            custom(word, clause);
        } else {
            auto found = find_attribute(name, Spelling::neutral);
            if (!found) found = find_attribute(name, Spelling::entra);
            if (!found) found = directory_.find_custom("custom." + name);     // Entra's extensionAttribute1
            if (found) clause.attribute = *found;
            else unknown(word, user_attributes(), "write custom." + name + " if it is one of your own");
        }
    }

    void custom(const FilterWord& word, FilterClause& clause)
    {
        const bool full = !directory_.custom_name(static_cast<Attribute>(max_attributes - 1)).empty();
        if (full && !directory_.find_custom(word.text))
            return say(word.place, "too-many-attributes", "there is no room for \"" + word.text + "\"", "nobody has it: leave the clause out");
        clause.attribute = directory_.custom_attribute(word.text);
    }

    static std::vector<std::string_view> user_attributes()
    {
        std::vector<std::string_view> names = {"accountEnabled", "objectId"};
        for (std::size_t number = 1; number < builtin_attributes; ++number)
            for (const Spelling spelling : {Spelling::neutral, Spelling::entra}) names.push_back(attribute_name(static_cast<Attribute>(number), spelling));
        return names;
    }

    void unknown(const FilterWord& word, const std::vector<std::string_view>& known, std::string otherwise)
    {
        const std::string near = nearest(word.text, known);
        say(word.place, "filter-attribute", std::string("there is no ") + (kind_ == ObjectKind::group ? "group" : "user") + " attribute \"" + word.text + "\"",
            near.empty() ? std::move(otherwise) : "did you mean \"" + near + "\"?");
    }

    void values(const FilterClauseText& text, FilterClause& clause)
    {
        const std::string op(to_string(clause.op));
        if (!takes_value(clause.op)) {
            if (!text.values.empty()) say(text.values.front().place, "filter-value", op + " takes no value", "leave it out");
            return;
        }
        if (text.values.empty()) return say(text.op.place, "filter-value", op + " needs a value");
        for (const FilterWord& value : text.values) {
            // A clause about null is false, so that this one would never hold, or always.
            if (value.text.empty()) say(value.place, "filter-value", op + " needs a value that is not empty", "IS NULL and IS NOT NULL ask for empty ones");
            else if (clause.op == Op::regex_match || clause.op == Op::not_regex_match) expression(value, clause);
            else if (clause.op == Op::greater_than || clause.op == Op::greater_than_or_equals) number(value, clause);
            clause.values.push_back(value.text);
        }
    }

    void expression(const FilterWord& value, FilterClause& clause)
    {
        auto compiled = Regex::compile(value.text, value.place, whole_ ? Regex::Fit::whole : Regex::Fit::part);
        if (compiled) clause.expressions.push_back(std::move(compiled).value());
        else problems_.insert(problems_.end(), compiled.problems().begin(), compiled.problems().end());
    }

    void number(const FilterWord& value, FilterClause& clause)
    {
        if (const auto read = filter_number(value.text)) clause.numbers.push_back(*read);
        else say(value.place, "filter-value", std::string(to_string(clause.op)) + " compares whole numbers from 0 on, not \"" + value.text + "\"");
    }

    ObjectKind kind_;
    Directory& directory_;
    bool whole_;
    Problems problems_;
};

}  // namespace

Result<ScopingFilter> ScopingFilter::compile(const std::vector<FilterGroupText>& groups, ObjectKind kind, Directory& directory, bool whole)
{
    Compiler compiler(kind, directory, whole);
    Groups compiled;
    for (const FilterGroupText& group : groups) {
        // All of no clauses would hold for everybody.
        if (group.empty()) compiler.problems().push_back({Severity::error, "filter", "a filter without clauses filters nothing", "leave it out", {}});
        auto& clauses = compiled.emplace_back();
        for (const FilterClauseText& text : group) {
            FilterClause clause = compiler.clause(text);
            clause.group = compiled.size() - 1;
            clause.number = clauses.size();
            clause.only_group = groups.size() == 1;
            clauses.push_back(std::move(clause));
        }
    }
    if (!compiler.problems().empty()) return std::move(compiler.problems());
    ScopingFilter filter;
    if (!compiled.empty()) filter.groups_ = std::make_shared<const Groups>(std::move(compiled));
    return filter;
}

}  // namespace provsim
