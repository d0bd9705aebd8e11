// SPDX-License-Identifier: Apache-2.0
// Interned strings: equal texts share one code, codes are 32 bits, texts never move.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

namespace provsim {

class StringPool {
public:
    using Code = std::uint32_t;             // 0 = the empty string
    Code intern(std::string_view text);     // up to 4 GiB of distinct text; more is our bug
    Code find(std::string_view text) const noexcept;        // 0 if unknown (or empty)
    std::string_view text(Code code) const noexcept;        // valid as long as the pool
    void prefetch(Code code) const noexcept { __builtin_prefetch(place(code)); }     // its text is about to be read
    std::size_t bytes() const noexcept;
    std::size_t size() const noexcept;

private:
    // Texts lie length-prefixed in blocks that never move; a code is the place of the prefix.
    // An open-addressing table of codes finds them again, with a byte of each text's hash beside it.
    static constexpr std::size_t block_bits = 20;
    std::vector<std::unique_ptr<char[]>> blocks_;
    std::size_t used_ = 0;                  // place of the next text
    std::vector<Code> table_;
    std::vector<std::uint8_t> tags_;
    std::size_t count_ = 0;
    Code search(std::string_view wanted, std::uint64_t hash, std::size_t& slot) const noexcept;
    Code reserve(std::size_t bytes);
    void grow();
    char* place(Code code) const noexcept { return blocks_[code >> block_bits].get() + (code & ((std::size_t{1} << block_bits) - 1)); }
};

}  // namespace provsim
