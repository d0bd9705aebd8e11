// SPDX-License-Identifier: Apache-2.0
#include "model/latency.h"

namespace provsim {

Duration LatencyModel::draw(const Draw& draw, std::uint64_t number, std::string_view purpose) const noexcept
{
    if (min == max) return min;
    // A point on the line of quantiles, in millionths: [0, 500000) below the median, [500000, 950000) up to p95, the rest beyond.
    const auto at = static_cast<std::int64_t>(draw.below(1'000'000, purpose, number));
    const auto between = [at](Duration low, Duration high, std::int64_t from, std::int64_t to) {
        return low + Duration{(high - low).count() * (at - from) / (to - from)};
    };
    if (at < 500'000) return between(min, median, 0, 500'000);
    if (at < 950'000) return between(median, p95, 500'000, 950'000);
    return between(p95, max, 950'000, 1'000'000);
}

}  // namespace provsim
