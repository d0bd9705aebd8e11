// SPDX-License-Identifier: Apache-2.0
// Comparing texts as people and SCIM do: without regard to case, in the whole of Unicode, without a locale.
// Bytes that are not UTF-8 stand for themselves; nothing here throws or reads past a broken text.
#pragma once

#include <string>
#include <string_view>

namespace provsim {

// Unicode's full case folding (CaseFolding.txt, statuses C and F): "STRASSE" and "Straße" fold to the same text.
// No normalisation: "é" as one and as two code points stay different.
std::string fold_case(std::string_view text);
bool equal_ignoring_case(std::string_view a, std::string_view b);

// For names that are ASCII by their definition (header names, schema URNs, attribute names: RFC 7643 2.1).
constexpr char ascii_lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
std::string ascii_lower(std::string_view text);
bool equal_ignoring_ascii_case(std::string_view a, std::string_view b) noexcept;

}  // namespace provsim
