// SPDX-License-Identifier: Apache-2.0
#include "model/nearest.h"

#include "model/text.h"

#include <algorithm>
#include <array>
#include <vector>

namespace provsim {
namespace {

// The optimal string alignment distance (insert, delete, replace, swap neighbours), or `limit` if it is that or more.
std::size_t distance(std::string_view a, std::string_view b, std::size_t limit)
{
    if (std::max(a.size(), b.size()) - std::min(a.size(), b.size()) >= limit) return limit;
    // Three rows of the table: swaps look two rows back.
    std::array<std::vector<std::size_t>, 3> rows;
    for (auto& row : rows) row.resize(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) rows[0][j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        const auto& two_back = rows[(i + 1) % 3];
        const auto& back = rows[(i + 2) % 3];
        auto& here = rows[i % 3];
        here[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            here[j] = std::min({back[j] + 1, here[j - 1] + 1, back[j - 1] + (a[i - 1] == b[j - 1] ? 0u : 1u)});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) here[j] = std::min(here[j], two_back[j - 2] + 1);
        }
    }
    return std::min(limit, rows[a.size() % 3][b.size()]);
}

}  // namespace

Nearest::Nearest(std::string_view word)
    : word_(ascii_lower(word)), limit_(std::min(std::max<std::size_t>(2, word.size() / 3) + 1, word.size()))
{
}

void Nearest::offer(std::string_view candidate)
{
    const std::size_t found = distance(word_, ascii_lower(candidate), limit_);
    if (found >= limit_) return;
    limit_ = found;
    best_ = candidate;
}

}  // namespace provsim
