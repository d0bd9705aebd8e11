// SPDX-License-Identifier: Apache-2.0
#include "model/expression/characters.h"
#include "model/expression/functions.h"

namespace provsim {
namespace {

void append_unit(std::string& out, std::uint32_t unit)
{
    out += static_cast<char>(unit & 0xFF);
    out += static_cast<char>(unit >> 8);
}

// Bytes that are not UTF-8 become U+FFFD, as .NET does when it reads them.
std::string utf16_little_endian(std::string_view text)
{
    std::string out;
    while (!text.empty()) {
        const std::int32_t read = code_point(text);
        auto point = static_cast<std::uint32_t>(read < 0 ? 0xFFFD : read);
        if (point >= 0x10000) {
            point -= 0x10000;
            append_unit(out, 0xD800 + (point >> 10));
            append_unit(out, 0xDC00 + (point & 0x3FF));
        } else {
            append_unit(out, point);
        }
        text.remove_prefix(character_size(text));
    }
    return out;
}

std::string base64(std::string_view bytes)
{
    static constexpr char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); at += 3) {
        const std::string_view group = bytes.substr(at, 3);
        std::uint32_t bits = 0;
        for (std::size_t i = 0; i < 3; ++i) bits = bits << 8 | (i < group.size() ? static_cast<unsigned char>(group[i]) : 0u);
        for (std::size_t i = 0; i < 4; ++i) out += i <= group.size() ? digits[bits >> (18 - 6 * i) & 0x3F] : '=';
    }
    return out;
}

}  // namespace

Value bit_and(const Arguments& a) { return Value(a.integer(0) & a.integer(1)); }

Value c_bool(const Arguments& a) { return Value(is_true(a[0])); }

Value c_str(const Arguments& a) { return a[0]; }

// "Unicode" is .NET's name for UTF-16: the page's sample has a zero behind each letter.
Value convert_to_base64(const Arguments& a) { return a.has(0) ? Value(base64(utf16_little_endian(a.text(0)))) : Value(); }

Value convert_to_utf8_hex(const Arguments& a)
{
    static constexpr char digits[] = "0123456789ABCDEF";
    if (!a.has(0)) return {};
    std::string out;
    for (const char c : a.text(0)) {
        out += digits[static_cast<unsigned char>(c) >> 4];
        out += digits[static_cast<unsigned char>(c) & 0x0F];
    }
    return Value(std::move(out));
}

}  // namespace provsim
