// SPDX-License-Identifier: Apache-2.0
// A hash index that holds nothing but row numbers: four bytes a slot, the keys stay in their column.
#pragma once

#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

namespace provsim {

// Rows that share a hash are all kept; the caller tells them apart. `hash_of(row)` must yield the 64-bit hash under
// which a row was inserted, as long as it is in the index. Which order equal hashes come in is not specified.
class RowIndex {
public:
    template <class HashOf>
    void insert(std::uint32_t row, const HashOf& hash_of)
    {
        if ((count_ + 1) * 4 > slots_.size() * 3) grow(hash_of);
        place(row, hash_of(row));
        ++count_;
    }

    template <class HashOf>
    void erase(std::uint32_t row, const HashOf& hash_of)
    {
        if (slots_.empty()) return;
        std::size_t hole = first(hash_of(row));
        while (slots_[hole] != row) {
            if (slots_[hole] == nothing) return;
            hole = after(hole);
        }
        // No tombstone: what follows moves up, unless it already stands before the hole on its own way.
        for (std::size_t at = after(hole); slots_[at] != nothing; at = after(at)) {
            const std::size_t home = first(hash_of(slots_[at]));
            const bool home_in_between = hole < at ? home > hole && home <= at : home > hole || home <= at;
            if (home_in_between) continue;
            slots_[hole] = slots_[at];
            hole = at;
        }
        slots_[hole] = nothing;
        --count_;
    }

    // Calls visit(row) for every row that may have this hash (and some that do not).
    template <class Visit>
    void candidates(std::uint64_t hash, const Visit& visit) const
    {
        if (slots_.empty()) return;
        for (std::size_t at = first(hash); slots_[at] != nothing; at = after(at)) visit(slots_[at]);
    }

    std::size_t bytes() const noexcept { return slots_.capacity() * sizeof(std::uint32_t); }

private:
    static constexpr std::uint32_t nothing = 0xFFFFFFFFu;
    std::vector<std::uint32_t> slots_;
    std::size_t count_ = 0;

    std::size_t first(std::uint64_t hash) const noexcept { return static_cast<std::size_t>(((hash >> 32) * slots_.size()) >> 32); }
    std::size_t after(std::size_t slot) const noexcept { return slot + 1 == slots_.size() ? 0 : slot + 1; }

    void place(std::uint32_t row, std::uint64_t hash)
    {
        std::size_t at = first(hash);
        while (slots_[at] != nothing) at = after(at);
        slots_[at] = row;
    }

    template <class HashOf>
    void grow(const HashOf& hash_of)
    {
        const std::size_t slots = slots_.size() < 16 ? 16 : slots_.size() + slots_.size() / 2;
        const std::vector<std::uint32_t> old = std::exchange(slots_, std::vector<std::uint32_t>(slots, nothing));
        for (const std::uint32_t row : old)
            if (row != nothing) place(row, hash_of(row));
    }
};

}  // namespace provsim
