// SPDX-License-Identifier: Apache-2.0
// The members of one group: shown in the order in which they joined, found by hash. All single steps are O(1).
#pragma once

#include "target/hash_index.h"

#include <cstdint>
#include <optional>
#include <vector>

namespace provsim::target {

// A user or a group by its row.
struct MemberRef {
    std::uint32_t raw = 0;
    static MemberRef user(RowNumber row) noexcept { return {row}; }
    static MemberRef group(RowNumber row) noexcept { return {row | 0x80000000u}; }
    bool is_group() const noexcept { return (raw & 0x80000000u) != 0; }
    RowNumber row() const noexcept { return raw & 0x7FFFFFFFu; }
    friend bool operator==(MemberRef, MemberRef) = default;
};

class MemberSet {
public:
    using Position = std::uint32_t;

    std::size_t size() const noexcept { return live_; }
    bool contains(MemberRef member) const noexcept { return position(member).has_value(); }
    std::optional<Position> position(MemberRef member) const noexcept;
    // At the end; false if it was there.
    bool add(MemberRef member);
    // Leaves a gap at its position, which is returned; nothing if it was not there.
    std::optional<Position> remove(MemberRef member);
    // Undoes remove(): no tidy() may have come between.
    void put_back(MemberRef member, Position position);
    // Closes the gaps when they are more than the members.
    void tidy();

    template <class Visit>
    void each(Visit visit) const
    {
        for (const MemberRef member : order_)
            if (member.raw != gap) visit(member);
    }
    // The members as they are now, for callers that change the set meanwhile.
    std::vector<MemberRef> list() const;

private:
    static constexpr std::uint32_t gap = 0xFFFFFFFFu;
    static constexpr std::size_t small = 16;   // up to here a scan beats a table
    bool hashed() const noexcept { return !table_.empty(); }
    std::size_t home(MemberRef member) const noexcept;
    void table_insert(MemberRef member, Position position);
    void rebuild_table();

    std::vector<MemberRef> order_;
    std::vector<std::uint32_t> table_;   // positions + 1, open addressing; 0 = free
    std::size_t live_ = 0;
};

}  // namespace provsim::target
