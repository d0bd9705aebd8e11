// SPDX-License-Identifier: Apache-2.0
// check_pattern: what is wrong with a pattern before anything is compared with it.
#include "model/nearest.h"
#include "scenario/matcher.h"

#include <array>

namespace provsim {
namespace {

constexpr std::array<std::string_view, 16> operator_names{"eq", "ne", "lt", "lte", "gt", "gte", "in", "nin", "match", "contains",
                                                          "startsWith", "endsWith", "exists", "type", "count", "not"};

class Check {
public:
    Check(const Place& place, Subject subject) : place_(place), subject_(subject) {}

    void pattern(const Json& value)
    {
        if (is_operator_object(value)) {
            for (auto member = value.begin(); member != value.end(); ++member) operand(member.key(), member.value());
            return;
        }
        const bool plain_subject = subject_ != Subject::json && subject_ != Subject::attribute;
        if (value.is_object() && plain_subject) {
            for (auto member = value.begin(); member != value.end(); ++member) unknown(member.key());
            if (value.empty()) add("pattern", "{} says nothing about a plain value", "write the value, or an operator as { gte: 1 }");
            return;
        }
        if (value.is_object() || value.is_array()) {
            if (plain_subject) add("pattern", "a list cannot equal a plain value", "write { in: [...] } for one of several");
            else
                for (const Json& part : value) pattern(part);
            return;
        }
        plain(value);
    }

    Problems take() { return std::move(problems_); }

private:
    void add(std::string code, std::string what, std::string remedy)
    {
        problems_.push_back({Severity::error, std::move(code), std::move(what), std::move(remedy), place_});
    }

    void unknown(const std::string& name)
    {
        if (is_operator(name)) return;      // one stranger makes the whole object plain; the stranger is what to name
        const std::string near = nearest(name, operator_names);
        add("operator", "\"" + name + "\" is not an operator", near.empty() ? "known are eq, ne, lt, lte, gt, gte, in, nin, match, contains, "
            "startsWith, endsWith, exists, type, count and not" : "did you mean " + near + "?");
    }

    void plain(const Json& value)
    {
        const std::string shown = value.dump(-1, ' ', false, Json::error_handler_t::replace);
        if (subject_ == Subject::text && !value.is_string())
            add("pattern", shown + " is compared with a text", "put it in quotes");
        if (subject_ == Subject::number && !value.is_number())
            add("pattern", shown + " is not a number", "write a count, or an operator as { gte: 1 }");
        if (subject_ == Subject::status) {
            const std::string text = value.is_string() ? value.get<std::string>() : std::string();
            const bool fits = value.is_number_integer() || (text.size() == 3 && text[0] >= '1' && text[0] <= '5' && text.ends_with("xx"));
            if (!fits) add("status", shown + " is not an HTTP status", "write a number as 201, or a class as 2xx");
        }
    }

    void operand(const std::string& op, const Json& value)
    {
        if (op == "not") return pattern(value);
        if (op == "count") {
            const Subject outer = std::exchange(subject_, Subject::number);
            pattern(value);
            subject_ = outer;
            return;
        }
        if (op == "eq" || op == "ne") {
            if (subject_ != Subject::json && subject_ != Subject::attribute) plain(value);
            return;
        }
        if (op == "in" || op == "nin") {
            if (!value.is_array()) return add("operand", "\"" + op + "\" takes a list", "write { " + op + ": [a, b] }");
            for (const Json& one : value) if (subject_ != Subject::json && subject_ != Subject::attribute) plain(one);
            return;
        }
        if (op == "exists" && !value.is_boolean()) return add("operand", "\"exists\" takes true or false", "");
        if (op == "contains" && !value.is_string()) return pattern(value);
        if ((op == "lt" || op == "lte" || op == "gt" || op == "gte") && !value.is_number() && !value.is_string())
            return add("operand", "\"" + op + "\" takes a number or a text", "");
        if ((op == "startsWith" || op == "endsWith" || op == "match") && !value.is_string())
            return add("operand", "\"" + op + "\" takes a text", "put it in quotes");
        if (op == "match")
            if (auto regex = Regex::compile(value.get_ref<const std::string&>(), place_); !regex)
                problems_.insert(problems_.end(), regex.problems().begin(), regex.problems().end());
    }

    const Place& place_;
    Subject subject_;
    Problems problems_;
};

}  // namespace

Problems check_pattern(const Pattern& pattern, Subject subject)
{
    Check check(pattern.place, subject);
    check.pattern(pattern.value);
    return check.take();
}

}  // namespace provsim
