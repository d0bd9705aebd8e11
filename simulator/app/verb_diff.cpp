// SPDX-License-Identifier: Apache-2.0
// diff: two runs of one story, identity by identity: what each sent and when.
#include "app/diff_forms.h"
#include "app/verbs.h"
#include "model/nearest.h"
#include "model/text.h"

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include <algorithm>

namespace provsim {

namespace {

// "user:ada", "ada", or a name as the log has it. Empty, and told, if neither run knows it.
std::string find_identity(const std::string& wanted, const Comparison& comparison)
{
    Nearest near(wanted);
    for (const IdentityComparison& each : comparison.identities) {
        const std::string handle = each.identity.substr(each.identity.find(':') + 1);
        if (each.identity == wanted || handle == wanted || (!each.name.empty() && ascii_lower(each.name) == ascii_lower(wanted))) return each.identity;
        near.offer(each.identity);
        near.offer(handle);
    }
    fmt::print(stderr, "error: neither run has anything about \"{}\"{}\n", wanted, near.best().empty() ? "" : fmt::format("; did you mean \"{}\"?", near.best()));
    return {};
}

}  // namespace

ExitCode diff_verb(const DiffOptions& options, const GlobalOptions& global)
{
    auto a = recorded_side(options.a), b = recorded_side(options.b);
    Problems problems;
    for (const auto* side : {&a, &b})
        if (!*side) problems.insert(problems.end(), side->problems().begin(), side->problems().end());
    if (!problems.empty()) return report_problems(problems);
    BothSides sides{std::move(a).value(), std::move(b).value()};
    if (sides[0].profile == sides[1].profile) {
        sides[0].label = "A";
        sides[1].label = "B";
    }
    const Comparison comparison = compare(sides[0].side, sides[1].side);
    DiffSelection selection{options.all, {}};
    if (!options.identity.empty()) {
        selection.identity = find_identity(options.identity, comparison);
        if (selection.identity.empty()) return ExitCode::usage;
    }
    if (global.json) fmt::print("{}\n", comparison_json(sides, comparison, selection).dump(2));
    else if (!global.quiet) print_comparison(Terminal(stdout, global.colour, global.ascii), sides, comparison, selection);
    const bool differ = std::any_of(comparison.identities.begin(), comparison.identities.end(), [&](const IdentityComparison& each) {
        return each.differs && (selection.identity.empty() || each.identity == selection.identity);
    });
    return options.exit_code && differ ? ExitCode::expectation : ExitCode::ok;
}

}  // namespace provsim
