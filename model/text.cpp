// SPDX-License-Identifier: Apache-2.0
#include "model/text.h"

#include <utf8proc.h>

#include <array>
#include <cstddef>

namespace provsim {
namespace {

bool is_ascii(char c) noexcept { return static_cast<unsigned char>(c) < 0x80; }

// Folds the code point at the front of `text` into `out`; returns how many bytes it took.
std::size_t fold_one(std::string_view text, std::string& out)
{
    utf8proc_int32_t point = -1;
    const auto bytes = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &point);
    std::array<utf8proc_int32_t, 8> folded{};   // no code point folds to more than three
    int boundary = 0;
    const auto count = bytes <= 0 ? -1
                                  : utf8proc_decompose_char(point, folded.data(), static_cast<utf8proc_ssize_t>(folded.size()), UTF8PROC_CASEFOLD, &boundary);
    if (count < 0 || count > static_cast<utf8proc_ssize_t>(folded.size())) {   // not UTF-8: this byte stands for itself
        out += text.front();
        return 1;
    }
    for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
        std::array<utf8proc_uint8_t, 4> encoded{};
        const auto length = utf8proc_encode_char(folded[i], encoded.data());
        out.append(reinterpret_cast<const char*>(encoded.data()), static_cast<std::size_t>(length));
    }
    return static_cast<std::size_t>(bytes);
}

}  // namespace

std::string fold_case(std::string_view text)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        if (is_ascii(text.front())) {
            out += ascii_lower(text.front());
            text.remove_prefix(1);
        } else {
            text.remove_prefix(fold_one(text, out));
        }
    }
    return out;
}

bool equal_ignoring_case(std::string_view a, std::string_view b)
{
    // ASCII folds byte by byte, so as long as both sides are ASCII the folded texts run in step.
    std::size_t at = 0;
    for (; at < a.size() && at < b.size() && is_ascii(a[at]) && is_ascii(b[at]); ++at)
        if (ascii_lower(a[at]) != ascii_lower(b[at])) return false;
    if (at == a.size() || at == b.size()) return a.size() == b.size();
    return fold_case(a.substr(at)) == fold_case(b.substr(at));
}

std::string ascii_lower(std::string_view text)
{
    std::string out(text);
    for (char& c : out) c = ascii_lower(c);
    return out;
}

bool equal_ignoring_ascii_case(std::string_view a, std::string_view b) noexcept
{
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (ascii_lower(a[i]) != ascii_lower(b[i])) return false;
    return true;
}

}  // namespace provsim
