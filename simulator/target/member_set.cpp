// SPDX-License-Identifier: Apache-2.0
#include "target/member_set.h"

#include "model/check.h"

#include <utility>

namespace provsim::target {

std::size_t MemberSet::home(MemberRef member) const noexcept
{
    std::uint32_t hash = member.raw * 0x9E3779B1u;
    hash ^= hash >> 16;
    return hash & (table_.size() - 1);
}

std::optional<MemberSet::Position> MemberSet::position(MemberRef member) const noexcept
{
    if (!hashed()) {
        for (std::size_t i = 0; i < order_.size(); ++i)
            if (order_[i] == member) return static_cast<Position>(i);
        return std::nullopt;
    }
    for (std::size_t at = home(member); table_[at] != 0; at = (at + 1) & (table_.size() - 1))
        if (order_[table_[at] - 1] == member) return table_[at] - 1;
    return std::nullopt;
}

void MemberSet::table_insert(MemberRef member, Position position)
{
    std::size_t at = home(member);
    while (table_[at] != 0) at = (at + 1) & (table_.size() - 1);
    table_[at] = position + 1;
}

void MemberSet::rebuild_table()
{
    std::size_t size = small * 2;
    while (size < order_.size() * 2) size *= 2;
    table_.assign(size, 0);
    for (std::size_t i = 0; i < order_.size(); ++i)
        if (order_[i].raw != gap) table_insert(order_[i], static_cast<Position>(i));
}

bool MemberSet::add(MemberRef member)
{
    if (contains(member)) return false;
    order_.push_back(member);
    ++live_;
    // Positions, gaps included, are what the table must have room for: at most three quarters full.
    if (order_.size() > small && order_.size() * 4 > table_.size() * 3) rebuild_table();
    else if (hashed()) table_insert(member, static_cast<Position>(order_.size() - 1));
    return true;
}

std::optional<MemberSet::Position> MemberSet::remove(MemberRef member)
{
    const auto found = position(member);
    if (!found) return std::nullopt;
    if (hashed()) {
        // Take it out and move back what had been pushed past it, so that no search stops early.
        const std::size_t mask = table_.size() - 1;
        std::size_t hole = home(member);
        while (table_[hole] != *found + 1) hole = (hole + 1) & mask;
        for (std::size_t at = (hole + 1) & mask; table_[at] != 0; at = (at + 1) & mask) {
            const std::size_t wanted = home(order_[table_[at] - 1]);
            if (((at - wanted) & mask) < ((at - hole) & mask)) continue;
            table_[hole] = table_[at];
            hole = at;
        }
        table_[hole] = 0;
    }
    order_[*found].raw = gap;
    --live_;
    return found;
}

void MemberSet::put_back(MemberRef member, Position position)
{
    PROVSIM_CHECK(order_[position].raw == gap);
    order_[position] = member;
    ++live_;
    if (hashed()) table_insert(member, position);
}

void MemberSet::tidy()
{
    if (order_.size() <= small || order_.size() < live_ * 2) return;
    std::vector<MemberRef> kept = list();
    order_ = std::move(kept);
    if (order_.size() > small) rebuild_table();
    else table_ = {};
}

std::vector<MemberRef> MemberSet::list() const
{
    std::vector<MemberRef> members;
    members.reserve(live_);
    each([&](MemberRef member) { members.push_back(member); });
    return members;
}

}  // namespace provsim::target
