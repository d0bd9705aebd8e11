// SPDX-License-Identifier: Apache-2.0
// Who is in which group: one edge of 16 bytes a membership, in two lists at once, and its recent past.
#pragma once

#include <cstddef>
#include <cstdint>
#include <unordered_map>
#include <vector>

namespace provsim {

// Rows are numbers here; whether a user or group is present is the Directory's affair.
//
// A group's list is in the order of joining, a user's list begins with the latest. Removing walks the user's list,
// which is short, and leaves the edge behind, dead, in the group's list; that list is swept when half of it is dead.
// So removing one member of 50,000 costs what that user's few memberships cost.
//
// While somebody looks at an earlier moment (between open and close), no edge is unlinked, swept or used again:
// a moment is then told by two numbers, how many edges there were and how many had died since the first open.
class Memberships {
public:
    struct Moment {
        std::uint32_t edges = 0;
        std::uint32_t deaths = 0;
    };

    void add_user_row();
    void add_group_row();
    void add(std::uint32_t group, std::uint32_t user);        // must not be one yet
    bool remove(std::uint32_t group, std::uint32_t user);     // false if there was none
    void remove_user(std::uint32_t user);
    void remove_group(std::uint32_t group);

    Moment open();
    void close();      // one for each open

    // Without a moment: now. A moment is good until its close.
    bool contains(std::uint32_t group, std::uint32_t user, const Moment* as_of = nullptr) const;

    template <class Visit>   // visit(user), in the order of joining
    void members(std::uint32_t group, const Moment* as_of, const Visit& visit) const
    {
        for (std::uint32_t at = groups_[group].head; at != none; at = edges_[at].next_in_group)
            if (holds(at, as_of)) visit(edges_[at].user);
    }
    template <class Visit>   // visit(group), the one joined last first
    void groups(std::uint32_t user, const Moment* as_of, const Visit& visit) const
    {
        for (std::uint32_t at = user_heads_[user]; at != none; at = edges_[at].next_in_user)
            if (holds(at, as_of)) visit(edges_[at].group & ~dead);
    }

    std::size_t bytes() const noexcept;              // edges and groups' heads
    std::size_t user_head_bytes() const noexcept { return user_heads_.capacity() * sizeof(std::uint32_t); }

private:
    static constexpr std::uint32_t none = 0xFFFFFFFFu;
    static constexpr std::uint32_t dead = 0x80000000u;   // in Edge::group

    struct Edge {
        std::uint32_t user, group, next_in_user, next_in_group;
    };
    struct List {
        std::uint32_t head = none, tail = none, length = 0, dead = 0;   // length counts dead edges too
    };

    std::vector<Edge> edges_;
    std::vector<std::uint32_t> user_heads_;
    std::vector<List> groups_;
    std::uint32_t free_ = none;                          // unused edges, chained by next_in_group
    unsigned open_ = 0;
    std::vector<std::uint32_t> died_;                    // since the first open, in order
    std::unordered_map<std::uint32_t, std::uint32_t> death_of_;   // edge -> its place in died_

    bool holds(std::uint32_t edge, const Moment* as_of) const;
    void die(std::uint32_t edge);
    void unlink_from_user(std::uint32_t edge);
    void sweep_if_half_dead(std::uint32_t group);
};

}  // namespace provsim
