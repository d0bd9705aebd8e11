// SPDX-License-Identifier: Apache-2.0
// From a 32-bit tag to the rows filed under it: eight bytes a tag and eight a row, where a multimap's node costs
// forty and more. Rows of one tag are chained, so that a thousand equal keys cost no more than a thousand others.
#pragma once

#include <cstdint>
#include <vector>

namespace provsim::target {

using RowNumber = std::uint32_t;
inline constexpr RowNumber no_row = 0xFFFFFFFFu;

class HashIndex {
public:
    // `row` must not be filed yet.
    void insert(std::uint32_t tag, RowNumber row)
    {
        if ((used_ + 1) * 4 > table_.size() * 3) grow();
        if (links_.size() <= row) links_.resize(row + 1, Link{no_row, no_row});
        Slot& slot = find(tag);
        if (slot.head == empty) {
            slot = {tag, no_row};
            ++used_;
        }
        links_[row] = {no_row, slot.head};
        if (slot.head != no_row) links_[slot.head].before = row;
        slot.head = row;
    }

    // `row` must be filed under `tag`.
    void erase(std::uint32_t tag, RowNumber row)
    {
        const Link link = links_[row];
        if (link.after != no_row) links_[link.after].before = link.before;
        if (link.before != no_row) links_[link.before].after = link.after;
        else find(tag).head = link.after;   // no_row leaves a slot without rows, dropped at the next growth
        links_[row] = {no_row, no_row};
    }

    // Calls visit(row) for each row under `tag`, last filed first. Tags can collide: compare the keys.
    template <class Visit>
    void each(std::uint32_t tag, Visit visit) const
    {
        if (table_.empty()) return;
        const Slot& slot = const_cast<HashIndex*>(this)->find(tag);
        if (slot.head == empty) return;
        for (RowNumber row = slot.head; row != no_row; row = links_[row].after) visit(row);
    }

private:
    static constexpr RowNumber empty = no_row - 1;
    struct Slot {
        std::uint32_t tag = 0;
        RowNumber head = empty;
    };
    struct Link {
        RowNumber before, after;
    };

    // The tag's slot, or the empty one where it belongs.
    Slot& find(std::uint32_t tag)
    {
        const std::size_t mask = table_.size() - 1;
        std::size_t at = (tag * 0x9E3779B1u) & mask;
        while (table_[at].head != empty && table_[at].tag != tag) at = (at + 1) & mask;
        return table_[at];
    }

    void grow()
    {
        std::vector<Slot> old;
        old.swap(table_);
        std::size_t live = 0;
        for (const Slot& slot : old) live += slot.head != empty && slot.head != no_row;
        std::size_t size = 16;
        while (size < live * 2 + 2) size *= 2;
        table_.resize(size);
        used_ = live;
        for (const Slot& slot : old)
            if (slot.head != empty && slot.head != no_row) find(slot.tag) = slot;
    }

    std::vector<Slot> table_;   // a power of two
    std::vector<Link> links_;   // by row
    std::size_t used_ = 0;      // slots with a tag, rows or none
};

}  // namespace provsim::target
