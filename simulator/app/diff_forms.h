// SPDX-License-Identifier: Apache-2.0
// The forms in which `diff` tells a comparison: a page for people, or JSON.
#pragma once

#include "app/recorded_side.h"
#include "app/terminal.h"
#include "compare/compare.h"

#include <nlohmann/json_fwd.hpp>

#include <array>

namespace provsim {

using BothSides = std::array<RecordedSide, 2>;

struct DiffSelection {
    bool all = false;               // alike ones too
    std::string identity;           // only this one, "user:ada"; empty: whoever differs
};

void print_comparison(const Terminal& out, const BothSides& sides, const Comparison& comparison, const DiffSelection& selection);
// The identities of the selection; the totals are of everything.
nlohmann::ordered_json comparison_json(const BothSides& sides, const Comparison& comparison, const DiffSelection& selection);

inline bool is_selected(const IdentityComparison& each, const DiffSelection& selection)
{
    return selection.identity.empty() ? selection.all || each.differs : each.identity == selection.identity;
}

}  // namespace provsim
