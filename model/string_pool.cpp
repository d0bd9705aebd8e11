// SPDX-License-Identifier: Apache-2.0
#include "model/string_pool.h"

#include "model/check.h"
#include "model/hash.h"

#include <cstring>

namespace provsim {
namespace {

constexpr std::size_t most_places = std::size_t{1} << 32;

// A length takes seven bits a byte, the lowest first; all bytes but the last have their high bit set.
std::size_t write_length(char* at, std::size_t length) noexcept
{
    std::size_t bytes = 0;
    for (; length >= 0x80; length >>= 7) at[bytes++] = static_cast<char>(0x80 | (length & 0x7F));
    at[bytes++] = static_cast<char>(length);
    return bytes;
}

std::size_t length_prefix(std::size_t length) noexcept
{
    std::size_t bytes = 1;
    for (; length >= 0x80; length >>= 7) ++bytes;
    return bytes;
}

std::string_view read_text(const char* at) noexcept
{
    std::size_t length = 0;
    unsigned shift = 0;
    for (; static_cast<unsigned char>(*at) & 0x80; ++at, shift += 7) length |= std::size_t{static_cast<unsigned char>(*at) & 0x7Fu} << shift;
    length |= std::size_t{static_cast<unsigned char>(*at)} << shift;
    return {at + 1, length};
}

// The slot where the search for a hash begins, and the byte that tells most other texts in the way apart
// without a look at them. The two come from different bits.
std::size_t first_slot(std::uint64_t hash, std::size_t slots) noexcept { return static_cast<std::size_t>(((hash >> 32) * slots) >> 32); }
std::uint8_t tag(std::uint64_t hash) noexcept { return static_cast<std::uint8_t>(hash); }

}  // namespace

std::string_view StringPool::text(Code code) const noexcept
{
    return code == 0 ? std::string_view{} : read_text(place(code));
}

// The code of `text`, or 0; `slot` is then where it would go. The table must have a free slot.
StringPool::Code StringPool::search(std::string_view wanted, std::uint64_t hash, std::size_t& slot) const noexcept
{
    for (slot = first_slot(hash, table_.size()); table_[slot] != 0; slot = slot + 1 == table_.size() ? 0 : slot + 1)
        if (tags_[slot] == tag(hash) && text(table_[slot]) == wanted) return table_[slot];
    return 0;
}

StringPool::Code StringPool::find(std::string_view wanted) const noexcept
{
    if (wanted.empty() || table_.empty()) return 0;
    std::size_t slot = 0;
    return search(wanted, hash_text(wanted), slot);
}

StringPool::Code StringPool::intern(std::string_view wanted)
{
    if (wanted.empty()) return 0;
    if ((count_ + 1) * 5 > table_.size() * 4) grow();
    const std::uint64_t hash = hash_text(wanted);
    std::size_t slot = 0;
    if (const Code known = search(wanted, hash, slot)) return known;

    const Code code = reserve(length_prefix(wanted.size()) + wanted.size());
    char* const at = place(code);
    std::memcpy(at + write_length(at, wanted.size()), wanted.data(), wanted.size());
    table_[slot] = code;
    tags_[slot] = tag(hash);
    ++count_;
    return code;
}

// Room for one text, within one block. A text longer than a block gets an allocation of its own that
// takes the numbers of several blocks, the first of which holds it.
StringPool::Code StringPool::reserve(std::size_t bytes)
{
    constexpr std::size_t block = std::size_t{1} << block_bits;
    const std::size_t start = blocks_.size() << block_bits;
    if (used_ + bytes > start) {
        const std::size_t lead = start == 0 ? 1 : 0;   // place 0 stays free: code 0 is the empty text
        const std::size_t wanted_blocks = (lead + bytes + block - 1) >> block_bits;
        PROVSIM_CHECK(start + (wanted_blocks << block_bits) <= most_places, "more than 4 GiB of distinct texts");
        blocks_.push_back(std::make_unique_for_overwrite<char[]>(wanted_blocks << block_bits));
        blocks_.resize(blocks_.size() + wanted_blocks - 1);
        used_ = start + lead;
        if (wanted_blocks > 1) {   // only the first of its blocks has an address, so nothing may follow the text
            used_ = blocks_.size() << block_bits;
            return static_cast<Code>(start + lead);
        }
    }
    const auto code = static_cast<Code>(used_);
    used_ += bytes;
    return code;
}

void StringPool::grow()
{
    // By a half, not twofold, so that the table is never emptier than half; it is a large part of a small text's cost.
    const std::size_t slots = table_.size() < 64 ? 64 : table_.size() + table_.size() / 2;
    const std::vector<Code> old = std::move(table_);
    table_.assign(slots, 0);
    tags_.assign(slots, 0);
    for (const Code code : old) {
        if (code == 0) continue;
        const std::uint64_t hash = hash_text(text(code));
        std::size_t slot = first_slot(hash, slots);
        while (table_[slot] != 0) slot = slot + 1 == slots ? 0 : slot + 1;
        table_[slot] = code;
        tags_[slot] = tag(hash);
    }
}

std::size_t StringPool::bytes() const noexcept
{
    return (blocks_.size() << block_bits) + blocks_.capacity() * sizeof(blocks_[0]) + table_.capacity() * sizeof(Code) + tags_.capacity();
}

std::size_t StringPool::size() const noexcept { return count_; }

}  // namespace provsim
