// SPDX-License-Identifier: Apache-2.0
// What is asked of rows of the journal, and which row came nearest. Private to this room.
#pragma once

#include "scenario/describe.h"
#include "scenario/evaluate.h"
#include "scenario/matcher.h"

#include <string>
#include <string_view>
#include <vector>

namespace provsim {

// One condition on a row: what it is called, and how the row's value is told.
template <class Row>
struct Condition {
    std::string_view name;
    Matcher matcher;
    Json (*value)(const Row&);
};

// The row that came nearest to all conditions: most of them met; of equals the last.
template <class Row>
struct Closest {
    const Row* row = nullptr;
    std::size_t met = 0;
    std::string mismatch;
};

template <class Row>
bool fits_all(const Row& row, const std::vector<Condition<Row>>& conditions, Closest<Row>& nearest)
{
    std::size_t met = 0;
    std::string first;
    for (const auto& condition : conditions) {
        // Bodies come last and are parsed only for a row that is right so far.
        if (condition.name == "body" && !first.empty()) break;
        const Json value = condition.value(row);
        const auto mismatch = condition.matcher.test(value.is_null() ? nullptr : &value);
        if (!mismatch) ++met;
        else if (first.empty()) first = describe(*mismatch, condition.name);
    }
    if (met == conditions.size()) return true;
    if (!nearest.row || met >= nearest.met) nearest = {&row, met, std::move(first)};
    return false;
}

// Refer to the patterns, which outlive them. Of an exchange without an answer there is no status.
using ExchangeConditions = std::vector<Condition<Journal::Exchange>>;
ExchangeConditions conditions_of(const ExchangePattern& pattern);

// What a step, or the whole run, has sent so far, in the journal's order.
using Exchanges = std::vector<const Journal::Exchange*>;
Exchanges exchanges_since(TrafficExpectation::Since since, const Evidence& evidence);

std::string since_words(TrafficExpectation::Since since);                                   // "since the step began"
std::string amount(std::size_t count, std::string_view one, std::string_view many);         // "1 write", "2 writes"
std::string describe(const Exchanges& rows, TrafficExpectation::Since since);               // "12 exchanges since the start: 9 GET, 3 PATCH"

}  // namespace provsim
