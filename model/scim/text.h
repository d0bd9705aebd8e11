// SPDX-License-Identifier: Apache-2.0
// Comparing text the way SCIM does: attribute names ignore ASCII case (RFC 7643 2.1), values of attributes
// that are not caseExact ignore the case of any letter (RFC 7643 2.2).
#pragma once

#include <string>
#include <string_view>

namespace provsim {

constexpr char ascii_lower(char c) noexcept { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
constexpr bool ascii_only(std::string_view text) noexcept
{
    for (const char c : text)
        if (static_cast<unsigned char>(c) >= 0x80) return false;
    return true;
}

// Names: ASCII case only.
constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) noexcept
{
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (a[i] != b[i] && ascii_lower(a[i]) != ascii_lower(b[i])) return false;
    return true;
}

// Values: Unicode full case folding and canonical composition ("Ärger" and "ÄRGER" agree, however the Ä is
// encoded). Text that is no UTF-8 is folded as ASCII.
std::string fold_case(std::string_view text);
// fold_case(a) == fold_case(b), without allocating for ASCII.
bool equal_folded(std::string_view a, std::string_view b);

}  // namespace provsim
