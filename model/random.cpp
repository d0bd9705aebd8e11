// SPDX-License-Identifier: Apache-2.0
#include "model/random.h"

#include "model/hash.h"

#include <cstddef>

namespace provsim {
namespace {

constexpr std::size_t guid_text = 36;
constexpr bool hyphen_before(std::size_t byte) noexcept { return byte == 4 || byte == 6 || byte == 8 || byte == 10; }

int hex_digit(char c) noexcept
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

}  // namespace

std::uint64_t mix(std::uint64_t a, std::uint64_t b) noexcept
{
    // Scrambling a before b joins it keeps mix(a, b) and mix(b, a) apart.
    return scramble((scramble(a + 0x9E3779B97F4A7C15u) ^ b) + 0x9E3779B97F4A7C15u);
}

std::uint64_t Draw::at(std::string_view purpose, std::uint64_t object, std::uint64_t ordinal) const noexcept
{
    return mix(mix(mix(seed_, hash_text(purpose)), object), ordinal);
}

std::uint64_t Draw::below(std::uint64_t bound, std::string_view purpose, std::uint64_t object, std::uint64_t ordinal) const noexcept
{
    if (bound < 2) return 0;
    // The remainder alone would favour small values; what lies above the last whole multiple of bound is
    // drawn again (for small bounds that all but never happens).
    const std::uint64_t excess = (~std::uint64_t{0} % bound + 1) % bound;
    std::uint64_t drawn = at(purpose, object, ordinal);
    while (drawn > ~std::uint64_t{0} - excess) drawn = mix(drawn, bound);
    return drawn % bound;
}

Guid draw_guid(const Draw& draw, std::string_view purpose, std::uint64_t object, std::uint64_t ordinal) noexcept
{
    const std::uint64_t drawn = draw.at(purpose, object, ordinal);
    const std::uint64_t halves[2] = {mix(drawn, 1), mix(drawn, 2)};
    Guid guid;
    for (std::size_t i = 0; i < 16; ++i) guid.bytes[i] = static_cast<std::uint8_t>(halves[i / 8] >> (56 - 8 * (i % 8)));
    guid.bytes[6] = static_cast<std::uint8_t>((guid.bytes[6] & 0x0F) | 0x40);   // version 4 (RFC 9562 5.4)
    guid.bytes[8] = static_cast<std::uint8_t>((guid.bytes[8] & 0x3F) | 0x80);   // variant 10 (RFC 9562 4.1)
    return guid;
}

std::string to_string(const Guid& guid)
{
    static constexpr char digits[] = "0123456789abcdef";
    std::string text;
    text.reserve(guid_text);
    for (std::size_t i = 0; i < 16; ++i) {
        if (hyphen_before(i)) text += '-';
        text += digits[guid.bytes[i] >> 4];
        text += digits[guid.bytes[i] & 0x0F];
    }
    return text;
}

bool parse_guid(std::string_view text, Guid& out) noexcept
{
    const bool hyphens = text.size() == guid_text;
    if (!hyphens && text.size() != 32) return false;
    Guid guid;
    std::size_t at = 0;
    for (std::size_t i = 0; i < 16; ++i) {
        if (hyphens && hyphen_before(i) && text[at++] != '-') return false;
        const int high = hex_digit(text[at++]);
        const int low = hex_digit(text[at++]);
        if (high < 0 || low < 0) return false;
        guid.bytes[i] = static_cast<std::uint8_t>(high * 16 + low);
    }
    out = guid;
    return true;
}

}  // namespace provsim
