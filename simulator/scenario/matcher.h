// SPDX-License-Identifier: Apache-2.0
// Compares values with the patterns of a scenario file.
//
//   a plain value       is equality, types strict: "False" is not false
//   an object           contains these keys; their values are patterns
//   a list              is exact: as many values in the same order; its values are patterns
//   operators           an object with operators only:
//                         eq ne                     equality of whole values
//                         lt lte gt gte             numbers, or texts (times as times, others by their bytes)
//                         in nin                    one of, none of a list
//                         match                     a regular expression in a text; anchored only where it says so
//                         contains                  a text in a text; in a list, a value that fits
//                         startsWith endsWith       of a text
//                         exists: true|false        is there and not null
//                         type                      string, number, boolean, object, list, null
//                         count                     how many values a list has (nothing counts as none), or members an object
//                         not                       a pattern that must not fit
//                       `type` with anything but one of those names is a key like any other ({ type: work }).
#pragma once

#include "scenario/expectation.h"
#include "model/regex.h"
#include "scenario/scim_lookup.h"

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace provsim {

// The smallest difference between a pattern and a value.
struct Mismatch {
    std::string path;       // from the value down, "Operations[0].value"; empty: the value itself
    std::string expected;   // "false (boolean)", "at least 2"
    std::string got;        // "\"False\" (string)", "nothing"
};
// "active: expected false (boolean), got \"False\" (string)". `name` is what the value itself is called.
std::string describe(const Mismatch& mismatch, std::string_view name);

// What a pattern is held against.
enum class Subject : std::uint8_t {
    json,       // any JSON: a body
    attribute,  // an attribute of a SCIM resource: names ignore case, null and empty lists are nothing (RFC 7643 2.5)
    text,       // a method, a path, a reason
    number,     // a count
    status,     // an HTTP status: a number, or a class as "2xx"
};

// What is wrong with a pattern in itself, for the loader: expressions that do not compile, operands of the wrong type,
// unknown operators where only operators make sense.
Problems check_pattern(const Pattern& pattern, Subject subject);

// Refers to the pattern, which outlives it. Keeps its regular expressions compiled: make one and test many values.
class Matcher {
public:
    Matcher(const Pattern& pattern, Subject subject, bool ignore_case = false)
        : pattern_(pattern.value), subject_(subject), ignore_case_(ignore_case) {}

    // Nothing if the value fits. Null stands for a value that is not there.
    std::optional<Mismatch> test(const Json* value) const { return test(pattern_, value, {}); }
    // The same for a path that found several values or none: one that fits is enough, as in a SCIM filter; `ne`, `nin` and
    // `not` must hold for all of them.
    std::optional<Mismatch> test_any(const std::vector<const Json*>& values) const;

private:
    std::optional<Mismatch> test(const Json& pattern, const Json* value, const std::string& path) const;
    std::optional<Mismatch> test_operator(std::string_view op, const Json& operand, const Json* value, const std::string& path) const;
    bool equal(const Json& pattern, const Json* value) const;
    bool equal_texts(std::string_view a, std::string_view b) const;
    std::string fold(std::string_view text) const;
    std::string show(const Json& pattern) const;
    const Regex* regex(const std::string& expression) const;

    const Json& pattern_;
    Subject subject_;
    bool ignore_case_;
    mutable std::map<std::string, Regex, std::less<>> compiled_;
};

// For those who read patterns: is this object made of operators?
bool is_operator_object(const Json& pattern);
bool is_operator(std::string_view name);
// "\"ada\" (string)", "nothing"; long values are cut.
std::string show_value(const Json* value);

}  // namespace provsim
