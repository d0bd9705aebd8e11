// SPDX-License-Identifier: Apache-2.0
#include "model/expression/characters.h"

#include <utf8proc.h>

#include <array>
#include <charconv>

namespace provsim {
namespace {

// Reads the code point at the front; returns its size in bytes, 0 if there is none.
std::size_t decode(std::string_view text, std::int32_t& point) noexcept
{
    utf8proc_int32_t read = -1;
    const auto size = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()), static_cast<utf8proc_ssize_t>(text.size()), &read);
    point = read;
    return size > 0 ? static_cast<std::size_t>(size) : 0;
}

bool is_mark(std::int32_t point) noexcept { return point >= 0 && utf8proc_category(point) == UTF8PROC_CATEGORY_MN; }

std::int32_t lower(std::int32_t point, Casing casing) noexcept
{
    if (casing == Casing::turkic && point == 'I') return 0x131;
    if (casing == Casing::turkic && point == 0x130) return 'i';
    return utf8proc_tolower(point);
}

std::int32_t upper(std::int32_t point, Casing casing) noexcept
{
    if (casing == Casing::turkic && point == 'i') return 0x130;
    if (casing == Casing::turkic && point == 0x131) return 'I';
    if (point == 0xDF) return point;      // .NET has no capital for it: "ß".ToUpperInvariant() is "ß"
    return utf8proc_toupper(point);
}

template <class Change>
std::string each_character(std::string_view text, Change change)
{
    std::string out;
    out.reserve(text.size());
    while (!text.empty()) {
        std::int32_t point = -1;
        const std::size_t size = decode(text, point);
        if (size == 0) out += text.front();
        else append_code_point(out, change(point));
        text.remove_prefix(size == 0 ? 1 : size);
    }
    return out;
}

// What stands for a letter that no mark was put on, but that is none of the alphabet's 26. The rows of the page's table
// (Entra: functions page, NormalizeDiacritics); œ without a mark is assumed to go as œ with one.
std::string_view plain(std::int32_t base) noexcept
{
    switch (base) {
    case 0xE6: return "ae";
    case 0xC6: return "AE";
    case 0xF8: case 0x153: return "oe";
    case 0xD8: case 0x152: return "OE";
    case 0xDF: return "ss";
    case 0x131: return "i";
    case 0x142: return "l";
    case 0x141: return "L";
    default: return {};
    }
}

}  // namespace

std::size_t character_size(std::string_view text) noexcept
{
    std::int32_t point = -1;
    const std::size_t size = decode(text, point);
    return size == 0 ? 1 : size;
}

std::int32_t code_point(std::string_view text) noexcept
{
    std::int32_t point = -1;
    return decode(text, point) == 0 ? -1 : point;
}

void append_code_point(std::string& out, std::int32_t point)
{
    std::array<utf8proc_uint8_t, 4> encoded{};
    const auto size = utf8proc_encode_char(point, encoded.data());
    out.append(reinterpret_cast<const char*>(encoded.data()), static_cast<std::size_t>(size));
}

std::size_t count_characters(std::string_view text) noexcept
{
    std::size_t count = 0;
    for (; !text.empty(); ++count) text.remove_prefix(character_size(text));
    return count;
}

std::string_view characters(std::string_view text, std::size_t start, std::size_t count) noexcept
{
    for (; start > 0 && !text.empty(); --start) text.remove_prefix(character_size(text));
    std::size_t size = 0;
    for (; count > 0 && size < text.size(); --count) size += character_size(text.substr(size));
    return text.substr(0, size);
}

std::optional<std::int64_t> parse_integer(std::string_view text) noexcept
{
    std::int64_t value = 0;
    const char* end = text.data() + text.size();
    const auto result = std::from_chars(text.data(), end, value);
    if (text.empty() || result.ec != std::errc{} || result.ptr != end) return {};
    return value;
}

std::string to_lower(std::string_view text, Casing casing)
{
    return each_character(text, [casing](std::int32_t point) { return lower(point, casing); });
}

std::string to_upper(std::string_view text, Casing casing)
{
    return each_character(text, [casing](std::int32_t point) { return upper(point, casing); });
}

std::string without_diacritics(std::string_view text)
{
    std::string out;
    bool on_letter = false;      // marks that follow belong to a letter of ours
    while (!text.empty()) {
        std::int32_t point = -1;
        const std::size_t size = decode(text, point);
        if (size == 0) {
            out += text.front();
            text.remove_prefix(1);
            on_letter = false;
            continue;
        }
        text.remove_prefix(size);
        if (is_mark(point)) {
            if (!on_letter) append_code_point(out, point);
            continue;
        }
        // The first code point of the full decomposition is the letter under the marks.
        std::array<utf8proc_int32_t, 32> parts{};
        int boundary = 0;
        const auto count = utf8proc_decompose_char(point, parts.data(), static_cast<utf8proc_ssize_t>(parts.size()), UTF8PROC_DECOMPOSE, &boundary);
        const std::int32_t base = count > 0 ? parts[0] : point;
        const std::string_view replaced = plain(base);
        on_letter = !replaced.empty() || (base < 0x80 && ((base | 0x20) >= 'a' && (base | 0x20) <= 'z'));
        if (!replaced.empty()) out += replaced;
        else append_code_point(out, on_letter ? base : point);
    }
    return out;
}

bool is_word_character(std::int32_t point) noexcept
{
    if (point < 0) return true;
    switch (utf8proc_category(point)) {
    case UTF8PROC_CATEGORY_LU: case UTF8PROC_CATEGORY_LL: case UTF8PROC_CATEGORY_LT: case UTF8PROC_CATEGORY_LM: case UTF8PROC_CATEGORY_LO:
    case UTF8PROC_CATEGORY_MN: case UTF8PROC_CATEGORY_MC: case UTF8PROC_CATEGORY_ME:
    case UTF8PROC_CATEGORY_ND: case UTF8PROC_CATEGORY_NL: case UTF8PROC_CATEGORY_NO: return true;
    default: return false;
    }
}

}  // namespace provsim
