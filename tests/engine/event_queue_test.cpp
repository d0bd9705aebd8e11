// SPDX-License-Identifier: Apache-2.0
#include "engine/event_queue.h"
#include "model/random.h"
#include "tests/catch.h"

#include <algorithm>
#include <set>
#include <tuple>

using namespace provsim;

namespace {

TimePoint at(std::int64_t milliseconds) { return TimePoint{Duration{milliseconds}}; }
Event marked(std::uint64_t mark) { return BeatDue{mark}; }
std::uint64_t mark_of(const Event& event) { return std::get<BeatDue>(event).number; }

}  // namespace

TEST_CASE("Events of one instant come in the order of their lanes, then of their scheduling")
{
    EventQueue queue;
    const Lane lanes[] = {Lane::check, Lane::cycle, Lane::push, Lane::delivery, Lane::edit, Lane::fault};
    std::uint64_t mark = 0;
    for (int round = 0; round < 2; ++round)
        for (Lane lane : lanes) queue.schedule(at(1000), lane, marked(mark++));
    queue.schedule(at(999), Lane::check, marked(100));

    std::vector<std::uint64_t> order;
    while (!queue.empty()) order.push_back(mark_of(queue.pop()));
    CHECK(order == std::vector<std::uint64_t>{100, 5, 11, 4, 10, 3, 9, 2, 8, 1, 7, 0, 6});
}

TEST_CASE("What next tells is what pop gives")
{
    EventQueue queue;
    queue.schedule(at(7), Lane::push, PushDue{Push{UserId{3}, {}}});
    queue.schedule(at(7), Lane::edit, EditDue{EnableUser{"ada"}});
    CHECK(queue.size() == 2);
    CHECK(queue.next_due() == at(7));
    CHECK(queue.next_lane() == Lane::edit);
    CHECK(std::get<EnableUser>(std::get<EditDue>(queue.next()).edit).user == "ada");
    CHECK(std::get<EnableUser>(std::get<EditDue>(queue.pop()).edit).user == "ada");
    CHECK(queue.next_lane() == Lane::push);
    CHECK(std::get<PushDue>(queue.pop()).push.object == ObjectRef(UserId{3}));
    CHECK(queue.empty());
}

TEST_CASE("A hundred thousand random events come out as a sorted list has them")
{
    const Draw draw(1);
    EventQueue queue;
    std::set<std::tuple<std::int64_t, std::uint8_t, std::uint64_t>> oracle;     // due, lane, ticket
    std::uint64_t ticket = 0;
    std::uint64_t wrong = 0;
    const auto take = [&] {
        const auto [due, lane, mark] = *oracle.begin();
        oracle.erase(oracle.begin());
        if (queue.next_due() != at(due) || static_cast<std::uint8_t>(queue.next_lane()) != lane || mark_of(queue.pop()) != mark) ++wrong;
    };
    for (std::uint64_t i = 0; i < 100'000; ++i) {
        // Few instants, some before the epoch, so that lanes and tickets often decide.
        const auto due = static_cast<std::int64_t>(draw.below(500, "due", i)) - 100;
        const auto lane = static_cast<std::uint8_t>(draw.below(6, "lane", i));
        queue.schedule(at(due), static_cast<Lane>(lane), marked(ticket));
        oracle.emplace(due, lane, ticket++);
        if (draw.below(3, "pop", i) == 0) take();
    }
    CHECK(queue.size() == oracle.size());
    while (!oracle.empty()) take();
    CHECK(wrong == 0);
    CHECK(queue.empty());
}

TEST_CASE("Places of events that are over are used again")
{
    EventQueue queue;
    std::set<const Event*> places;
    for (std::int64_t i = 0; i < 3; ++i) queue.schedule(at(i), Lane::delivery, marked(0));
    for (std::int64_t i = 3; i < 10'000; ++i) {
        queue.schedule(at(i), Lane::delivery, marked(0));
        places.insert(&queue.next());
        queue.pop();
    }
    CHECK(places.size() <= 4);
}
