// SPDX-License-Identifier: Apache-2.0
#include "scenario/conditions.h"

#include "scenario/target_lookup.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

using Exchange = Journal::Exchange;
using Since = TrafficExpectation::Since;

Json path_of(const Journal::Exchange& exchange)
{
    return exchange.target.substr(0, exchange.target.find('?'));
}

// { "filter": "userName eq \"ada\"" }; a parameter that is there twice is a list.
Json query_of(const Journal::Exchange& exchange)
{
    Json query = Json::object();
    const auto mark = exchange.target.find('?');
    if (mark == std::string::npos) return query;
    std::string_view rest = std::string_view(exchange.target).substr(mark + 1);
    while (!rest.empty()) {
        const auto end = std::min(rest.find('&'), rest.size());
        const std::string_view part = rest.substr(0, end);
        const auto equals = std::min(part.find('='), part.size());
        Json value = percent_decode(equals < part.size() ? part.substr(equals + 1) : std::string_view{});
        Json& slot = query[percent_decode(part.substr(0, equals))];
        if (slot.is_null()) slot = std::move(value);
        else if (slot.is_array()) slot.push_back(std::move(value));
        else slot = Json::array({slot, std::move(value)});
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return query;
}

// How many of the rows used each method: "3 PATCH, 9 GET".
std::string by_method(const Exchanges& rows)
{
    std::size_t counts[5] = {};
    for (const auto* row : rows) ++counts[static_cast<std::size_t>(row->method)];
    std::string out;
    for (std::size_t i = 0; i < 5; ++i)
        if (counts[i]) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", counts[i], to_string(static_cast<Method>(i)));
    return out;
}

}  // namespace

ExchangeConditions conditions_of(const ExchangePattern& pattern)
{
    ExchangeConditions conditions;
    const auto add = [&](std::string_view name, const std::optional<Pattern>& wanted, Subject subject, Json (*value)(const Exchange&)) {
        if (wanted) conditions.push_back({name, Matcher(*wanted, subject), value});
    };
    add("method", pattern.method, Subject::text, [](const Exchange& e) { return Json(std::string(to_string(e.method))); });
    add("path", pattern.path, Subject::text, path_of);
    // A request without a reply has no status, whatever is expected of it.
    add("status", pattern.status, Subject::status, [](const Exchange& e) { return e.failure == Failure::none ? Json(e.status) : Json(); });
    add("query", pattern.query, Subject::json, query_of);
    add("body", pattern.body, Subject::json, [](const Exchange& e) { return e.body.empty() ? Json() : parse_json(e.body); });
    return conditions;
}

Exchanges exchanges_since(Since since, const Evidence& evidence)
{
    Exchanges rows;
    const auto& all = evidence.journal.exchanges();
    for (std::size_t i = since == Since::step ? evidence.exchanges_before : 0; i < all.size(); ++i)
        if (since == Since::start || all[i].sent >= evidence.step_began) rows.push_back(&all[i]);
    return rows;
}

std::string since_words(Since since)
{
    return since == Since::step ? "since the step began" : "since the start";
}

std::string amount(std::size_t count, std::string_view one, std::string_view many)
{
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

std::string describe(const Exchanges& rows, Since since)
{
    std::string text = fmt::format("{} {}", amount(rows.size(), "exchange", "exchanges"), since_words(since));
    if (!rows.empty()) text += ": " + by_method(rows);
    return text;
}

}  // namespace provsim
