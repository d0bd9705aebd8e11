// SPDX-License-Identifier: Apache-2.0
// `traffic` and `log`: what the journal kept, and the nearest miss if it does not fit.
#include "model/check.h"
#include "model/text.h"
#include "scenario/describe.h"
#include "scenario/judges.h"
#include "scenario/matcher.h"
#include "scenario/target_lookup.h"

#include <fmt/format.h>

namespace provsim {
namespace {

using Since = TrafficExpectation::Since;

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

// Judges a number of rows by `count`, or by "at least one".
std::optional<Mismatch> test_count(const std::optional<Pattern>& count, std::size_t found, Subject subject = Subject::number)
{
    const Json number = found;
    if (count) return Matcher(*count, subject).test(&number);
    if (found > 0) return std::nullopt;
    return Mismatch{{}, "at least one", "none"};
}

std::string since_words(Since since)
{
    return since == Since::step ? "since the step began" : "since the start";
}

std::string amount(std::size_t count, std::string_view one, std::string_view many)
{
    return fmt::format("{} {}", count, count == 1 ? one : many);
}

// How many of the rows used each method: "3 PATCH, 9 GET".
std::string by_method(const std::vector<const Journal::Exchange*>& rows)
{
    std::size_t counts[5] = {};
    for (const auto* row : rows) ++counts[static_cast<std::size_t>(row->method)];
    std::string out;
    for (std::size_t i = 0; i < 5; ++i)
        if (counts[i]) out += fmt::format("{}{} {}", out.empty() ? "" : ", ", counts[i], to_string(static_cast<Method>(i)));
    return out;
}

}  // namespace

Finding judge(const TrafficExpectation& what, const Place& place, const Evidence& evidence)
{
    PROVSIM_CHECK(evidence.journal.depth() >= (what.body ? JournalDepth::bodies : JournalDepth::rows), "the journal does not keep what a traffic expectation asks");
    using Exchange = Journal::Exchange;
    std::vector<const Exchange*> rows;
    const auto& all = evidence.journal.exchanges();
    for (std::size_t i = what.since == Since::step ? evidence.exchanges_before : 0; i < all.size(); ++i)
        if (what.since == Since::start || all[i].sent >= evidence.step_began) rows.push_back(&all[i]);

    Finding finding;
    finding.place = place;
    finding.evidence = fmt::format("{} {}", amount(rows.size(), "exchange", "exchanges"), since_words(what.since));
    if (!rows.empty()) finding.evidence += ": " + by_method(rows);

    if (what.writes) {
        std::size_t writes = 0;
        const Exchange* last = nullptr;
        for (const Exchange* row : rows)
            if (row->method != Method::get) ++writes, last = row;
        if (auto mismatch = test_count(what.writes, writes)) {
            finding.summary = describe(*mismatch, "writes");
            finding.place = what.writes->place;
            if (last) finding.evidence += "\nlast write: " + describe(*last, evidence.run_began);
            return finding;
        }
        finding.summary = amount(writes, "write", "writes");
    }

    std::vector<Condition<Exchange>> conditions;
    const auto add = [&](std::string_view name, const std::optional<Pattern>& pattern, Subject subject, Json (*value)(const Exchange&)) {
        if (pattern) conditions.push_back({name, Matcher(*pattern, subject), value});
    };
    add("method", what.method, Subject::text, [](const Exchange& e) { return Json(std::string(to_string(e.method))); });
    add("path", what.path, Subject::text, path_of);
    // A request without a reply has no status, whatever is expected of it.
    add("status", what.status, Subject::status, [](const Exchange& e) { return e.failure == Failure::none ? Json(e.status) : Json(); });
    add("query", what.query, Subject::json, query_of);
    add("body", what.body, Subject::json, [](const Exchange& e) { return e.body.empty() ? Json() : parse_json(e.body); });
    if (conditions.empty() && !what.count && what.writes) {
        finding.held = true;
        return finding;
    }

    Closest<Exchange> nearest;
    std::size_t found = 0;
    const Exchange* last = nullptr;
    for (const Exchange* row : rows)
        if (fits_all(*row, conditions, nearest)) ++found, last = row;
    const auto mismatch = test_count(what.count, found);
    finding.held = !mismatch;
    if (!mismatch) {
        finding.summary = amount(found, "exchange fits", "exchanges fit");
        return finding;
    }
    finding.summary = describe(*mismatch, "exchanges that fit");
    if (what.count) finding.place = what.count->place;
    if (last) finding.evidence += "\nlast that fits: " + describe(*last, evidence.run_began);
    if (nearest.row) finding.evidence += fmt::format("\nnearest: {}\n{}", describe(*nearest.row, evidence.run_began), nearest.mismatch);
    return finding;
}

Finding judge(const LogExpectation& what, const Place& place, const Evidence& evidence)
{
    PROVSIM_CHECK(evidence.journal.depth() >= JournalDepth::rows, "the journal does not keep what a log expectation asks");
    using Entry = Journal::Entry;
    Finding finding;
    finding.place = place;
    ObjectRef object;
    if (what.identity) {
        object = find_ever(*what.identity, evidence);
        if (!object) {
            finding.summary = *what.identity + " was never in the directory";
            return finding;
        }
    }
    std::vector<Condition<Entry>> conditions;
    const auto add = [&](std::string_view name, const std::optional<Pattern>& pattern, Json (*value)(const Entry&)) {
        if (pattern) conditions.push_back({name, Matcher(*pattern, Subject::text), value});
    };
    add("status", what.status, [](const Entry& e) { return Json(std::string(to_string(e.status))); });
    add("action", what.action, [](const Entry& e) { return Json(std::string(to_string(e.action))); });
    add("reason", what.reason, [](const Entry& e) { return Json(e.code); });
    add("detail", what.detail, [](const Entry& e) { return Json(e.detail); });

    Closest<Entry> nearest;
    std::size_t found = 0, about = 0;
    const auto& all = evidence.journal.entries();
    for (std::size_t i = what.since == Since::step ? evidence.entries_before : 0; i < all.size(); ++i) {
        const Entry& row = all[i];
        if (what.since == Since::step && row.ended < evidence.step_began) continue;
        if (object && row.task.object != object) continue;
        ++about;
        if (fits_all(row, conditions, nearest)) ++found;
    }
    const auto mismatch = test_count(what.count, found);
    finding.held = !mismatch;
    finding.evidence = fmt::format("{}{} {}", amount(about, "log entry", "log entries"), object ? " on " + *what.identity : "", since_words(what.since));
    if (!mismatch) {
        finding.summary = amount(found, "log entry fits", "log entries fit");
        return finding;
    }
    finding.summary = describe(*mismatch, "log entries that fit");
    if (what.count) finding.place = what.count->place;
    if (nearest.row) {
        finding.evidence += fmt::format("\nnearest: {}\n{}", describe(*nearest.row, evidence.directory, evidence.run_began), nearest.mismatch);
        if (!nearest.row->detail.empty()) finding.evidence += "\n" + nearest.row->detail;
    }
    return finding;
}

}  // namespace provsim
