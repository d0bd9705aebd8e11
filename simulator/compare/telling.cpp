// SPDX-License-Identifier: Apache-2.0
#include "compare/telling.h"

#include "model/text.h"

#include <algorithm>
#include <set>
#include <tuple>

namespace provsim {
namespace {

bool within(const SideEntry& entry, const SideExchange& exchange)
{
    return entry.began <= exchange.sent && exchange.sent <= entry.ended;
}

void insert(std::vector<std::size_t>& numbers, std::size_t number)
{
    const auto at = std::lower_bound(numbers.begin(), numbers.end(), number);
    if (at == numbers.end() || *at != number) numbers.insert(at, number);
}

bool is_membership(const SideEntry& entry)
{
    return entry.task == Action::add_member || entry.task == Action::remove_member;
}

}  // namespace

Telling::Telling(const Side& side) : side_(side)
{
    learn_ids();
    sort_by_identity();
    join_members();
    find_causes_of_entries();
    find_causes();
    tell_lines();
}

const std::vector<std::size_t>& Telling::numbers(const Numbers& all, const std::string& identity)
{
    static const std::vector<std::size_t> none;
    const auto found = all.find(identity);
    return found == all.end() ? none : found->second;
}

void Telling::learn_ids()
{
    for (const SideEntry& entry : side_.entries)
        if (!entry.target_id.empty() && !entry.object.empty()) ids_.emplace(entry.target_id, entry.object);
}

void Telling::sort_by_identity()
{
    const auto sort = [](const auto& all, Numbers& by) {
        for (std::size_t i = 0; i < all.size(); ++i)
            for (const std::string* who : {&all[i].object, &all[i].other})
                if (!who->empty()) insert(by[*who], i);
    };
    sort(side_.exchanges, exchanges_);
    sort(side_.entries, entries_);
    for (std::size_t i = 0; i < side_.changes.size(); ++i) {
        concerned_.push_back(concerned(side_.changes[i].what));
        for (const std::string& who : concerned_.back()) insert(changes_[who], i);
    }
}

// Members that went with another's request have an entry of their own, and no exchange.
void Telling::join_members()
{
    for (const SideEntry& entry : side_.entries) {
        if (!is_membership(entry) || entry.status == Status::skipped) continue;
        const auto& groups = exchanges(entry.object);
        const auto fits = [&](std::size_t i) {
            const SideExchange& e = side_.exchanges[i];
            return e.object == entry.object && e.intent == Intent::member && within(entry, e);
        };
        const bool own = std::any_of(groups.begin(), groups.end(), [&](std::size_t i) { return fits(i) && side_.exchanges[i].other == entry.other; });
        if (own) continue;
        for (const std::size_t i : std::vector<std::size_t>(groups))
            if (fits(i)) insert(exchanges_[entry.other], i);
    }
}

std::size_t Telling::latest(const std::string& identity, const Fits& fits) const
{
    const auto& about = numbers(changes_, identity);
    const auto last = std::find_if(about.rbegin(), about.rend(), fits);
    return last == about.rend() ? beginning : *last;
}

std::size_t Telling::latest(const std::string& object, const std::string& other, const Fits& fits) const
{
    const std::size_t a = latest(object, fits), b = latest(other, fits);
    return a == beginning ? b : b == beginning ? a : std::max(a, b);
}

void Telling::find_causes_of_entries()
{
    std::set<std::tuple<std::size_t, Action, std::string, std::string>> came_of;
    for (const SideEntry& e : side_.entries) {
        const auto seen = [&](std::size_t change) { return side_.changes[change].past <= e.head; };
        const auto just_this = [&](std::size_t change) {
            const auto& about = concerned_[change];
            const bool whole = is_membership(e) ? std::find(about.begin() + 1, about.end(), e.other) != about.end() : side_.changes[change].what.substr(0, 5) == "user.";
            return about.front() == e.object && whole && seen(change) && came_of.count({change, e.task, e.object, e.other}) == 0;
        };
        const std::size_t own = latest(e.object, just_this);
        entry_causes_.push_back(own != beginning ? own : latest(e.object, e.other, seen));
        if (own != beginning && e.status == Status::success) came_of.emplace(own, e.task, e.object, e.other);
    }
}

void Telling::find_causes()
{
    using Key = std::tuple<std::uint32_t, Action, std::string, std::string>;
    std::map<Key, std::vector<std::size_t>> ended;
    for (std::size_t i = 0; i < side_.entries.size(); ++i) {
        const SideEntry& e = side_.entries[i];
        ended[{e.run, e.task, e.object, e.other}].push_back(i);
    }
    entry_of_.resize(side_.exchanges.size());
    for (std::size_t i = 0; i < side_.exchanges.size(); ++i) {
        const SideExchange& e = side_.exchanges[i];
        const auto found = ended.find({e.run, e.task, e.object, e.other});
        if (found != ended.end())
            for (const std::size_t entry : found->second)
                if (within(side_.entries[entry], e)) entry_of_[i] = entry;
        // A task that was interrupted has no entry: what had happened by then is what it can have seen.
        if (entry_of_[i]) causes_.push_back(cause_of_entry(*entry_of_[i]));
        else causes_.push_back(latest(e.object, e.other, [&](std::size_t change) { return side_.changes[change].at <= e.sent; }));
    }
}

void Telling::tell_lines()
{
    // What the log says was written goes with the last write of the task.
    std::map<std::size_t, std::size_t> last_write;      // by entry
    for (std::size_t i = 0; i < side_.exchanges.size(); ++i)
        if (entry_of_[i] && is_write(side_.exchanges[i].method)) last_write[*entry_of_[i]] = i;
    GistTeller gist(ids_);
    for (std::size_t i = 0; i < side_.exchanges.size(); ++i) {
        const SideExchange& e = side_.exchanges[i];
        static const std::vector<Modified> nothing;
        const bool last = entry_of_[i] && last_write.count(*entry_of_[i]) != 0 && last_write.at(*entry_of_[i]) == i;
        SentLine& line = lines_.emplace_back();
        line.sent = e.sent;
        line.method = e.method;
        line.path = with_identities(e.target, ids_);
        line.status = e.status;
        line.failure = e.failure;
        line.gist = gist.tell(e, last ? side_.entries[*entry_of_[i]].modified : nothing);
        line.on_demand = e.on_demand;
        line.worked = is_write(e.method) && e.accepted && e.status >= 200 && e.status < 300;
    }
}

std::vector<std::size_t> Telling::changes(const std::string& identity) const
{
    std::vector<std::size_t> all = numbers(changes_, identity);
    for (const std::size_t i : exchanges(identity))
        if (causes_[i] != beginning) insert(all, causes_[i]);
    return all;
}

std::vector<std::string> Telling::identities() const
{
    std::vector<std::string> all;
    for (const Numbers* each : {&exchanges_, &entries_, &changes_})
        for (const auto& [identity, which] : *each) all.push_back(identity);
    return all;
}

EndState Telling::end(const std::string& identity) const
{
    EndState state = EndState::never;
    for (const std::size_t i : entries(identity)) {
        const SideEntry& e = side_.entries[i];
        if (e.object != identity || is_membership(e) || e.status == Status::failure) continue;
        if (e.action == LoggedAction::delete_ && e.status == Status::success) state = EndState::deleted;
        else if (e.action == LoggedAction::disable && e.status == Status::success) state = EndState::inactive;
        else if (e.action == LoggedAction::create && e.status == Status::success) state = EndState::in_app;
        else if (state == EndState::never && !e.target_id.empty()) state = EndState::in_app;       // it was there, and matched
        for (const Modified& each : e.modified)
            if (each.name == "active" && e.status == Status::success)
                state = ascii_lower(each.new_value) == "false" ? EndState::inactive : EndState::in_app;
    }
    return state;
}

}  // namespace provsim
