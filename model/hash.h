// SPDX-License-Identifier: Apache-2.0
// One 64-bit hash of texts for the whole program. Its values are the same on every machine, for ever:
// they decide what Draw yields, and with that every recorded run. Not meant to withstand an attacker.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace provsim {

// The finalizer of splitmix64: a bijection in which each input bit moves about half of the output bits.
constexpr std::uint64_t scramble(std::uint64_t z) noexcept
{
    z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9u;
    z = (z ^ (z >> 27)) * 0x94D049BB133111EBu;
    return z ^ (z >> 31);
}

// Eight bytes a step, put together by shifts so that byte order does not matter; the last step is padded
// with zeros, and the length goes in first, so that "a" and "a\0" differ.
constexpr std::uint64_t hash_text(std::string_view text) noexcept
{
    std::uint64_t hash = (text.size() + 1) * 0x9E3779B97F4A7C15u;
    for (std::size_t at = 0; at < text.size(); at += 8) {
        const std::size_t bytes = text.size() - at < 8 ? text.size() - at : 8;
        std::uint64_t word = 0;
        for (std::size_t i = 0; i < bytes; ++i) word |= std::uint64_t{static_cast<unsigned char>(text[at + i])} << (8 * i);
        hash = (hash ^ word) * 0x9E3779B97F4A7C15u;
        hash ^= hash >> 32;
    }
    return scramble(hash);
}

}  // namespace provsim
