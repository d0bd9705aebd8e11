// SPDX-License-Identifier: Apache-2.0
// Texts as sequences of characters. A character is a code point; a byte that is not UTF-8 is one by itself.
// (The service counts UTF-16 units, so that an emoji is two for it: assumed not to matter.)
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace provsim {

// Of the character at the front of a text that is not empty, in bytes.
std::size_t character_size(std::string_view text) noexcept;
// The code point at the front, or -1 if it is a byte that is not UTF-8.
std::int32_t code_point(std::string_view text) noexcept;
void append_code_point(std::string& out, std::int32_t point);

std::size_t count_characters(std::string_view text) noexcept;
// From the character `start`, which counts from 0, so many as there are up to `count`.
std::string_view characters(std::string_view text, std::size_t start, std::size_t count) noexcept;

constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
constexpr bool is_name_start(char c) noexcept { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_'; }
constexpr bool is_white(char c) noexcept { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
constexpr bool is_control(char c) noexcept { return static_cast<unsigned char>(c) < 0x20 || c == 0x7F; }
constexpr int hexadecimal_digit(char c) noexcept
{
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
}

// "-12"; nothing on anything else, and on what does not fit.
std::optional<std::int64_t> parse_integer(std::string_view text) noexcept;

enum class Casing : std::uint8_t { invariant, turkic };     // Turkish and Azerbaijani have an i with and one without a dot
std::string to_lower(std::string_view text, Casing casing = Casing::invariant);
std::string to_upper(std::string_view text, Casing casing = Casing::invariant);

// Letters of the Latin alphabet without accents and other marks, æ as ae, ø and œ as oe, ß as ss; other scripts stay.
std::string without_diacritics(std::string_view text);

// Anything .NET's ToTitleCase ends a word at: everything but letters, marks, digits, and the apostrophe within a word.
bool is_word_character(std::int32_t point) noexcept;

}  // namespace provsim
