// SPDX-License-Identifier: Apache-2.0
#include "tests/properties/judgement.h"

#include "tests/properties/theatre.h"

#include <fmt/format.h>

#include <algorithm>
#include <exception>

namespace provsim::properties {
namespace {

constexpr const char* stages[] = {"healed", "restarted", "begun anew"};

void compare(Theatre& theatre, const Story& story, Stage stage, Judgement& judgement)
{
    const Picture source = theatre.source();
    const TargetState target = theatre.target();
    const Evidence evidence{story, theatre.witness(), source, target, theatre.links(), stage};
    const auto found = differences(source, story, theatre.links(), target);
    judgement.left[static_cast<int>(stage)] = found.size();
    if (stage == Stage::healed) {
        // It wants who left scope to be there, inactive; if the target has lost some of them, the two judges part.
        const auto& foreign = theatre.witness().foreign;
        const bool lost = !theatre.witness().erased_unheard.empty()
                          || std::any_of(foreign.begin(), foreign.end(), [](const auto& act) { return act.how == Meddle::How::erase; });
        if (!lost)
            for (std::string& more : theatre.second_opinion(found)) judgement.faults.push_back(std::move(more));
        judgement.users = target.users.size();
        for (const auto& group : target.groups) judgement.memberships += member_ids(group.second).size();
    }
    for (const Difference& difference : found) {
        if (const Exception* exception = excuse(difference, evidence)) ++judgement.excused[exception->name];
        else judgement.faults.push_back(fmt::format("{}: {}", stages[static_cast<int>(stage)], difference.says()));
    }
}

void play(const Story& story, Judgement& judgement)
{
    Theatre theatre(story);
    theatre.play();
    const auto rested = [&](bool idle, Stage stage) {
        if (!idle) judgement.faults.push_back(fmt::format("{}: a cycle wrote although nothing had changed", stages[static_cast<int>(stage)]));
        compare(theatre, story, stage, judgement);
    };
    rested(theatre.heal(), Stage::healed);
    judgement.fingerprint = theatre.engine().fingerprint();
    if (judgement.faults.empty()) rested(theatre.restart(), Stage::restarted);
    if (judgement.faults.empty()) rested(theatre.begin_anew(), Stage::anew);
    Witness& witness = theatre.witness();
    judgement.exchanges = theatre.engine().exchanges();
    judgement.writes = witness.writes;
    witness.check_concurrency(theatre.traits().max_in_flight, theatre.traits().max_in_flight_per_group);
    judgement.faults.insert(judgement.faults.end(), witness.violations.begin(), witness.violations.end());
}

// What a fault is about, without the names that change when a story gets shorter.
std::string kind_of(const Judgement& judgement)
{
    std::string kind;
    if (judgement.faults.empty()) return kind;
    for (const char c : judgement.faults.front().substr(0, judgement.faults.front().find('"')))
        if (c < '0' || c > '9') kind += c;
    return kind.substr(0, kind.find('['));
}

}  // namespace

Judgement judge(const Story& story)
{
    Judgement judgement;
    try {
        play(story, judgement);
    } catch (const std::exception& bug) {
        judgement.faults.push_back(std::string("bug: ") + bug.what());
    }
    return judgement;
}

Story shrink(const Story& story)
{
    Story smallest = story;
    const std::string kind = kind_of(judge(story));
    const auto fails = [&](const Story& shorter) { return kind_of(judge(shorter)) == kind; };
    const auto without = [&](auto member, std::size_t at, std::size_t count) {
        Story shorter = smallest;
        auto& list = shorter.*member;
        list.erase(list.begin() + static_cast<std::ptrdiff_t>(at), list.begin() + static_cast<std::ptrdiff_t>(std::min(at + count, list.size())));
        if (!fails(shorter)) return false;
        smallest = std::move(shorter);
        return true;
    };
    const auto drop = [&](auto member) {
        for (std::size_t count = std::max<std::size_t>((smallest.*member).size() / 2, 1);; count /= 2) {
            for (std::size_t at = 0; at < (smallest.*member).size();)
                if (!without(member, at, count)) at += count;
            if (count <= 1) break;
        }
    };
    for (std::size_t before = 0, now = 1; before != now;) {
        before = smallest.events.size() + smallest.directory.size() + smallest.settings.size();
        drop(&Story::events);
        drop(&Story::directory);
        drop(&Story::settings);
        now = smallest.events.size() + smallest.directory.size() + smallest.settings.size();
    }
    Story calm = smallest;
    calm.latency = LatencyModel::constant(milliseconds{50});
    if (fails(calm)) smallest = calm;
    return smallest;
}

}  // namespace provsim::properties
