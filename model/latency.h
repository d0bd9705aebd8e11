// SPDX-License-Identifier: Apache-2.0
// How long something takes, in virtual time: a table of quantiles, interpolated in integers.
#pragma once

#include "model/random.h"
#include "model/time.h"

#include <cstdint>
#include <string_view>

namespace provsim {

struct LatencyModel {
    // min <= median <= p95 <= max. All equal: a constant.
    Duration min{50}, median{50}, p95{50}, max{50};

    static LatencyModel constant(Duration d) { return {d, d, d, d}; }
    // min = half the median, max = twice p95: what { median, p95 } in a scenario means.
    static LatencyModel around(Duration median, Duration p95) { return {median / 2, median, p95, p95 * 2}; }
    // What occasion `number` of a purpose takes: a function of the seed and these alone. "latency": of exchanges.
    Duration draw(const Draw& draw, std::uint64_t number, std::string_view purpose = "latency") const noexcept;
};

}  // namespace provsim
