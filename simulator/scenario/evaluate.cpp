// SPDX-License-Identifier: Apache-2.0
// evaluate: which kind of expectation is judged where; and `propagated`.
#include "scenario/evaluate.h"

#include "scenario/describe.h"
#include "scenario/judges.h"

#include <fmt/format.h>

#include <algorithm>

namespace provsim {
namespace {

std::string who_brought(const Landing& landing)
{
    if (landing.by_kind == RunKind::on_demand) return "on demand";
    if (landing.by_kind == RunKind::on_change) return "on change";
    if (landing.by_user_cycle && landing.by_group_cycle) return "by a cycle of users and groups";
    return landing.by_group_cycle ? "by a group cycle" : "by a user cycle";
}

bool brought_by(const Landing& landing, PropagatedExpectation::By by)
{
    switch (by) {
        case PropagatedExpectation::By::anything: return true;
        case PropagatedExpectation::By::user_cycle: return landing.by_user_cycle;
        case PropagatedExpectation::By::group_cycle: return landing.by_group_cycle;
        case PropagatedExpectation::By::on_demand: return landing.by_kind == RunKind::on_demand;
    }
    return false;
}

Finding judge(const PropagatedExpectation& what, const Place& place, const Evidence& evidence)
{
    Finding finding;
    finding.place = place;
    const auto found = find_landing(what.change, what.effect, evidence);
    if (!found) {
        const Problem& problem = found.problems().front();
        finding.summary = problem.what;
        finding.evidence = problem.remedy;
        return finding;
    }
    const Landing& landing = found.value();
    const std::string made = fmt::format("made at {}", describe_time(landing.made, evidence.run_began));
    const std::string limit = what.within > Duration{0} ? fmt::format(" (limit {})", format_duration(what.within)) : "";
    if (!landing.landed) {
        finding.summary = fmt::format("{}: has not landed after {}{}", what.change, format_duration(evidence.now - landing.made), limit);
        finding.evidence = made + nearest_entries(what.change, evidence);
        return finding;
    }
    const Duration took = *landing.landed - landing.made;
    const bool in_time = what.within <= Duration{0} || took <= what.within;
    finding.held = in_time && brought_by(landing, what.by);
    finding.summary = fmt::format("{}: landed after {}{} {}", what.change, format_duration(took), limit, who_brought(landing));
    if (!brought_by(landing, what.by)) finding.summary += fmt::format(", expected {}", to_string(what.by));
    finding.evidence = fmt::format("{}, landed at {} in run {}", made, describe_time(*landing.landed, evidence.run_began), landing.run);
    return finding;
}

}  // namespace

Finding evaluate(const Expectation& expectation, const Evidence& evidence)
{
    return std::visit([&](const auto& what) { return judge(what, expectation.place, evidence); }, expectation.what);
}

}  // namespace provsim
