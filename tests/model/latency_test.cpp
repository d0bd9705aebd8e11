// SPDX-License-Identifier: Apache-2.0
#include "model/latency.h"
#include "tests/catch.h"

#include <algorithm>
#include <vector>

using namespace provsim;

namespace {

std::vector<Duration> draws(const LatencyModel& model, std::uint64_t seed)
{
    std::vector<Duration> all;
    for (std::uint64_t number = 1; number <= 10'000; ++number) all.push_back(model.draw(Draw(seed), number));
    std::sort(all.begin(), all.end());
    return all;
}

// Where 10,000 draws cut the sorted list at `per_mille`.
Duration quantile(const std::vector<Duration>& sorted, std::size_t per_mille) { return sorted[sorted.size() * per_mille / 1000]; }

}  // namespace

TEST_CASE("A model whose quantiles are all equal is a constant")
{
    const LatencyModel model = LatencyModel::constant(milliseconds{37});
    for (std::uint64_t number = 0; number < 100; ++number) CHECK(model.draw(Draw(number), number) == milliseconds{37});
}

TEST_CASE("Draws keep to the model's bounds, and to its quantiles over ten thousand exchanges")
{
    struct Row { LatencyModel model; std::int64_t tolerance; };
    const Row rows[] = {
        {LatencyModel::around(milliseconds{80}, milliseconds{400}), 12},
        {LatencyModel::around(milliseconds{1000}, milliseconds{3000}), 90},
        {{milliseconds{0}, milliseconds{0}, milliseconds{100}, milliseconds{60'000}}, 4},     // a target that is mostly quick
        {{milliseconds{5}, milliseconds{5}, milliseconds{5}, milliseconds{6}}, 0},
    };
    for (const auto& [model, tolerance] : rows) {
        const auto sorted = draws(model, 1);
        CAPTURE(model.median.count());
        CHECK(sorted.front() >= model.min);
        CHECK(sorted.back() <= model.max);
        CHECK(std::abs((quantile(sorted, 500) - model.median).count()) <= tolerance);
        CHECK(std::abs((quantile(sorted, 940) - quantile(sorted, 960)).count()) <= (model.max - model.median).count());
        CHECK(quantile(sorted, 930) <= model.p95);
        CHECK(quantile(sorted, 970) >= model.p95);
    }
}

TEST_CASE("A median and a p95 make half the one the least and twice the other the most")
{
    const LatencyModel model = LatencyModel::around(milliseconds{80}, milliseconds{400});
    CHECK(model.min == milliseconds{40});
    CHECK(model.max == milliseconds{800});
}

TEST_CASE("A latency is a function of the seed and the exchange's number alone")
{
    const LatencyModel model = LatencyModel::around(milliseconds{80}, milliseconds{400});
    struct Row { std::uint64_t seed, number; std::int64_t milliseconds; };
    // The same on every machine and compiler: recorded runs depend on it.
    const Row rows[] = {{1, 1, 360}, {1, 2, 194}, {2, 1, 343}, {42, 1'000'000, 319}, {42, ~std::uint64_t{0}, 368}};
    for (const Row& row : rows) {
        CAPTURE(row.seed, row.number);
        CHECK(model.draw(Draw(row.seed), row.number).count() == row.milliseconds);
    }
    // Asked in another order, or again: the same.
    CHECK(model.draw(Draw(1), 2) == model.draw(Draw(1), 2));
}

TEST_CASE("Quantiles a year long do not overflow")
{
    const Duration year = hours{24} * 365;
    const LatencyModel model{Duration{0}, year, year * 2, year * 100};
    for (std::uint64_t number = 0; number < 1000; ++number) {
        const Duration drawn = model.draw(Draw(3), number);
        CHECK(drawn >= Duration{0});
        CHECK(drawn <= year * 100);
    }
}
