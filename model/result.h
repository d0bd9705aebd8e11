// SPDX-License-Identifier: Apache-2.0
// The user's mistakes as values: where, what was expected, what was found, what to do.
// (Our own mistakes are model/check.h; what a target does is a value in model/exchange.h.)
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace provsim {

// Where in a user's input something is. Lines and columns count from 1; 0 = not known.
struct Place {
    std::string file;
    int line = 0;
    int column = 0;
};

enum class Severity : unsigned char { error, warning };

// One finding. `what` is a whole sentence without a full stop ("\"40 minutes\" is not a duration"),
// `remedy` what to do about it ("try 40m") or empty, `code` a stable short name ("duration") for tools.
struct Problem {
    Severity severity = Severity::error;
    std::string code;
    std::string what;
    std::string remedy;
    Place place;
};

using Problems = std::vector<Problem>;

// "scenario.yaml:39:12: error: \"40 minutes\" is not a duration; try 40m  [duration]"
std::string format_problem(const Problem& problem);

// A value, or the problems that kept it from being made (at least one of severity error).
template <class T>
class Result {
public:
    Result(T value) : held_(std::move(value)) {}
    Result(Problem problem) : held_(Problems{std::move(problem)}) {}
    Result(Problems problems) : held_(std::move(problems)) {}

    bool ok() const noexcept { return held_.index() == 0; }
    explicit operator bool() const noexcept { return ok(); }

    T& value() & { return std::get<0>(held_); }
    const T& value() const& { return std::get<0>(held_); }
    T&& value() && { return std::get<0>(std::move(held_)); }
    const Problems& problems() const { return std::get<1>(held_); }

private:
    std::variant<T, Problems> held_;
};

}  // namespace provsim
