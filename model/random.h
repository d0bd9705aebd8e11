// SPDX-License-Identifier: Apache-2.0
// Seeded randomness in two forms, neither with state outside its object.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace provsim {

// Mixes one 64-bit number into another; the base of everything here (splitmix64's finalizer).
std::uint64_t mix(std::uint64_t a, std::uint64_t b) noexcept;

// A draw is a function of (seed, purpose, object, ordinal), not a position in a stream: a draw added
// anywhere shifts nothing else. Copyable, immutable.
class Draw {
public:
    explicit Draw(std::uint64_t seed) noexcept : seed_(seed) {}

    std::uint64_t at(std::string_view purpose, std::uint64_t object = 0, std::uint64_t ordinal = 0) const noexcept;
    // Uniform in [0, bound); bound > 0.
    std::uint64_t below(std::uint64_t bound, std::string_view purpose, std::uint64_t object = 0, std::uint64_t ordinal = 0) const noexcept;
    std::uint64_t seed() const noexcept { return seed_; }

private:
    std::uint64_t seed_;
};

// 128 bits with the layout of a version 4 UUID.
struct Guid {
    std::array<std::uint8_t, 16> bytes{};
    friend bool operator==(const Guid&, const Guid&) = default;
};

Guid draw_guid(const Draw& draw, std::string_view purpose, std::uint64_t object = 0, std::uint64_t ordinal = 0) noexcept;
std::string to_string(const Guid& guid);                      // lower case, 36 characters
bool parse_guid(std::string_view text, Guid& out) noexcept;   // with or without hyphens, any case

}  // namespace provsim
