// SPDX-License-Identifier: Apache-2.0
#include "model/memberships.h"

#include "model/check.h"
#include "model/grow.h"

namespace provsim {

void Memberships::add_user_row() { push_row(user_heads_, none); }
void Memberships::add_group_row() { groups_.emplace_back(); }

// Deaths before the first open left no trace in death_of_: such an edge holds at no moment that can still be asked for.
bool Memberships::holds(std::uint32_t edge, const Moment* as_of) const
{
    const bool alive = (edges_[edge].group & dead) == 0;
    if (as_of == nullptr) return alive;
    if (edge >= as_of->edges) return false;
    if (alive) return true;
    const auto death = death_of_.find(edge);
    return death != death_of_.end() && death->second >= as_of->deaths;
}

bool Memberships::contains(std::uint32_t group, std::uint32_t user, const Moment* as_of) const
{
    for (std::uint32_t at = user_heads_[user]; at != none; at = edges_[at].next_in_user)
        if ((edges_[at].group & ~dead) == group && holds(at, as_of)) return true;
    return false;
}

void Memberships::add(std::uint32_t group, std::uint32_t user)
{
    // A used edge would look, to an open moment, as if it had been there before.
    std::uint32_t edge = open_ == 0 ? free_ : none;
    if (edge != none) {
        free_ = edges_[edge].next_in_group;
    } else {
        PROVSIM_CHECK(edges_.size() < none, "too many memberships");
        edge = static_cast<std::uint32_t>(edges_.size());
        push_row(edges_, Edge{});
    }
    edges_[edge] = {user, group, user_heads_[user], none};
    user_heads_[user] = edge;
    List& list = groups_[group];
    (list.head == none ? list.head : edges_[list.tail].next_in_group) = edge;
    list.tail = edge;
    ++list.length;
}

void Memberships::die(std::uint32_t edge)
{
    ++groups_[edges_[edge].group].dead;
    edges_[edge].group |= dead;
    if (open_ == 0) return;
    death_of_.emplace(edge, static_cast<std::uint32_t>(died_.size()));
    died_.push_back(edge);
}

void Memberships::unlink_from_user(std::uint32_t edge)
{
    std::uint32_t* link = &user_heads_[edges_[edge].user];
    while (*link != edge) link = &edges_[*link].next_in_user;
    *link = edges_[edge].next_in_user;
}

bool Memberships::remove(std::uint32_t group, std::uint32_t user)
{
    std::uint32_t* link = &user_heads_[user];
    while (*link != none && edges_[*link].group != group) link = &edges_[*link].next_in_user;   // a dead one's group differs
    if (*link == none) return false;
    const std::uint32_t edge = *link;
    die(edge);
    if (open_ == 0) {
        *link = edges_[edge].next_in_user;
        sweep_if_half_dead(group);
    }
    return true;
}

void Memberships::remove_user(std::uint32_t user)
{
    std::uint32_t next = none;
    for (std::uint32_t at = user_heads_[user]; at != none; at = next) {
        next = edges_[at].next_in_user;   // a sweep may free `at`, but no other edge of this user
        const std::uint32_t group = edges_[at].group;
        if ((group & dead) != 0) continue;
        die(at);
        if (open_ == 0) sweep_if_half_dead(group);
    }
    if (open_ == 0) user_heads_[user] = none;
}

void Memberships::remove_group(std::uint32_t group)
{
    for (std::uint32_t at = groups_[group].head; at != none; at = edges_[at].next_in_group) {
        if ((edges_[at].group & dead) != 0) continue;
        die(at);
        if (open_ == 0) unlink_from_user(at);
    }
    if (open_ == 0) sweep_if_half_dead(group);
}

void Memberships::sweep_if_half_dead(std::uint32_t group)
{
    List& list = groups_[group];
    if (list.dead == 0 || list.dead * std::uint64_t{2} < list.length) return;
    List kept;
    std::uint32_t next = none;
    for (std::uint32_t at = list.head; at != none; at = next) {
        next = edges_[at].next_in_group;
        if ((edges_[at].group & dead) != 0) {
            edges_[at].next_in_group = free_;
            free_ = at;
            continue;
        }
        (kept.head == none ? kept.head : edges_[kept.tail].next_in_group) = at;
        edges_[at].next_in_group = none;
        kept.tail = at;
        ++kept.length;
    }
    list = kept;
}

Memberships::Moment Memberships::open()
{
    ++open_;
    return {static_cast<std::uint32_t>(edges_.size()), static_cast<std::uint32_t>(died_.size())};
}

void Memberships::close()
{
    PROVSIM_CHECK(open_ > 0);
    if (--open_ > 0) return;
    // First all users' lists, then the groups': a sweep lets edges be used again, so no list may still pass through them.
    for (const std::uint32_t edge : died_) unlink_from_user(edge);
    for (const std::uint32_t edge : died_) sweep_if_half_dead(edges_[edge].group & ~dead);
    died_ = {};
    death_of_ = {};
}

std::size_t Memberships::bytes() const noexcept
{
    // A node of the map holds a pointer and the pair; its buckets are pointers.
    return edges_.capacity() * sizeof(Edge) + groups_.capacity() * sizeof(List) + died_.capacity() * sizeof(std::uint32_t) +
           death_of_.size() * 16 + death_of_.bucket_count() * sizeof(void*);
}

}  // namespace provsim
