// SPDX-License-Identifier: Apache-2.0
// What a step expects, as data: `target`, `traffic`, `sequence`, `log`, `propagated`, `job`.
#pragma once

#include "model/result.h"
#include "model/time.h"
#include "scenario/only_under.h"

#include <nlohmann/json.hpp>

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

namespace provsim {

// A value in a scenario file that something is compared with: a plain value is equality, an object is "contains these
// keys", a list is exact, an object of operators (eq ne lt lte gt gte in nin match contains startsWith endsWith exists
// type count not) is a test. Kept as the JSON it was written as; scenario/matcher.h applies it.
struct Pattern {
    nlohmann::ordered_json value;
    Place place;
};

struct TargetExpectation {
    std::string object;                                         // "user:ada", "group:engineers"
    std::optional<bool> exists;
    std::vector<std::pair<std::string, Pattern>> has;           // SCIM attribute path, or JSON pointer when it starts with '/'
    std::optional<std::vector<std::string>> members_exactly;    // handles
    std::vector<std::string> members_include, members_exclude;
};

// Which exchanges are meant: all that is given must fit.
struct ExchangePattern {
    std::optional<Pattern> method, path, query, status, body;
};

struct TrafficExpectation : ExchangePattern {
    enum class Since : std::uint8_t { step, start } since = Since::step;
    std::optional<Pattern> count;                               // how many; default: at least one
    std::optional<Pattern> writes;                              // POST, PUT, PATCH, DELETE among all
};

// Exchanges that occur in this order: the order in which they were sent, whenever they were answered.
struct SequenceExpectation {
    struct Element : ExchangePattern {
        Place place;
    };
    TrafficExpectation::Since since = TrafficExpectation::Since::step;
    bool exact = false;                                         // nothing else from the first of them to the last
    std::vector<Element> steps;                                 // never empty
};

struct LogExpectation {
    std::optional<std::string> identity;                        // "user:ada"
    std::optional<Pattern> action, status, reason, detail;
    std::optional<Pattern> count;                               // default: at least one
    TrafficExpectation::Since since = TrafficExpectation::Since::step;
};

struct PropagatedExpectation {
    enum class By : std::uint8_t { anything, user_cycle, group_cycle, on_demand } by = By::anything;
    enum class Effect : std::uint8_t { natural, exists, attribute, member, inactive, gone } effect = Effect::natural;
    std::string change;                                         // "leaver.1", or "user.disable ada" when only one fits
    Duration within{0};
};

// The job as it stands: conditions by the names of job_facts() in judge_job.h.
struct JobExpectation {
    std::vector<std::pair<std::string, Pattern>> conditions;
};

struct Expectation {
    std::string name;                                           // optional
    std::variant<TargetExpectation, TrafficExpectation, SequenceExpectation, LogExpectation, PropagatedExpectation, JobExpectation> what;
    Place place;
    OnlyUnder only{};
};

// What became of an expectation.
struct Finding {
    bool held = false;
    std::string summary;        // one line: "active: expected false (boolean), got \"False\" (string)"
    std::string evidence;       // more lines: nearest miss, what was sent
    Place place;                // the expectation, or the very value that did not fit
};

}  // namespace provsim
