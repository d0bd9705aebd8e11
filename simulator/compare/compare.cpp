// SPDX-License-Identifier: Apache-2.0
#include "compare/compare.h"

#include "compare/telling.h"

#include <algorithm>
#include <set>

namespace provsim {
namespace {

// Two lists of changes, each in its order, brought together by their words: the longest part they have in common stays aligned.
using Pair = std::array<std::size_t, 2>;
constexpr std::size_t none = Telling::beginning;

std::vector<Pair> align(const std::vector<std::string>& a, const std::vector<std::string>& b)
{
    // Of one story they are the same from end to end: what is compared each with each is what lies between.
    std::size_t i = 0, a_end = a.size(), b_end = b.size();
    std::vector<Pair> pairs;
    for (; i < a_end && i < b_end && a[i] == b[i]; ++i) pairs.push_back({i, i});
    std::size_t j = i;
    while (a_end > i && b_end > j && a[a_end - 1] == b[b_end - 1]) --a_end, --b_end;

    const std::size_t first = i, rows = a_end - first, columns = b_end - first;
    std::vector<std::vector<std::size_t>> common(rows + 1, std::vector<std::size_t>(columns + 1, 0));
    for (std::size_t x = rows; x-- > 0;)
        for (std::size_t y = columns; y-- > 0;)
            common[x][y] = a[first + x] == b[first + y] ? common[x + 1][y + 1] + 1 : std::max(common[x + 1][y], common[x][y + 1]);
    while (i < a_end || j < b_end) {
        const std::size_t x = i - first, y = j - first;
        if (i < a_end && j < b_end && a[i] == b[j]) pairs.push_back({i++, j++});
        else if (j == b_end || (i < a_end && common[x + 1][y] >= common[x][y + 1])) pairs.push_back({i++, none});
        else pairs.push_back({none, j++});
    }
    while (i < a.size()) pairs.push_back({i++, j++});
    return pairs;
}

// What one run made of each change of an identity, the beginning first.
class Parts {
public:
    Parts(const Telling& run, const std::string& identity) : run_(run), identity_(identity), changes_(run.changes(identity)), parts_(changes_.size() + 1)
    {
        parts_.front().at = Duration{0};
        for (std::size_t i = 0; i < changes_.size(); ++i) parts_[i + 1].at = run.side().changes[changes_[i]].at;
        std::vector<std::optional<Duration>> answered(parts_.size());
        for (const std::size_t e : run.exchanges(identity)) {
            const std::size_t part = place(run.cause_of_exchange(e));
            parts_[part].lines.push_back(run.line(e));
            const Duration at = run.side().exchanges[e].answered;
            if (run.line(e).worked && (!answered[part] || at < *answered[part])) answered[part] = at;
        }
        for (std::size_t i = 0; i < parts_.size(); ++i) arrival(i, answered);
    }

    std::vector<std::string> words() const
    {
        std::vector<std::string> all;
        for (const std::size_t i : changes_) all.push_back(run_.side().changes[i].what);
        return all;
    }
    EpisodePart& operator[](std::size_t change) { return parts_[change + 1]; }
    EpisodePart& beginning() { return parts_.front(); }
    std::size_t number(std::size_t change) const { return changes_[change]; }

private:
    std::size_t place(std::size_t cause) const
    {
        if (cause == none) return 0;
        return static_cast<std::size_t>(std::upper_bound(changes_.begin(), changes_.end(), cause) - changes_.begin());
    }

    // A change that no task saw as the latest travels with what came after it. One that was looked at and sent nothing has arrived nowhere.
    void arrival(std::size_t part, const std::vector<std::optional<Duration>>& answered)
    {
        for (std::size_t i = part; i < parts_.size(); ++i) {
            if (answered[i]) {
                parts_[part].arrived = answered[i];
                parts_[part].with_next = i > part;
                return;
            }
            if (looked_at(i) || part == 0) return;
        }
    }

    bool looked_at(std::size_t part) const
    {
        const auto& entries = run_.entries(identity_);
        return std::any_of(entries.begin(), entries.end(), [&](std::size_t e) {
            return run_.side().entries[e].status != Status::failure && place(run_.cause_of_entry(e)) == part;
        });
    }

    const Telling& run_;
    const std::string& identity_;
    std::vector<std::size_t> changes_;
    std::vector<EpisodePart> parts_;
};

bool differ(const Episode& episode)
{
    const auto& [a, b] = episode.parts;
    if (a.at.has_value() != b.at.has_value() || a.arrived.has_value() != b.arrived.has_value()) return true;
    if (!episode.change.empty() && a.took() && std::chrono::abs(*a.took() - *b.took()) >= same_arrival) return true;
    return !std::equal(a.lines.begin(), a.lines.end(), b.lines.begin(), b.lines.end(), [](const SentLine& x, const SentLine& y) { return x.like(y); });
}

// By change of a run: when it had arrived with the last of those whom it concerns.
using Arrivals = std::vector<std::optional<Duration>>;

void note(Arrivals& arrivals, std::size_t change, const EpisodePart& part, const std::string& identity, const Side& side)
{
    const auto about = concerned(side.changes[change].what);
    if (!part.arrived || std::find(about.begin(), about.end(), identity) == about.end()) return;
    if (!arrivals[change] || *arrivals[change] < *part.arrived) arrivals[change] = part.arrived;
}

SideTotals totals(const Telling& run, const Arrivals& arrivals)
{
    const Side& side = run.side();
    SideTotals sum;
    for (std::size_t i = 0; i < side.exchanges.size(); ++i) {
        const SideExchange& e = side.exchanges[i];
        if (run.line(i).worked && run.cause_of_exchange(i) == none) sum.first_load = std::max(sum.first_load.value_or(Duration{0}), e.answered);
        ++sum.requests;
        ++sum.by_method[static_cast<std::size_t>(e.method)];
        if (is_write(e.method)) ++sum.writes;
        if (!e.accepted) ++sum.refused;
        if (e.object.empty()) ++sum.about_nobody;
    }
    sum.changes = side.changes.size();
    std::vector<Duration> took;
    for (std::size_t i = 0; i < arrivals.size(); ++i) {
        if (!arrivals[i]) continue;
        took.push_back(*arrivals[i] - side.changes[i].at);
        if (sum.worst && took.back() <= *sum.worst) continue;
        sum.worst = took.back();
        sum.worst_change = side.changes[i].what;
    }
    sum.arrived = took.size();
    if (took.empty()) return sum;
    std::sort(took.begin(), took.end());
    sum.median = took.size() % 2 == 1 ? took[took.size() / 2] : (took[took.size() / 2 - 1] + took[took.size() / 2]) / 2;
    return sum;
}

IdentityComparison compare_identity(const std::string& identity, const std::array<Telling, 2>& runs, std::array<Arrivals, 2>& arrivals)
{
    IdentityComparison result;
    result.identity = identity;
    for (const Telling& run : runs)
        if (const auto name = run.side().names.find(identity); name != run.side().names.end() && result.name.empty()) result.name = name->second;
    std::array<Parts, 2> parts{Parts(runs[0], identity), Parts(runs[1], identity)};
    Episode first;
    for (std::size_t s = 0; s < 2; ++s) {
        result.sent[s] = !runs[s].exchanges(identity).empty();
        result.end[s] = runs[s].end(identity);
        first.parts[s] = parts[s].beginning();
    }
    if (!first.parts[0].lines.empty() || !first.parts[1].lines.empty()) result.episodes.push_back(std::move(first));
    const auto words = std::array{parts[0].words(), parts[1].words()};
    for (const Pair& pair : align(words[0], words[1])) {
        Episode& episode = result.episodes.emplace_back();
        for (std::size_t s = 0; s < 2; ++s) {
            if (pair[s] == none) continue;
            episode.change = words[s][pair[s]];
            episode.parts[s] = parts[s][pair[s]];
            note(arrivals[s], parts[s].number(pair[s]), episode.parts[s], identity, runs[s].side());
        }
    }
    result.differs = result.sent[0] != result.sent[1] || result.end[0] != result.end[1];
    for (Episode& episode : result.episodes) {
        episode.differs = differ(episode);
        result.differs = result.differs || episode.differs;
    }
    return result;
}

}  // namespace

bool SentLine::like(const SentLine& other) const noexcept
{
    return method == other.method && path == other.path && status == other.status && failure == other.failure && gist == other.gist;
}

std::string_view to_string(EndState state) noexcept
{
    switch (state) {
    case EndState::never: return "never there";
    case EndState::in_app: return "in the app";
    case EndState::inactive: return "inactive";
    case EndState::deleted: return "deleted";
    }
    return "?";
}

Comparison compare(const Side& a, const Side& b)
{
    const std::array<Telling, 2> runs{Telling(a), Telling(b)};
    std::set<std::pair<bool, std::string>> identities;      // users first
    for (const Telling& run : runs)
        for (std::string& identity : run.identities()) identities.emplace(identity.substr(0, 6) == "group:", identity);

    std::array<Arrivals, 2> arrivals{Arrivals(a.changes.size()), Arrivals(b.changes.size())};
    Comparison result;
    for (const auto& [group, identity] : identities) result.identities.push_back(compare_identity(identity, runs, arrivals));
    result.totals = {totals(runs[0], arrivals[0]), totals(runs[1], arrivals[1])};
    for (const IdentityComparison& each : result.identities) {
        result.differ = result.differ || each.differs;
        for (std::size_t s = 0; s < 2; ++s) ++result.totals[s].ends[each.identity.substr(0, 6) == "group:" ? 1 : 0][static_cast<std::size_t>(each.end[s])];
    }
    return result;
}

}  // namespace provsim
