// SPDX-License-Identifier: Apache-2.0
// `traffic` and `log`: what the journal kept, and the nearest miss if it does not fit.
#include "model/check.h"
#include "scenario/conditions.h"
#include "scenario/describe.h"
#include "scenario/judges.h"
#include "scenario/target_lookup.h"

#include <fmt/format.h>

namespace provsim {
namespace {

using Since = TrafficExpectation::Since;

// Judges a number of rows by `count`, or by "at least one".
std::optional<Mismatch> test_count(const std::optional<Pattern>& count, std::size_t found, Subject subject = Subject::number)
{
    const Json number = found;
    if (count) return Matcher(*count, subject).test(&number);
    if (found > 0) return std::nullopt;
    return Mismatch{{}, "at least one", "none"};
}

}  // namespace

Finding judge(const TrafficExpectation& what, const Place& place, const Evidence& evidence)
{
    PROVSIM_CHECK(evidence.journal.depth() >= (what.body ? JournalDepth::bodies : JournalDepth::rows), "the journal does not keep what a traffic expectation asks");
    using Exchange = Journal::Exchange;
    const auto rows = exchanges_since(what.since, evidence);
    Finding finding;
    finding.place = place;
    finding.evidence = describe(rows, what.since);

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

    const auto conditions = conditions_of(what);
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
