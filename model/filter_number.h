// SPDX-License-Identifier: Apache-2.0
// The integers of scoping filters: 0, 1, 2, ... (Entra: define-conditional-rules-for-provisioning-user-accounts).
#pragma once

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace provsim {

// Digits and nothing else, up to 64 bits (the width is assumed).
inline std::optional<std::uint64_t> filter_number(std::string_view text) noexcept
{
    std::uint64_t number = 0;
    const auto read = std::from_chars(text.data(), text.data() + text.size(), number);
    if (text.empty() || read.ec != std::errc{} || read.ptr != text.data() + text.size()) return {};
    return number;
}

}  // namespace provsim
