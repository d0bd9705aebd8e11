// SPDX-License-Identifier: Apache-2.0
// `sequence`: exchanges in the order in which they were sent, and the first that is not there.
#include "model/check.h"
#include "scenario/conditions.h"
#include "scenario/judges.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

using Exchange = Journal::Exchange;
using Nearest = Closest<Exchange>;

class SequenceJudge {
public:
    SequenceJudge(const SequenceExpectation& what, const Evidence& evidence)
        : what_(what), evidence_(evidence), rows_(exchanges_since(what.since, evidence))
    {
        const bool bodies = std::any_of(what.steps.begin(), what.steps.end(), [](const auto& element) { return element.body.has_value(); });
        PROVSIM_CHECK(evidence.journal.depth() >= (bodies ? JournalDepth::bodies : JournalDepth::rows), "the journal does not keep what a sequence asks");
        // The journal's order is that of the answers; numbers are given when a request is sent.
        std::sort(rows_.begin(), rows_.end(), [](const Exchange* a, const Exchange* b) { return a->number < b->number; });
        for (const auto& element : what.steps) conditions_.push_back(conditions_of(element));
        finding_.evidence = describe(rows_, what.since);
    }

    // Each element takes the first exchange that fits it after the one before took its: if any choice holds, this one does.
    Finding with_gaps()
    {
        std::size_t at = 0;
        for (std::size_t i = 0; i < conditions_.size(); ++i) {
            const std::size_t from = at;
            Nearest nearest;
            while (at < rows_.size() && !fits_all(*rows_[at], conditions_[i], nearest)) ++at;
            if (at++ == rows_.size()) return missing(i, from, nearest);
        }
        return held();
    }

    // The longest run of exchanges, one right after the other, that fits the first elements.
    Finding without_gaps()
    {
        std::size_t best = 0, begin = 0;
        Nearest nearest;
        for (std::size_t first = 0; first < rows_.size() && best < conditions_.size(); ++first) {
            Nearest here;
            std::size_t length = 0;
            while (length < conditions_.size() && first + length < rows_.size() && fits_all(*rows_[first + length], conditions_[length], here)) ++length;
            if (length > best) best = length, begin = first, nearest = here;
            else if (best == 0 && here.row && (!nearest.row || here.met >= nearest.met)) nearest = here;
        }
        if (best == conditions_.size()) return held();
        if (best == 0) return missing(0, 0, nearest);
        finding_.place = what_.steps[best].place;
        finding_.summary = fmt::format("{}: expected right after {}, {}", element(best), shown(*rows_[begin + best - 1]),
                                       begin + best == rows_.size() ? "where nothing more was sent" : "found " + shown(*rows_[begin + best]));
        if (nearest.row) finding_.evidence += "\n" + nearest.mismatch;
        return finding_;
    }

private:
    std::string shown(const Exchange& row) const { return describe(row, evidence_.run_began); }

    std::string element(std::size_t index) const
    {
        return fmt::format("element {} of {} ({})", index + 1, what_.steps.size(), describe(static_cast<const ExchangePattern&>(what_.steps[index])));
    }

    Finding held()
    {
        finding_.held = true;
        finding_.summary = amount(conditions_.size(), "exchange", "exchanges") + " in this order";
        return finding_;
    }

    // `from`: the first exchange that could have been it.
    Finding missing(std::size_t index, std::size_t from, const Nearest& nearest)
    {
        finding_.place = what_.steps[index].place;
        finding_.summary = element(index) + ": not found" + (from == 0 ? "" : " after " + shown(*rows_[from - 1]));
        Nearest unused;
        const auto earlier = std::find_if(rows_.begin(), rows_.begin() + static_cast<std::ptrdiff_t>(from),
                                          [&](const Exchange* row) { return fits_all(*row, conditions_[index], unused); });
        if (earlier != rows_.begin() + static_cast<std::ptrdiff_t>(from)) finding_.evidence += "\nearlier: " + shown(**earlier);
        if (nearest.row) finding_.evidence += fmt::format("\nnearest: {}\n{}", shown(*nearest.row), nearest.mismatch);
        return finding_;
    }

    const SequenceExpectation& what_;
    const Evidence& evidence_;
    Exchanges rows_;
    std::vector<ExchangeConditions> conditions_;
    Finding finding_;
};

}  // namespace

Finding judge(const SequenceExpectation& what, const Place& place, const Evidence& evidence)
{
    SequenceJudge judge(what, evidence);
    Finding finding = what.exact ? judge.without_gaps() : judge.with_gaps();
    if (finding.held) finding.place = place;
    return finding;
}

}  // namespace provsim
